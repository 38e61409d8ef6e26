"""Persons made up by a seed, and the records that four agencies would hold of them, with the truth.

A person has names as in a paper, a birth date or only a year, and turns up in one or several records. Each record is
written by an agency with habits of its own: spelled as in the paper or as heard, in the person's script, with order
swapped, a nickname, a part left out, a slip of the hand; with an unknown birthday as 1 January, a year too early, or
nothing. Nothing here was fitted to the linkage: the shares are below, to be argued with.
"""

from __future__ import annotations

import itertools
import random
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

COLUMNS = ("case_no", "first_name", "last_name", "birth", "sex", "nationality", "district")
RECORDS_OF_A_PERSON = (0.55, 0.25, 0.12, 0.05, 0.02, 0.01)
DISTRICTS = 400

MAPPING = """\
columns:
  id: case_no
  given_name: first_name
  family_name: last_name
  birth_date: birth
  sex: sex
  nationality: nationality
  place: district
"""


@dataclass(frozen=True)
class Habits:
    """How an agency writes: shares of records."""

    name: str
    share: float
    as_heard: float
    own_script: float
    plain_letters: float
    missing: float
    slip: float


AGENCIES = (
    Habits("police", 0.35, as_heard=0.30, own_script=0.01, plain_letters=0.9, missing=0.05, slip=0.05),
    Habits("border", 0.25, as_heard=0.10, own_script=0.01, plain_letters=0.95, missing=0.02, slip=0.02),
    Habits("shelter", 0.25, as_heard=0.40, own_script=0.05, plain_letters=0.5, missing=0.12, slip=0.05),
    Habits("hotline", 0.15, as_heard=0.60, own_script=0.02, plain_letters=0.8, missing=0.25, slip=0.07),
)

KNOWS_ONLY_THE_YEAR = 0.12
YEAR_IN_DOUBT = 0.25  # of those who know only the year: a year beside it
DAY_MONTH_SWAPPED = 0.015
DIGIT_WRONG = 0.02
NAMES_SWAPPED, NAMES_SWAPPED_FAMILY_FIRST = 0.03, 0.15
PART_LEFT_OUT = 0.35
NICKNAME_OR_OTHER_SPELLING = 0.5  # of those written as heard: one of the listed spellings; else by ear
OTHER_NATIONALITY, OTHER_DISTRICT, OTHER_SEX = 0.03, 0.12, 0.005

_BY_EAR = [
    *(("ou", "u"), ("u", "ou"), ("ee", "i"), ("i", "ee"), ("y", "i"), ("i", "y"), ("sh", "ch"), ("kh", "h")),
    *(("ph", "f"), ("ck", "k"), ("q", "k"), ("c", "k"), ("v", "w"), ("z", "s"), ("ss", "s"), ("ll", "l")),
    *(("mm", "m"), ("a", "e"), ("e", "i"), ("o", "u"), ("th", "t"), ("j", "dj"), ("ai", "ay"), ("h", "")),
]

_CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_ROMAN = {
    "passport": "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch - iu ia",
    "english": "a b v g g d e ye zh z i i yi y k l m n o p r s t u f kh ts ch sh shch - yu ya",
    "german": "a b w h g d e je sch s y i ji j k l m n o p r s t u f ch z tsch sch schtsch - ju ja",
    "french": "a b v g g d e ie j z y i i i k l m n o p r s t ou f kh ts tch ch chtch - iou ia",
    "scholarly": "a b v h g d e je ž z y i ji j k l m n o p r s t u f ch c č š šč - ju ja",
}


@dataclass(frozen=True)
class Name:
    """A name in the person's script, if it is another, and its Latin spellings, that of the paper first."""

    native: str | None
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """What is true of a person."""

    number: int
    community: str
    given: tuple[Name, ...]
    family: tuple[Name, ...]
    family_first: bool
    woman: bool
    birth: tuple[int, int, int]
    knows_day: bool
    nationality: str
    district: str


@dataclass(frozen=True)
class Lists:
    """The names of a community, frequent ones first, with weights that add up."""

    code: str
    spec: dict[str, Any]
    names: dict[str, tuple[list[Name], list[float]]]

    def draw(self, kind: str, by: random.Random) -> Name:
        names, weights = self.names[kind]
        return by.choices(names, cum_weights=weights)[0]


