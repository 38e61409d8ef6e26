"""The bill workbench, as a drafter uses it: form and text say one bill, and the findings follow."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page, expect

from palermo.corpus.yaml_files import read_yaml
from palermo.web.bill_form import MOST_CHARACTERS
from palermo.web.the_law import the_law
from tests.web.conftest import Serious

AT = "/bill?system=GBR-EAW&on=2026-03-01"
FINDINGS = "/bill/findings?system=GBR-EAW&on=2026-03-01"
WHOLE = """\
id: GBR-EAW
offences:
  - id: msa-2015/2
    title: human trafficking, as the bill has it
    cite: Bill cl 1
    conduct: {formula: palermo-protocol 3}
    penalty: {max: life, cite: cl 2}
"""


ALIASES = "id: GBR-EAW\na: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{key}: &{key} [{','.join([f'*{below}'] * 10)}]\n" for below, key in ("ab", "bc", "cd", "de")
)
"""A hundred thousand words in a few lines."""


def text_of(html: str) -> str:
    """The bill's text on a page in form mode."""
    found = re.search(r'<textarea name="base" hidden>\n(.*?)</textarea>', html, re.DOTALL)
    assert found
    return unescape(found[1])


def painted(html: str) -> dict[str, list[str]]:
    """The fields of the form as a browser would post them."""
    kept = [unescape(v) for v in re.findall(r'name="keep" value="([^"]*)"', html)]
    offence = re.search(r'name="painted" value="([^"]*)"', html)
    assert offence
    return {"mode": ["form"], "base": [text_of(html)], "painted": [unescape(offence[1])], "keep": kept}


def test_a_bill_as_text_shows_what_changes(client: Client) -> None:
    said = client.post(FINDINGS, {"mode": "text", "text": WHOLE}).content.decode()
    assert "UN Trafficking Protocol art 5(1)" in said
    assert "Brought within the law" in said
    assert "2 findings change." in said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WHOLE.replace("palermo-protocol 3", "palermo-protocol 33"), "Line 6, column 24"),
        (WHOLE.replace("max: life", "max: long"), "Line 7, column 20"),
        (WHOLE.replace("id: GBR-EAW", "id: GBR-EWA"), "did you mean GBR-EAW?"),
        (WHOLE.replace("GBR-EAW", "NOR"), "The bill changes another law: NOR."),
        ("id: [", "Line"),
        ("- one\n- two", "expected a mapping"),
        ("", "expected a mapping"),
        ("id: GBR-EAW\noffences: 7", "offences"),
        ("id: GBR-EAW\noffences: [7]", "Line 2, column 12"),
        ("id: GBR-EAW\nmeasures: {victim.privacy: perhaps}", "Line 2"),
        ("id: GBR-EAW\n" + "x" * MOST_CHARACTERS, "characters at most"),
        ("id: GBR-EAW\nnote: " + "[" * 60 + "]" * 60, "nested deeper"),
        (ALIASES, "larger than a law"),
    ],
)
def test_a_fault_of_the_bill_is_told_with_its_place(client: Client, text: str, expected: str) -> None:
    response = client.post(FINDINGS, {"mode": "text", "text": text})
    assert response.status_code == 200
    assert expected in unescape(response.content.decode())
    assert client.post(AT, {"mode": "text", "text": text}).status_code == 200


def test_a_bill_that_takes_too_long_is_told_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("palermo.web.pages.bill.SECONDS", 0.0)
    said = client.post(FINDINGS, {"mode": "text", "text": WHOLE}).content.decode()
    assert "take too long" in said


def test_an_element_unticked_is_dropped_and_what_is_ticked_is_added(client: Client) -> None:
    """Without the travel of section 2, and with a further purpose in section 3."""
    fields = painted(client.get(AT).content.decode())
    assert fields["painted"] == ["msa-2015/2"]
    fields["keep"].remove("|0")
    fields["add"] = ["msa-2015/3|0|purpose.begging"] if "purpose.begging" in the_law().corpus.concepts else []
    page = client.post(AT, fields).content.decode()
    bill, faults = read_yaml(Path("bill.yaml"), text_of(page))
    assert not faults
    (offence,) = bill["offences"]
    assert offence["conduct"]["all"] == [{"formula": "msa-2015/3"}]
    assert offence["penalty"]["max"] == "life"


