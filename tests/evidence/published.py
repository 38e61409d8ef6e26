"""Published estimates and the lists they rest on."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from palermo.evidence.capture_lists import CaptureLists, read_lists

FOLDER = Path(__file__).parent / "lists"


class Published(NamedTuple):
    """A row of published.csv."""

    id: str
    lists: str
    choice: str
    method: str
    interactions: str
    model: str
    quantity: str
    value: str
    low: str
    high: str
    interval: str
    source: str

    def read(self) -> CaptureLists:
        """Its lists."""
        return read_lists(FOLDER / f"{self.lists}.csv", self.choice.split(",") if self.choice else ())


def published() -> list[Published]:
    """All rows."""
    with (FOLDER / "published.csv").open(encoding="utf-8", newline="") as file:
        return [Published(**row) for row in csv.DictReader(file)]
