"""Search and concepts: what words of six languages find, where hits lead, and tasks walked in a browser."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

import palermo
from palermo.search.query import MOST_CHARACTERS
from tests.web.conftest import Serious, Sideways

PAGES = ("/search", "/search?q=forced+labour", "/search?q=nosuchwordatall", "/concepts", "/concepts/means.coercion")
ARABIC, CHINESE = "الاتجار بالأشخاص", "强迫劳动"


def _hits(content: str) -> list[str]:
    return re.findall(r'<p class="hit"><a href="([^"]+)"', content)


def test_a_citation_leads_to_its_law(client: Client) -> None:
    """18 USC 1591 is sex trafficking of children or by force, fraud or coercion."""
    content = client.get("/search", {"q": "18 USC 1591", "kind": "offence"}).content.decode()
    assert any(to.startswith("/law/USA") and "#o-" in to for to in _hits(content)[:3])


@pytest.mark.parametrize(("query", "language"), [(ARABIC, "ar"), (CHINESE, "zh")])
def test_words_of_other_scripts_find_what_english_words_find(client: Client, query: str, language: str) -> None:
    """The protocol's article 3 defines trafficking in persons, and its purposes include forced labour."""
    found = json.loads(client.get("/search", {"q": query, "as": "json", "kind": "provision"}).content)["answer"]
    assert found["match"] == "all"
    assert any(hit["instrument"] == "palermo-protocol" for hit in found["hits"])
    page = client.get("/search", {"q": query, "lang": language}).content.decode()
    assert query in page
    assert _hits(page)


def test_every_kind_of_hit_leads_to_a_page_of_this_site(client: Client) -> None:
    queries = {
        "instrument": "trafficking",
        "offence": "slavery",
        "measure": "recovery",
        "act": "trafficking",
        "statement": "reservation",
        "agreement": "extradition",
        "concept": "coercion",
        "party": "Norway",
    }
    for kind, words in queries.items():
        content = client.get("/search", {"q": words, "kind": kind}).content.decode()
        first = _hits(content)[0]
        path, _, anchor = first.partition("#")
        answer = client.get(path)
        assert answer.status_code == 200, (kind, first)
        if kind in ("offence", "measure"):
            assert f'id="{anchor}"'.encode() in answer.content, (kind, first)
        assert b"palermo status" not in content.encode(), "the command line's hints are not for the web"


def test_a_provision_found_leads_to_its_page(client: Client) -> None:
    content = client.get("/search", {"q": "palermo-protocol 6(3)", "kind": "provision"}).content.decode()
    assert _hits(content)[0] == "/instruments/palermo-protocol/6(3)"


def test_the_filters_leave_out_the_rest(client: Client, law: palermo.Law) -> None:
    asked = {"q": "trafficking", "state": "NOR", "kind": ["offence", "measure"], "as": "json"}
    hits = json.loads(client.get("/search", asked).content)["answer"]["hits"]
    assert hits
    assert {hit["legal_system"] for hit in hits} == {"NOR"}
    assert {hit["kind"] for hit in hits} <= {"offence", "measure"}
    before = json.loads(client.get("/search", {**asked, "on": "1900-01-01"}).content)["answer"]
    assert before["total"] <= len(law.search("trafficking", ("offence", "measure"), "NOR", limit=200).hits)
    assert all(hit.get("in_force_from", "") <= "1900-01-01" for hit in before["hits"])


def test_more_shows_more_and_the_same_first(client: Client) -> None:
    few = client.get("/search", {"q": "trafficking"}).content.decode()
    more = client.get("/search", {"q": "trafficking", "limit": 40}).content.decode()
    assert "limit=40" in few
    assert _hits(more)[:20] == _hits(few)
    assert len(_hits(more)) == 40


def test_a_word_misspelt_is_offered_put_right(client: Client) -> None:
    content = client.get("/search", {"q": "slavrey children"}).content.decode()
    offered = re.findall(r'href="/search\?q=([^"&]+)" lang="en"', content)
    assert "slavery+children" in offered


@pytest.mark.parametrize("query", ["", "   ", "++", "?!", "x" * (MOST_CHARACTERS + 1)])
def test_a_query_without_words_is_no_fault(client: Client, query: str) -> None:
    answer = client.get("/search", {"q": query})
    assert answer.status_code == 200
    assert b"For example" in answer.content
    assert (b'id="unfit"' in answer.content) == bool(query.strip())


@pytest.mark.parametrize(
    "asked",
    [{"kind": "offense"}, {"limit": "0"}, {"limit": "many"}, {"language": "xx"}, {"state": "Atlantis"}, {"on": "soon"}],
)
def test_a_filter_that_is_none_is_told(client: Client, asked: dict[str, str]) -> None:
    answer = client.get("/search", {"q": "slavery", **asked})
    assert answer.status_code == 404
    assert b"notice" in answer.content


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40), st.sampled_from(["", "offence", "party", "nothing"]), st.text(max_size=4))
def test_whatever_is_asked_gets_an_answer(client: Client, query: str, kind: str, limit: str) -> None:
    asked = {"q": query.encode("utf-8", "replace").decode(), "kind": kind, "limit": limit.encode("utf-8", "replace")}
    assert client.get("/search", asked).status_code in (200, 404)


def test_a_concept_has_a_name_in_six_languages_and_leads_on(client: Client, law: palermo.Law) -> None:
    concept = law.corpus.concepts["means.coercion"]
    content = client.get("/concepts/means.coercion").content.decode()
    for code in ("ar", "en", "es", "fr", "ru", "zh"):
        assert f'<dd lang="{code}"><bdi>{concept.label[code]}</bdi></dd>' in content
    assert 'href="/instruments/palermo-protocol/3"><cite>' in content, "a term of article 3 of the protocol"
    assert client.get("/concepts/coercion").status_code == 404
    assert b"/concepts/means.coercion" in client.get("/concepts/coercion").content


def test_formulas_of_a_law_lead_to_the_concepts(client: Client) -> None:
    assert b'href="/concepts/person.child"' in client.get("/law/NOR").content


def test_a_monitor_searches_in_arabic(page: Page) -> None:
    """From the field that every page has, in Arabic, to a provision of the protocol."""
    page.goto("/?lang=ar")
    field = page.locator("#search-words")
    field.fill(ARABIC)
    field.press("Enter")
    expect(page.locator("#q")).to_have_value(ARABIC)
    page.locator("details summary").filter(has=page.locator("xpath=ancestor::form")).first.click()
    page.locator("#of-instrument").select_option("palermo-protocol")
    page.locator(".search-form .main").click()
    assert "instrument=palermo-protocol" in page.url
    first = page.locator(".hit a").first
    expect(first).to_be_visible()
    assert "/instruments/palermo-protocol" in (first.get_attribute("href") or "")


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/search")
    page.locator("#q").focus()
    page.keyboard.type("forced labour")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_visible()
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.hit') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/search" not in url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_has_a_serious_fault_for_anybody(page: Page, serious: Serious, language: str) -> None:
    for path in (*PAGES, f"/search?q={quote(ARABIC)}"):
        page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert serious(page) == [], path


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_scrolls_sideways(page: Page, sideways: Sideways, width: int) -> None:
    assert sideways(page, width, tuple(PAGES)) == []