def test_fields_beside_the_conduct_are_taken_in(client: Client) -> None:
    fields = painted(client.get(AT).content.decode())
    fields |= {"penalty-max": ["10 years"], "m:victim.proceedings-information": ["yes"], "further:|": ["means.force"]}
    page = client.post(AT, fields).content.decode()
    bill, _ = read_yaml(Path("bill.yaml"), text_of(page))
    assert bill["offences"][0]["penalty"]["max"] == "10 years"
    assert bill["offences"][0]["conduct"]["all"][-1] == "means.force"
    assert bill["measures"]["victim.proceedings-information"]["value"] == "yes"
    again = painted(page) | {"m:victim.proceedings-information": [""]}
    bill, _ = read_yaml(Path("bill.yaml"), text_of(client.post(AT, again).content.decode()))
    assert "measures" not in bill


def test_a_form_without_changes_changes_nothing(client: Client) -> None:
    fields = painted(client.get(AT).content.decode())
    assert text_of(client.post(AT, fields).content.decode()) == "id: GBR-EAW\n"


def test_every_offence_can_be_shown_and_left_alone(client: Client) -> None:
    """Painting an offence in the form and posting it as it was is no bill."""
    for system in ("USA", "IND"):
        at = f"/bill?system={system}"
        for offence in the_law().corpus.legal_systems[system].offences:
            page = client.post(at, {"mode": "form", "base": f"id: {system}\n", "do": "open", "offence": offence.id})
            fields = painted(page.content.decode())
            assert fields["painted"] == [offence.id]
            assert text_of(client.post(at, fields).content.decode()) == f"id: {system}\n"


def test_a_fault_made_in_the_form_is_mended_as_text(client: Client) -> None:
    fields = painted(client.get(AT).content.decode()) | {"penalty-max": ["a long time"]}
    page = client.post(AT, fields).content.decode()
    assert "expected a length of time" in page
    assert 'id="bill-text"' in page
    taken = client.post(AT.replace("/bill", "/bill/findings") + "&as=docx", fields)
    assert taken.status_code == 422
    assert b"expected a length of time" in taken.content


def test_an_offence_without_elements_is_refused(client: Client) -> None:
    fields = painted(client.get(AT).content.decode()) | {"keep": ["|"]}
    assert "leave one, or repeal" in client.post(FINDINGS, fields).content.decode()


def test_a_gap_is_closed_by_beginning_with_its_smallest_widening(client: Client) -> None:
    page = client.get(AT + "&instrument=palermo-protocol&provision=5(1)&widening=1").content.decode()
    assert "Brought within the law" in page
    assert client.get(AT + "&provision=5(1)&widening=999").status_code == 404
    assert client.get(AT + "&provision=nothing&widening=x").status_code == 404


def test_links_to_close_a_gap_lead_to_the_gap_they_name(client: Client) -> None:
    page = client.get(AT).content.decode()
    links = [unescape(to) for to in re.findall(r'href="(/bill\?[^"]*widening=[^"]*)"', page)]
    assert links
    for to in links[:3]:
        assert "Brought within the law" in client.get(to).content.decode()


def test_a_new_offence_begins_with_what_the_instrument_asks(client: Client) -> None:
    fields = painted(client.get(AT).content.decode()) | {"do": ["new"]}
    page = client.post(AT, fields).content.decode()
    assert "Brought within the law" in page
    bill, _ = read_yaml(Path("bill.yaml"), text_of(page))
    assert bill["offences"][0]["id"] == "bill/1"


def test_the_bill_is_taken_away_and_read_back(client: Client) -> None:
    taken = client.post("/bill/file?system=GBR-EAW", {"mode": "text", "text": WHOLE})
    assert taken.headers["Content-Disposition"] == 'attachment; filename="bill-GBR-EAW.yaml"'
    assert taken.content.decode() == WHOLE
    file = SimpleUploadedFile("bill.yaml", taken.content)
    page = client.post(AT, {"mode": "form", "base": "id: GBR-EAW\n", "do": "read", "file": file}).content.decode()
    assert "human trafficking, as the bill has it" in page
    assert "2 findings change." in page
    broken = SimpleUploadedFile("bill.yaml", b"\xff\xfe\x00")
    assert "no text in UTF-8" in client.post(AT, {"do": "read", "file": broken}).content.decode()
    assert "Choose a file" in client.post(AT, {"do": "read"}).content.decode()


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")])
def test_the_report_and_the_concordance_are_taken_away(client: Client, form: str, begins: bytes) -> None:
    for where in ("findings", "concordance"):
        taken = client.post(f"/bill/{where}?system=GBR-EAW&as={form}", {"mode": "text", "text": WHOLE})
        assert taken.content.startswith(begins)
        assert taken.headers["Cache-Control"].startswith(("no-store", "max-age=0"))
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(taken.content)) as archive:
            assert b"Bill cl 1" in archive.read("word/document.xml")


