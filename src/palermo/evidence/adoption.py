"""When an instrument began to bind each State, and what of States the law knows that may change an effect."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from palermo.corpus.models import Corpus, Instrument
from palermo.evidence.impact_study import Adoption, Trait
from palermo.ledger.ledger import Ledger
from palermo.ledger.standing import bonds_of
from palermo.ledger.statements import standing_statements

TRAITS = ("tradition", "scope")
"""Moderators that come from the corpus: the legal tradition, and whether statements narrow what binds the State."""


def adoptions(ledger: Ledger, instrument: Instrument, states: Iterable[str]) -> tuple[Adoption, ...]:
    """The years in which an instrument bound States: from that of its entry into force for each.

    A State without a known day is `unknown`. One without any known act counts as not bound only where the table names
    every party.
    """
    complete = instrument.acts is not None and instrument.acts.complete != "partial"
    return tuple(_adoption(ledger, instrument, state, complete) for state in sorted(set(states)))


def _adoption(ledger: Ledger, instrument: Instrument, state: str, complete: bool) -> Adoption:
    acts = ledger.acts
    spans = bonds_of(acts, instrument, state)
    if not spans:
        known = complete or bool(acts.of(instrument.id, state))
        return Adoption(state, "not_bound" if known else "unknown")
    first, last = spans[0], spans[-1]
    if first.since is None:
        return Adoption(state, "unknown", consent=first.consent.isoformat() if first.consent else None)
    return Adoption(
        state,
        "left" if last.until else "bound",
        first.since.year,
        last.until.year if last.until else None,
        first.since.isoformat(),
        first.consent.isoformat() if first.consent else None,
    )


def known_up_to(ledger: Ledger, instrument: Instrument) -> int | None:
    """The last year whose end the record of an instrument's acts reaches."""
    days = [act.as_at for act in ledger.corpus.actions.get(instrument.id, ()) if act.as_at]
    last = max(days, default=None)
    if last is None:
        return None
    return last.year if last == date(last.year, 12, 31) else last.year - 1


def traits(
    corpus: Corpus, instrument: Instrument | None, states: Iterable[str], moderators: Iterable[str]
) -> tuple[Trait, ...]:
    """The traits of States that the corpus knows, of those asked for.

    `tradition`: `civil_law`, `common_law` or both, whatever customary or religious law stands beside it; else those
    systems, joined by `+`. `scope`: whether a statement that stands keeps a provision from binding the State in full
    (`narrowed`) or none does (`whole`), where the record of statements on the instrument is kept.
    """
    found: list[Trait] = []
    for state in sorted(set(states)):
        for moderator in moderators:
            if moderator == "tradition":
                value = _tradition(corpus, state)
            elif moderator == "scope" and instrument is not None:
                value = _scope(corpus, instrument, state)
            else:
                value = None
            if value is not None:
                found.append(Trait(state, moderator, value))
    return tuple(found)


def _tradition(corpus: Corpus, state: str) -> str | None:
    systems = corpus.systems_of(state)
    named = {system for law in systems if law.tradition for system in law.tradition.systems}
    return "+".join(sorted(named & {"civil_law", "common_law"} or named)) or None


def _scope(corpus: Corpus, instrument: Instrument, state: str) -> str | None:
    known = corpus.statements.get(instrument.id)
    if known is None:
        return None
    standing = standing_statements(corpus, instrument.id, state, known.as_at)
    return "narrowed" if any(s.effect in ("excludes", "limits", "modifies") for s in standing) else "whole"
