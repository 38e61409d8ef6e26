"""Cooperation as a prosecutor uses it: routes, the facts of a case, what one change would open, a draft request."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from playwright.sync_api import Page, expect

from palermo.web.case_facts import facts_posted
from palermo.web.the_law import the_law
from tests.web.conftest import Serious

AT = "/cooperation?from=FRA&to=VNM&form=extradition&on=2026-03-01"
DRAFT = AT.replace("/cooperation", "/cooperation/draft")
CASE = {
    "present": ["act.recruitment", "means.deception", "purpose.forced-labour"],
    "child": "no",
    "fact:person.nationality": "Viet Nam",
    "fact:person.sought_for": "prosecution",
    "fact:transnational": "yes",
    "fact:organised_group": "yes",
}


def test_a_route_without_facts_has_an_address(client: Client) -> None:
    """Article 16 of UNTOC is a basis of extradition between its parties."""
    assert "UNTOC art 16" in client.get(AT).content.decode()
    answer = client.get(AT + "&as=json").json()
    assert answer["schema"] == "routes-1"
    assert "untoc" in [route["basis"] for route in answer["answer"]["routes"]]
    assert client.get(AT.replace("FRA", "France") + "&as=json").json() == answer


def test_the_facts_of_a_case_settle_more(client: Client) -> None:
    """The law of Nepal keeps its nationals back: an obstacle once it is told that the person is one."""
    at = "/cooperation?from=IND&to=NPL&form=extradition&on=2026-03-01&as=json"
    open_page = client.get(at).json()["answer"]
    settled = client.post(at, {**CASE, "fact:person.nationality": "NPL"}).json()["answer"]

    def outcomes(answer: dict[str, Any], ground: str) -> set[str]:
        return {c["outcome"] for r in answer["routes"] for c in r["conditions"] if c["ground"] == ground}

    assert "an obstacle" not in outcomes(open_page, "nationality")
    assert "an obstacle" in outcomes(settled, "nationality")
    assert settled["under_requesting"]


def test_the_facts_stay_as_they_were_told(client: Client) -> None:
    page = unescape(client.post(AT, CASE).content.decode())
    assert 'value="act.recruitment" checked' in page
    assert 'value="Viet Nam" list="states"' in page
    assert "<h1>What is known of the case</h1>" in page


def test_of_a_kind_that_is_complete_nothing_else_is_there() -> None:
    facts = QueryDict(mutable=True)
    facts.setlist("present", ["means.deception", "act.recruitment"])
    facts.setlist("complete", ["means", "person"])
    known = facts_posted(facts).known_conduct
    assert known["means.deception"]
    assert known["means.force"] is False
    assert "act.transport" not in known
    assert "person.child" not in known
    facts["child"] = "no"
    assert facts_posted(facts).known_conduct["person.child"] is False


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"fact:person.nationality": "Atlantis"}, "Atlantis"),
        ({"fact:person.sentence_left": "long"}, "length of time"),
        ({"fact:conduct_on": "yesterday"}, "conduct_on"),
        ({"fact:transnational": "perhaps"}, "yes, no or unknown"),
        ({"fact:person.age": "old"}, "age"),
    ],
)
def test_a_fact_that_is_none_is_told(client: Client, fields: dict[str, str], told: str) -> None:
    response = client.post(AT, fields)
    assert response.status_code == 200
    assert told in unescape(response.content.decode())
    assert 'role="alert"' in response.content.decode()


def test_facts_stand_in_no_address_no_cache_and_no_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for at in (AT, AT.replace("/cooperation", "/cooperation/what-if"), DRAFT):
        response = client.post(at, {**CASE, "fact:person.age": "37"})
        assert "no-store" in response.headers["Cache-Control"]
        addresses = re.findall(r'(?:href|action|formaction)="([^"]*)"', response.content.decode())
        assert addresses
        assert not any("nationality" in a or "Viet" in a or "deception" in a for a in addresses)
    assert "Viet Nam" not in caplog.text
    assert "deception" not in caplog.text


def test_what_one_change_would_open(client: Client) -> None:
    at = "/cooperation/what-if?from=FRA&to=VNM&on=2026-03-01"
    assert "What one change would open" in client.get(at).content.decode()
    assert client.post(at, CASE).status_code == 200


def test_the_network_of_a_form(client: Client) -> None:
    answer = client.get("/cooperation/network?form=hearing&on=2026-03-01&as=json").json()["answer"]
    assert answer["by_treaty"] > 10_000
    assert client.get("/cooperation/network").status_code == 200
    assert client.get("/cooperation/network?form=nothing").status_code == 404


def test_a_draft_names_what_its_basis_requires_and_takes_it_in(client: Client) -> None:
    """UNTOC art 18(15) lists what a request for assistance holds."""
    at = DRAFT.replace("extradition", "hearing")
    page = client.post(at, {**CASE, "basis": "untoc", "language": "fr"}).content.decode()
    assert "UNTOC art 18(15)" in page
    required = re.findall(r'name="element:([a-z]+)"', page)
    fields = {"drafted": "yes", "basis": "untoc", "language": "fr", **{f"element:{id}": "écrit ici" for id in required}}
    full = client.post(at, fields).content.decode()
    assert "The draft holds everything that the basis requires." in full
    letter = client.post(at + "&as=docx", {**fields, "letterhead": "Parquet\nParis"})
    with zipfile.ZipFile(io.BytesIO(letter.content)) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    assert "écrit ici" in text
    assert "Parquet" in text
    assert client.post(at + "&as=pdf", fields).content.startswith(b"%PDF")


def test_a_draft_is_saved_and_opened_again(client: Client) -> None:
    fields = {
        "drafted": "yes",
        "basis": "untoc",
        "language": "en",
        "element:facts": "what\nhappened",
        "reference": "A: 1",
    }
    saved = client.post(DRAFT + "&as=yaml", fields)
    assert "no-store" in saved.headers["Cache-Control"]
    opened = client.post("/cooperation/draft", {"do": "read", "file": SimpleUploadedFile("r.yaml", saved.content)})
    page = unescape(opened.content.decode())
    assert "what\nhappened" in page
    assert 'value="A: 1"' in page
    assert "from=FRA&to=VNM&form=extradition&on=2026-03-01" in page
    for broken in (b"requesting: FRA", b"\xff\xfe", saved.content.replace(b"requested: VNM", b"requested: XXX")):
        file = SimpleUploadedFile("r.yaml", broken)
        assert client.post("/cooperation/draft", {"do": "read", "file": file}).status_code in (400, 404)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/cooperation", 200),
        ("/cooperation?from=GBR", 200),
        ("/cooperation?from=GBR&to=GBR&form=hearing", 404),
        ("/cooperation?from=Atlantis&to=GBR&form=hearing", 404),
        ("/cooperation?from=FRA&to=GBR&form=nothing", 404),
        ("/cooperation?from=FRA&to=GBR&form=hearing&on=1", 404),
        ("/cooperation?from=EUE&to=PSE&form=hearing", 200),
        ("/cooperation/what-if", 400),
        ("/cooperation/draft", 302),
    ],
)
def test_addresses(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


@pytest.mark.parametrize(
    "fields", [{}, {"basis": "nothing"}, {"language": "tlh"}, {"dated": "never", "drafted": "yes"}, {"drafted": "yes"}]
)
def test_a_draft_that_cannot_be_made_is_no_fault_of_ours(client: Client, fields: dict[str, str]) -> None:
    for at in (DRAFT, "/cooperation/draft", DRAFT + "&as=odt", DRAFT.replace("form=extradition", "form=")):
        assert client.post(at, fields).status_code < 500


def test_every_form_of_cooperation_paints(client: Client) -> None:
    for form in the_law().corpus.forms:
        assert client.get(f"/cooperation?from=DEU&to=FRA&form={form}").status_code == 200
        assert client.post(f"/cooperation/draft?from=DEU&to=FRA&form={form}", {}).status_code < 500


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("at", ["/cooperation", AT, "/cooperation/network"])
def test_the_pages_have_no_serious_fault_for_anybody(page: Page, serious: Serious, language: str, at: str) -> None:
    page.goto(f"{at}{'&' if '?' in at else '?'}lang={language}")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_prosecutor_comes_to_a_letter_by_keyboard(page: Page, serious: Serious) -> None:
    """Chooses the States, tells the facts, begins the draft, writes an element, and takes the letter away."""
    page.goto("/cooperation?on=2026-03-01")
    page.get_by_label("The State that asks").focus()
    page.keyboard.type("Franc")
    page.keyboard.press("Tab")
    page.keyboard.type("Viet")
    page.keyboard.press("Tab")
    page.keyboard.type("extradition")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Extradition", level=1)).to_be_visible()
    assert "from=FRA" in page.url
    for name in ("recruitment", "deception", "forced labour or services"):
        tick = page.get_by_role("checkbox", name=name, exact=True)
        tick.focus()
        page.keyboard.press("Space")
        expect(tick).to_be_checked()
    page.get_by_role("button", name="Test the routes on these facts").press("Enter")
    expect(page.get_by_role("heading", name="What is known of the case", level=1)).to_be_visible()
    expect(page.get_by_role("checkbox", name="deception", exact=True)).to_be_checked()
    page.get_by_role("button", name="Begin the draft").press("Enter")
    expect(page.get_by_role("heading", name="Draft request", level=1)).to_be_visible()
    assert serious(page) == []
    first = page.locator("textarea[name^='element:']").first
    first.focus()
    page.keyboard.type("The Office of the Prosecutor")
    page.get_by_role("button", name="Check what is missing").press("Enter")
    expect(first).to_have_value("The Office of the Prosecutor")
    with page.expect_download() as download:
        page.get_by_role("button", name="Letter as DOCX").press("Enter")
    assert download.value.suggested_filename == "request.docx"


def test_tables_of_a_case_are_taken_away_with_its_facts(page: Page) -> None:
    """The export of a page that was made of posted facts is asked by POST again, and holds them."""
    page.goto(AT)
    page.get_by_role("checkbox", name="recruitment", exact=True).check()
    page.get_by_role("button", name="Test the routes on these facts").click()
    caption = page.get_by_text("The facts under both laws")
    expect(caption).to_be_visible()
    with page.expect_download() as download:
        page.locator("#dual-criminality").get_by_role("button", name="CSV").click()
    content = download.value.path().read_text(encoding="utf-8-sig")
    assert "It would be one with" in content
