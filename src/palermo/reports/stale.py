"""Which files somebody should look at again: their review is due, or nobody has said by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from palermo.corpus.models import Corpus, Instrument, LegalSystem, MeasureValue, Offence, Statements
from palermo.corpus.monitoring import Mechanism, Questionnaire, Recommendations
from palermo.documents.report import Paragraph, Report, Table, line, muted, strong

SHOWN = 2
"""How many places to look at a table names; JSON names all."""


class Stale(msgspec.Struct, frozen=True):
    """A file to look at again.

    `known_up_to` is the day up to which its law, acts or statements are known; `look_at` the texts and lists that a
    newer state would be found by; `unverified` how many of its values nobody has read in a text.
    """

    file: str
    name: str
    review_by: date | None
    known_up_to: date | None
    unverified: int
    look_at: tuple[str, ...]


def stale(corpus: Corpus, on: date) -> list[Stale]:
    """The files whose review was due before a day: those without a date first, then the longest due."""
    due = (found for found in _all(corpus) if found.review_by is None or found.review_by < on)
    return sorted(due, key=lambda found: (found.review_by or date.min, found.file))


def _all(corpus: Corpus) -> Iterator[Stale]:
    yield from map(_of_system, corpus.legal_systems.values())
    yield from (_of_instrument(corpus, instrument) for instrument in corpus.instruments.values())
    yield from (_of_statements(corpus, statements) for statements in corpus.statements.values())
    yield from map(_of_mechanism, corpus.mechanisms.values())
    yield from (_of_recommendations(corpus, made) for made in corpus.recommendations.values())
    yield from map(_of_questionnaire, corpus.questionnaires.values())


def _of_system(system: LegalSystem) -> Stale:
    values: list[Offence | MeasureValue] = [
        *system.offences,
        *(value for found in system.measures.values() for value in found),
    ]
    return Stale(
        file=f"jurisdictions/{system.id}.yaml",
        name=system.legal_system,
        review_by=system.review_by,
        known_up_to=system.as_at,
        unverified=sum(not system.is_verified(value) for value in values),
        look_at=tuple(f"{act.title}: {act.source}" for act in system.acts.values()),
    )


def _of_instrument(corpus: Corpus, instrument: Instrument) -> Stale:
    acts = corpus.actions.get(instrument.id, ())
    known = [act.as_at for act in acts if act.as_at]
    unread = sum(not (instrument.text.verified if p.verified is None else p.verified) for p in instrument.provisions)
    return Stale(
        file=f"instruments/{instrument.id}.yaml",
        name=instrument.short,
        review_by=instrument.review_by,
        known_up_to=max(known, default=None),
        unverified=unread,
        look_at=(*_latest(corpus, (act.source for act in acts)), f"text: {instrument.text.source}"),
    )


def _of_statements(corpus: Corpus, statements: Statements) -> Stale:
    instrument = corpus.instruments[statements.instrument]
    return Stale(
        file=f"reservations/{statements.instrument}.yaml",
        name=f"statements on {instrument.short}",
        review_by=statements.review_by,
        known_up_to=statements.as_at,
        unverified=sum(not statement.verified for statement in statements.statements),
        look_at=tuple(_latest(corpus, (statement.source for statement in statements.statements))),
    )


def _of_mechanism(mechanism: Mechanism) -> Stale:
    clocks = sum(not (mechanism.verified if clock.verified is None else clock.verified) for clock in mechanism.clocks)
    return Stale(
        file=f"monitoring/{mechanism.id}.yaml",
        name=mechanism.name,
        review_by=mechanism.review_by,
        known_up_to=mechanism.as_at,
        unverified=clocks + sum(not known.verified for known in mechanism.known),
        look_at=tuple(dict.fromkeys([*(c.look_at for c in mechanism.clocks if c.look_at), mechanism.source])),
    )


def _of_recommendations(corpus: Corpus, made: Recommendations) -> Stale:
    return Stale(
        file=f"monitoring/recommendations/{made.id}.yaml",
        name=f"{corpus.mechanisms[made.mechanism].name}, {corpus.parties[made.state].name}",
        review_by=made.review_by,
        known_up_to=made.as_at,
        unverified=sum(not entry.verified for entry in made.recommendations),
        look_at=(corpus.mechanisms[made.mechanism].body,),
    )


def _of_questionnaire(questionnaire: Questionnaire) -> Stale:
    verified = questionnaire.verified
    return Stale(
        file=f"monitoring/questionnaires/{questionnaire.id}.yaml",
        name=questionnaire.title,
        review_by=questionnaire.review_by,
        known_up_to=questionnaire.as_at,
        unverified=sum(not (verified if q.verified is None else q.verified) for q in questionnaire.questions),
        look_at=(questionnaire.source,),
    )


def _latest(corpus: Corpus, sources: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The sources named, those that know most recent days first."""
    named = {id for ids in sources for id in ids}
    for id in sorted(named, key=lambda id: (corpus.sources[id].as_at or "", id), reverse=True):
        source = corpus.sources[id]
        yield f"{source.title}: {source.where}" if source.where else source.title


def stale_report(found: list[Stale], on: date) -> Report:
    """The table of files to look at again."""
    title = f"Files to look at again on {on}"
    if not found:
        return Report(title, (Paragraph(line("None: no review is overdue.")),))
    rows = tuple(
        (
            line(strong(file.file)),
            line(str(file.review_by or "not set")),
            line(str(file.known_up_to or "not said")),
            line(str(file.unverified) if file.unverified else ""),
            line(_shown(file.look_at)),
        )
        for file in found
    )
    heads = ("File", "Review by", "Known up to", "Unread", "Look at")
    told = (
        "Without a date first, then the longest overdue. Known up to: the day up to which the law, the acts or the "
        "statements are known. Unread: values that nobody has read in a text of the law."
    )
    return Report(title, (Table(f"{len(found)} files", heads, rows), Paragraph(line(muted(told)))))


def _shown(places: tuple[str, ...]) -> str:
    more = len(places) - SHOWN
    return "; ".join(places[:SHOWN]) + (f"; and {more} more" if more > 0 else "")
