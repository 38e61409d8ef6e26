"""How much of each instrument's acts the corpus holds, as a table for the documentation.

python -m palermo.reports.coverage docs/ledger.md
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from palermo.ledger.ledger import Ledger

_BEGIN, _END = "<!-- table:", "<!-- end of table -->"


def coverage_table(ledger: Ledger) -> str:
    """A Markdown table: instrument, parties by the table, latest source, own count, completeness."""
    rows = [
        "| instrument | parties | without a day | latest source | counted | the table holds |",
        "|---|---|---|---|---|---|",
    ]
    for id, instrument in sorted(ledger.corpus.instruments.items()):
        if instrument.kind == "domestic":
            continue
        latest = max((a.as_at for a in ledger.corpus.actions.get(id, ()) if a.as_at), default=None)
        standings = ledger.parties(id, latest or date.max)
        bound = [s for s in standings if s.status in ("in_force", "not_yet_in_force", "not_known")]
        undated = sum(not (s.bond and s.bond.since) for s in bound)
        acts = instrument.acts
        counted = f"{acts.counted} ({acts.on})" if acts and acts.counted else ""
        holds = f"{acts.complete}{f': {acts.note}' if acts.note else ''}" if acts else "not said"
        rows.append(
            f"| {instrument.short} | {len(bound)} | {undated or ''} | {latest or 'none'} | {counted} | {holds} |"
        )
    return "\n".join(rows) + "\n"


def with_table(page: str, table: str) -> str:
    """A page with the table put between its marks."""
    head, rest = page.split(_BEGIN, 1)
    mark, rest = rest.split("\n", 1)
    return f"{head}{_BEGIN}{mark}\n{table}{_END}{rest.split(_END, 1)[1]}"


def main() -> None:
    """Write the table into the page named on the command line."""
    from palermo.corpus.load import load_corpus

    path = Path(sys.argv[1])
    path.write_text(
        with_table(path.read_text(encoding="utf-8"), coverage_table(Ledger(load_corpus()))), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
