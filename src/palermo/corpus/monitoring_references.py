"""What mechanisms, recommendations and questionnaires lead to must be there, and a clock must say one thing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import get_args

from palermo.corpus.documents import Document, Documents, Where
from palermo.corpus.models import Corpus
from palermo.corpus.monitoring import (
    Clock,
    DateRule,
    KnownDay,
    Mechanism,
    Question,
    Questionnaire,
    Recommendation,
    Recommendations,
    Step,
)
from palermo.corpus.problems import Problem
from palermo.logic.formula import nearest

_FORMS = ("after_entry", "each_year", "on_day", "with_clock", "after_step", "no_day")
_BESIDE = {
    "earliest_after_entry": "after_entry",
    "every": "after_entry",
    "years_after_entry": "each_year",
    "once": "each_year",
    "in_years": "each_year",
    "from_": "each_year",
    "within": "after_step",
}
STEPS: tuple[str, ...] = get_args(Step)
_MONTH_AND_DAY = re.compile(r"[0-9]{2}-[0-9]{2}")
LEAP_YEAR = 2000


def check_monitoring(corpus: Corpus, documents: Documents, unread: frozenset[str]) -> Iterator[Problem]:
    """Every fault of the files of monitoring that no single entry can show.

    `unread` names the registers and instruments in whose files faults were found: what leads there is not checked.
    """
    check = _Check(corpus, unread)
    for id, mechanism in corpus.mechanisms.items():
        yield from check.mechanism(mechanism, documents.mechanisms[id])
    for id, made in corpus.recommendations.items():
        yield from check.recommendations(made, documents.recommendations[id])
    for id, questionnaire in corpus.questionnaires.items():
        yield from check.questionnaire(questionnaire, documents.questionnaires[id])


@dataclass(frozen=True, slots=True)
class _Check:
    corpus: Corpus
    unread: frozenset[str]

    def mechanism(self, mechanism: Mechanism, document: Document) -> Iterator[Problem]:
        binds = mechanism.binds
        if bool(binds.parties_to) + binds.un_members + binds.every_state != 1:
            told = "one of parties_to, un_members and every_state says whom the mechanism reaches"
            yield document.problem(("binds",), told, "wrong-for-kind")
        for i, instrument in enumerate(binds.parties_to):
            yield from self.instrument(instrument, document, ("binds", "parties_to", i))
        yield from _order(document, ("review_by",), mechanism.as_at, "its days are known", mechanism.review_by)
        yield from _twice(document, "clocks", [clock.id for clock in mechanism.clocks])
        for i, clock in enumerate(mechanism.clocks):
            yield from self.clock(mechanism, clock, document, ("clocks", i))
        yield from _twice(document, "groups", [group.id for group in mechanism.groups])
        for i, group in enumerate(mechanism.groups):
            for j, state in enumerate(group.states):
                yield from self.state(state, document, ("groups", i, "states", j))
        for i, known in enumerate(mechanism.known):
            yield from self.known(mechanism, known, document, ("known", i))
        yield from _steps(mechanism, document)

    def clock(self, mechanism: Mechanism, clock: Clock, document: Document, here: Where) -> Iterator[Problem]:
        told = wrong_date_rule(clock.due)
        if told:
            yield document.problem((*here, "due"), told, "malformed-clock")
        if clock.due.with_clock:
            yield from self.other_clock(clock.due.with_clock, document, (*here, "due", "with_clock"))
        if clock.due.after_entry and not mechanism.binds.parties_to:
            told = "after_entry counts from an instrument's entry into force; binds names none"
            yield document.problem((*here, "due", "after_entry"), told, "malformed-clock")
        if clock.duty:
            yield from self.duty(clock.duty, document, (*here, "duty"))
        for key, instrument in (("only_party", clock.only_party), ("unless_party", clock.unless_party)):
            if instrument:
                yield from self.instrument(instrument, document, (*here, key))

    def known(self, mechanism: Mechanism, known: KnownDay, document: Document, here: Where) -> Iterator[Problem]:
        for i, state in enumerate(known.states):
            yield from self.state(state, document, (*here, "states", i))
        if known.clock and known.clock not in {clock.id for clock in mechanism.clocks}:
            told = (
                f"{mechanism.id} has no clock {known.clock!r}{nearest(known.clock, [c.id for c in mechanism.clocks])}"
            )
            yield document.problem((*here, "clock"), told, "unknown-clock")
        groups = [group.id for group in mechanism.groups]
        if known.group and known.group not in groups:
            told = f"{mechanism.id} has no group {known.group!r}{nearest(known.group, groups)}"
            yield document.problem((*here, "group"), told, "unknown-group")
        if known.under:
            yield from self.instrument(known.under, document, (*here, "under"))
        if (known.what is None) == (known.step is None):
            told = "what is missing: words for what is known, or a step of a round; never both"
            yield document.problem(here, told, "missing-key")
        if known.from_ is None and known.to is None and known.says is None:
            yield document.problem(here, "from is missing: a day, or says in words what is known", "missing-key")
        yield from _order(document, (*here, "to"), known.from_, "it begins", known.to)

    def recommendations(self, made: Recommendations, document: Document) -> Iterator[Problem]:
        yield from self.state(made.state, document, ("state",))
        mechanism = self.corpus.mechanisms.get(made.mechanism)
        yield from self.named_mechanism(made.mechanism, document)
        yield from _order(document, ("review_by",), made.as_at, "they are known", made.review_by)
        if made.id != f"{made.mechanism}-{made.state}":
            told = f"expected {made.mechanism}-{made.state}, the mechanism and the State, not {made.id}"
            yield document.problem(("id",), told, "wrong-file-name")
        yield from _twice(document, "recommendations", [entry.id for entry in made.recommendations])
        for i, entry in enumerate(made.recommendations):
            here: Where = ("recommendations", i)
            yield from self.recommendation(entry, mechanism, document, here)
            if entry.date and entry.date > made.as_at:
                told = f"{entry.date} is after {made.as_at}, up to which they are known"
                yield document.problem((*here, "date"), told, "date-out-of-order")

    def recommendation(
        self, entry: Recommendation, mechanism: Mechanism | None, document: Document, here: Where
    ) -> Iterator[Problem]:
        if (entry.date is None) == (entry.year is None):
            told = "date is missing: the day of the document, or year where only that is known; never both"
            yield document.problem(here, told, "missing-key")
        if mechanism and entry.severity not in mechanism.severities:
            known = ", ".join(mechanism.severities) or "none"
            told = f"{mechanism.id} does not say what its body means by {entry.severity!r}; it has {known}"
            yield document.problem((*here, "severity"), told, "unknown-severity")
        yield from self.linked(entry, document, here, entry.practice)

    def questionnaire(self, questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
        yield from self.named_mechanism(questionnaire.mechanism, document)
        yield from _order(document, ("review_by",), questionnaire.as_at, "it is known", questionnaire.review_by)
        yield from _twice(document, "questions", [question.id for question in questionnaire.questions])
        for i, question in enumerate(questionnaire.questions):
            yield from self.linked(question, document, ("questions", i), question.kind != "law")

    def linked(
        self, entry: Recommendation | Question, document: Document, here: Where, practice: bool
    ) -> Iterator[Problem]:
        """What the links of an entry lead to; an entry about law has at least one."""
        if not (entry.duties or entry.measures or practice):
            told = "duties is missing: name the provisions or measures it is about, or say that it is not about law"
            yield document.problem(here, told, "unlinked-entry")
        for i, duty in enumerate(entry.duties):
            yield from self.duty(duty, document, (*here, "duties", i))
        for i, measure in enumerate(entry.measures):
            if measure not in self.corpus.measures and "measures" not in self.unread:
                near = nearest(measure, self.corpus.measures)
                told = f"unknown measure {measure!r}, expected one of measures.yaml{near}"
                yield document.problem((*here, "measures", i), told, "unknown-measure")

    def instrument(self, name: str, document: Document, at: Where) -> Iterator[Problem]:
        if name not in self.corpus.instruments and name not in self.unread:
            told = f"unknown instrument {name!r}, expected one of instruments/{nearest(name, self.corpus.instruments)}"
            yield document.problem(at, told, "unknown-instrument")

    def state(self, name: str, document: Document, at: Where) -> Iterator[Problem]:
        if name not in self.corpus.parties and "parties" not in self.unread:
            told = f"unknown State {name!r}, expected one of parties.csv{nearest(name, self.corpus.parties)}"
            yield document.problem(at, told, "unknown-party")

    def named_mechanism(self, name: str, document: Document) -> Iterator[Problem]:
        if name not in self.corpus.mechanisms and name not in self.unread:
            told = f"unknown mechanism {name!r}, expected one of monitoring/{nearest(name, self.corpus.mechanisms)}"
            yield document.problem(("mechanism",), told, "unknown-mechanism")

    def duty(self, named: str, document: Document, at: Where) -> Iterator[Problem]:
        name, _, provision = named.partition(" ")
        if name in self.unread:
            return
        instrument = self.corpus.instruments.get(name)
        known = [p.id for p in instrument.provisions] if instrument else []
        if provision not in known:
            told = f"there is no provision {named!r}{nearest(provision, known)}; write it as crc 44(1)(a)"
            yield document.problem(at, told, "unknown-provision")

    def other_clock(self, named: str, document: Document, at: Where) -> Iterator[Problem]:
        name, _, id = named.partition("/")
        mechanism = self.corpus.mechanisms.get(name)
        if name in self.unread or (mechanism and id in {clock.id for clock in mechanism.clocks}):
            return
        yield document.problem(at, f"there is no clock {named!r}; write it as mechanism/clock", "unknown-clock")


def wrong_date_rule(rule: DateRule) -> str | None:
    """What is wrong with a rule for dates: none of the forms, or several, or a part without its form."""
    forms = [form for form in _FORMS if getattr(rule, form) is not None]
    if len(forms) != 1:
        return f"a clock says by when in one of these ways: {', '.join(_FORMS)}; here: {', '.join(forms) or 'none'}"
    for part, form in _BESIDE.items():
        if getattr(rule, part) not in (None, False) and form not in forms:
            return f"{part.rstrip('_')} stands only beside {form}"
    if rule.after_step is not None and rule.within is None:
        return "after_step: within is missing, the time from that step"
    if rule.each_year is not None and not is_month_and_day(rule.each_year):
        return f"each_year: expected a month and day such as 06-30, not {rule.each_year!r}"
    terms = (rule.after_entry, rule.earliest_after_entry, rule.every, rule.within)
    if any(term is not None and term.unit not in ("day", "month", "year") for term in terms):
        return "a clock counts days, months or years"
    return None


def is_month_and_day(text: str) -> bool:
    """Whether a text is a day of the year, written MM-DD."""
    if not _MONTH_AND_DAY.fullmatch(text):
        return False
    try:
        date(LEAP_YEAR, int(text[:2]), int(text[3:]))
    except ValueError:
        return False
    return True


def _steps(mechanism: Mechanism, document: Document) -> Iterator[Problem]:
    """Steps of a State's round that come before a step which they follow.

    A recommendation rests on the report as adopted, so that it can come before the report is published.
    """
    rounds: dict[tuple[str, int | None], list[tuple[int, date, int]]] = {}
    for i, known in enumerate(mechanism.known):
        if known.step and known.from_:
            for state in known.states:
                found = rounds.setdefault((state, known.round), [])
                place = "published" if known.step == "recommendation" else known.step
                found.append((STEPS.index(place), known.from_, i))
    for (state, _), found in rounds.items():
        for (step, day, _), (later, then, i) in pairwise(sorted(found)):
            if step < later and then < day:
                told = f"{then} is before {day}, the day of the step {STEPS[step]!r} of the same round of {state}"
                yield document.problem(("known", i, "from"), told, "date-out-of-order")


def _twice(document: Document, key: str, ids: Collection[str]) -> Iterable[Problem]:
    seen: set[str] = set()
    for i, id in enumerate(ids):
        if id in seen:
            yield document.problem((key, i, "id"), f"{id} stands twice", "duplicate-id")
        seen.add(id)


def _order(document: Document, path: Where, first: date | None, when: str, then: date | None) -> Iterator[Problem]:
    if first and then and then < first:
        yield document.problem(path, f"{then} is before {first}, when {when}", "date-out-of-order")
