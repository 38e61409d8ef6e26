"""Where a country goes under 22 USC 7107(b): the tier by the statute as in force on the report's day, step by step.

Two readings are kept apart. *As applied* is how the yearly reports of the Department of State behave: only years on the
report's Tier 2 Watch List count towards the limit of 7107(b)(2)(D)(i), and the limit strikes a country that would stand
there once more. *On its words* every year on the special watch list of (b)(2)(A) counts, that of an upgrade too, and
the limit strikes whatever the merits. `palermo.evidence.watch_list.runs` shows what the reports did.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec

from palermo.corpus.models import Corpus, Instrument, PlacementTier, Provision

TVPA = "us-tvpa"
WATCH_LIST: PlacementTier = "tier_2_watch_list"
FIRST_YEAR_COUNTED = 2009
"""Years on the list count from the first report after 2008-12-23 (22 USC 7107(b)(2)(D)(i))."""
YEARS_BEFORE_LIMIT = 2
WAIVABLE = {"7107(b)(2)(D)(ii)": 1, "7107(b)(2)(D)(ii)@2008": 2}
"""For how many years the President may waive the limit, by the version of the provision in force."""

YesNo = Literal["yes", "no"]
Reading = Literal["applied", "words"]


class Tier(StrEnum):
    """The lists of 22 USC 7107(b)(1)(A) to (C), the second with or without (b)(2)(A)(iii); or none of them."""

    TIER_1 = "tier_1"
    TIER_2 = "tier_2"
    TIER_2_WATCH_LIST = "tier_2_watch_list"
    TIER_3 = "tier_3"
    NO_LIST = "no_list"


FACTS = {
    "applies": "is it a country of origin, transit or destination to which the minimum standards apply?",
    "complies": "does its government fully comply with the four minimum standards of 22 USC 7106(a)?",
    "efforts": "does its government make significant efforts to bring itself into compliance?",
    "policy_or_pattern": "is there a government policy or pattern of trafficking, forced labour, sexual slavery "
    "or child soldiering?",
    "only_promises": "were its efforts found significant only because of steps promised for the next year?",
    "victims_very_significant": "is the number of victims very significant?",
    "victims_increasing": "is the number of victims significantly increasing?",
    "proportional_actions": "does it take concrete actions in proportion to the number of victims?",
    "greater_efforts_shown": "did it give evidence of greater efforts than in the year before?",
    "plan_written": "has it a written plan to begin making significant efforts?",
    "plan_sufficient": "would the plan, if carried out, be such efforts?",
    "plan_resourced": "does it devote sufficient resources to the plan?",
    "waived": "did the President waive the two-year limit for this report?",
}
"""The facts a placement hangs on, as questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryFacts:
    """What is known of a country for one report: facts by the names of FACTS (left out: unknown), earlier placements.

    `report` is the day of the report, whose year tells which earlier reports stand before it.
    """

    party: str
    report: date
    facts: Mapping[str, bool] = field(default_factory=dict)
    placements: Mapping[int, PlacementTier] = field(default_factory=dict)


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step of the statute: what it asks, where, and how it is answered on the facts.

    `answer` is `unknown` where the open facts leave it so, `not reached` where earlier steps settle the placement.
    """

    asks: str
    provision: str
    cite: str
    answer: Literal["yes", "no", "unknown", "not reached"]
    note: str = ""


class Settles(msgspec.Struct, frozen=True):
    """A fact not known that can change the placement, as a question."""

    fact: str
    asks: str


class TierFound(msgspec.Struct, frozen=True, omit_defaults=True):
    """The placement of a country in the report of a day.

    `tier` is left out where the facts leave several `possible`. `on_words`: what is possible where the limit of years
    is taken on its words and that differs. `special_watch_list` are the clauses of 22 USC 7107(b)(2)(A) that the
    country falls under, None where that is open; `years_on_list` the consecutive reports before this one that had it
    on the Tier 2 Watch List, as far as known.
    """

    party: str
    report: date
    law_on: date
    possible: tuple[Tier, ...]
    steps: tuple[Step, ...]
    tier: Tier | None = None
    on_words: tuple[Tier, ...] = ()
    special_watch_list: tuple[str, ...] | None = None
    years_on_list: tuple[int, ...] = ()
    settles: tuple[Settles, ...] = ()


def tier_of(corpus: Corpus, known: CountryFacts, law_on: date | None = None) -> TierFound:
    """The tier of a country by the statute as in force on `law_on`, by default the report's day.

    Placements in earlier reports that `known` leaves out are taken from the corpus; a year in neither is unknown.
    Raises KeyError for a fact that FACTS does not name, or where the corpus holds no TVPA.
    """
    if strange := set(known.facts) - set(FACTS):
        raise KeyError(f"no fact of a placement: {', '.join(sorted(strange))}")
    day = law_on or known.report
    year = known.report.year
    shipped = {row.year: row.tier for row in corpus.placements if row.party == known.party}
    placements = {y: tier for y, tier in {**shipped, **known.placements}.items() if y < year}
    law = _Statute(corpus.instruments[TVPA], day)
    ways = _ways(lambda facts: _placed(law, facts, year, "applied"), known.facts, placements)
    worded = _ways(lambda facts: _placed(law, facts, year, "words"), known.facts, placements)
    possible = _tiers(ways)
    on_words = _tiers(worded)
    run = _run(placements, year)
    return TierFound(
        party=known.party,
        report=known.report,
        law_on=day,
        possible=possible,
        tier=possible[0] if len(possible) == 1 else None,
        on_words=on_words if on_words != possible else (),
        special_watch_list=_clauses(law, possible, placements.get(year - 1)),
        years_on_list=run,
        steps=_merged(law, ways),
        settles=_settling(ways),
    )


# --- the statute on a day ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Statute:
    tvpa: Instrument
    on: date

    def version(self, id: str) -> Provision | None:
        """The version of a provision in force that day, None where there was none."""
        return next(
            (
                provision
                for provision in self.tvpa.provisions
                if provision.id.split("@")[0] == id
                and (provision.in_force is None or provision.in_force.covers(self.on))
            ),
            None,
        )

    def has(self, id: str, version: str | None = None) -> bool:
        found = self.version(id)
        return found is not None and (version is None or found.id == version)


_STEPS: tuple[tuple[str, str, str], ...] = (
    ("applies", "7107(b)(1)(C)", "the minimum standards apply to the country"),
    ("complies", "7107(b)(1)(A)", "its government fully complies with them"),
    ("efforts", "7107(b)(1)(B)", "it makes significant efforts to bring itself into compliance"),
    ("pattern", "7107(b)(3)(B)", "a government policy or pattern is proof that it makes none"),
    ("promises", "7107(b)(1)(B)", "its efforts are no more than promised steps, which no longer count"),
    ("victims", "7107(b)(2)(A)(iii)(I)", "the number of victims puts it on the watch list"),
    ("evidence", "7107(b)(2)(A)(iii)(II)", "the lack of evidence of greater efforts puts it on the watch list"),
    ("commitments", "7107(b)(2)(A)(iii)(III)", "efforts found only in promised steps put it on the watch list"),
    ("limit", "7107(b)(2)(D)(i)", "two consecutive years on the list are over, and it would stand there again"),
    ("waivable", "7107(b)(2)(D)(ii)", "a waiver is still to be had"),
    ("waived", "7107(b)(2)(D)(ii)", "the President waived the limit"),
    ("barred", "7107(b)(2)(F)", "it used up its years, was downgraded, and has had its one year back on the list"),
)


# --- facts, some of them open --------------------------------------------------------------------------------------


class _Open(Exception):
    def __init__(self, fact: str, asks: str, values: tuple[object, ...]) -> None:
        self.fact, self.asks, self.values = fact, asks, values


@dataclass(slots=True)
class _Case:
    """Facts as far as known, with what is assumed of others in one way the case may be."""

    known: Mapping[str, bool]
    placements: Mapping[int, PlacementTier]
    assumed: Mapping[str, object]
    trace: list[tuple[str, bool]] = field(default_factory=list)

    def fact(self, name: str, asks: str = "") -> bool:
        if name in self.known:
            return self.known[name]
        if name in self.assumed:
            return bool(self.assumed[name])
        raise _Open(name, asks or FACTS[name], (True, False))

    def on_list(self, year: int) -> bool:
        """Whether the report of a year had the country on the Tier 2 Watch List; no earlier year counts than 2009."""
        return year >= FIRST_YEAR_COUNTED and self.placed(year) == WATCH_LIST

    def placed(self, year: int) -> PlacementTier:
        if year in self.placements:
            return self.placements[year]
        name = f"placements.{year}"
        if name in self.assumed:
            return self.assumed[name]  # type: ignore[return-value]
        tiers = ("tier_1", "tier_2", WATCH_LIST, "tier_3", "not_ranked")
        raise _Open(name, f"where did the report of {year} place it?", tiers)

    def step(self, name: str, answer: bool) -> bool:
        self.trace.append((name, answer))
        return answer


@dataclass(frozen=True, slots=True)
class _Way:
    """One way the case may be: what was assumed, the steps taken, and the placement."""

    assumed: Mapping[str, object]
    asks: Mapping[str, str]
    trace: Mapping[str, bool]
    tier: Tier


def _ways(
    rule: Callable[[_Case], Tier], known: Mapping[str, bool], placements: Mapping[int, PlacementTier]
) -> list[_Way]:
    """Every way the case may be that the rule tells apart: an open fact is tried with each value once it is asked."""
    found: list[_Way] = []
    untried: list[tuple[dict[str, object], dict[str, str]]] = [({}, {})]
    while untried:
        assumed, asks = untried.pop()
        case = _Case(known, placements, assumed)
        try:
            tier = rule(case)
        except _Open as question:
            asked = {**asks, question.fact: question.asks}
            untried += [({**assumed, question.fact: value}, asked) for value in question.values]
            continue
        found.append(_Way(assumed, asks, dict(case.trace), tier))
    return found


# --- the rule ------------------------------------------------------------------------------------------------------


def _placed(law: _Statute, case: _Case, year: int, reading: Reading) -> Tier:
    tier = _on_merits(law, case)
    if tier is Tier.NO_LIST:
        return tier
    if law.has("7107(b)(2)(D)(i)") and (reading == "words" or tier is Tier.TIER_2_WATCH_LIST):
        most = YEARS_BEFORE_LIMIT + WAIVABLE[_required(law, "7107(b)(2)(D)(ii)").id]
        counts = _special if reading == "words" else _Case.on_list
        years = _count_back(lambda y: counts(case, y), year - 1, most)
        if case.step("limit", years >= YEARS_BEFORE_LIMIT):
            if not case.step("waivable", years < most and _plan_possible(case)):
                return Tier.TIER_3
            if not case.step("waived", case.fact("waived")):
                return Tier.TIER_3
    if law.has("7107(b)(2)(F)") and tier is Tier.TIER_2_WATCH_LIST:
        used_up = _used_up_on_words if reading == "words" else _used_up_as_applied
        if case.step("barred", case.on_list(year - 1) and used_up(case, year - 1)):
            if reading == "applied":
                return Tier.TIER_3
            asks = "the statute keeps it off the watch list and does not say on which of the other lists it goes"
            return Tier.TIER_2 if case.fact("second_list_when_barred", asks) else Tier.TIER_3
    return tier


def _on_merits(law: _Statute, case: _Case) -> Tier:
    """The list by the country's conduct alone, before any limit of years."""
    if not case.step("applies", case.fact("applies")):
        return Tier.NO_LIST
    if case.step("complies", case.fact("complies")):
        return Tier.TIER_1
    if not case.step("efforts", case.fact("efforts")):
        return Tier.TIER_3
    if law.has("7107(b)(3)(B)") and case.step("pattern", case.fact("policy_or_pattern")):
        return Tier.TIER_3
    promises_count = law.has("7107(b)(1)(B)", "7107(b)(1)(B)@2000")
    if not promises_count and case.step("promises", case.fact("only_promises")):
        return Tier.TIER_3
    return Tier.TIER_2_WATCH_LIST if _watched(law, case) else Tier.TIER_2


