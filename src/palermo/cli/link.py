"""`palermo link`: records of several agencies linked, and the persons counted once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from palermo.cli.output import say
from palermo.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from palermo.linkage.link import AgencyCount, Linked
    from palermo.linkage.mapping import Mapping
    from palermo.linkage.records import Unread

FILE = click.Path(path_type=Path, dir_okay=False)
PROBABILITY = click.FloatRange(0.01, 1.0)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--map", "map_file", type=FILE, metavar="FILE", help="Which column tells what, as YAML.")
@click.option("--out", type=FILE, metavar="FILE", help="The pairs, or with --hash the tokens: a Parquet file.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option("--same", type=PROBABILITY, default=0.9, show_default=True, help="Pairs from here on are one person.")
@click.option("--different", type=PROBABILITY, default=0.1, show_default=True, help="Pairs below are two persons.")
@click.option("--review", type=FILE, metavar="CSV", help="Write the doubtful pairs there, to be answered.")
@click.option("--reviewed", type=FILE, metavar="CSV", help="Answers to doubtful pairs; they win.")
@click.option("--persons", type=FILE, metavar="FILE", help="Write which person each record is of: a Parquet file.")
@click.option("--lists", type=FILE, metavar="CSV", help="Write how many persons agencies share, for `palermo hidden`.")
@click.option("--hash", "hashing", is_flag=True, help="Write keyed hashes of persons instead of linking.")
@click.option("--key-file", type=FILE, metavar="FILE", help="Of --hash: 64 hexadecimal digits, readable by you alone.")
@click.option("--tokens", "joining", is_flag=True, help="FILES are keyed hashes: join them.")
@click.pass_context
def link(
    context: click.Context,
    files: tuple[Path, ...],
    map_file: Path | None,
    out: Path | None,
    engine: str,
    same: float,
    different: float,
    review: Path | None,
    reviewed: Path | None,
    persons: Path | None,
    lists: Path | None,
    hashing: bool,
    key_file: Path | None,
    joining: bool,
) -> None:
    """Link the records of agencies in FILES (parquet, arrow or csv) and count persons once.

    Only counts are printed. Pairs come in three bands, same, doubtful and different; doubtful ones can be answered by
    people. With --hash and --tokens agencies count whom they share without exchanging names.
    """
    try:
        import anyascii  # noqa: F401
        import pyarrow  # noqa: F401
        import splink  # noqa: F401
    except ImportError:
        raise click.UsageError("linking needs more libraries: pip install 'palermo[link]'") from None
    from palermo.linkage.review import UnusableReview
    from palermo.linkage.tokens import UnusableKey, UnusableTokens
    from palermo.screening.tables import UnreadableTable

    _check(context, hashing, joining)
    try:
        if joining:
            say(_join(files, lists))
        elif hashing:
            assert map_file is not None
            assert out is not None
            assert key_file is not None
            say(_hash(files, _mapping(map_file), key_file, out))
        else:
            from palermo.linkage.link import link as run

            assert map_file is not None
            assert out is not None
            with progress("records") as tell:
                found = run(
                    files,
                    _mapping(map_file),
                    out,
                    engine=engine,
                    same=same,
                    different=different,
                    review=review,
                    reviewed=reviewed,
                    persons=persons,
                    lists=lists,
                    tell=tell,
                )
            say(_told(found, review))
    except (UnreadableTable, UnusableKey, UnusableTokens) as error:
        raise click.UsageError(str(error)) from None
    except UnusableReview as error:
        raise click.ClickException(f"there are faults in the answers:\n{error}") from None
    except (OSError, UnicodeDecodeError) as error:
        where = getattr(error, "filename", None) or reviewed or map_file
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise click.UsageError(f"cannot use {where}: {reason}") from None


_MODES = {
    "link": ({"map_file", "out"}, {"engine", "same", "different", "review", "reviewed", "persons", "lists"}),
    "--hash": ({"map_file", "out", "key_file"}, set()),
    "--tokens": (set(), {"lists"}),
}


def _check(context: click.Context, hashing: bool, joining: bool) -> None:
    """Options that are missing, or say nothing in this mode, are told at once."""
    if hashing and joining:
        raise click.UsageError("--hash makes tokens and --tokens joins them: give one of the two")
    mode = "--hash" if hashing else "--tokens" if joining else "link"
    needed, possible = _MODES[mode]
    names = {p.name: p.opts[0] for p in context.command.params if isinstance(p, click.Option)}
    given = {
        name
        for name in names
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
        and name not in ("hashing", "joining")
    }
    for name in sorted(needed - given):
        raise click.UsageError(f"{'linking' if mode == 'link' else mode} needs {names[name]} FILE")
    for name in sorted(given - needed - possible):
        raise click.UsageError(f"{names[name]} says nothing {'without --hash' if mode == 'link' else 'with ' + mode}")
    if context.params["different"] > context.params["same"]:
        raise click.UsageError("--different must not be above --same")


def _mapping(path: Path) -> Mapping:
    from palermo.linkage.mapping import read_mapping

    return read_mapping(path)


def _hash(files: Sequence[Path], mapping: Mapping, key_file: Path, out: Path) -> str:
    import tempfile

    from palermo.linkage.records import prepare
    from palermo.linkage.tokens import read_key, write_tokens

    key = read_key(key_file)
    with tempfile.TemporaryDirectory(prefix="palermo-link-") as folder:
        records = prepare(files, mapping, Path(folder) / "records.parquet")
        hashed = write_tokens(records, key, out)
    lines = [f"{hashed.records} records hashed; {hashed.without} of them tell too little for a token"]
    return "\n".join([*lines, *_unread(records.unread)])


def _join(files: Sequence[Path], lists: Path | None) -> str:
    from palermo.linkage.link import overlaps_of, write_lists
    from palermo.linkage.tokens import join_tokens

    joined = join_tokens(files)
    agencies = [joined.agencies[i] for i in joined.agency.tolist()]
    names, overlaps, counts = overlaps_of(agencies, joined.person)
    if lists is not None:
        write_lists(lists, names, overlaps)
    several = sum(persons for which, persons in overlaps.items() if len(which) > 1)
    return "\n".join(
        [
            f"{len(agencies)} records of {len(names)} agencies: at most {sum(overlaps.values())} persons, "
            f"{several} of them known to more than one",
            *_agencies(counts),
            f"{joined.without} records tell too little for a token, and {joined.undecided} have no birth date and "
            "a name of several persons; each counts as a person of its own.",
            "Tokens find only those whose names sound alike and whose dates agree: the count errs upwards "
            "(docs/linkage.md tells by how much on made-up persons).",
        ]
    )


def _told(found: Linked, review: Path | None) -> str:
    lines = [
        f"{found.records} records of {len(found.agencies)} agencies: {found.persons} persons, "
        f"{found.on_several} of them known to more than one",
        f"Between {found.fewest} and {found.most}: {found.doubtful} pairs are doubtful. "
        "Persons whose records were not found to be theirs are counted twice in all three figures.",
        *_agencies(found.agencies),
        f"{found.same} pairs are the same person; {found.answered} pairs were answered by reviewers",
    ]
    if review is not None:
        lines.append(f"Answer the doubtful pairs in {review} and give it back with --reviewed")
    if found.largest > _MANY:
        lines.append(f"One person has {found.largest} records: look whether that can be")
    if found.empty:
        lines.append(f"No record tells: {', '.join(found.empty)}")
    if found.untrained:
        lines.append(f"Too few pairs to train on, so weighed as by default: {', '.join(found.untrained)}")
    return "\n".join([*lines, *_unread(found.unread)])


_MANY = 30


def _agencies(counts: Sequence[AgencyCount]) -> list[str]:
    width = max(len(count.name) for count in counts) if counts else 0
    head = f"{'':{width}}  {'records':>12} {'persons':>12}"
    return [head, *(f"{count.name:{width}}  {count.records:12} {count.persons:12}" for count in counts)]


def _unread(unread: Sequence[Unread]) -> list[str]:
    return [
        f"{u.file}: {u.cells} cells of column {u.column} are no date as the mapping writes them, the first in row "
        f"{u.first_row}; taken as unknown"
        for u in unread
    ]
