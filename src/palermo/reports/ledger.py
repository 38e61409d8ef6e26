"""What binds a State, and who is bound by an instrument, written down."""

from __future__ import annotations

from collections import Counter
from datetime import date

from palermo.corpus.models import Corpus
from palermo.documents.report import Block, Facts, Line, Paragraph, Report, Section, Table, line, strong
from palermo.ledger.standing import Standing
from palermo.reports.words import KINDS, day, list_of, standing_in_words

STATUS_WORDS = {
    "in_force": "in force",
    "not_yet_in_force": "not yet in force",
    "signed": "signed only",
    "left": "no longer bound",
    "not_bound": "does not take part",
    "applied_provisionally": "applied provisionally",
    "excluded": "not applied to it",
    "not_known": "not known whether bound",
    "no_act_known": "no act known",
    "instrument_not_in_force": "instrument not in force",
    "own_statute": "a statute, no treaty",
}


def status_report(corpus: Corpus, party: str, on: date, standings: list[Standing]) -> Report:
    """What binds a party on a day: one table, then each instrument with its acts, sources and remarks."""
    name = corpus.parties[party].name
    treaties = [standing for standing in standings if standing.status != "own_statute"]
    rows = tuple(_status_row(corpus, standing) for standing in treaties)
    blocks: list[Block] = [Table(f"Instruments and {name}", ("Instrument", "Standing", "Since", "Known up to"), rows)]
    blocks += [_instrument(corpus, standing) for standing in treaties]
    kind = corpus.parties[party].kind.replace("_", " ")
    remark = corpus.parties[party].note
    if kind != "state":
        blocks.insert(0, Paragraph(line(f"{name} is entered as: {kind}{f' ({remark})' if remark else ''}.")))
    return Report(f"{name}: what binds it, on {day(on)}", tuple(blocks))


def _status_row(corpus: Corpus, standing: Standing) -> tuple[Line, ...]:
    since = standing.bond.since if standing.bond else None
    bound = standing.bond and standing.status in ("in_force", "left", "not_yet_in_force")
    return (
        line(corpus.instruments[standing.instrument].short),
        line(strong(STATUS_WORDS[standing.status])),
        line(day(since) if bound else ""),
        line(day(standing.known_up_to) if standing.known_up_to else ""),
    )


def _instrument(corpus: Corpus, standing: Standing) -> Section:
    instrument = corpus.instruments[standing.instrument]
    names = {code: party.name for code, party in corpus.parties.items()}
    pairs: list[tuple[str, Line]] = [("Standing", line(standing_in_words(standing, instrument.short, names)))]
    if standing.signed or standing.signed_undated:
        pairs.append(("Signed", line(day(standing.signed))))
    if standing.sources:
        titles = [corpus.sources[source].title if source in corpus.sources else source for source in standing.sources]
        pairs.append(("Sources", line(list_of(list(dict.fromkeys(titles)), "and"))))
    pairs += [("Remark", line(note)) for note in standing.notes]
    pairs += [("Sources differ", line(note)) for note in standing.disagreements]
    return Section(instrument.short, instrument.id, (Facts(tuple(pairs)),))


def parties_report(corpus: Corpus, instrument: str, on: date, standings: list[Standing]) -> Report:
    """Who is bound by an instrument on a day, as far as its table of acts knows."""
    found = corpus.instruments[instrument]
    counts = Counter(STATUS_WORDS[standing.status] for standing in standings)
    horizon = max((standing.known_up_to for standing in standings if standing.known_up_to), default=None)
    facts = Facts(
        (
            ("Instrument", line(found.title)),
            *(() if found.depositary is None else (("Depositary", line(found.depositary)),)),
            (
                "Counted",
                line("; ".join(f"{count} {words}" for words, count in counts.most_common()) or "no acts encoded"),
            ),
            ("Latest source", line(day(horizon))),
        )
    )
    rows = tuple(_party_row(corpus, standing) for standing in standings)
    heads = ("Party", "Standing", "Consent", "In force since", "Known up to")
    return Report(f"{found.short}: parties, on {day(on)}", (facts, Table("Parties", heads, rows)))


def _party_row(corpus: Corpus, standing: Standing) -> tuple[Line, ...]:
    bond = standing.bond
    consent = f"{KINDS.get(bond.kind, bond.kind)}{f' {bond.consent}' if bond.consent else ''}" if bond else ""
    since = bond.since.isoformat() if bond and bond.since else "day not known" if bond else ""
    return (
        line(corpus.parties[standing.party].name),
        line(STATUS_WORDS[standing.status]),
        line(consent),
        line(f"{since} (by rule)" if bond and bond.basis == "rule" else since),
        line(standing.known_up_to.isoformat() if standing.known_up_to else ""),
    )
