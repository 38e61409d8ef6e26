"""Pages on the world, States, laws and instruments: what they say, their exports, and tasks walked in a browser."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from zipfile import ZipFile

import openpyxl
import pytest
from django.test import Client
from playwright.sync_api import Page, expect

import palermo
from palermo.documents.world_outlines import FILE, outlines
from tests.web.conftest import Serious

PAGES = (
    "/world",
    "/world?duty=palermo-protocol 6(3)",
    "/states",
    "/states/NOR",
    "/states/NOR/bound",
    "/states/NOR/against/palermo-protocol",
    "/states/NOR/history",
    "/states/NOR/calendar",
    "/states/NOR/agreements",
    "/states/NOR/between/SWE",
    "/law/NOR",
    "/instruments",
    "/instruments/cets-197",
    "/instruments/cets-197/parties",
    "/instruments/cets-197/timeline",
)


def test_a_treaty_officer_sees_what_binds_the_state_and_what_comes(page: Page) -> None:
    """Norway ratified UNTOC on 23 September 2003: bound from the thirtieth day after (art 38(2))."""
    page.goto("/states")
    page.get_by_label("Find in this list").fill("norw")
    page.get_by_role("link", name="Norway").click()
    page.get_by_role("link", name="What binds it").click()
    expect(page.get_by_role("row", name="UNTOC").first).to_contain_text("2003-10-23")
    page.get_by_label("As the law stood on").fill("2003-10-22")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("row", name="UNTOC").first).to_contain_text("not yet in force")
    assert "on=2003-10-22" in page.url


def test_the_same_by_keyboard_alone(page: Page) -> None:
    page.goto("/states/NOR")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "What binds it":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("what binds it")


def test_the_map_follows_the_years(page: Page) -> None:
    """The UN protocol entered into force on 25 December 2003 (art 17(1)): at the end of 2002 nobody was bound."""
    page.goto("/world?instrument=palermo-protocol")
    slider = page.get_by_label("At the end of the year")
    slider.focus()
    slider.evaluate("slider => { slider.value = 2003; slider.dispatchEvent(new Event('input', {bubbles: true})); }")
    expect(page.locator(".dated")).to_contain_text("31 December 2003")
    slider.evaluate("slider => { slider.value = 2002; slider.dispatchEvent(new Event('input', {bubbles: true})); }")
    expect(page.locator(".dated")).to_contain_text("31 December 2002")
    expect(page.get_by_role("row", name="Norway")).not_to_contain_text("in force 20")


def test_the_map_needs_no_script(client: Client, law: palermo.Law) -> None:
    bound = sum(s.binding for s in law.ledger.parties("palermo-protocol", date(2003, 12, 31)))
    assert f"{bound} are known to be bound" in client.get("/world?year=2003").content.decode()


def test_the_outlines_are_drawn_from_the_shapes() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8")) == outlines()


def test_a_table_is_taken_away_in_every_form(client: Client) -> None:
    as_csv = client.get("/instruments/cets-197/parties?as=csv&table=1")
    assert as_csv.headers["Content-Disposition"] == 'attachment; filename="instruments-cets-197-parties.csv"'
    rows = list(csv.DictReader(io.StringIO(as_csv.content.decode())))
    as_json = client.get("/instruments/cets-197/parties?as=json&table=1").json()
    assert [row["Party"] for row in rows] == [row["Party"] for row in as_json["rows"]]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/instruments/cets-197/parties?as=xlsx&table=1").content))
    assert book.worksheets[0].max_row == len(rows) + 1


def test_a_page_is_taken_away_whole(client: Client) -> None:
    path = "/states/NOR/against/palermo-protocol?on=2020-01-01"
    assert client.get(f"{path}&as=pdf").content.startswith(b"%PDF")
    assert "word/document.xml" in ZipFile(io.BytesIO(client.get(f"{path}&as=docx").content)).namelist()
    assert client.get(f"{path}&as=json").json()["schema"] == "assessment-1"
    assert client.get("/states/NOR/calendar?as=ics").content.startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    "path",
    [
        "/states/NOR?as=exe",
        "/states/NOR?as=csv&table=99",
        "/law/XXX",
        "/world?duty=x",
        "/world?year=abc",
        "/instruments/palermo-protocoll",
        "/states/NOR/between/NOR",
    ],
)
def test_what_is_not_there_is_told(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert b'class="notice"' in response.content


def test_another_name_of_a_state_leads_to_its_page(client: Client) -> None:
    response = client.get("/states/gb/bound?on=2012-01-01")
    assert response.headers["Location"] == "/states/GBR/bound?on=2012-01-01"


def test_a_citation_that_laws_share_leads_to_the_law_the_page_is_about(client: Client) -> None:
    content = client.get("/states/NOR/against/palermo-protocol").content.decode()
    assert 'href="/law/TZA' not in content
    assert 'href="/law/NOR#o-nor-strl-257"' in content


def test_a_former_state_has_a_page(client: Client) -> None:
    assert client.get("/states/YUG").status_code == 200


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_serious_fault(page: Page, serious: Serious, path: str, language: str) -> None:
    page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
    assert serious(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_phone(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
