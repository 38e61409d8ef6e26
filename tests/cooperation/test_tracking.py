"""Time limits of requests: counted by the words of the instrument, on the day asked."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.cooperation.answers import Availability, Limit, Route
from palermo.cooperation.tracking import DueState, RequestMade, check_words, due, last_day, read_request_made
from palermo.corpus.problems import CorpusError
from palermo.corpus.terms import Term, parse_term


def route(*limits: Limit) -> Route:
    return Route(
        basis="x",
        title="X",
        tier="regional",
        availability=Availability.CONDITIONS,
        says="",
        cites=(),
        duty="shall",
        conditions=(),
        why_here="",
        time_limits=limits,
    )


DECISION = Limit("decision", "arrest", Term(60, "day"), cites=("art 17(3)",))
SPEED = Limit("execution", "receipt", None, "as soon as possible", ("art 18(24)",))
MADE = RequestMade(requesting="DEU", requested="FRA", form="extradition", basis="x", made=date(2026, 1, 5))


def state(made: RequestMade, on: date, limit: Limit = DECISION) -> DueState:
    (found,) = due(route(limit), made, on)
    return found.state


def with_days(events: dict[str, date], answers: dict[str, date] | None = None) -> RequestMade:
    return RequestMade(
        requesting="DEU",
        requested="FRA",
        form="extradition",
        basis="x",
        made=date(2026, 1, 5),
        events=events,
        answers=answers or {},
    )


def test_sixty_days_from_arrest_end_on_the_sixtieth_day_after_it() -> None:
    (found,) = due(route(DECISION), with_days({"arrest": date(2026, 1, 10)}), date(2026, 2, 1))
    assert found.by == date(2026, 3, 11)
    assert found.state is DueState.RUNNING


def test_a_limit_runs_from_its_event_and_ends_with_its_last_day() -> None:
    arrested = with_days({"arrest": date(2026, 1, 10)})
    assert state(MADE, date(2026, 2, 1)) is DueState.NOT_RUNNING
    assert state(arrested, date(2026, 1, 9)) is DueState.NOT_RUNNING
    assert state(arrested, date(2026, 3, 11)) is DueState.RUNNING
    assert state(arrested, date(2026, 3, 12)) is DueState.OVERDUE


def test_an_answer_is_in_time_or_late() -> None:
    on = date(2026, 6, 1)
    events = {"arrest": date(2026, 1, 10)}
    assert state(with_days(events, {"decision": date(2026, 3, 11)}), on) is DueState.IN_TIME
    assert state(with_days(events, {"decision": date(2026, 3, 12)}), on) is DueState.LATE
    assert state(with_days(events, {"decision": date(2026, 3, 12)}), date(2026, 3, 1)) is DueState.RUNNING


def test_where_the_instrument_names_no_term_nothing_is_overdue() -> None:
    received = with_days({"receipt": date(2020, 1, 1)})
    assert state(received, date(2026, 1, 1), SPEED) is DueState.NO_TERM


def test_months_end_on_the_same_day_or_on_the_last_of_a_short_month() -> None:
    assert last_day(date(2026, 1, 31), parse_term("1 month")) == date(2026, 2, 28)
    assert last_day(date(2026, 1, 10), parse_term("2 months")) == date(2026, 3, 10)
    with pytest.raises(ValueError, match="no time limit"):
        last_day(date(2026, 1, 1), parse_term("life"))


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 400), st.integers(-500, 500))
def test_a_running_limit_is_never_past(begins: date, days: int, later: int) -> None:
    on = begins + timedelta(days=later)
    limit = Limit("decision", "arrest", Term(days, "day"), cites=("x",))
    found = state(with_days({"arrest": begins}), on, limit)
    expected = DueState.NOT_RUNNING if later < 0 else DueState.RUNNING if later <= days else DueState.OVERDUE
    assert found is expected


def test_words_that_the_basis_does_not_know_are_told(tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    path.write_text(
        "requesting: DEU\nrequested: FRA\nform: extradition\nbasis: x\nmade: 2026-01-05\n"
        "events:\n  arest: 2026-01-10\n",
        encoding="utf-8",
    )
    made = read_request_made(path)
    with pytest.raises(CorpusError) as error:
        check_words(made, route(DECISION), path)
    (problem,) = error.value.problems
    assert (problem.line, problem.column) == (7, 3)
    assert "did you mean arrest" in problem.message
    path.write_text("requesting: DEU\nmade: yesterday\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="2015-07-31"):
        read_request_made(path)
