"""Reference metadata of the panel under the headings of the Euro SDMX Metadata Structure (ESMS), 1 to 19.

The headings are those of Eurostat's own metadata on trafficking (ec.europa.eu/eurostat/cache/metadata/en/
crim_thb_esms.htm); the contents are about this panel, drawn from the codebook where they can be.
"""

from __future__ import annotations

import msgspec

from palermo.corpus.models import Corpus
from palermo.documents.report import Paragraph, Report, Section, line
from palermo.reports.codebook import SHIPS, STATUSES, name_of


class Heading(msgspec.Struct, frozen=True):
    """One heading of the structure with what is said under it."""

    number: int
    heading: str
    says: tuple[str, ...]


def metadata_of(corpus: Corpus) -> list[Heading]:
    """The nineteen headings."""
    codebook = corpus.indicators
    names = {ships: [name_of(id, i) for id, i in codebook.items() if i.ships == ships] for ships in SHIPS}
    spans = [i.covers for i in codebook.values() if i.covers]
    units = sorted({i.unit for i in codebook.values()})
    breaks = [f"{id}: {b.year}, {b.what}" for id, i in codebook.items() for b in i.breaks]
    as_at = [i.as_at for i in codebook.values() if i.as_at]
    told: list[tuple[str, tuple[str, ...]]] = [
        ("Contact", ("The project's issues; there is no office behind it.",)),
        (
            "Metadata update",
            (
                f"Written from the codebook each time it is asked for; newest source of figures as at {max(as_at)}."
                if as_at
                else "Written from the codebook each time it is asked for.",
            ),
        ),
        (
            "Statistical presentation",
            (
                "Facts on States and years: what authorities detected and did, what law was in force, and covariates. "
                "One cell for each State, year and indicator.",
                *(f"{name_of(id, i)}: {i.meaning}." for id, i in codebook.items()),
            ),
        ),
        ("Unit of measure", tuple(units)),
        (
            "Reference period",
            (
                "The calendar year, or the State's own where it counts so; law and treaties as on 31 December.",
                *((f"Tables cover {min(c.from_ for c in spans)} to {max(c.to for c in spans)}.",) if spans else ()),
            ),
        ),
        ("Institutional mandate", ("None. Sources have their own, see each.",)),
        (
            "Confidentiality",
            (
                "No figure is about a person. What a source suppresses stays so: the cell has bounds, never a guess.",
                *(f"{status}: {means}." for status, means in STATUSES.items()),
            ),
        ),
        ("Release policy", ("Each release of the corpus; a panel says which files and days it comes from.",)),
        ("Frequency of dissemination", ("As the corpus is released.",)),
        (
            "Accessibility and clarity",
            (
                "CSV, JSON, Parquet and spreadsheet, with the codebook in the file.",
                *(f"{SHIPS[s]}: {', '.join(n)}." for s, n in names.items() if n),
            ),
        ),
        (
            "Quality management",
            (
                "`palermo check` reads every figure: unknown States, sources and indicators, cells that stand twice, "
                "other units and impossible values are faults with file, line and column.",
            ),
        ),
        (
            "Relevance",
            (
                "For studies of whether law changes outcomes. Figures of detection follow the effort of "
                "authorities and are no measure of how many are trafficked.",
            ),
        ),
        (
            "Accuracy and reliability",
            tuple(f"{name_of(id, i)}: {note}." for id, i in codebook.items() for note in i.notes),
        ),
        ("Timeliness and punctuality", tuple(f"{id}: as at {i.as_at}." for id, i in codebook.items() if i.as_at)),
        ("Coherence and comparability", tuple(breaks) or ("No break is recorded.",)),
        ("Cost and burden", ("None for States; figures are taken from what is published.",)),
        (
            "Data revision",
            (
                "An upper folder or a file handed over replaces cells; nothing is averaged. Where a source prints "
                "several values for one cell, the cell is unknown and says so.",
            ),
        ),
        (
            "Statistical processing",
            ("None of figures. Indicators of law are derived on the day asked for from dated acts and sections.",),
        ),
        (
            "Comment",
            ("Terms: " + "; ".join(sorted({f"{', '.join(i.source)}: {i.terms}" for i in codebook.values()})) + ".",),
        ),
    ]
    return [Heading(number, heading, says) for number, (heading, says) in enumerate(told, start=1)]


def metadata_report(corpus: Corpus) -> Report:
    """The nineteen headings as a report."""
    sections = tuple(
        Section(f"{h.number}. {h.heading}", f"esms-{h.number}", tuple(Paragraph(line(text)) for text in h.says))
        for h in metadata_of(corpus)
    )
    return Report("Reference metadata of the panel", sections)


def metadata_markdown(corpus: Corpus) -> str:
    """The nineteen headings as Markdown."""
    lines = ["# Reference metadata of the panel"]
    for heading in metadata_of(corpus):
        lines += ["", f"## {heading.number}. {heading.heading}", ""]
        lines += [f"- {text}" for text in heading.says] if len(heading.says) > 1 else list(heading.says)
    return "\n".join(lines) + "\n"
