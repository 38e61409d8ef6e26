"""`palermo synthesise`: noisy counts and synthetic rows within a privacy budget."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from palermo.cli.output import deliver, write_whole


class Amount(click.ParamType[Decimal]):
    """A number above 0, kept exactly as it is written."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """A decimal from what was typed."""
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            amount = Decimal(0)
        if not amount.is_finite() or amount <= 0:
            self.fail(f"expected a number above 0, not {value!r}", param, ctx)
        return amount


@click.command()
@click.argument("cases", type=click.Path(path_type=Path))
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--epsilon", required=True, type=Amount(), metavar="NUMBER", help="What this release spends.")
@click.option(
    "--budget", type=Amount(), metavar="NUMBER", help="The most that may ever be spent; opens the ledger, once."
)
@click.option(
    "--ledger",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="One for all tables about the same persons.  [default: CASES.budget.json]",
)
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FOLDER", help="A new folder.")
@click.option(
    "--utility",
    "kept_back",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Hold the release against the true counts; not for publication.",
)
def synthesise(
    cases: Path,
    plan: Path,
    epsilon: Decimal,
    budget: Decimal | None,
    ledger: Path | None,
    out: Path,
    kept_back: Path | None,
) -> None:
    """Publish tables of CASES with noise, and synthetic rows that agree with them, by differential privacy.

    CASES is a table (parquet, arrow or csv) with one row a person. PLAN is YAML: whose data, the columns with their
    published categories, and the tables. What is spent is entered in the ledger first; when the budget is used up,
    nothing more is released. FOLDER gets noisy.csv, synthetic.csv and release.json, which says what was spent.
    """
    try:
        import opendp  # noqa: F401
        import pyarrow  # noqa: F401
        import scipy  # noqa: F401
    except ImportError:
        raise click.UsageError("this needs more libraries: pip install 'palermo[privacy]'") from None
    from palermo.evidence.case_rows import OutsideDomain, coded_rows
    from palermo.evidence.privacy_budget import BudgetRefused
    from palermo.evidence.private_plan import read_plan
    from palermo.evidence.private_release import CannotRelease, release, utility, written_synthetic, written_tables
    from palermo.reports.private_release import private_release_report, utility_report
    from palermo.screening.tables import Table, UnreadableTable

    try:
        planned = read_plan(plan)
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {plan}: {error}") from None
    if kept_back and out.resolve() in kept_back.resolve().parents:
        raise click.UsageError(f"{kept_back} is not for publication and cannot lie in {out}")
    try:
        table = Table(cases)
        if missing := [name for name in planned.columns if name not in table.columns]:
            raise click.UsageError(f"{cases}: no column {', '.join(missing)}; there are {', '.join(table.columns)}")
        rows = coded_rows(table.pieces(list(planned.columns)), planned)
        out.mkdir(parents=True)
    except FileExistsError:
        raise click.UsageError(f"{out} is there already; a release is never written over another") from None
    except (UnreadableTable, OutsideDomain) as error:
        raise click.UsageError(f"{cases}: {error}" if isinstance(error, OutsideDomain) else str(error)) from None
    except OSError as error:
        raise click.UsageError(f"cannot write {out}: {error.strerror}") from None
    entered = ledger or cases.with_name(f"{cases.name}.budget.json")
    try:
        made = release(rows, planned, epsilon, entered, budget)
    except (BudgetRefused, CannotRelease) as error:
        out.rmdir()
        raise click.UsageError(str(error)) from None
    except OSError as error:
        out.rmdir()
        raise click.UsageError(f"cannot keep the ledger {entered}: {error.strerror}") from None
    write_whole(out / "noisy.csv", written_tables(made))
    write_whole(out / "synthetic.csv", written_synthetic(made))
    deliver("json", out / "release.json", "private-release-1", made.about, lambda: private_release_report(made.about))
    deliver("text", None, "private-release-1", made.about, lambda: private_release_report(made.about))
    if kept_back:
        found = utility(rows, made)
        deliver("json", kept_back, "private-utility-1", found, lambda: utility_report(found))
        deliver("text", None, "private-utility-1", found, lambda: utility_report(found))
