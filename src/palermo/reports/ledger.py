"""What binds a State, and who is bound by an instrument, as a depositary would print it: letters, flags, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from palermo.corpus.models import Action, Corpus, Instrument, Statement
from palermo.documents.report import (
    Block,
    Entry,
    Facts,
    Line,
    Listing,
    Paragraph,
    Report,
    Section,
    Table,
    cite,
    line,
    muted,
    strong,
)
from palermo.ledger.ledger import Ledger
from palermo.ledger.standing import Standing
from palermo.ledger.statements import stands
from palermo.reports.words import KINDS, day, known, list_of, standing_in_words

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
LETTERS = {
    "ratification": "",
    "acceptance": "A",
    "approval": "AA",
    "accession": "a",
    "succession": "d",
    "definitive_signature": "s",
    "deposit": "n",
    "bound": "b",
}
LEGEND = (
    "A acceptance, AA approval, a accession, d succession, s definitive signature, n kind not stated, b bound as an "
    "addressee; without a letter: ratification. "
    "R reservation, D declaration, A authorities or other notification, T territorial application, O objection made."
)
_COMPLETE = {
    "dates": "every party with its day",
    "names": "every party, not every day",
    "partial": "part of the parties",
}


def status_report(ledger: Ledger, party: str, on: date, standings: list[Standing]) -> Report:
    """What binds a party on a day: one table, then each instrument with its acts, statements, sources and remarks."""
    corpus = ledger.corpus
    name = corpus.parties[party].name
    treaties = [s for s in standings if s.status != "own_statute"]
    rows = tuple(
        (
            line(corpus.instruments[s.instrument].short),
            line(strong(STATUS_WORDS[s.status])),
            *_columns(ledger, s),
        )
        for s in treaties
    )
    heads = ("Instrument", "Standing", "Signature", "Consent", "In force", "Flags", "Known up to")
    blocks: list[Block] = [Table(f"Instruments and {name}", heads, rows), Paragraph(line(muted(LEGEND)))]
    blocks += [_instrument(ledger, s) for s in treaties if s.status not in ("no_act_known", "instrument_not_in_force")]
    kind = corpus.parties[party].kind.replace("_", " ")
    if kind != "state":
        remark = corpus.parties[party].note
        blocks.insert(0, Paragraph(line(f"{name} is entered as: {kind}{f' ({remark})' if remark else ''}.")))
    up_to = known(acts=(s.known_up_to for s in treaties))
    return Report(f"{name}: what binds it, on {day(on)}", tuple(blocks), known=up_to)


def _columns(ledger: Ledger, standing: Standing) -> tuple[Line, ...]:
    """Signature, consent with its letter, entry into force, flags and horizon of a standing."""
    bond = standing.bond
    consent = since = ""
    if bond and standing.through is None:
        letter = LETTERS.get(bond.kind, "")
        consent = f"{bond.consent or KINDS.get(bond.kind, 'day not known')} {letter}".strip()
        since = f"{bond.since or 'day not known'}{' (by rule)' if bond.basis == 'rule' else ''}"
        if bond.until:
            since += f" to {bond.until}"
    signed = str(standing.signed or ("day not known" if standing.signed_undated else ""))
    return (
        line(signed),
        line(consent),
        line(since),
        line(_flags(ledger, standing)),
        line(str(standing.known_up_to or "")),
    )


def _flags(ledger: Ledger, standing: Standing) -> str:
    found = set()
    for statement in _statements(ledger.corpus, standing.instrument, standing.party, standing.on):
        if statement.kind == "objection":
            found.add("O")
        elif statement.kind in ("reservation", "opt_out"):
            found.add("R")
        elif statement.kind in ("notification", "opt_in"):
            found.add("A")
        else:
            found.add("D")
    if any(True for _ in ledger.acts.territories(standing.instrument, standing.party)):
        found.add("T")
    return " ".join(flag for flag in "RDATO" if flag in found)


def _statements(corpus: Corpus, instrument: str, party: str, on: date) -> list[Statement]:
    known = corpus.statements.get(instrument)
    return [s for s in (known.statements if known else ()) if s.party == party and stands(s, on)]


def _instrument(ledger: Ledger, standing: Standing) -> Section:
    corpus = ledger.corpus
    instrument = corpus.instruments[standing.instrument]
    names = _names(corpus)
    pairs: list[tuple[str, Line]] = [("Standing", line(standing_in_words(standing, instrument.short, names)))]
    pairs += [("Act", line(_act(act))) for act in ledger.acts.of(instrument.id, standing.party)]
    titles = [corpus.sources[source].title if source in corpus.sources else source for source in standing.sources]
    if titles:
        pairs.append(("Sources", line("; ".join(dict.fromkeys(titles)))))
    pairs += [("Sources differ", line(note)) for note in standing.disagreements]
    blocks: list[Block] = [Facts(tuple(pairs))]
    said = [s for s in _statements(corpus, instrument.id, standing.party, standing.on) if s.kind != "objection"]
    if said:
        blocks.append(Listing("Statements", tuple(_statement(corpus, instrument, s) for s in said)))
    known = corpus.statements.get(instrument.id)
    if known:
        blocks.append(Paragraph(line(muted(f"Statements are known up to {day(known.as_at)}."))))
    return Section(instrument.short, instrument.id, tuple(blocks))


def _act(act: Action) -> str:
    kind = KINDS.get(act.action, act.action).replace("_", " ")
    force = f", in force {day(act.entry_into_force)}" if act.entry_into_force else ""
    return f"{kind}, {day(act.date)}{force}{f' ({act.note})' if act.note else ''}"


def _statement(corpus: Corpus, instrument: Instrument, statement: Statement) -> Entry:
    where = f" on {list_of(statement.provisions, 'and')}" if statement.provisions else ""
    effect = f", {statement.effect}" if statement.effect else ", effect not read"
    made = f", {day(statement.made)}" if statement.made else ""
    read = "" if statement.verified else " (not verified)"
    kind = statement.kind.replace("_", " ")
    head = line(cite(statement.id), f" {kind}{where}{effect}{made}: {statement.says}{read}")
    known = corpus.statements.get(instrument.id)
    answers = [s for s in (known.statements if known else ()) if s.answers == statement.id]
    below = []
    if answers:
        who = list_of([f"{s.party}{f' ({s.made})' if s.made else ''}" for s in answers], "and")
        below.append(Entry(line(f"objections: {who}")))
    if statement.note:
        below.append(Entry(line(muted(statement.note))))
    return Entry(head, tuple(below))


def parties_report(ledger: Ledger, instrument: str, on: date, standings: list[Standing]) -> Report:
    """Who is bound by an instrument on a day, as far as its table of acts knows, with statements and notes."""
    corpus = ledger.corpus
    found = corpus.instruments[instrument]
    counts = Counter(STATUS_WORDS[standing.status] for standing in standings)
    horizon = max((standing.known_up_to for standing in standings if standing.known_up_to), default=None)
    pairs: list[tuple[str, Line]] = [("Instrument", line(found.title))]
    if found.depositary:
        pairs.append(("Depositary", line(found.depositary)))
    counted = "; ".join(f"{count} {words}" for words, count in counts.most_common())
    pairs.append(("Counted", line(counted or "no acts encoded")))
    if found.acts:
        pairs.append(("Table holds", line(_complete(found))))
    pairs.append(("Latest source", line(day(horizon))))
    notes: list[str] = []
    rows = tuple(_party_row(ledger, standing, notes) for standing in standings)
    heads = ("Party", "Standing", "Signature", "Consent", "In force", "Flags", "Known up to", "Notes")
    blocks: list[Block] = [Facts(tuple(pairs)), Table("Parties", heads, rows), Paragraph(line(muted(LEGEND)))]
    territories = ledger.territories(instrument, on)
    if territories:
        blocks.append(_territories(ledger, territories))
    if notes:
        blocks.append(Section("Notes", "notes", (Listing("", tuple(Entry(line(note)) for note in notes)),)))
    blocks += _all_statements(corpus, found, on)
    up_to = known(acts=(standing.known_up_to for standing in standings))
    return Report(f"{found.short}: parties, on {day(on)}", tuple(blocks), known=up_to)


def _complete(instrument: Instrument) -> str:
    acts = instrument.acts
    assert acts is not None
    counted = f"; the depositary counted {acts.counted} on {day(acts.on)}" if acts.counted else ""
    return f"{_COMPLETE[acts.complete]}{counted}{f' ({acts.note})' if acts.note else ''}"


def _party_row(ledger: Ledger, standing: Standing, notes: list[str]) -> tuple[Line, ...]:
    name = ledger.corpus.parties[standing.party].name
    numbers = []
    for note in (*standing.notes, *standing.disagreements):
        notes.append(f"[{len(notes) + 1}] {name}: {note}")
        numbers.append(str(len(notes)))
    return (
        line(name),
        line(STATUS_WORDS[standing.status]),
        *_columns(ledger, standing),
        line(", ".join(numbers)),
    )


def _territories(ledger: Ledger, standings: Iterable[Standing]) -> Table:
    names = _names(ledger.corpus)
    rows = tuple(
        (
            line(names[s.party]),
            line(names.get(s.through or "", "")),
            line(STATUS_WORDS[s.status]),
            line(str(s.bond.since) if s.bond and s.bond.since else ""),
        )
        for s in standings
    )
    return Table("Territories", ("Territory", "State", "Standing", "Since"), rows)


def _all_statements(corpus: Corpus, instrument: Instrument, on: date) -> list[Block]:
    known = corpus.statements.get(instrument.id)
    if known is None:
        return []
    names = _names(corpus)
    by_party: dict[str, list[Statement]] = {}
    for statement in known.statements:
        if statement.kind != "objection" and stands(statement, on):
            by_party.setdefault(statement.party, []).append(statement)
    listings = tuple(
        Listing(names.get(party, party), tuple(_statement(corpus, instrument, s) for s in said))
        for party, said in sorted(by_party.items(), key=lambda entry: names.get(entry[0], entry[0]))
    )
    note = f" {known.note}" if known.note else ""
    intro = Paragraph(line(f"Known up to {day(known.as_at)}.{note}"))
    return [Section("Statements", "statements", (intro, *listings))]


def _names(corpus: Corpus) -> dict[str, str]:
    return {code: party.name for code, party in corpus.parties.items()}
