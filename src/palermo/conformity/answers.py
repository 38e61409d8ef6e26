"""What a duty's test gives on a legal system's law: the answer to each part and to the whole."""

from __future__ import annotations

from itertools import product

from palermo.conformity.authorities import of_measure
from palermo.conformity.coverage import Coverer
from palermo.conformity.findings import Answer, Authority, Verdict
from palermo.conformity.law_on_day import LawOnDay
from palermo.corpus.duty_tests import AllTests, AnyTest, Criminalises, DutyTest, Measured, Practice
from palermo.corpus.lookup import formula_of_provision, provision_named
from palermo.corpus.models import Corpus, Instrument, MeasureValue
from palermo.corpus.terms import Term, at_least, days, parse_term
from palermo.logic.formula import AllOf, Formula

_RANK = {Verdict.NOT_PROVIDED: 0, Verdict.IN_PART: 1, Verdict.PROVIDED: 2}
_BY_RANK = {rank: verdict for verdict, rank in _RANK.items()}


def answer(corpus: Corpus, instrument: Instrument, test: DutyTest, law: LawOnDay, coverer: Coverer) -> Answer:
    """Answer a test from the law of a legal system as it stood on the day."""
    if isinstance(test, Practice):
        return Answer("practice", Verdict.PRACTICE, "what is done in practice")
    if isinstance(test, Criminalises):
        return _criminalises(corpus, instrument, test, law, coverer)
    if isinstance(test, Measured):
        return _measured(corpus, test, law)
    parts = tuple(answer(corpus, instrument, part, law, coverer) for part in test.tests)
    return combine(test, parts)


def combine(test: AllTests | AnyTest, parts: tuple[Answer, ...]) -> Answer:
    """The answer to a group of tests from those to its parts.

    A part that is not known may turn out either way: the whole is known only where that cannot matter. Where
    just practice is left open and law provides something already, the whole is `provided in part`.
    """
    is_all = isinstance(test, AllTests)
    outcomes = {_whole(is_all, choice) for choice in product(*(_possible(part.verdict) for part in parts))}
    if len(outcomes) == 1:
        verdict = _BY_RANK[outcomes.pop()]
    elif any(part.verdict is Verdict.NOT_ENCODED for part in parts):
        verdict = Verdict.NOT_ENCODED
    else:
        verdict = Verdict.IN_PART if min(outcomes) else Verdict.PRACTICE
    asks = (" and " if is_all else " or ").join(part.asks for part in parts)
    return Answer("all_of" if is_all else "any_of", verdict, asks, parts=parts)


def _possible(verdict: Verdict) -> tuple[int, ...]:
    return (_RANK[verdict],) if verdict in _RANK else (0, 1, 2)


def _whole(is_all: bool, ranks: tuple[int, ...]) -> int:
    if not is_all:
        return max(ranks)
    return ranks[0] if len(set(ranks)) == 1 else 1


def _measured(corpus: Corpus, test: Measured, law: LawOnDay) -> Answer:
    asks = corpus.measures[test.measure].meaning
    if test.at_least:
        asks += f", at least {test.at_least}"
    value = law.measures.get(test.measure)
    if value is None:
        undated = law.undated.get(test.measure)
        return Answer("measure", Verdict.NOT_ENCODED, asks, _undated(law, test.measure, undated) if undated else None)
    authority = of_measure(law.system, test.measure, value)
    return Answer("measure", _verdict_of_value(value, test.at_least), asks, authority)


def _undated(law: LawOnDay, id: str, value: MeasureValue) -> Authority:
    """The value as it stood on the day the law was looked at, which says nothing about an earlier day."""
    found = of_measure(law.system, id, value)
    note = f"as the law stood on {law.system.as_at}; from which day on is not encoded"
    return Authority(cite=found.cite, verified=found.verified, id=id, value=found.value, source=found.source, note=note)


def _verdict_of_value(value: MeasureValue, least: Term | None) -> Verdict:
    words = {"yes": Verdict.PROVIDED, "partial": Verdict.IN_PART, "no": Verdict.NOT_PROVIDED}
    if value.value in words:
        return words[str(value.value)]
    if least is None:
        return Verdict.PROVIDED
    term = parse_term(value.value)
    enough = at_least(term, least)
    if enough is None:
        return Verdict.NOT_ENCODED
    if days(term) == (0, 0):
        return Verdict.NOT_PROVIDED
    return Verdict.PROVIDED if enough else Verdict.IN_PART


def required_conduct(corpus: Corpus, instrument: Instrument, test: Criminalises) -> Formula:
    """The conduct that a test of an instrument wants to be an offence, expanded. Raises UnknownFormula."""
    required = formula_of_provision(corpus, instrument, test.provision)
    return required if test.when is None else AllOf((required, test.when))


def _criminalises(
    corpus: Corpus, instrument: Instrument, test: Criminalises, law: LawOnDay, coverer: Coverer
) -> Answer:
    home, id = provision_named(corpus, instrument, test.provision)
    cite = home.cite(home.provision(id))
    required = required_conduct(corpus, instrument, test)
    asks = f"the conduct of {cite} is an offence"
    if test.when is not None:
        asks = f"the aggravated conduct of {cite} is an offence"
    if test.max_penalty_at_least:
        asks += f" with a maximum of at least {test.max_penalty_at_least}"
    if not law.offences_complete and not any(of.certain for of in law.offences):
        return Answer("criminalises", Verdict.NOT_ENCODED, asks)
    coverage = coverer.cover(cite, required, test.max_penalty_at_least)
    verdict = coverage.verdict
    unknown = not law.offences_complete or coverage.may_change
    if verdict is not Verdict.PROVIDED and unknown:
        verdict = Verdict.NOT_ENCODED
    if verdict is Verdict.NOT_PROVIDED and law.look_up("criminalisation"):
        verdict = Verdict.NOT_ENCODED
    return Answer("criminalises", verdict, asks, coverage=coverage)
