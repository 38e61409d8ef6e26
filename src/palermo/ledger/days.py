"""The day an instrument enters into force, counted from deposits by the instrument's own rule."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from palermo.corpus.models import Action, Corpus, EntryRule, Instrument

CONSENTS = (
    "ratification",
    "acceptance",
    "approval",
    "accession",
    "definitive_signature",
    "deposit",
)
"""Acts by which a State consents to be bound and from which the rules count; a succession is counted by none."""


def after_months(day: date, months: int) -> date:
    """The day with the same number so many months later, or the last day of a month too short for it."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def first_of_month_after(day: date, months: int) -> date:
    """The first day of the month following the end of so many months (the Council of Europe's rule)."""
    end = after_months(day, months)
    return after_months(end.replace(day=1), 1)


def by_rule(rule: EntryRule, counted_from: date) -> date | None:
    """The day of effect of a deposit or notice under a rule; None where the rule counts nothing.

    `days_after: 30` is the thirtieth day after the day counted from, which itself is not counted; `days_after: 0`
    that day itself.
    """
    if rule.days_after is not None:
        return counted_from + timedelta(days=rule.days_after)
    if rule.months_after is not None:
        return after_months(counted_from, rule.months_after)
    if rule.first_of_month_after_months is not None:
        return first_of_month_after(counted_from, rule.first_of_month_after_months)
    if rule.first_of_month_after_days is not None:
        return after_months((counted_from + timedelta(days=rule.first_of_month_after_days)).replace(day=1), 1)
    return None


def general_by_rule(corpus: Corpus, instrument: Instrument) -> date | None:
    """The instrument's own entry into force as its rule gives it from the deposits in the table.

    None where the table cannot show what the rule asks: where it is not complete, where the number of deposits is
    not reached in it, or where members of an organisation are counted, which it does not mark.
    """
    rule = instrument.entry_into_force.general
    if rule is None or rule.instruments is None or rule.members_of_organisation is not None:
        return None
    if instrument.acts is not None and instrument.acts.complete != "dates":
        return None
    deposits = sorted(_deposits(corpus, instrument, rule.organisations_count))
    if len(deposits) < rule.instruments:
        return None
    day = by_rule(rule, deposits[rule.instruments - 1])
    if day is None or rule.not_before is None:
        return day
    convention = general_day(corpus, corpus.instruments[rule.not_before])
    return None if convention is None else max(day, convention)


def general_day(corpus: Corpus, instrument: Instrument) -> date | None:
    """The instrument's own entry into force: the official day where one is published, else by its rule."""
    entry = instrument.entry_into_force
    official = entry.official or (entry.general.official if entry.general else None)
    return official or general_by_rule(corpus, instrument)


def _deposits(corpus: Corpus, instrument: Instrument, organisations_count: bool) -> Iterable[date]:
    seen: set[str] = set()
    for action in corpus.actions.get(instrument.id, ()):
        if action.action not in CONSENTS or action.date is None or action.party in seen:
            continue
        party = corpus.parties.get(action.party)
        if party and party.kind == "organisation" and not organisations_count:
            continue
        seen.add(action.party)
        yield action.date


def day_for_party(instrument: Instrument, consent: Action, general: date | None) -> date | None:
    """The day of entry into force for one party by rule: counted from its deposit, but never before the instrument.

    `general` is the instrument's own entry into force.

    None for a succession (its day goes back to independence, as the successor State declares), and where a
    day needed is not known.
    """
    rule = instrument.entry_into_force.later_party
    if rule is None or consent.date is None or consent.action not in CONSENTS:
        return None
    own = by_rule(rule, consent.date)
    return None if own is None or general is None else max(own, general)


def day_of_leaving(instrument: Instrument, notice: Action) -> date | None:
    """The first day on which a denunciation or withdrawal has effect: as printed, else by the instrument's rule."""
    if notice.entry_into_force is not None:
        return notice.entry_into_force
    if instrument.denunciation is None or notice.date is None:
        return None
    return by_rule(instrument.denunciation, notice.date)
