"""What is in force between two parties on a day, how statements change it, and what they agreed themselves."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from palermo.corpus.models import Agreement, AgreementKind, Corpus, Instrument
from palermo.ledger.acts import Acts
from palermo.ledger.standing import Standing, standing
from palermo.ledger.statements import Bearing, bearings

MODIFYING = ("accepted", "allowed", "as_reservation", "objected")
"""Rules by which a statement changes provisions between two parties."""


def modifies(bearing: Bearing) -> bool:
    """Whether a statement changes provisions between the two."""
    return bearing.rule in MODIFYING and bearing.effect in ("excludes", "limits", "modifies")


class PairStanding(msgspec.Struct, frozen=True, omit_defaults=True):
    """An instrument between two parties. `since` is the later of their days of entry into force, if both are known.

    `opposed` is an objection that keeps it from being in force between them. `bearings` are the statements of both
    that stand that day. `statements_known_up_to` is the horizon of the record of statements; none if none is kept.
    """

    instrument: str
    first: Standing
    second: Standing
    in_force: bool
    since: date | None = None
    opposed: str | None = None
    bearings: tuple[Bearing, ...] = ()
    statements_known_up_to: date | None = None

    def modifications(self) -> tuple[Bearing, ...]:
        """The statements that change provisions between the two."""
        return tuple(bearing for bearing in self.bearings if modifies(bearing))


AgreementStatus = Literal["in_force", "signed", "ended", "superseded", "not_yet", "not_known"]


class AgreementBetween(msgspec.Struct, frozen=True, omit_defaults=True):
    """A bilateral agreement of the two and how it stands that day, as far as the source says.

    `in_force`: it entered into force by then and no end is known, which is not proof that there is none.
    """

    id: str
    kind: AgreementKind
    title: str
    status: AgreementStatus
    signed: date | None = None
    entry_into_force: date | None = None
    ended: date | None = None
    superseded_by: str | None = None
    reference: str | None = None
    note: str | None = None
    sources: tuple[str, ...] = ()
    known_up_to: date | None = None


class Between(msgspec.Struct, frozen=True, omit_defaults=True):
    """Two parties on a day: every treaty and directive of the corpus between them, and their own agreements."""

    first: str
    second: str
    on: date
    instruments: tuple[PairStanding, ...]
    agreements: tuple[AgreementBetween, ...]


def between(acts: Acts, first: str, second: str, on: date) -> Between:
    """What is in force between two parties, given by their codes, on a day; agreements among others are left out."""
    treaties = [
        i for _, i in sorted(acts.corpus.instruments.items()) if i.kind != "domestic" and i.holds_between(first, second)
    ]
    return Between(
        first,
        second,
        on,
        tuple(pair_standing(acts, instrument, first, second, on) for instrument in treaties),
        tuple(agreements_on(acts.corpus, first, second, on)),
    )


def pair_standing(acts: Acts, instrument: Instrument, first: str, second: str, on: date) -> PairStanding:
    """How an instrument stands between two parties on a day."""
    one, other = (standing(acts, instrument, party, on) for party in (first, second))
    both = one.binding and other.binding and instrument.holds_between(first, second)
    known = acts.corpus.statements.get(instrument.id)
    found = (
        (
            *bearings(acts.corpus, instrument, first, second, on),
            *bearings(acts.corpus, instrument, second, first, on),
        )
        if both
        else ()
    )
    opposed = next((bearing.objection for bearing in found if bearing.rule == "opposed"), None)
    return PairStanding(
        instrument=instrument.id,
        first=one,
        second=other,
        in_force=both and opposed is None,
        since=_later_day(one, other) if both else None,
        opposed=opposed,
        bearings=found,
        statements_known_up_to=known.as_at if known else None,
    )


def _later_day(one: Standing, other: Standing) -> date | None:
    days = [s.bond.since for s in (one, other) if s.bond and s.bond.since]
    return max(days) if len(days) == 2 else None


def agreements_between(corpus: Corpus, first: str, second: str) -> list[Agreement]:
    """The bilateral agreements of two parties, whichever of them comes first, by day."""
    pair = {first, second}
    found = [a for a in corpus.agreements.values() if {a.first, a.second} == pair]
    return sorted(found, key=lambda a: (a.kind, a.signed or a.entry_into_force or date.min, a.id))


def agreements_on(corpus: Corpus, first: str, second: str, on: date) -> list[AgreementBetween]:
    """The bilateral agreements of two parties that were signed by a day, and how each stands then."""
    return [_agreement(a, on) for a in agreements_between(corpus, first, second) if not _later(a, on)]


def _later(agreement: Agreement, on: date) -> bool:
    return agreement.signed is not None and agreement.signed > on


def _agreement(agreement: Agreement, on: date) -> AgreementBetween:
    return AgreementBetween(
        id=agreement.id,
        kind=agreement.kind,
        title=agreement.title,
        status=agreement_status(agreement, on),
        signed=agreement.signed,
        entry_into_force=agreement.entry_into_force,
        ended=agreement.ended,
        superseded_by=agreement.superseded_by,
        reference=agreement.reference,
        note=agreement.note,
        sources=agreement.source,
        known_up_to=agreement.as_at,
    )


def agreement_status(agreement: Agreement, on: date) -> AgreementStatus:
    """How an agreement stands on a day, as far as its source says."""
    if agreement.ended and agreement.ended <= on:
        return "superseded" if agreement.superseded_by else "ended"
    if agreement.superseded_by and not agreement.ended:
        return "superseded"
    if agreement.entry_into_force:
        return "in_force" if agreement.entry_into_force <= on else "not_yet"
    return "signed" if agreement.signed else "not_known"
