"""A questionnaire for a State: each question with what its law gives, earlier answers that fit, and what others say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

import msgspec

from palermo.conformity.findings import Answer, Finding, Verdict
from palermo.corpus.duty_tests import Measured, leaves
from palermo.corpus.models import Corpus
from palermo.corpus.monitoring import Question, QuestionKind, Questionnaire
from palermo.ledger.ledger import Ledger
from palermo.ledger.parties import UnknownName, find_party
from palermo.logic.formula import nearest
from palermo.monitoring.clocks import provision_of
from palermo.monitoring.own_answers import GivenAnswer
from palermo.monitoring.recommendations import provision_named, systems_on

Fit = Literal["same_question", "same_duties", "shared_duty", "same_matter"]
"""How a question that was answered stands to the one asked: the same; about just the same duties; sharing a duty; or
about other duties in the same matter. Only the first two can be taken over as they are."""
_BEST_FIRST: tuple[Fit, ...] = ("same_question", "same_duties", "shared_duty", "same_matter")


class Drafted(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a legal system's law gives on one duty of a question, with the sections relied on.

    `provisional`: it rests on something that nobody read in a text. `look_up` says what to look up where the law is not
    encoded.
    """

    system: str
    system_name: str
    duty: str
    cite: str
    asks: str
    gives: Verdict
    provisional: bool
    relies_on: tuple[str, ...] = ()
    evidence: str | None = None
    look_up: tuple[str, ...] = ()


class Taken(msgspec.Struct, frozen=True, omit_defaults=True):
    """An answer given to a question that fits, and how that question differs from the one asked."""

    questionnaire: str
    question: str
    asked: str
    by: str
    says: str
    fit: Fit
    differs: tuple[str, ...] = ()
    date: date | None = None
    source: str | None = None


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """A comment of the State: on a duty, as its law's file holds it, or on the question."""

    by: str
    says: str
    on: str
    date: date | None = None
    source: str | None = None