def _watched(law: _Statute, case: _Case) -> bool:
    """Whether a criterion of 22 USC 7107(b)(2)(A)(iii), as in force, puts a country of the second list under watch."""
    if law.has("7107(b)(2)(A)(iii)(II)") and case.step("evidence", not case.fact("greater_efforts_shown")):
        return True
    number = law.version("7107(b)(2)(A)(iii)(I)")
    if number is not None:
        many = case.fact("victims_very_significant") or case.fact("victims_increasing")
        answered = "@" not in number.id and many and case.fact("proportional_actions")
        if case.step("victims", many and not answered):
            return True
    return law.has("7107(b)(2)(A)(iii)(III)") and case.step("commitments", case.fact("only_promises"))


def _plan_possible(case: _Case) -> bool:
    """Whether no condition of a waiver (22 USC 7107(b)(2)(D)(ii)(I) to (III)) is known to fail."""
    return all(case.known.get(name, True) for name in ("plan_written", "plan_sufficient", "plan_resourced"))


def _special(case: _Case, year: int) -> bool:
    """Whether a country was on the special watch list of (b)(2)(A) in a year: under watch, or just moved up a list."""
    if year < FIRST_YEAR_COUNTED:
        return False
    placed = case.placed(year)
    if placed == "tier_1":
        return case.placed(year - 1) in ("tier_2", WATCH_LIST)
    return placed == WATCH_LIST or (placed == "tier_2" and case.placed(year - 1) == "tier_3")


