"""Duties beside the sections of law that answer them: the table of concordance, and models to borrow from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from palermo.conformity.bills import leaves
from palermo.conformity.findings import Answer, Assessment, Authority, Verdict
from palermo.conformity.models_of import Model
from palermo.conformity.nearness import Ground
from palermo.corpus.models import Corpus
from palermo.documents.report import (
    Block,
    Entry,
    Line,
    Listing,
    Paragraph,
    Report,
    Table,
    badge,
    cite,
    line,
    link,
    muted,
)
from palermo.reports.assessment import known_of
from palermo.reports.sources import address_of
from palermo.reports.words import NOT_ADVICE, day, finding_in_words, known, list_of, with_softener

SYSTEMS = {
    "civil_law": "civil law",
    "common_law": "common law",
    "customary_law": "customary law",
    "muslim_law": "Muslim law",
    "jewish_law": "Jewish law",
}
ORIGINS = {
    "english": "English",
    "french": "French",
    "german": "German",
    "scandinavian": "Scandinavian",
    "socialist": "socialist",
}
_SECTION = ("Section", "What it says", "Read in a text")


def concordance_report(corpus: Corpus, found: Assessment) -> Report:
    """The table of concordance: each duty of an instrument beside each section of law that answers it."""
    short = corpus.instruments[found.instrument].short
    several = len(found.systems) > 1
    rows = []
    for i, first in enumerate(found.systems[0].findings):
        duty = line(cite(first.provision), f" {first.title}")
        asks = (line(with_softener(first.modality, first.softener) or first.kind), line(first.asks))
        for system in found.systems:
            finding = system.findings[i]
            whose = (line(system.name),) if several else ()
            said = line(finding_in_words(finding))
            sections = _sections(corpus, _rests_on(finding.answer)) or [(line("none encoded"), (), ())]
            rows += [(duty, *whose, *asks, *section, said) for section in sections]
    heads = ("Duty", *(("Legal system",) if several else ()), "Verb", "What it asks", *_SECTION, "Finding")
    title = f"{found.state_name}: table of concordance with the {short}, on {day(found.on)}"
    table = Table(f"{found.state_name} and the {short}, duty by duty", heads, tuple(rows))
    return Report(title, (table,), NOT_ADVICE, known=known_of(found))


def _rests_on(answer: Answer | None) -> list[Authority]:
    found: dict[tuple[str, str | None], Authority] = {}
    for leaf in leaves(answer):
        reached = [offence.authority for offence in leaf.coverage.reached_by] if leaf.coverage else []
        for authority in (*([leaf.authority] if leaf.authority else []), *reached):
            found[authority.cite, authority.id] = authority
    return list(found.values())


def _sections(corpus: Corpus, authorities: Iterable[Authority]) -> list[tuple[Line, Line, Line]]:
    """Each section once: its pinpoint, what it says, whether somebody read it in a text of the law."""
    of_section: dict[str, list[Authority]] = {}
    for authority in authorities:
        of_section.setdefault(authority.cite, []).append(authority)
    return [
        (
            line(link(cited, address_of(found[0].source))),
            line("; ".join(dict.fromkeys(_says(corpus, authority) for authority in found))),
            line("yes" if all(authority.verified for authority in found) else "no"),
        )
        for cited, found in of_section.items()
    ]


def _says(corpus: Corpus, authority: Authority) -> str:
    measure = corpus.measures.get(authority.id or "")
    if measure is None:
        return f"offence of {authority.title}{f', {authority.penalty}' if authority.penalty else ''}"
    value = "" if authority.value == "yes" else f": {authority.value}"
    return f"{measure.meaning}{value}{f' ({authority.note})' if authority.note else ''}"


def models_report(corpus: Corpus, cited: str, on: date, found: list[Model], near: str = "") -> Report:
    """Which laws meet a duty, and by which sections: nearest first to the law `near`, or tradition by tradition."""
    meeting = [m for m in found if m.authorities and m.verdict in (Verdict.PROVIDED, Verdict.IN_PART)]
    others = [m for m in found if m.authorities and m not in meeting]
    silent = [m.name for m in found if not m.authorities]
    order = (
        f"Laws near to that of {near} come first: of the same tradition, then in the same language, then of the same "
        "region. Nearness is no rank of quality."
        if near
        else "Laws stand tradition by tradition; the order is no rank of quality."
    )
    blocks: list[Block] = [Paragraph(line(muted(order)))]
    if meeting:
        blocks.append(_models("Laws that meet it, or part of it", corpus, meeting, bool(near)))
    if others:
        blocks.append(_models("Laws that do not", corpus, others, bool(near)))
    if silent:
        blocks.append(Listing("Nothing encoded", tuple(Entry(line(name)) for name in silent), folded=True))
    as_at = known(corpus.legal_systems[model.system].as_at for model in found if model.authorities)
    return Report(f"{cited}: who meets it, and how, on {day(on)}", tuple(blocks), NOT_ADVICE, known=as_at)


def _models(caption: str, corpus: Corpus, found: list[Model], near: bool) -> Table:
    rows = []
    for model in found:
        words = f", on its words {model.on_words.value}" if model.on_words else ""
        said = line(badge(model.verdict.value), words)
        why = (line(_near(model)),) if near else ()
        rows += [
            (line(model.name), line(_tradition(model)), *why, said, *section)
            for section in _sections(corpus, model.authorities)
        ]
    return Table(
        caption, ("Legal system", "Tradition", *(("Near by",) if near else ()), "Answer", *_SECTION), tuple(rows)
    )


def _tradition(model: Model) -> str:
    systems = list_of([SYSTEMS[system] for system in model.tradition], "and") or "not known"
    return f"{systems}, {ORIGINS[model.origin]} origin" if model.origin else systems


def _near(model: Model) -> str:
    words: dict[Ground, str] = {
        "own_law": "its own law",
        "same_systems": "same systems of law",
        "same_origin": f"same origin ({ORIGINS.get(model.origin or '')})",
        "shared_system": "shares a system of law",
        "same_language": "same language",
        "same_region": f"same region ({(model.region or '').replace('_', ' ').title()})",
    }
    return ", ".join(words[ground] for ground in model.near) or "nothing known"
