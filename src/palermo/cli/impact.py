"""`palermo impact`: whether an outcome moved after States came under a treatment."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from palermo.cli.inputs import answer, complete_instrument, the_law
from palermo.cli.output import deliver, format_options, write_whole
from palermo.cli.progress import progress

if TYPE_CHECKING:
    from palermo.evidence.impact import Impact
    from palermo.evidence.impact_study import Specification, Study
    from palermo.law import Law


class Years(click.ParamType[tuple[int, int]]):
    """Years written 2003-2022."""

    name = "years"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"(\d{4})-(\d{4})", str(value))
        if not found or int(found[1]) >= int(found[2]):
            self.fail(f"expected years such as 2003-2022, not {value!r}", param, ctx)
        return int(found[1]), int(found[2])


@click.command()
@click.option(
    "--treatment",
    metavar="INSTRUMENT",
    shell_complete=complete_instrument,
    help="The instrument, by its id or short title; with --dates, what the dates are of.",
)
@click.option("--outcome", metavar="INDICATOR", help="The column or indicator of the panel that may have moved.")
@click.option(
    "--panel", type=click.Path(path_type=Path), metavar="FILE", help="Figures by State and year, CSV or Parquet."
)
@click.option(
    "--with",
    "with_",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Without --panel: further figures, as palermo panel takes them; may be given several times.",
)
@click.option(
    "--dates",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV of state and since, in place of the acts of States.",
)
@click.option("--years", type=Years(), default=None, help="Such as 2003-2022.  [default: those of the figures]")
@click.option("--states", default="", metavar="NAMES", help="Only these States, parted by commas.")
@click.option("--per", metavar="INDICATOR", help="Divide the outcome by this, such as population.")
@click.option("--times", type=float, default=100_000, show_default=True, help="Of --per: for how many.")
@click.option("--log", is_flag=True, help="Take the outcome's logarithm; figures of 0 are then left out.")
@click.option(
    "--suppressed",
    type=click.Choice(("out", "low", "high")),
    default="out",
    show_default=True,
    help="Hidden small counts: left out, or taken at an end of their range.",
)
@click.option(
    "--moderator",
    "moderators",
    multiple=True,
    metavar="NAME",
    help="tradition, scope, resources, implementation, or a column of the panel; may be given several times.",
)
@click.option("--event", metavar="INDICATOR", help="Also model the time until this indicator is reached.")
@click.option("--event-at", type=float, default=1.0, show_default=True, help="Of --event: from which figure on.")
@click.option("--leads", type=click.IntRange(1, 15), default=5, show_default=True, help="Years before that are tested.")
@click.option("--lags", type=click.IntRange(0, 30), default=8, show_default=True, help="Years after that are shown.")
@click.option("--placebos", default="2,3,4", show_default=True, help="How many years too early dates are moved.")
@click.option(
    "--permutations", type=click.IntRange(min=0), default=199, show_default=True, help="Of dates; 0 for none."
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--bundle", type=click.Path(path_type=Path), metavar="FOLDER", help="Write all it rests on there.")
@click.option("--from", "folder", type=click.Path(path_type=Path), metavar="FOLDER", help="Reckon such a folder anew.")
@format_options()
@click.pass_context
def impact(
    context: click.Context,
    treatment: str | None,
    outcome: str | None,
    panel: Path | None,
    with_: tuple[Path, ...],
    dates: Path | None,
    years: tuple[int, int] | None,
    states: str,
    per: str | None,
    times: float,
    log: bool,
    suppressed: str,
    moderators: tuple[str, ...],
    event: str | None,
    event_at: float,
    leads: int,
    lags: int,
    placebos: str,
    permutations: int,
    seed: int,
    bundle: Path | None,
    folder: Path | None,
    form: str,
    out: Path | None,
) -> None:
    """Tell whether an outcome moved after States came under a treatment, and how far that can be said.

    An event study for treatments that States come under in different years, by estimators that hold there, with
    placebo dates, a test of the years before, each State left out in turn, and what is missing.
    """
    try:
        import pyfixest  # noqa: F401
    except ImportError:
        raise click.UsageError("estimating needs more libraries: pip install 'palermo[impact]'") from None
    law = the_law(context)
    rerun: tuple[str, ...] | None = None
    if folder is not None:
        if treatment or outcome or panel or with_ or dates or bundle:
            told = "--from takes all from the folder; give no treatment, outcome, panel, dates or bundle"
            raise click.UsageError(told)
        study = _stored(law, folder)
        found = _estimated(study)
        rerun = _rerun(folder, found)
    else:
        if not treatment or not outcome:
            raise click.UsageError("give --treatment and --outcome, or --from a folder")
        if panel and with_:
            raise click.UsageError(
                "give --panel for all figures, or --with for more than those of the corpus, not both"
            )
        from palermo.evidence.impact_questions import moderator_names
        from palermo.evidence.impact_study import Specification

        first, last = years or (0, 9999)
        asked = Specification(
            treatment=treatment,
            outcome=outcome,
            first_year=first,
            last_year=last,
            per=per,
            times=times,
            log=log,
            leads=leads,
            lags=lags,
            placebos=_numbers(placebos),
            permutations=permutations,
            seed=seed,
            suppressed=suppressed,  # type: ignore[arg-type]
            moderators=moderator_names(moderators),
            event=event,
            event_at=event_at,
        )
        study = _asked(law, asked, panel, with_, dates, states, years is not None)
        found = _estimated(study)
    drawn = _drawn(found, needed=bundle is not None or form not in ("text", "json", "csv", "xlsx"))
    if bundle is not None:
        _write(bundle, study, found, drawn)
    from palermo.reports.impact import impact_report

    deliver(form, out, "impact-1", found, lambda: impact_report(found, drawn, rerun))


def _asked(
    law: Law,
    asked: Specification,
    panel: Path | None,
    with_: tuple[Path, ...],
    dates: Path | None,
    states: str,
    years_given: bool,
) -> Study:
    from palermo.evidence.impact_study import UnusableStudy

    named = [name.strip() for name in states.split(",") if name.strip()]
    try:
        return answer(lambda: law.impact_study(asked, panel, with_, dates, named, years_given))
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {getattr(error, 'filename', None) or 'the figures'}: {error}") from None
    except UnusableStudy as error:
        raise click.UsageError(str(error)) from None


def _stored(law: Law, folder: Path) -> Study:
    from palermo.evidence.impact_bundle import read_bundle

    try:
        return read_bundle(law.corpus, folder)
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {folder}: {error}") from None


def _estimated(study: Study) -> Impact:
    from palermo.evidence.impact import estimate, steps_of
    from palermo.evidence.impact_study import UnusableStudy

    try:
        with progress("estimates", steps_of(study)) as tell:
            return estimate(study, tell)
    except UnusableStudy as error:
        raise click.UsageError(str(error)) from None


def _rerun(folder: Path, found: Impact) -> tuple[str, ...]:
    from palermo.evidence.impact_bundle import differences

    try:
        return tuple(differences(folder, found))
    except (OSError, ValueError) as error:
        raise click.UsageError(f"cannot read the numbers of {folder}: {error}") from None


def _drawn(found: Impact, needed: bool) -> dict[str, str]:
    """The charts where they are shown; none where the library that draws is not installed."""
    if not needed:
        return {}
    from palermo.documents.world_map import NotDrawn
    from palermo.reports.impact import drawings

    try:
        return drawings(found)
    except NotDrawn:
        return {}


def _write(bundle: Path, study: Study, found: Impact, drawn: dict[str, str]) -> None:
    from palermo.evidence.impact_bundle import files

    try:
        bundle.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"cannot make {bundle}: {error.strerror}") from None
    for name, content in files(study, found, drawn).items():
        write_whole(bundle / name, content)


def _numbers(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and 0 < int(part) <= 20 for part in parts):
        raise click.UsageError(f"expected numbers of years such as 2,3,4, not {text!r}")
    return tuple(dict.fromkeys(int(part) for part in parts))