def _used_up_as_applied(case: _Case, year: int) -> bool:
    """Whether Tier 3 stood right before `year`, and right before that a run of three or more years on the list.

    The reports take (F) so: a waiver was used, the downgrade followed at once, and the return followed the downgrade.
    """
    before = year - 1
    while case.placements.get(before) == "tier_3":
        before -= 1
    if before >= FIRST_YEAR_COUNTED and before not in case.placements:
        return case.fact("used_up_before", "had it been on the Tier 2 Watch List with a waiver, and then in Tier 3?")
    if before == year - 1:
        return False
    return _count_back(case.on_list, before, YEARS_BEFORE_LIMIT + 1) > YEARS_BEFORE_LIMIT


def _used_up_on_words(case: _Case, year: int) -> bool:
    """Whether two consecutive years on the list and, later, one in Tier 3 lie before the run that `year` is in."""
    start = year
    while case.placements.get(start - 1) == WATCH_LIST:
        start -= 1
    if _pattern(case.placements, start, unknown_fits=False):
        return True
    if not _pattern(case.placements, start, unknown_fits=True):
        return False
    return case.fact("used_up_before", "had it been on the watch list for two years, and then in Tier 3, before that?")


def _pattern(placements: Mapping[int, PlacementTier], before: int, unknown_fits: bool) -> bool:
    run, used_up = 0, False
    for year in range(FIRST_YEAR_COUNTED, before):
        tier = placements.get(year)
        fits = tier is None and unknown_fits
        if used_up and (tier == "tier_3" or fits):
            return True
        run = run + 1 if tier == WATCH_LIST or fits else 0
        used_up = used_up or run >= YEARS_BEFORE_LIMIT
    return False


