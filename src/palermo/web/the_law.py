"""The law in memory, and answers that were given before. Nothing here changes while a process lives, but the day."""

from __future__ import annotations

import os
from datetime import date
from functools import cache, lru_cache

from palermo.conformity.compare import LawComparison
from palermo.conformity.findings import Assessment
from palermo.conformity.models_of import Model, models_of
from palermo.conformity.verdicts import VerdictOnDay
from palermo.cooperation.answers import Routes
from palermo.cooperation.network import Network
from palermo.cooperation.what_if import WhatIf
from palermo.corpus.shipped import shipped_folder
from palermo.law import Law, load
from palermo.ledger.standing import Standing
from palermo.monitoring.recommendations import Register
from palermo.reports.data_package import DataTable, corpus_package, data_package, data_tables


@cache
def the_law() -> Law:
    """The shipped corpus with the folders that PALERMO_CORPUS names laid over it."""
    return load(*filter(None, os.environ.get("PALERMO_CORPUS", "").split(os.pathsep)))


@lru_cache(maxsize=2048)
def assessment(state: str, instrument: str, on: date) -> Assessment:
    """`Law.assess`, remembered."""
    return the_law().assess(state, instrument, on)


@lru_cache(maxsize=2048)
def bonds(state: str, on: date) -> tuple[Standing, ...]:
    """What binds a State, remembered."""
    return tuple(the_law().ledger.bonds(state, on))


@lru_cache(maxsize=256)
def models(duty: str, near: str, on: date) -> tuple[Model, ...]:
    """Which laws meet a duty and how, nearest to a State first if one is named; remembered."""
    return tuple(models_of(the_law().corpus, duty, on, near or None))


@lru_cache(maxsize=4096)
def verdicts(duty: str, on: date) -> tuple[VerdictOnDay, ...]:
    """What every law answers to a duty, without reasons; remembered."""
    return the_law().verdicts.on(duty, on)


@lru_cache(maxsize=512)
def comparison(first: str, second: str, on: date, within: str, readings: bool) -> LawComparison:
    """`Law.compare`, remembered."""
    return the_law().compare(first, second, on, within, readings)


@lru_cache(maxsize=4)
def tables(on: date) -> tuple[DataTable, ...]:
    """Everything in tables, the standing of parties as on a day; remembered."""
    return data_tables(the_law().ledger, on)


@lru_cache(maxsize=4)
def package(on: date, home: str) -> bytes:
    """The same as a Data Package, for a site at `home`; remembered."""
    return data_package(tables(on), on, the_law().version, home)


@cache
def corpus_files_zipped() -> bytes:
    """The files of the shipped corpus in a zip, remembered. What is laid over it is not in it."""
    folder = shipped_folder()
    inside = folder / "LICENSE"
    return corpus_package(folder, inside if inside.is_file() else folder.parent / "LICENSE-corpus")


@lru_cache(maxsize=256)
def registered(state: str, on: date) -> Register:
    """What bodies recommended to a State, remembered."""
    return the_law().recommendations(state, on=on)


@lru_cache(maxsize=512)
def routes(requesting: str, requested: str, form: str, on: date) -> Routes:
    """`Law.routes` without the facts of a case, remembered."""
    return the_law().routes(requesting, requested, form, on=on)


@lru_cache(maxsize=128)
def what_if(requesting: str, requested: str, on: date) -> WhatIf:
    """`Law.what_if` without the facts of a case, remembered."""
    return the_law().what_if(requesting, requested, on=on)


@lru_cache(maxsize=64)
def network(form: str, on: date) -> Network:
    """`Law.network`, remembered."""
    return the_law().network(form, on)


def assessed_states() -> tuple[str, ...]:
    """The codes of the States whose law the corpus holds, in the order of their names."""
    corpus = the_law().corpus
    codes = {system.state for system in corpus.legal_systems.values()}
    return tuple(sorted(codes, key=lambda code: corpus.parties[code].name))