class QuestionAnswered(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question: what the law gives, the State's answer as far as there is one, and what stands beside.

    `answer` is the State's own answer to this question, or one to a question about just the same duties; `answered_by`
    names whose. `reused` are answers to other questions, best fit first; `shadows` what others say; `comments` what the
    State says on its part.
    """

    id: str
    part: str
    asks: str
    kind: QuestionKind
    cite: str
    duties: tuple[str, ...]
    drafted: tuple[Drafted, ...] = ()
    answer: str | None = None
    answered_by: str | None = None
    reused: tuple[Taken, ...] = ()
    shadows: tuple[Taken, ...] = ()
    comments: tuple[Said, ...] = ()


class QuestionnaireAnswered(msgspec.Struct, frozen=True, omit_defaults=True):
    """A whole questionnaire for a State on a day. `verified`: the questionnaire was read in its text."""

    questionnaire: str
    title: str
    mechanism: str
    state: str
    state_name: str
    on: date
    source: str
    verified: bool
    questions: tuple[QuestionAnswered, ...]
    note: str | None = None


def find_questionnaire(corpus: Corpus, id: str) -> Questionnaire:
    """The questionnaire with that id. Raises ledger.parties.UnknownName."""
    if id in corpus.questionnaires:
        return corpus.questionnaires[id]
    known = ", ".join(corpus.questionnaires) or "none"
    raise UnknownName(f"there is no questionnaire {id!r}{nearest(id, corpus.questionnaires)}; there is {known}")


def answered(
    ledger: Ledger, state: str, questionnaire: str, on: date, own: Sequence[GivenAnswer] = ()
) -> QuestionnaireAnswered:
    """A questionnaire with everything that is known to answer it.

    `own` are answers given before, to this questionnaire or to others. Raises ledger.parties.UnknownName.
    """
    corpus = ledger.corpus
    party = find_party(corpus, state)
    asked = find_questionnaire(corpus, questionnaire)
    return QuestionnaireAnswered(
        questionnaire=asked.id,
        title=asked.title,
        mechanism=asked.mechanism,
        state=party.code,
        state_name=party.name,
        on=on,
        source=asked.source,
        verified=asked.verified,
        questions=tuple(_answered(ledger, party.code, asked, question, on, own) for question in asked.questions),
        note=asked.note,
    )


def _answered(
    ledger: Ledger, state: str, asked: Questionnaire, question: Question, on: date, own: Sequence[GivenAnswer]
) -> QuestionAnswered:
    corpus = ledger.corpus
    findings = [
        (system.system, system.name, duty, finding)
        for duty in question.duties
        for system in systems_on(ledger, state, duty, on)
        for finding in system.findings
    ]
    taken = [(given, found) for given in own if (found := _taken(corpus, asked, question, given)) is not None]
    taken.sort(key=lambda pair: _BEST_FIRST.index(pair[1].fit))
    by_state = [found for given, found in taken if given.role == "state"]
    ready = next((found for found in by_state if found.fit in ("same_question", "same_duties")), None)
    comments = [
        Said(c.by, c.says, provision_of(corpus, d), c.date, c.source) for _, _, d, f in findings for c in f.comments
    ]
    comments += [Said(t.by, t.says, f"{t.questionnaire} {t.question}", t.date, t.source) for t in _of(taken, "comment")]
    return QuestionAnswered(
        id=question.id,
        part=question.part,
        asks=question.asks,
        kind=question.kind,
        cite=question.cite,
        duties=tuple(provision_of(corpus, duty) for duty in question.duties),
        drafted=tuple(_drafted(corpus, *found) for found in findings),
        answer=ready.says if ready else None,
        answered_by=_whose(ready) if ready else None,
        reused=tuple(found for found in by_state if found is not ready),
        shadows=tuple(_of(taken, "shadow")),
        comments=tuple(dict.fromkeys(comments)),
    )


def _of(taken: Sequence[tuple[GivenAnswer, Taken]], role: str) -> Iterator[Taken]:
    return (found for given, found in taken if given.role == role)


def _whose(taken: Taken) -> str:
    if taken.fit == "same_question":
        return taken.by
    return f"{taken.by}, to {taken.questionnaire} {taken.question}, which asks about the same duties"


def _taken(corpus: Corpus, asked: Questionnaire, question: Question, given: GivenAnswer) -> Taken | None:
    """A given answer as far as its question fits the one asked."""
    other = corpus.questionnaires[given.questionnaire].question(given.question)
    same = (given.questionnaire, given.question) == (asked.id, question.id)
    found: tuple[Fit, tuple[str, ...]] | None = ("same_question", ()) if same else _fit(corpus, question, other)
    if found is None:
        return None
    fit, differs = found
    return Taken(
        questionnaire=given.questionnaire,
        question=given.question,
        asked=other.asks,
        by=given.by,
        says=given.says,
        fit=fit,
        differs=differs,
        date=given.date,
        source=given.source,
    )


def _fit(corpus: Corpus, question: Question, other: Question) -> tuple[Fit, tuple[str, ...]] | None:
    """How another question stands to one asked, and in what it differs."""
    here, there = (*question.duties, *question.measures), (*other.duties, *other.measures)
    shared = set(here) & set(there)
    if not shared and not (_matters(corpus, question) & _matters(corpus, other)):
        return None
    differs = [
        *(f"asked here and not there: {_named(corpus, duty)}" for duty in here if duty not in there),
        *(f"asked there and not here: {_named(corpus, duty)}" for duty in there if duty not in here),
    ]
    if question.kind != other.kind:
        differs.append(f"asked here for {question.kind}, there for {other.kind}")
    if not differs:
        return "same_duties", ()
    return ("shared_duty" if shared else "same_matter"), tuple(differs)


def _matters(corpus: Corpus, question: Question) -> set[str]:
    """The matters of a question: the topics of its duties and what the tests of these ask of law.

    A statute used as a lens files all of what it looks at under one topic, which therefore says nothing.
    """
    found = set(question.measures)
    for duty in question.duties:
        provision = provision_named(corpus, duty)
        if provision is None:
            continue
        if corpus.instruments[duty.partition(" ")[0]].kind != "domestic":
            found.add(provision.topic)
        if provision.test is not None:
            found |= {part.measure for _, part in leaves(provision.test) if isinstance(part, Measured)}
    return found


def _named(corpus: Corpus, link: str) -> str:
    return corpus.measures[link].meaning if link in corpus.measures else provision_of(corpus, link)


def _drafted(corpus: Corpus, system: str, name: str, duty: str, finding: Finding) -> Drafted:
    return Drafted(
        system=system,
        system_name=name,
        duty=duty,
        cite=provision_of(corpus, duty),
        asks=finding.asks,
        gives=finding.law,
        provisional=finding.provisional,
        relies_on=tuple(dict.fromkeys(_relied(finding.answer))),
        evidence=finding.evidence,
        look_up=finding.look_up,
    )


def _relied(answer: Answer | None) -> Iterator[str]:
    if answer is None:
        return
    if answer.authority and answer.verdict is not Verdict.NOT_ENCODED:
        value = f": {answer.authority.value}" if answer.authority.value else ""
        yield f"{answer.authority.cite}{value}"
    for reach in answer.coverage.reached_by if answer.coverage else ():
        yield reach.authority.cite
    for part in answer.parts:
        yield from _relied(part)