def _by(seed: int | str) -> random.Random:
    return random.Random(seed)  # noqa: S311 (chance, no secret)


def communities() -> list[Lists]:
    """The communities of names.yaml."""
    data = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"))
    return [_lists(code, spec) for code, spec in data.items()]


def _lists(code: str, spec: dict[str, Any]) -> Lists:
    names = {}
    for kind in ("women", "men", "families", "middles", "pieces"):
        if kind in spec:
            words = spec[kind].split()
            names[kind] = [_cyrillic(word) if spec.get("cyrillic") else _name(word) for word in words]
    if "stems" in spec:
        joined = [s + e for s, e in itertools.product(spec["stems"].split(), spec["suffixes"].split())]
        _by(code).shuffle(joined)
        names["families"] = [_cyrillic(word) if spec.get("cyrillic") else _name(word) for word in joined]
    if "pieces" in spec:
        pairs = list(itertools.product(names["pieces"], repeat=2))
        _by(code).shuffle(pairs)
        names["women"] = names["men"] = [*(_joined(a, b) for a, b in pairs), *names["pieces"]]
    weighted = {}
    for kind, listed in names.items():
        # as frequent as real lists are uneven: the first of a list a dozen times the fortieth
        weighted[kind] = (listed, list(itertools.accumulate(1 / (i + 3) ** 0.9 for i in range(len(listed)))))
    return Lists(code, spec, weighted)


def _name(word: str) -> Name:
    native, _, latin = word.replace("_", " ").rpartition("=")
    return Name(native or None, tuple(latin.split("/")))


def _cyrillic(word: str) -> Name:
    ways = []
    for table in _ROMAN.values():
        letters = dict(zip(_CYRILLIC, table.split(), strict=True))
        ways.append("".join(letters[c] for c in word.lower()).replace("-", "").capitalize())
    return Name(word, tuple(dict.fromkeys(ways)))


def _joined(a: Name, b: Name) -> Name:
    spellings = [
        a.spellings[0] + b.spellings[0].lower(),
        f"{a.spellings[-1]}-{b.spellings[-1].lower()}",
        f"{a.spellings[0]} {b.spellings[0]}",
    ]
    return Name((a.native or "") + (b.native or ""), tuple(spellings))


def persons(number: int, seed: int) -> list[Person]:
    """So many persons."""
    by, lists = _by(seed), communities()
    shares = list(itertools.accumulate(c.spec["share"] for c in lists))
    chosen = by.choices(lists, cum_weights=shares, k=number)
    return [_person(i, community, by) for i, community in enumerate(chosen)]


def _person(number: int, community: Lists, by: random.Random) -> Person:
    spec = community.spec
    woman = by.random() < 0.62
    first = community.draw("women" if woman else "men", by)
    given = (first,)
    if "middles" in spec:
        given = (community.draw("middles", by), first)
    elif spec.get("father") and by.random() < 0.5:
        given = (first, community.draw("men", by))
    elif spec.get("second") and by.random() < 0.4:
        given = (first, community.draw("women" if woman else "men", by))
    family = (community.draw("families", by),)
    if spec.get("double"):
        family = (*family, community.draw("families", by))
    age = min(70, max(1, round(by.gauss(27, 11))))
    month = by.randint(1, 12)
    return Person(
        number,
        community.code,
        given,
        family,
        bool(spec.get("family_first")),
        woman,
        (2024 - age, month, by.randint(1, 28 if month == 2 else 30)),
        by.random() >= KNOWS_ONLY_THE_YEAR,
        by.choice(spec["nationalities"]),
        f"District {int(DISTRICTS * by.random() ** 2) + 1}",
    )


