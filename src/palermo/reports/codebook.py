"""The codebook of the panel, as a report and as Markdown: each indicator with its meaning, unit, source and terms."""

from __future__ import annotations

from palermo.corpus.figures import Indicator
from palermo.corpus.models import Corpus
from palermo.documents.report import Block, Facts, Paragraph, Report, Section, Table, line, muted, strong

SHIPS = {
    "yes": "the figures come with the corpus",
    "no": "hand over the file of the source (--with FILE)",
    "derived": "worked out from the record, never stored",
}
BEGIN, END = "<!-- begin: palermo panel --codebook --format md -->", "<!-- end -->"
STATUSES = {
    "reported": "there is a value; zero is one",
    "unknown": "nobody has looked up or handed over a figure",
    "not_reported": "the source covers the State and the year and gives no figure",
    "not_applicable": "there was no such State that year, or the question does not arise",
    "suppressed": "the source hides a small figure; it lies between low and high",
}


def codebook_report(corpus: Corpus) -> Report:
    """Every indicator of a corpus."""
    rows = tuple(
        (line(strong(name_of(id, i))), line(i.label), line(i.unit), line(SHIPS[i.ships]))
        for id, i in corpus.indicators.items()
    )
    return Report(
        "Codebook of the panel",
        (
            Paragraph(
                line(
                    "One row for each State, year and indicator. A cell without a value says why, in one of four ways."
                )
            ),
            Table("What a status says", ("status", "meaning"), tuple((line(s), line(m)) for s, m in STATUSES.items())),
            Table("Indicators", ("indicator", "label", "unit", "figures"), rows),
            *(_section(corpus, id, indicator) for id, indicator in corpus.indicators.items()),
        ),
    )


def _section(corpus: Corpus, id: str, indicator: Indicator) -> Section:
    blocks: tuple[Block, ...] = (
        Paragraph(line(f"{indicator.meaning[:1].upper()}{indicator.meaning[1:]}.")),
        Facts(tuple((head, line(text)) for head, text in told_of(corpus, indicator))),
        *(Paragraph(line(muted(note))) for note in indicator.notes),
    )
    return Section(name_of(id, indicator), f"indicator-{id}", blocks)


def told_of(corpus: Corpus, indicator: Indicator) -> list[tuple[str, str]]:
    """What the codebook says of an indicator, under heads."""
    told = [("Kind and unit", f"{indicator.kind.replace('_', ' ')}, {indicator.unit}")]
    if indicator.words:
        codes = (
            f"{word} = {code.value if code.value is not None else code.status} ({code.label})"
            for word, code in indicator.words.items()
        )
        told.append(("Codes", "; ".join(codes)))
    for source in indicator.source:
        found = corpus.sources[source]
        told.append(("Source", ", ".join(filter(None, (found.title, found.publisher, found.where))) + f" [{source}]"))
    if indicator.as_at:
        told.append(("As at", str(indicator.as_at)))
    if indicator.covers:
        told.append(("Years", f"{indicator.covers.from_} to {indicator.covers.to}"))
    told.append(("Figures", SHIPS[indicator.ships]))
    told.append(("Terms", indicator.terms))
    told.append(("A missing cell", indicator.missing))
    for found_break in indicator.breaks:
        who = f" ({', '.join(found_break.states)})" if found_break.states else ""
        told.append(("Break in the series", f"{found_break.year}{who}: {found_break.what}"))
    return told


def codebook_markdown(corpus: Corpus) -> str:
    """The codebook as Markdown, from the table of indicators on."""
    lines = ["| indicator | label | unit | figures |", "|---|---|---|---|"]
    lines += [
        f"| `{name_of(id, i)}` | {i.label} | {i.unit} | {SHIPS[i.ships]} |" for id, i in corpus.indicators.items()
    ]
    for id, indicator in corpus.indicators.items():
        lines += [
            "",
            f"### `{name_of(id, indicator)}`",
            "",
            f"{indicator.meaning[:1].upper()}{indicator.meaning[1:]}.",
            "",
        ]
        lines += [f"- {head}: {text}" for head, text in told_of(corpus, indicator)]
        lines += [f"- Note: {note}" for note in indicator.notes]
    return "\n".join(lines) + "\n"


def with_codebook(page: str, corpus: Corpus) -> str:
    """A page of documentation with the codebook put between its two marks. Raises ValueError where they are missing."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"expected {BEGIN} and {END} in the page")
    return f"{before}{BEGIN}\n\n{codebook_markdown(corpus)}\n{END}{after}"


def name_of(id: str, indicator: Indicator) -> str:
    """An indicator's name as it is asked for: `bound:INSTRUMENT` for a family."""
    return f"{id}:{indicator.per.upper()}" if indicator.per else id


if __name__ == "__main__":  # python -m palermo.reports.codebook docs/panel.md
    import sys
    from pathlib import Path

    from palermo.corpus.load import load_corpus

    target = Path(sys.argv[1])
    target.write_text(with_codebook(target.read_text(encoding="utf-8"), load_corpus()), encoding="utf-8")
