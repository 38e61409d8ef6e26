"""Laws compared: duty by duty, and two side by side."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import Page

from palermo.web.the_law import the_law
from tests.web.conftest import Serious


def test_the_first_table_holds_every_law_and_the_duties_to_punish_and_protect(client: Client) -> None:
    rows = client.get("/compare?as=json&table=1").json()["rows"]
    corpus = the_law().corpus
    assert [row["Legal system"] for row in rows] == sorted(
        (s.legal_system for s in corpus.legal_systems.values()), key=str.casefold
    )
    duties = corpus.instruments["palermo-protocol"].provisions
    wanted = {f"{d.id} {d.title}" for d in duties if d.test and d.pillar in ("prosecution", "protection")}
    assert set(rows[0]) - {"Legal system"} == wanted


def test_a_cell_says_what_the_finding_says(client: Client) -> None:
    (row,) = client.get("/compare?law=JPN&duty=5(1)&as=json&table=1").json()["rows"]
    (finding,) = the_law().assess("JPN").only(["5(1)"]).systems[0].findings
    assert row["5(1) criminalisation of trafficking"] == finding.law.value


@pytest.mark.parametrize("order", ["alphabet", "region", "tradition"])
def test_the_order_never_follows_the_answers(client: Client, order: str) -> None:
    """The order is the same on days with other answers."""
    names = [
        [row["Legal system"] for row in client.get(f"/compare?order={order}&on={on}&as=json&table=1").json()["rows"]]
        for on in (date.today(), date(1990, 1, 1))
    ]
    assert names[0] == names[1]
    if order == "alphabet":
        assert names[0] == sorted(names[0], key=str.casefold)


def test_a_table_says_that_it_is_no_ranking(client: Client) -> None:
    said = client.get("/compare").content.decode()
    assert "no ranking" in said
    assert "score" not in said


@pytest.mark.parametrize(
    "path",
    [
        "/compare?instrument=none",
        "/compare?duty=99",
        "/compare?law=Narnia",
        "/compare?order=best",
        "/compare?on=1-1-1",
        "/compare?first=NOR&second=Narnia",
        "/compare/NOR/NOR",
        "/compare/NOR/XXX",
        "/compare/NOR/SWE?within=palermo-protocol+99",
        "/compare/NOR/SWE?within=palermo-protocol+6(3)",
    ],
)
def test_what_is_not_there_is_told(client: Client, path: str) -> None:
    assert client.get(path).status_code in (400, 404)


def test_a_pair_has_one_address(client: Client) -> None:
    moved = client.get("/compare?first=norway&second=Sweden&within=palermo-protocol+3&on=2020-01-01")
    assert moved.headers["Location"] == "/compare/NOR/SWE?within=palermo-protocol+3&on=2020-01-01"


def test_what_only_one_punishes_turns_with_the_order(client: Client) -> None:
    here, there = (
        client.get(f"/compare/{pair}?as=json").json()["answer"]["pairs"][0] for pair in ("JPN/NOR", "NOR/JPN")
    )
    assert here["distance"] == there["distance"]
    assert here["only_second"] or here["only_first"]
    assert _scenarios(here["only_first"]) == _scenarios(there["only_second"])
    assert _scenarios(here["only_second"]) == _scenarios(there["only_first"])


def _scenarios(boxes: list[dict[str, list[list[str]]]]) -> set[frozenset[str]]:
    return {
        frozenset((*act, *means, *purpose, *circumstance))
        for box in boxes
        for act in box["act"]
        for means in box["means"]
        for purpose in box["purpose"]
        for circumstance in box["circumstance"]
    }


def test_a_researcher_compares_two_laws_and_takes_the_table_away(page: Page) -> None:
    page.goto("/compare")
    page.get_by_label("One law").select_option(label="Norway")
    page.get_by_label("The other").select_option(label="Japan")
    page.get_by_role("button", name="Compare the two").click()
    page.wait_for_url("**/compare/NOR/JPN")
    assert page.get_by_role("heading", level=1).inner_text() == "Norway and Japan"
    assert page.get_by_text("are not within both").first.is_visible()
    assert page.locator(".box").count() > 0
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").first.click()
    rows = list(csv.DictReader(io.StringIO(taken.value.path().read_text(encoding="utf-8-sig"))))
    assert {"Norway", "Japan"} <= set(rows[0])
    (age,) = [row for row in rows if row["Measure"] == "the age below which a person is a child for the offence"]
    assert age["Norway"].startswith("18")  # Penal Code s 257 third paragraph


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", ["/compare?duty=5(1)&duty=6(3)", "/compare/NOR/JPN"])
def test_comparisons_have_no_serious_fault_for_anybody(page: Page, serious: Serious, language: str, path: str) -> None:
    page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
    assert serious(page) == []
