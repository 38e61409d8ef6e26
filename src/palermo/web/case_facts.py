"""The form in which a prosecutor says what is known of a case, and the facts that its fields stand for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from palermo.cooperation.facts import CaseFacts, facts_from
from palermo.corpus.lookup import formula_of_provision
from palermo.corpus.problems import CorpusError
from palermo.ledger.parties import find_party
from palermo.logic.formula import concepts_in
from palermo.reports.words import label
from palermo.web.language import language
from palermo.web.the_law import the_law

CHILD = "person.child"
DEFINITION = "palermo-protocol 3"
MOST_WORDS = 200


@dataclass(frozen=True)
class FactField:
    """One fact to be told: its path in the facts (`person.nationality`), how it is told, its words and what was said.

    `kind`: yes_no, states, state, years, term, day, or sought_for. `asked`: the answer says that it would settle more.
    """

    path: str
    kind: str
    words: str
    said: str
    none: bool
    asked: bool


@dataclass(frozen=True)
class ConductGroup:
    """A kind of facts of conduct: those of the definition in the Protocol first, then the others; which are ticked."""

    kind: str
    words: str
    first: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    ticked: frozenset[str]
    complete: bool


def _fields() -> tuple[tuple[str, str, str], ...]:
    return (
        ("conduct_on", "day", _("Day of the conduct")),
        ("committed_in", "states", _("States in which it took place")),
        ("transnational", "yes_no", _("The offence is transnational")),
        ("organised_group", "yes_no", _("An organised criminal group is involved")),
        (
            "evidence_in_requested_state",
            "yes_no",
            _("Victims, witnesses, proceeds or evidence are in the requested State"),
        ),
        ("person.nationality", "states", _("Nationality of the person sought")),
        ("person.present_in", "state", _("State where the person is")),
        ("person.resident_in", "state", _("State where the person lives")),
        ("person.age", "years", _("Age of the person, in years")),
        ("person.sought_for", "sought_for", _("The person is sought for")),
        ("person.sentence", "term", _("Sentence passed")),
        ("person.sentence_left", "term", _("Sentence left to serve")),
        ("person.judgment_final", "yes_no", _("The judgment is final")),
        ("person.finally_judged_in", "states", _("States that gave a final judgment on the same facts")),
        ("person.judged_in_absence", "yes_no", _("The judgment was given in the person's absence")),
        ("person.retrial_assured", "yes_no", _("A new trial is assured")),
        ("person.consents", "yes_no", _("The person consents")),
        ("person.criminally_responsible_by_age", "yes_no", _("The person is old enough to be criminally responsible")),
        ("victim.nationality", "states", _("Nationality of the victim")),
        ("victim.permanent_residence_in", "states", _("States where the victim may live permanently")),
        ("victim.wishes_to_return", "yes_no", _("The victim wishes to return")),
        ("victim.return_is_safe", "yes_no", _("The return is safe")),
        ("victim.seeks_asylum", "yes_no", _("The victim seeks asylum")),
        ("victim.needed_in_proceedings", "yes_no", _("The victim is needed in proceedings here")),
        ("barred_by_time_in", "states", _("States in which prosecution is barred by lapse of time")),
        ("amnesty_in", "states", _("States in which an amnesty covers it")),
        ("political_offence", "yes_no", _("It is a political offence")),
        ("persecution", "yes_no", _("There are grounds to fear persecution")),
        ("death_penalty_possible", "yes_no", _("The death penalty is possible")),
        ("death_penalty_assurance", "yes_no", _("It is assured that the death penalty will not be carried out")),
        ("life_sentence_possible", "yes_no", _("A sentence for life is possible")),
        ("ill_treatment_risk", "yes_no", _("There is a risk of torture or ill-treatment")),
        ("proceedings_in_requested_state", "yes_no", _("Proceedings are under way in the requested State")),
        ("essential_interests_at_stake", "yes_no", _("Essential interests of the requested State are at stake")),
        ("measure_allowed_at_home", "yes_no", _("The measure could be ordered in a like case at home")),
        ("both_agree", "yes_no", _("Both States agree to it")),
    )


def fact_fields(posted: QueryDict, asked: Collection[str]) -> list[FactField]:
    """The facts to be told, those that would settle more first."""
    found = [
        FactField(
            path,
            kind,
            words,
            posted.get(f"fact:{path}", "")[:MOST_WORDS],
            f"none:{path}" in posted,
            any(path == key or path.startswith(f"{key}.") for key in asked),
        )
        for path, kind, words in _fields()
    ]
    return sorted(found, key=lambda field: not field.asked)


def conduct_groups(posted: QueryDict) -> list[ConductGroup]:
    """The facts of conduct by kind, in the reader's language."""
    corpus = the_law().corpus
    named = set(concepts_in(formula_of_provision(corpus, None, DEFINITION)))
    kinds = (
        ("act", _("What was done")),
        ("means", _("By which means")),
        ("purpose", _("For which exploitation")),
        ("result", _("Exploitation carried out")),
        ("person", _("The victim")),
        ("circumstance", _("Circumstances")),
    )
    ticked = frozenset(posted.getlist("present"))
    found = []
    for kind, words in kinds:
        concepts = sorted(
            ((id, label(corpus, id, language())) for id in corpus.concepts if id.startswith(f"{kind}.")),
            key=lambda both: both[1],
        )
        first = tuple(both for both in concepts if both[0] in named)
        others = tuple(both for both in concepts if both[0] not in named and both[0] != CHILD)
        complete = kind in posted.getlist("complete")
        found.append(ConductGroup(kind, words, tuple(b for b in first if b[0] != CHILD), others, ticked, complete))
    return found


def facts_posted(posted: QueryDict) -> CaseFacts:
    """The facts that posted fields stand for. Raises CorpusError for one that is none, UnknownName for a State."""
    corpus = the_law().corpus
    data: dict[str, Any] = {"person": {}, "victim": {}, "conduct": {}}
    for path, kind, _words in _fields():
        said = posted.get(f"fact:{path}", "").strip()[:MOST_WORDS]
        if not said and f"none:{path}" not in posted:
            continue
        where, _dot, key = path.rpartition(".")
        (data[where] if where else data)[key] = _value(kind, said)
    present = [id for id in posted.getlist("present") if id in corpus.concepts]
    for kind in posted.getlist("complete"):
        data["conduct"] |= {
            id: "no" for id in corpus.concepts if id.startswith(f"{kind}.") and id not in _implied(present)
        }
    data["conduct"] |= dict.fromkeys(present, "yes")
    if posted.get("child") in ("yes", "no"):
        data["conduct"][CHILD] = posted["child"]
    elif CHILD not in present:
        data["conduct"].pop(CHILD, None)
    return facts_from(data, corpus, Path(_("What you wrote")), "")


def _implied(present: list[str]) -> frozenset[str]:
    """The concepts with all that follows from them by definition."""
    return frozenset(the_law().laws.theory.close(present))


def _value(kind: str, said: str) -> Any:
    if kind == "states":
        return [find_party(the_law().corpus, part.strip()).code for part in said.split(",") if part.strip()]
    if kind == "state":
        return find_party(the_law().corpus, said).code
    return int(said) if kind == "years" and said.isdecimal() else said


def told(error: CorpusError) -> list[str]:
    """What is wrong with the facts, without places in a file that there is not."""
    return [problem.message for problem in error.problems]
