"""An instrument: what it is, when it is in force, what it asks provision by provision, how it stands to others."""

from __future__ import annotations

from palermo.corpus.models import Corpus, EntryRule, Instrument, Provision, Relation
from palermo.documents.report import Block, Entry, Facts, Line, Listing, Report, Section, Table, cite, line, strong
from palermo.ledger.days import general_day
from palermo.reports.sources import source_line
from palermo.reports.words import VERBS, day, known

RELATIONS = {
    "supplements": "supplements",
    "amends": "amends",
    "replaces": "replaces",
    "leaves_untouched": "leaves untouched",
    "gives_way_to": "gives way to",
    "prevails_over": "prevails over",
}


def instrument_report(corpus: Corpus, instrument: Instrument) -> Report:
    """Identity, relations to other instruments and all provisions."""
    blocks: list[Block] = [_identity(corpus, instrument)]
    if instrument.relations:
        related = tuple(_relation(corpus, r) for r in instrument.relations)
        blocks.append(Section("Other instruments", "relations", (Listing("", related),)))
    rows = tuple(_provision(instrument, p) for p in instrument.provisions)
    heads = ("Provision", "About", "Kind", "Verb", "Pillar", "What it asks or says")
    blocks.append(Section("Provisions", "provisions", (Table("Provisions", heads, rows),)))
    up_to = (max((act.as_at for act in corpus.actions.get(instrument.id, ()) if act.as_at), default=None),)
    return Report(instrument.title, tuple(blocks), known=known(acts=up_to))


def _identity(corpus: Corpus, instrument: Instrument) -> Facts:
    pairs: list[tuple[str, Line]] = [("Title", line(instrument.title)), ("Kind", line(instrument.kind))]
    if instrument.state:
        pairs.append(("Statute of", line(corpus.parties[instrument.state].name)))
    if instrument.adopted:
        pairs.append(("Adopted", line(day(instrument.adopted))))
    start = general_day(corpus, instrument)
    if start:
        pairs.append(("In force since", line(day(start))))
    rules = (
        ("Entered into force", instrument.entry_into_force.general),
        ("For a later party", instrument.entry_into_force.later_party),
    )
    pairs += [(name, line(_after(rule))) for name, rule in rules if rule]
    if instrument.denunciation:
        pairs.append(("Denunciation takes effect", line(_after(instrument.denunciation))))
    if instrument.depositary:
        pairs.append(("Depositary", line(instrument.depositary)))
    pairs += [(_reference(name), line(value)) for name, value in instrument.reference.items()]
    if instrument.supplements:
        pairs.append(("Supplements", line(corpus.instruments[instrument.supplements].short)))
    read = "" if instrument.text.verified else " (not verified)"
    pairs.append(("Text", (*source_line(instrument.text.source), *line(read))))
    if instrument.note:
        pairs.append(("Remark", line(instrument.note)))
    return Facts(tuple(pairs))


def _reference(name: str) -> str:
    known_as = {"unts": "UN Treaty Series", "lnts": "League of Nations Treaty Series", "mtdsg": "Depositary's number"}
    return known_as.get(name, name.upper() if len(name) < 6 else name.replace("_", " ").capitalize())


def _after(rule: EntryRule) -> str:
    """A rule of entry into force in words: `on the 90th day after the 40th instrument (art 17(1))`."""
    if rule.days_after is not None:
        when = f"{rule.days_after} days after"
    elif rule.months_after is not None:
        when = f"{rule.months_after} months after"
    elif rule.first_of_month_after_months is not None:
        when = f"on the first day of the month following {rule.first_of_month_after_months} months after"
    elif rule.first_of_month_after_days is not None:
        when = f"on the first day of the month following {rule.first_of_month_after_days} days after"
    else:
        when = "on the day of"
    what = f"{rule.instruments} instruments were deposited" if rule.instruments else "the deposit"
    more = f", {rule.members_of_organisation} of them by members" if rule.members_of_organisation else ""
    pinpoint = f" ({rule.cite})" if rule.cite else ""
    return f"{when} {what}{more}{pinpoint}{f'; {rule.note}' if rule.note else ''}"


def _relation(corpus: Corpus, relation: Relation) -> Entry:
    name = corpus.instruments[relation.to].short if relation.to in corpus.instruments else relation.to
    pinpoint = line(" ", cite(relation.cite)) if relation.cite else ()
    note = line(f" ({relation.note})") if relation.note else ()
    return Entry((*line(f"{RELATIONS[relation.kind]} "), *line(strong(name)), *pinpoint, *note))


def _provision(instrument: Instrument, provision: Provision) -> tuple[Line, ...]:
    verb = VERBS[provision.modality] if provision.modality else ""
    return (
        line(cite(instrument.cite(provision))),
        line(provision.title),
        line(provision.kind),
        line(verb),
        line(provision.pillar),
        line(provision.duty or provision.meaning or ""),
    )
