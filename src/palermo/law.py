"""The library's face: the corpus, with the questions that can be put to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from palermo.corpus.load import load_corpus
from palermo.corpus.models import Corpus

if TYPE_CHECKING:
    from palermo.casework.identify import Identification
    from palermo.conformity.bills import BillTried
    from palermo.conformity.compare import LawComparison
    from palermo.conformity.findings import Assessment
    from palermo.ledger.ledger import Ledger
    from palermo.statutes.proposals import StatuteRead


class Law:
    """A corpus with everything that is derived from it. Answers are for today unless `on` says another day."""

    def __init__(self, corpus: Corpus, overlays: Sequence[Path] = (), base: Path | None = None) -> None:
        self.corpus, self.overlays, self.base = corpus, tuple(overlays), base

    @cached_property
    def ledger(self) -> Ledger:
        """Who is bound by what on which day."""
        from palermo.ledger.ledger import Ledger

        return Ledger(self.corpus)

    def assess(self, state: str, against: str = "palermo-protocol", on: date | None = None) -> Assessment:
        """Findings on every testable provision of an instrument, for each legal system of a State."""
        from palermo.conformity.assess import assess

        return assess(self.ledger, state, against, on or date.today())

    def try_bill(
        self, state: str, bill: str | PathLike[str], against: str = "palermo-protocol", on: date | None = None
    ) -> BillTried:
        """Findings before and after a bill: a file or folder laid over this law, as its entries say.

        Raises corpus.problems.CorpusError with every fault of the bill, UnknownName.
        """
        from palermo.conformity.bills import tried

        day = on or date.today()
        after = Law(load_corpus([*self.overlays, Path(bill)], self.base), self.overlays, self.base)
        return tried(self.assess(state, against, day), after.assess(state, against, day))

    def read(self, statute: str | PathLike[str], language: str | None = None) -> StatuteRead:
        """What a statute's text seems to say of trafficking, each proposal with the sentence it rests on.

        Raises statutes.source.UnreadableStatute.
        """
        from palermo.statutes.reading import read_statute

        return read_statute(self.corpus, Path(statute), language)

    def identify(
        self,
        facts: Mapping[str, bool],
        under: Iterable[str] = ("palermo-protocol",),
        on: date | None = None,
        readings: bool = True,
        not_to_ask: Collection[str] = (),
    ) -> Identification:
        """One case under laws and instruments: within, outside or open, with proofs and the next best question."""
        from palermo.casework.identify import identify

        return identify(self.corpus, facts, under, on or date.today(), readings, not_to_ask)

    def compare(
        self,
        first: str,
        second: str,
        on: date | None = None,
        within: str = "palermo-protocol 3",
        readings: bool = True,
    ) -> LawComparison:
        """How what two States or legal systems punish differs within a definition, both ways, and their measures."""
        from palermo.conformity.compare import compare

        return compare(self.corpus, first, second, on or date.today(), within, readings)


def load(*overlays: str | PathLike[str], base: str | PathLike[str] | None = None) -> Law:
    """The shipped corpus (or `base`), with each folder of `overlays` laid over it by id.

    Raises corpus.problems.CorpusError with every fault of the files.
    """
    folders: Sequence[Path] = [Path(overlay) for overlay in overlays]
    below = Path(base) if base else None
    return Law(load_corpus(folders, below), folders, below)