def agency_files(records: int, seed: int) -> tuple[dict[str, pa.Table], dict[str, list[int]]]:
    """So many records in all, a table for each agency, and for each the numbers of the persons, row by row."""
    by = _by(seed * 7919 + 1)
    mean = sum((i + 1) * share for i, share in enumerate(RECORDS_OF_A_PERSON))
    people = persons(int(records / mean) + 10, seed)
    sizes = [i + 1 for i in range(len(RECORDS_OF_A_PERSON))]
    rows: list[tuple[Habits, int, tuple[str | None, ...]]] = []
    nationalities = {community.code: community.spec["nationalities"] for community in communities()}
    for person in itertools.cycle(people):
        if len(rows) >= records:
            break
        for _ in range(by.choices(sizes, RECORDS_OF_A_PERSON)[0]):
            habits = by.choices(AGENCIES, [h.share for h in AGENCIES])[0]
            rows.append((habits, person.number, _written(person, habits, nationalities, by)))
    rows = rows[:records]
    by.shuffle(rows)
    tables, truth = {}, {}
    for habits in AGENCIES:
        mine = [(number, cells) for h, number, cells in rows if h is habits]
        columns = [[f"{habits.name[0].upper()}{i:07}" for i in range(len(mine))]]
        columns += [[cells[i] for _, cells in mine] for i in range(len(COLUMNS) - 1)]
        tables[habits.name] = pa.table({n: pa.array(c, pa.string()) for n, c in zip(COLUMNS, columns, strict=True)})
        truth[habits.name] = [number for number, _ in mine]
    return tables, truth


def _written(
    person: Person, habits: Habits, nationalities: dict[str, list[str]], by: random.Random
) -> tuple[str | None, ...]:
    native = by.random() < habits.own_script
    heard = by.random() < habits.as_heard
    given, family = list(person.given), list(person.family)
    if len(given) > 1 and by.random() < PART_LEFT_OUT:
        given = given[-1:] if person.family_first else given[:1]
    if len(family) > 1 and by.random() < PART_LEFT_OUT:
        family = family[:1]
    names = [" ".join(_spelled(name, native, heard, habits, by) for name in part) for part in (given, family)]
    swap = NAMES_SWAPPED_FAMILY_FIRST if person.family_first else NAMES_SWAPPED
    if by.random() < swap:
        names.reverse()
    sex = ("F" if person.woman else "M") if by.random() >= OTHER_SEX else ("M" if person.woman else "F")
    nationality = person.nationality
    if by.random() < OTHER_NATIONALITY:
        nationality = by.choice(nationalities[person.community])
    district = person.district
    if by.random() < OTHER_DISTRICT:
        district = f"District {int(DISTRICTS * by.random() ** 2) + 1}"
    cells: list[str | None] = [*names, _birth(person, by), sex, nationality, district]
    rates = (0.3, 0.5, 1.2, 0.4, 0.8, 1.5)
    return tuple(None if by.random() < habits.missing * rate else cell for cell, rate in zip(cells, rates, strict=True))


def _spelled(name: Name, native: bool, heard: bool, habits: Habits, by: random.Random) -> str:
    if native and name.native:
        return name.native
    text = name.spellings[0]
    if heard:
        text = by.choice(name.spellings) if by.random() < NICKNAME_OR_OTHER_SPELLING else _by_ear(text, by)
    if by.random() < habits.plain_letters:
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = text.translate(str.maketrans("đĐłŁıøØ", "dDlLioO"))
    if by.random() < habits.slip and len(text) > 2:
        text = _slip(text, by)
    return text.upper() if by.random() < 0.2 else text


def _by_ear(text: str, by: random.Random) -> str:
    fitting = [(old, new) for old, new in _BY_EAR if old in text[1:]]
    if not fitting:
        return text
    old, new = by.choice(fitting)
    return text[0] + text[1:].replace(old, new, 1)


def _slip(text: str, by: random.Random) -> str:
    at = by.randrange(1, len(text))
    letter = by.choice("abcdefghijklmnopqrstuvwxyz")
    kind = by.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + letter + text[at:]
    if kind == 2:
        return text[:at] + letter + text[at + 1 :]
    return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]


def _birth(person: Person, by: random.Random) -> str:
    year, month, day = person.birth
    if not person.knows_day:
        if by.random() < YEAR_IN_DOUBT:
            year += by.choice((-2, -1, 1, 2))
        return f"{year}-01-01" if by.random() < 0.6 else f"{year}"
    if by.random() < DAY_MONTH_SWAPPED and day <= 12:
        month, day = day, month
    text = f"{year}-{month:02}-{day:02}"
    if by.random() < DIGIT_WRONG:
        at = by.choice((2, 3, 5, 6, 8, 9))
        text = text[:at] + by.choice("0123456789") + text[at + 1 :]
    return text