def _count_back(counts: Callable[[int], bool], year: int, most: int) -> int:
    """How many consecutive years up to `year` count, up to `most`."""
    years = 0
    while years < most and counts(year - years):
        years += 1
    return years


def _required(law: _Statute, id: str) -> Provision:
    found = law.version(id)
    if found is None:
        raise KeyError(f"{TVPA} has no {id} on {law.on}")
    return found


# --- what is said of it --------------------------------------------------------------------------------------------


def _tiers(ways: list[_Way]) -> tuple[Tier, ...]:
    reached = {way.tier for way in ways}
    return tuple(tier for tier in Tier if tier in reached)


def _run(placements: Mapping[int, PlacementTier], year: int) -> tuple[int, ...]:
    years = []
    while year - 1 >= FIRST_YEAR_COUNTED and placements.get(year - 1) == WATCH_LIST:
        year -= 1
        years.append(year)
    return tuple(reversed(years))


def _merged(law: _Statute, ways: list[_Way]) -> tuple[Step, ...]:
    """Each step with the answer that all ways the case may be agree on."""
    steps = []
    for name, id, asks in _STEPS:
        provision = law.version(id)
        if provision is None or (name == "promises" and provision.id != id):
            continue
        answers = {way.trace.get(name) for way in ways}
        answer: Literal["yes", "no", "unknown", "not reached"]
        if answers == {None}:
            answer = "not reached"
        elif len(answers) > 1:
            answer = "unknown"
        else:
            answer = "yes" if answers == {True} else "no"
        steps.append(Step(asks, provision.id, law.tvpa.cite(provision), answer, _note(name, provision)))
    return tuple(steps)


