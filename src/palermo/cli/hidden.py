"""`palermo hidden`: how many cases stand on no list."""

from __future__ import annotations

import os
from pathlib import Path

import click

from palermo.cli.output import deliver, format_options
from palermo.cli.progress import progress

# the many small systems of equations are solved sooner by one thread than by several that wait for each other
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
METHODS = ("stepwise", "bic", "bayes", "aic", "main", "model")


@click.command()
@click.argument("file", metavar="LISTS", type=click.Path(path_type=Path))
@click.option(
    "--method", type=click.Choice(METHODS), default="stepwise", show_default=True, help="How a model is chosen."
)
@click.option(
    "--lists", "choice", metavar="NAMES", default="", help="Only these lists, parted by commas; A+B joins two."
)
@click.option(
    "--threshold",
    type=float,
    default=None,
    metavar="NUMBER",
    help="The p-value of a step, or for bayes in posterior deviations.  [default: stepwise 0.02, aic 0.05, bayes 2]",
)
@click.option("--interactions", metavar="TERMS", default="", help="Of --method model, such as 'LA*NG, NG*GO'.")
@click.option("--order", type=int, default=2, show_default=True, help="Of bic, bayes: how many lists a term may join.")
@click.option(
    "--search",
    type=click.Choice(("auto", "all", "downhill")),
    default="auto",
    show_default=True,
    help="Of bic: all models, or downhill from main effects; auto tries all if they are at most 8,000.",
)
@click.option(
    "--among",
    type=click.IntRange(min=0),
    default=50,
    show_default=True,
    help="Of bic: among how many of the best models a resample chooses; 0 for all.",
)
@click.option(
    "--prior-variance",
    metavar="NUMBER|flat",
    default="1",
    show_default=True,
    help="Of bayes: of the normal prior on an interaction.",
)
@click.option("--bootstrap", type=click.IntRange(min=0), default=1000, show_default=True, help="Resamples; 0 for none.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@format_options()
def hidden(
    file: Path,
    method: str,
    choice: str,
    threshold: float | None,
    interactions: str,
    order: int,
    search: str,
    among: int,
    prior_variance: str,
    bootstrap: int,
    seed: int,
    form: str,
    out: Path | None,
) -> None:
    """Estimate how many cases there are from the overlap of lists of known cases.

    LISTS is CSV with a column of 0 and 1 for each list and a column `count` (or n, freq, cases); without it each row is
    one case.
    """
    try:
        import scipy  # noqa: F401
    except ImportError:
        raise click.UsageError("estimating needs one more library: pip install 'palermo[impact]'") from None
    from palermo.evidence.capture_lists import UnusableLists, read_lists
    from palermo.evidence.hidden_population import estimate

    try:
        lists = read_lists(file, _names(choice))
        with progress("resamples", bootstrap) as tell:
            found = estimate(
                lists,
                method,  # type: ignore[arg-type]
                threshold=threshold,
                interactions=_names(interactions),
                order=order,
                search=search,  # type: ignore[arg-type]
                among=among,
                prior_variance=_variance(prior_variance),
                bootstrap=bootstrap,
                seed=seed,
                tell=tell,
            )
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {file}: {error}") from None
    except UnusableLists as error:
        raise click.UsageError(str(error)) from None
    from palermo.reports.hidden_population import hidden_population_report

    deliver(form, out, "hidden-1", found, lambda: hidden_population_report(found))


def _variance(text: str) -> float | None:
    if text.strip().casefold() == "flat":
        return None
    try:
        return float(text)
    except ValueError:
        raise click.BadParameter(
            f"expected a number such as 1, or flat, not {text!r}", param_hint="--prior-variance"
        ) from None


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]
