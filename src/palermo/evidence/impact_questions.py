"""From a question in the user's words to a study: whose figures, which dates, which years."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from pathlib import Path

from palermo.corpus.models import Corpus, Instrument
from palermo.evidence.adoption import TRAITS, adoptions, known_up_to, traits
from palermo.evidence.cells import Panel
from palermo.evidence.impact_files import read_adoptions, read_panel
from palermo.evidence.impact_study import Adoption, Figure, Specification, Study, Trait, UnusableStudy
from palermo.ledger.ledger import Ledger
from palermo.ledger.parties import find_instrument, find_party

MODERATORS = {"resources": "gdp_per_head", "implementation": "criminalised:palermo-protocol 3"}
"""Words for moderators that are indicators: means of the State, and whether its law makes trafficking an offence."""


def moderator_names(named: Sequence[str]) -> tuple[str, ...]:
    """Moderators by the names of their indicators or traits."""
    return tuple(dict.fromkeys(MODERATORS.get(name, name) for name in named))


def wanted(asked: Specification) -> tuple[str, ...]:
    """The indicators that a study needs figures of, moderators aside."""
    return tuple(dict.fromkeys(name for name in (asked.outcome, asked.per, asked.event) if name))


def indicators_of(corpus: Corpus, asked: Specification) -> tuple[str, ...]:
    """The indicators of the codebook that a study needs: its own, and the moderators among them."""
    more = [name for name in asked.moderators if name.partition(":")[0] in corpus.indicators]
    return tuple(dict.fromkeys([*wanted(asked), *more]))


def figures_of(panel: Panel) -> tuple[Figure, ...]:
    """The cells of a panel as figures, those without a value with why there is none."""
    return tuple(
        Figure(cell.state, cell.year, cell.indicator, cell.value, cell.status, cell.low, cell.high)
        for cell in panel.cells
    )


def study_of(
    ledger: Ledger,
    asked: Specification,
    panel: Path,
    dates: Path | None = None,
    states: Collection[str] = (),
    years_given: bool = True,
) -> Study:
    """A study of figures in a user's table, with dates from another or from the acts of States.

    `states` restricts it to some. Where `years_given` is false, the years are those of the figures, as far as the
    record of acts reaches. Raises UnknownName, UnusableStudy, corpus.problems.CorpusError, OSError, UnicodeDecodeError.
    """
    outside = [name for name in asked.moderators if name not in TRAITS]
    figures, told = read_panel(ledger.corpus, panel, wanted(asked), outside)
    return study_of_figures(ledger, asked, figures, told, dates, states, years_given)


def study_of_figures(
    ledger: Ledger,
    asked: Specification,
    figures: Sequence[Figure],
    told: Sequence[Trait] = (),
    dates: Path | None = None,
    states: Collection[str] = (),
    years_given: bool = True,
) -> Study:
    """A study of figures that are at hand; else as `study_of`."""
    corpus = ledger.corpus
    instrument = None if dates else find_instrument(corpus, asked.treatment)
    only = {find_party(corpus, name).code for name in states}
    figures = [figure for figure in figures if not only or figure.state in only]
    named = sorted({figure.state for figure in figures if figure.indicator == asked.outcome})
    if not named:
        raise UnusableStudy(f"the panel has no figure of {asked.outcome!r}{' for these States' if only else ''}")
    begun = _begun(ledger, instrument, dates, named)
    if not years_given:
        asked = _years(ledger, asked, instrument, figures)
    if instrument is not None:
        asked = dataclasses.replace(
            asked,
            treatment=instrument.id,
            opened=asked.opened or (instrument.adopted.isoformat() if instrument.adopted else None),
        )
    wide = asked.first_year, asked.last_year
    kept = [f for f in figures if wide[0] <= f.year <= wide[1]]
    known = [trait for trait in told if trait.state in set(named)]
    return Study(
        asked,
        tuple(sorted(kept, key=lambda f: (f.indicator, f.state, f.year))),
        begun,
        (*known, *traits(corpus, instrument, named, [m for m in asked.moderators if m in TRAITS])),
    )


def _begun(
    ledger: Ledger, instrument: Instrument | None, dates: Path | None, named: Sequence[str]
) -> tuple[Adoption, ...]:
    if instrument is not None:
        return adoptions(ledger, instrument, named)
    assert dates is not None
    given = {adoption.state: adoption for adoption in read_adoptions(ledger.corpus, dates)}
    return tuple(given.get(state, Adoption(state, "unknown")) for state in named)


def _years(
    ledger: Ledger, asked: Specification, instrument: Instrument | None, figures: Sequence[Figure]
) -> Specification:
    with_one = [f.year for f in figures if f.indicator == asked.outcome and f.status in ("reported", "suppressed")]
    if not with_one:
        raise UnusableStudy(f"the panel has no figure of {asked.outcome!r}")
    known = known_up_to(ledger, instrument) if instrument else None
    last = max(with_one) if known is None else min(max(with_one), known)
    return dataclasses.replace(asked, first_year=min(with_one), last_year=last)
