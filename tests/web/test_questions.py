"""The interview: a caseworker's task, by mouse and by keyboard; nothing kept; a way out."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.web.conftest import Serious


def test_a_caseworker_finds_out_at_night_whether_this_may_be_trafficking(page: Page) -> None:
    """A girl recruited for prostitution: the UN protocol asks for no means of a child (art 3(c))."""
    page.goto("/questions")
    assert page.title() == "Questions"
    page.get_by_label("Where did it happen?").select_option("SWE")
    page.get_by_role("button", name="Begin").click()
    wanted = {"child": "Yes", "recruitment": "Yes", "sexual exploitation": "Yes"}
    for _step in range(60):
        heading = page.get_by_role("heading", level=1).inner_text()
        if heading == "What follows":
            break
        answer = next((said for words, said in wanted.items() if words in heading), "I don't know")
        page.get_by_role("button", name=answer, exact=True).click()
    else:
        page.get_by_role("button", name="What follows so far?").click()
    expect(page.locator(".summary")).to_contain_text("may be trafficking")
    expect(page.get_by_role("row", name="UN Trafficking Protocol").first).to_contain_text("within")
    assert "child" not in page.url
    page.get_by_role("link", name="What is the person entitled to?").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sweden")
    row = page.locator("tbody tr", has_text="no removal is enforced during the recovery and reflection period")
    expect(row).to_contain_text("Aliens Act ch 12 s 12 b")


def test_the_interview_is_held_by_keyboard_alone(page: Page) -> None:
    page.goto("/questions")
    page.get_by_label("Where did it happen?").focus()
    page.keyboard.type("Norway")
    page.keyboard.press("Tab")
    begin = page.get_by_role("button", name="Begin")
    for _step in range(8):
        if begin.evaluate("button => button === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Question 1")).to_be_visible()
    page.get_by_role("button", name="Yes", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Question 2")).to_be_visible()
    expect(page.get_by_role("heading", name="Answered so far")).to_be_visible()


def test_nothing_is_kept(client: Client) -> None:
    answer = client.post("/questions", {"state": "SWE", "told": ["person.child=yes"]})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert set(answer.cookies) <= {"csrftoken"}


def test_the_last_answer_can_be_taken_back(client: Client) -> None:
    told = ["person.child=yes", "act.recruitment=no"]
    answer = client.post("/questions", {"told": told, "back": "1"}).content.decode()
    assert 'value="person.child=yes"' in answer
    assert "act.recruitment" not in answer.replace('name="asked" value="act.recruitment"', "")


def test_answers_that_do_not_go_together_are_told(client: Client) -> None:
    """Slavery is by definition a practice within exploitation: it cannot be so while exploitation is not."""
    told = ["purpose.sexual-exploitation=no"]
    form = {"told": told, "asked": "purpose.prostitution-of-others", "answer": "yes"}
    answer = client.post("/questions", form).content.decode()
    assert 'role="alert"' in answer
    assert 'value="purpose.prostitution-of-others=yes"' not in answer


@pytest.mark.parametrize(
    "form", [{"state": "XXX"}, {"told": "nonsense"}, {"told": "person.child=maybe"}, {"on": "yesterday"}]
)
def test_a_form_that_was_tampered_with_is_refused(client: Client, form: dict[str, str]) -> None:
    assert client.post("/questions", form).status_code in (400, 404)


def test_the_way_out_leaves_at_once(page: Page) -> None:
    page.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="elsewhere"))
    page.goto("/questions")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("https://www.wikipedia.org/")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_have_no_serious_fault(page: Page, serious: Serious, language: str) -> None:
    page.goto(f"/questions?lang={language}")
    assert serious(page) == []
    page.locator("button.main").first.click()
    assert serious(page) == []
    page.goto(f"/questions/sheet?lang={language}")
    assert serious(page) == []
    page.goto(f"/questions/entitlements/SWE?lang={language}")
    assert serious(page) == []
