"""What a search found, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from palermo.documents.report import (
    Block,
    Entry,
    Line,
    Listing,
    Notice,
    Paragraph,
    Report,
    Span,
    Table,
    badge,
    cite,
    line,
    mark,
    muted,
)
from palermo.reports.words import day, list_of
from palermo.search.find import Found, Hit

_PLURALS = {"party": "parties"}


def search_report(found: Found) -> Report:
    """The hits one below the other, each with its citation, the words found and the command that says more."""
    blocks: list[Block] = [Paragraph(line(_counted(found)))]
    if found.match == "any":
        blocks.append(Notice(line("Nothing has all of these words; what follows has some of them.")))
    blocks += [Notice(line(_not_found(missing.word, missing.nearest))) for missing in found.not_found]
    if found.hits:
        blocks.append(Listing("", tuple(map(_entry, found.hits))))
    if found.total > len(found.hits):
        left = f"The first {len(found.hits)} of {found.total} are shown; --limit shows more, --kind and --state fewer."
        blocks.append(Paragraph(line(muted(left))))
    return Report(f"Search: {found.query}", tuple(blocks))


def search_table(found: Found, more: Callable[[Hit], str] = lambda hit: hit.see) -> Report:
    """The hits as a table, one row each; `more` says where more is said of a hit, the command if nothing else."""
    heads = ("Kind", "Id", "Title", "Cite", "Where", "In force", "Verified", "Words found", "More")
    rows = tuple(
        (
            line(hit.kind),
            line(hit.id),
            line(hit.title),
            line(hit.cite),
            line(hit.where),
            line(in_force(hit)),
            line({True: "yes", False: "no", None: ""}[hit.verified]),
            line(hit.snippet),
            line(more(hit)),
        )
        for hit in found.hits
    )
    return Report(f"Search: {found.query}", (Table("Found", heads, rows),))


def _counted(found: Found) -> str:
    if not found.total:
        return "Nothing was found."
    counts = [
        f"{count} {kind if count == 1 else _PLURALS.get(kind, f'{kind}s')}" for kind, count in found.by_kind.items()
    ]
    return f"Found: {list_of(counts, 'and')}."


def _not_found(word: str, nearest: tuple[str, ...]) -> str:
    offer = f"; did you mean {list_of(nearest)}?" if nearest else "."
    return f"The corpus has no word {word}{offer}"


def _entry(hit: Hit) -> Entry:
    pinpoint = line(", ", cite(hit.cite)) if hit.cite and hit.cite != hit.title else ()
    where = line(", ", hit.where) if hit.where else ()
    read = line(" ", muted("(not verified)")) if hit.verified is False else ()
    force = line(" ", muted(f"({in_force(hit)})")) if in_force(hit) else ()
    head = (badge(hit.kind), Span(" "), *marked(hit.title, hit.marks), *pinpoint, *where, *read, *force)
    below = [Entry(marked(hit.snippet, hit.snippet_marks))] if hit.snippet else []
    return Entry(head, (*below, Entry(line(muted(hit.see)))))


def in_force(hit: Hit) -> str:
    """The days of force of what was found, as far as they are encoded."""
    since = f"from {day(hit.in_force_from)}" if hit.in_force_from else ""
    until = f"to {day(hit.in_force_to)}" if hit.in_force_to else ""
    return f"{since} {until}".strip()


def marked(text: str, marks: Iterable[tuple[int, int]]) -> Line:
    """A text with the words that were found."""
    spans: list[Span] = []
    at = 0
    for start, end in marks:
        spans += [Span(text[at:start]), mark(text[start:end])]
        at = end
    return tuple(span for span in (*spans, Span(text[at:])) if span.text)
