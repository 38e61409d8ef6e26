"""A duty among laws and instruments: who meets it, and what other instruments ask on the same topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from palermo.conformity.assess import LADDER
from palermo.conformity.verdicts import VerdictOnDay
from palermo.corpus.models import Corpus, Instrument, LegalSystem, Provision
from palermo.documents.report import Line, Table, badge, cite, line, link
from palermo.reports.words import day, with_softener


def ended(provision: Provision, on: date) -> bool:
    """Whether a provision was replaced or fell away before a day, so that no law is held against it."""
    return bool(provision.in_force and provision.in_force.to and provision.in_force.to < on)


def answers_table(
    corpus: Corpus, verdicts: Iterable[VerdictOnDay], on: date, reasons: Callable[[LegalSystem], str]
) -> Table:
    """What every law answers to a duty, whether or not it binds the State; `reasons` is where the finding stands."""
    rows: list[tuple[Line, ...]] = []
    by_name = {corpus.legal_systems[found.system].legal_system: found for found in verdicts}
    for name, found in sorted(by_name.items(), key=lambda entry: entry[0].casefold()):
        system = corpus.legal_systems[found.system]
        rows.append(
            (
                line(link(name, reasons(system))),
                line(badge(found.verdict.value)),
                line(badge(found.on_words.value) if found.on_words else ""),
                line(str(system.as_at)),
            )
        )
    heads = ("Legal system", "Answer", "On its words alone, if that differs", "Looked at up to")
    return Table(f"What laws answer, on {day(on)}", heads, tuple(rows))


def same_topic(corpus: Corpus, of: Instrument, provision: Provision, on: date) -> Table | None:
    """Duties of other instruments on the topic of a provision, the strongest verbs first; None if there are none."""
    found = sorted(
        (
            (LADDER.index(other.modality), other.softener is not None, instrument.short, i, instrument, other)
            for instrument in corpus.instruments.values()
            if instrument.id != of.id
            for i, other in enumerate(instrument.provisions)
            if other.kind == "duty" and other.modality and other.topic == provision.topic
            if other.in_force is None or other.in_force.covers(on)
        ),
        key=lambda entry: entry[:4],
    )
    if not found:
        return None
    rows = tuple(
        (
            line(cite(instrument.cite(other))),
            line(with_softener(other.modality, other.softener)),
            line(other.title),
            line(other.duty or ""),
        )
        for _, _, _, _, instrument, other in found
    )
    caption = f"Other instruments on {corpus.topics.get(provision.topic, provision.topic)}, the strongest verb first"
    return Table(caption, ("Provision", "Verb", "On", "What it asks"), rows)