def test_the_concordance_names_the_bills_clauses(client: Client) -> None:
    page = client.post("/bill/concordance?system=GBR-EAW", {"mode": "text", "text": WHOLE}).content.decode()
    assert "Bill cl 1" in page
    table = client.post("/bill/concordance?system=GBR-EAW&as=csv&table=1", {"mode": "text", "text": WHOLE})
    assert "Bill cl 1" in table.content.decode()


def test_nothing_of_a_bill_is_kept(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is written, the law in memory stays as it was, and no cache may hold the answer."""
    monkeypatch.setenv("PALERMO_CACHE", str(tmp_path))
    before = the_law().assess("GBR-EAW")
    response = client.post(FINDINGS, {"mode": "text", "text": WHOLE})
    assert "no-store" in response.headers["Cache-Control"]
    assert list(tmp_path.iterdir()) == []
    assert the_law().assess("GBR-EAW") == before


def test_a_form_from_elsewhere_is_refused() -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert strict.post(FINDINGS, {"mode": "text", "text": WHOLE}).status_code == 403


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/bill", 200),
        ("/bill?system=NOR", 200),
        ("/bill?system=Norway", 200),
        ("/bill?system=GBR", 404),
        ("/bill?system=Atlantis", 404),
        ("/bill?system=NOR&instrument=nothing", 404),
        ("/bill?system=NOR&on=never", 404),
        ("/bill/findings?system=NOR", 302),
        ("/bill/file", 302),
    ],
)
def test_addresses(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("mode", ["form", "text"])
def test_the_workbench_has_no_serious_fault_for_anybody(page: Page, serious: Serious, language: str, mode: str) -> None:
    page.goto(f"{AT}&lang={language}")
    page.locator(f"button[name=do][value={mode}]").click()
    expect(page.locator("textarea#bill-text" if mode == "text" else "#bill-shown")).to_be_visible()
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_drafter_works_by_keyboard_in_the_form(page: Page) -> None:
    """Unticks the element of travel with the space bar and sees the findings change without leaving the place."""
    page.goto(AT)
    travel = page.get_by_role("checkbox", name="travel is arranged or facilitated")
    for _ in range(60):
        if travel.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(travel).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#findings")).to_contain_text("Brought within the law", timeout=20_000)
    expect(page.locator("#bill-shown")).to_contain_text("msa-2015/2")
    expect(travel).to_be_focused()


def test_a_drafter_works_by_keyboard_in_the_text(page: Page) -> None:
    """Completes a concept, sees a fault told with its place, goes there, mends it, and sees the findings."""
    page.goto(AT)
    page.get_by_role("button", name="As text").press("Enter")
    text = page.get_by_label("The bill as text")
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(
        "offences:\n  - id: msa-2015/2\n    title: t\n    cite: cl 1\n    conduct: {all: [act.harb"
    )
    page.keyboard.type("o")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(text).to_have_value(re.compile(r"\[act\.harbouring$"))
    expect(page.locator("#bill-words")).to_be_hidden()
    page.keyboard.insert_text(", purpose.slaverie]}")
    fault = page.get_by_role("link", name=re.compile("Line 6"))
    expect(fault).to_be_visible(timeout=20_000)
    expect(page.locator("#findings")).to_contain_text("did you mean purpose.slavery?")
    fault.press("Enter")
    expect(text).to_be_focused()
    text.evaluate("t => { const at = t.value.indexOf('ie]'); t.setRangeText('y', at, at + 2, 'end'); }")
    page.keyboard.type(" ")
    expect(page.locator("#findings")).to_contain_text("No longer within the law", timeout=20_000)


def test_without_scripts_a_button_shows_the_findings(browser: object, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False, locale="en-GB")  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(AT)
    page.get_by_role("checkbox", name="travel is arranged or facilitated").uncheck()
    page.locator("button.main[value=try]").click()
    expect(page.locator("#findings")).to_contain_text("Brought within the law")
    context.close()
