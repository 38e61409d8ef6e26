"""The page of a gap: which conduct falls outside, what would bring it within, and the way to a bill."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.web.conftest import Serious

ENGLAND = "/gap/GBR-EAW/palermo-protocol/5(1)"


def inside(client: Client, path: str, number: int) -> list[dict[str, str]]:
    """The rows of a box as data."""
    rows: list[dict[str, str]] = client.get(f"{path}?as=json&table={number}").json()["rows"]
    return rows


def marked(rows: list[dict[str, str]], column: str) -> set[str]:
    return {row[column][2:] for row in rows if row[column].startswith("\N{BLACK SQUARE}")}


def test_the_modern_slavery_act_leaves_out_harbouring_without_travel(client: Client) -> None:
    # Modern Slavery Act 2015 s 2 punishes arranging or facilitating travel, and nothing without it
    rows = inside(client, ENGLAND, 1)
    assert marked(rows, "Act") == {"recruitment", "transfer", "harbouring", "receipt"}
    assert "transport" in {row["Act"][2:] for row in rows}
    assert "removal of organs" not in marked(rows, "Purpose")
    said = client.get(ENGLAND).content.decode()
    assert "travel is arranged or facilitated" in said
    assert "/bill?system=GBR-EAW&amp;instrument=palermo-protocol&amp;provision=5%281%29&amp;widening=1" in said


def test_what_is_reached_only_on_a_reading_names_the_reading(client: Client) -> None:
    said = client.get("/gap/NOR/palermo-protocol/5(1)").content.decode()
    assert "only if words of the law are read widely" in said
    assert "Whose readings, and why" in said


def test_both_verdicts_stand_on_the_page(client: Client) -> None:
    said = client.get("/gap/NOR/palermo-protocol/5(1)").content.decode()
    assert "With readings" in said
    assert "On its words alone" in said


def test_the_data_of_a_gap_are_its_finding(client: Client) -> None:
    found = client.get(f"{ENGLAND}?as=json").json()
    assert found["schema"] == "assessment-1"
    (system,) = found["answer"]["systems"]
    assert system["system"] == "GBR-EAW"
    assert [finding["provision"] for finding in system["findings"]] == ["5(1)"]


def test_before_there_was_an_offence_it_is_not_known_what_falls_outside(client: Client) -> None:
    assert "is not known on that day" in client.get(f"{ENGLAND}?on=1900-01-01").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/gap/XXX/palermo-protocol/5(1)",
        "/gap/NOR/none/5(1)",
        "/gap/NOR/palermo-protocol/99",
        "/gap/NOR/palermo-protocol/6(3)",
        "/gap/NOR/palermo-protocol/17(1)",
        f"{ENGLAND}?on=2020-13-01",
        f"{ENGLAND}?as=docx&table=1",
    ],
)
def test_what_is_not_there_is_told(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_provision_that_was_replaced_is_offered_on_its_last_day(client: Client) -> None:
    # Directive (EU) 2024/1712 replaced art 2 of Directive 2011/36/EU by 15 July 2026
    gone = client.get("/gap/DNK/eu-2011-36/2(1)?on=2026-11-01")
    assert gone.status_code == 404
    assert 'href="/gap/DNK/eu-2011-36/2(1)?on=2026-07-14"' in gone.content.decode()
    assert client.get("/gap/DNK/eu-2011-36/2(1)?on=2026-07-14").status_code == 200


def test_a_state_with_several_laws_is_offered_each(client: Client) -> None:
    said = client.get("/gap/GBR/palermo-protocol/5(1)").content.decode()
    assert all(f'href="/gap/{law}/palermo-protocol/5(1)"' in said for law in ("GBR-EAW", "GBR-SCT", "GBR-NIR"))


def test_a_drafter_gets_from_a_state_to_a_widening_by_keyboard(page: Page) -> None:
    def follow(name: str) -> None:
        """Go by Tab to a link whose words begin so, and press Enter."""
        for _ in range(600):
            page.keyboard.press("Tab")
            at = page.evaluate("document.activeElement.matches('a') ? document.activeElement.textContent : ''")
            if at.startswith(name):
                page.keyboard.press("Enter")
                return
        pytest.fail(f"no link {name!r} is reached by keyboard")

    page.goto("/states/JPN")
    follow("Findings")
    page.wait_for_url("**/against/palermo-protocol")
    follow("What falls outside the law of Japan under UN Trafficking Protocol art 5(1)")
    page.wait_for_url("**/gap/JPN/palermo-protocol/5(1)")
    box = page.get_by_role("table").first
    assert box.get_by_role("columnheader").all_inner_texts() == ["Act", "Means", "Purpose"]
    assert box.get_by_role("listitem").filter(has_text="in the box").count() > 0
    follow("Try widening 1")
    page.wait_for_url("**/bill?system=JPN&instrument=palermo-protocol&provision=5%281%29&widening=1")


def test_a_choice_of_the_box_is_told_from_others_without_colour(page: Page) -> None:
    page.goto(ENGLAND)
    choices = page.locator(".box").first.locator("li")
    signs = choices.evaluate_all(
        """all => all.map(li => {
            return [li.className, getComputedStyle(li, "::before").content, getComputedStyle(li).fontWeight]
        })"""
    )
    of_box = {(sign, weight) for name, sign, weight in signs if name == "in"}
    others = {(sign, weight) for name, sign, weight in signs if name != "in"}
    assert of_box
    assert others
    assert not {sign for sign, _ in of_box} & {sign for sign, _ in others}
    assert not {weight for _, weight in of_box} & {weight for _, weight in others}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1280, 360])
def test_a_gap_has_no_serious_fault_for_anybody(page: Page, serious: Serious, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{ENGLAND}?lang={language}")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