def _note(name: str, provision: Provision) -> str:
    if name == "waivable":
        most = WAIVABLE[provision.id]
        return f"up to {most} year{'s' if most > 1 else ''}, on a written plan with the means to carry it out"
    if name == "victims":
        return "whatever is done about it" if "@" in provision.id else "unless concrete actions are in proportion to it"
    return ""


def _settling(ways: list[_Way]) -> tuple[Settles, ...]:
    """The open facts on which the placement turns: two ways that differ in one of them alone, or in what it opens."""
    if len({way.tier for way in ways}) < 2:
        return ()
    asked: dict[str, str] = {}
    for way in ways:
        asked.update(way.asks)
    return tuple(Settles(fact, asks) for fact, asks in asked.items() if _turns(fact, ways))


def _turns(fact: str, ways: list[_Way]) -> bool:
    """Whether some state of the other facts known so far leads elsewhere for another value of this one."""
    for one in ways:
        if fact not in one.assumed:
            continue
        for other in ways:
            if other.assumed.get(fact, one.assumed[fact]) == one.assumed[fact] or other.tier is one.tier:
                continue
            shared = (set(one.assumed) & set(other.assumed)) - {fact}
            if all(one.assumed[name] == other.assumed[name] for name in shared):
                return True
    return False


def _clauses(law: _Statute, possible: tuple[Tier, ...], before: PlacementTier | None) -> tuple[str, ...] | None:
    """The clauses of 22 USC 7107(b)(2)(A) that the placement falls under; None where facts leave that open."""
    if not law.has("7107(b)(2)(A)"):
        return ()
    if len(possible) > 1:
        return None
    tier = possible[0]
    if tier in (Tier.TIER_3, Tier.NO_LIST):
        return ()
    if before is None:
        return None
    found = []
    if tier is Tier.TIER_1 and before in ("tier_2", WATCH_LIST):
        found.append("7107(b)(2)(A)(i)")
    if tier is not Tier.TIER_1 and before == "tier_3":
        found.append("7107(b)(2)(A)(ii)")
    if tier is Tier.TIER_2_WATCH_LIST:
        found.append("7107(b)(2)(A)(iii)")
    return tuple(found)
