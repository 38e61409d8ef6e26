"""Pages on figures: a researcher's task; missing figures are never zeros; the wall of what is due."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.web.conftest import Serious


def test_a_researcher_takes_the_figures_of_an_indicator(page: Page, client: Client) -> None:
    page.goto("/evidence")
    page.get_by_label("Indicator").select_option("tip_tier")
    page.get_by_label("States (codes").fill("THA, Norway")
    page.get_by_label("From the year").fill("2014")
    page.get_by_label("To the year").fill("2016")
    page.get_by_role("button", name="Show").click()
    row = page.get_by_role("row", name="Thailand")
    expect(row).to_contain_text("3")  # Tier 3 in the reports of 2014 and 2015
    table = client.get("/evidence?indicator=tip_tier&states=THA&from=2014&to=2016&as=csv&table=1")
    (figures,) = csv.DictReader(io.StringIO(table.content.decode()))
    assert list(figures) == ["State", "2014", "2015", "2016"]


def test_a_missing_figure_is_no_zero(client: Client) -> None:
    """South Sudan became a State in 2011."""
    answer = client.get("/evidence?indicator=tip_tier&states=SSD&from=2002&to=2003&as=csv&table=1").content.decode()
    assert answer.splitlines()[1] == "South Sudan,×,×"


def test_the_wall_says_when_transposition_is_due(client: Client) -> None:
    """Directive (EU) 2024/1712 art 2(1): by 15 July 2026."""
    content = client.get("/evidence/monitoring?on=2026-01-01").content.decode()
    assert "2026-07-15" in content
    assert 'href="/states/SWE/calendar' in content


@pytest.mark.parametrize(
    "path",
    ["/evidence?indicator=x", "/evidence?from=2020&to=2010", "/evidence?states=Atlantis", "/evidence?from=abc"],
)
def test_what_cannot_be_shown_is_told(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", ["/evidence", "/evidence/codebook", "/evidence/monitoring", "/evidence/impact"])
def test_no_page_has_a_serious_fault(page: Page, serious: Serious, path: str, language: str) -> None:
    page.goto(f"{path}?lang={language}")
    assert serious(page) == []
