"""Pages about the site, and what machines ask of it."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

import palermo
from palermo.conformity.findings import Verdict
from palermo.web.remembered import _painted
from tests.web.conftest import Serious, Sideways

PAGES = ("/about", "/about/words", "/about/accessibility", "/about/privacy")


def test_every_word_of_a_finding_is_explained(client: Client) -> None:
    content = client.get("/about").content.decode()
    for verdict in Verdict:
        assert f">{verdict.value}</span></dt>" in content


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("", "CONTRIBUTING"),
        ("law@example.org", 'href="mailto:law@example.org"'),
        ("https://example.org/corrections", 'href="https://example.org/corrections"'),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
    ],
)
def test_corrections_go_to_whoever_runs_the_site(client: Client, settings: Any, contact: str, shown: str) -> None:
    settings.CONTACT = contact
    _painted.clear()
    try:
        content = client.get("/about").content.decode()
    finally:
        _painted.clear()
    assert shown in content
    assert 'href="javascript' not in content


def test_words_of_the_field_stand_in_the_readers_language_first(client: Client) -> None:
    content = client.get("/about/words?lang=fr").content.decode()
    assert '<th scope="row" lang="fr"><bdi>traite des personnes;' in content
    assert 'lang="zh"><bdi>贩运人口;' in content


def test_a_pdf_without_a_font_for_its_letters_is_refused_with_words(client: Client) -> None:
    answer = client.get("/about/words?as=pdf")
    assert answer.status_code in (200, 404)
    assert answer.status_code == 200 or b"take another form" in answer.content


def test_the_page_on_privacy_is_true_of_cookies(page: Page) -> None:
    """A reader who only reads gets none; one who chooses a language gets that one."""
    for path in ("/", "/about/privacy", "/search?q=slavery", "/data"):
        page.goto(path)
    assert page.context.cookies() == []
    page.get_by_role("button", name="Français").click()
    assert [cookie.get("name") for cookie in page.context.cookies()] == ["language"]


def test_a_reader_finds_how_to_contest_a_finding(page: Page) -> None:
    page.goto("/states/NOR/against/palermo-protocol")
    page.get_by_role("link", name="How it works, and how to correct it").click()
    expect(page.get_by_role("heading", name="Contest or correct an answer")).to_be_visible()
    expect(page.get_by_text("the section that shows it")).to_be_visible()


def test_the_map_of_the_site_names_pages_that_are_there(client: Client, law: palermo.Law) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 (made by ourselves)
    found = [place.text or "" for place in tree.findall("s:url/s:loc", space)]
    assert len(found) == len(set(found))
    for path in ("/states/NOR", "/law/NOR", "/instruments/cets-197", "/instruments/palermo-protocol/6(3)"):
        assert f"http://localhost{path}" in found
    assert len(found) > len(law.corpus.parties) + sum(len(i.provisions) for i in law.corpus.instruments.values())
    pages = [a for a in found if re.search(r"/(states|law|concepts|instruments)/[^/]+$", a)]
    for address in pages[::31]:
        assert client.get(address.removeprefix("http://localhost")).status_code == 200, address


def test_robots_are_kept_from_the_forms_of_pages(client: Client) -> None:
    content = client.get("/robots.txt").content.decode()
    assert "Disallow: /*?*as=" in content
    assert "Sitemap: http://localhost/sitemap.xml" in content


def test_the_site_says_that_it_lives(client: Client, law: palermo.Law) -> None:
    answer = client.get("/healthz")
    assert json.loads(answer.content) == {"status": "ok", "version": law.version, "states": len(law.corpus.parties)}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_has_a_serious_fault_for_anybody(page: Page, serious: Serious, language: str) -> None:
    for path in PAGES:
        page.goto(f"{path}?lang={language}")
        assert serious(page) == [], path


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_scrolls_sideways(page: Page, sideways: Sideways, width: int) -> None:
    assert sideways(page, width, tuple(PAGES)) == []
