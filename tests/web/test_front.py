"""What every page has: a language, a direction, a title, security headers, and nothing loaded from elsewhere."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.web.conftest import Serious


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_front_page_has_no_serious_fault_for_anybody(page: Page, serious: Serious, language: str) -> None:
    page.goto(f"/?lang={language}")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert serious(page) == []


def test_a_page_loads_nothing_from_elsewhere(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/", wait_until="networkidle")
    assert asked
    assert all(address.startswith(site) for address in asked)


def test_no_script_stands_in_a_page(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy


def test_the_language_chosen_is_kept(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Français").click()
    assert page.locator("html").get_attribute("lang") == "fr"
    page.goto("/states/NOR/against/palermo-protocol")
    assert page.locator("html").get_attribute("lang") == "fr"


def test_the_browsers_language_is_taken(client: Client) -> None:
    assert b'<html lang="es" dir="ltr">' in client.get("/", headers={"accept-language": "es-CO,es;q=0.9"}).content


def test_a_mistaken_name_is_offered_the_nearest(client: Client) -> None:
    response = client.get("/states/Norwey/against/palermo-protocol")
    assert response.status_code == 404
    assert b'href="/states/NOR/against/palermo-protocol"' in response.content


def test_a_day_that_is_none_is_offered_the_nearest(client: Client) -> None:
    response = client.get("/states/NOR/against/palermo-protocol?on=2020-02-31")
    assert response.status_code == 404
    assert b"on=2020-02-29" in response.content


def test_whoever_asks_too_much_is_told_to_wait(client: Client, settings: object) -> None:
    settings.REQUESTS_A_MINUTE = 3  # type: ignore[attr-defined]
    answers = [client.get("/", REMOTE_ADDR="192.0.2.9") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    program = client.get("/api/v1/states", REMOTE_ADDR="192.0.2.9")
    assert (program.status_code, program.json()["error"][:8]) == (429, "Too many")
