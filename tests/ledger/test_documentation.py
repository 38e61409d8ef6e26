"""The table in the documentation is what the corpus holds."""

from __future__ import annotations

from pathlib import Path

import palermo
from palermo.reports.coverage import coverage_table, with_table


def test_the_table_of_instruments_is_up_to_date(law: palermo.Law) -> None:
    """If this fails: python -m palermo.reports.coverage docs/ledger.md."""
    page = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text(encoding="utf-8")
    assert page == with_table(page, coverage_table(law.ledger))
