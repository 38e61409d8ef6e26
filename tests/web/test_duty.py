"""The page of a provision: what it asks, who meets it, models to borrow."""

from __future__ import annotations

from datetime import date
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Page

import palermo
from palermo.conformity.findings import Verdict
from palermo.web.links import duty_page
from palermo.web.the_law import the_law
from tests.web.conftest import Serious

DUTY = "/instruments/palermo-protocol/5(1)"


def test_a_duty_says_what_it_asks_and_which_conduct(client: Client) -> None:
    said = client.get(DUTY).content.decode()
    assert "States must do this." in said
    assert "criminal offence where it is done with intent" in said
    assert "abuse of a position of vulnerability" in said


def test_every_law_stands_beside_its_answer_with_the_way_to_the_finding(client: Client) -> None:
    said = client.get(DUTY).content.decode()
    for answer in the_law().verdicts.on("palermo-protocol 5(1)", date.today()):
        state = the_law().corpus.legal_systems[answer.system].state
        assert f'href="/states/{state}/against/palermo-protocol#un-trafficking-protocol-art-5-1"' in said
        short = answer.verdict in (Verdict.IN_PART, Verdict.NOT_PROVIDED)
        assert (f'href="/gap/{answer.system}/palermo-protocol/5(1)"' in said) == short


def test_the_finding_that_a_duty_leads_to_is_there(client: Client) -> None:
    said = client.get("/states/NOR/against/palermo-protocol").content.decode()
    assert 'id="un-trafficking-protocol-art-5-1"' in said


def test_a_duty_to_consider_is_no_duty_to_do(client: Client) -> None:
    assert "decided otherwise breaches nothing" in client.get("/instruments/palermo-protocol/6(3)").content.decode()


def test_a_rule_on_the_instrument_is_met_by_nobody(client: Client) -> None:
    said = client.get("/instruments/palermo-protocol/17(1)").content.decode()
    assert "a rule on the instrument itself" in said
    assert "Who meets it" not in said


def test_an_earlier_day_has_earlier_answers(client: Client) -> None:
    # the Modern Slavery Act 2015 was not yet in force, nor any other offence of England and Wales here complete
    before = client.get(f"{DUTY}?on=1995-01-01").content.decode()
    assert before.count("is-not-encoded") > client.get(DUTY).content.decode().count("is-not-encoded")


def test_a_provision_that_was_replaced_is_answered_by_nobody(client: Client) -> None:
    said = client.get("/instruments/eu-2011-36/2(1)?on=2026-11-01").content.decode()
    assert "no longer in force" in said
    assert "Who meets it" not in said


def test_an_instrument_asked_for_by_its_title_has_its_own_address(client: Client) -> None:
    moved = client.get("/instruments/UN%20Trafficking%20Protocol/5(1)")
    assert moved.status_code == 302
    assert moved.headers["Location"] == DUTY


@pytest.mark.parametrize("path", ["/instruments/palermo-protocol/99", "/instruments/none/5(1)", f"{DUTY}?on=x"])
def test_what_is_not_there_is_told(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("query", ["?near=Narnia", "?near=AFG&on=2020-01-01"])
def test_a_near_law_that_is_not_encoded_is_told(client: Client, query: str) -> None:
    assert client.get(f"/instruments/palermo-protocol/6(3)/models{query}").status_code == 404


def test_models_near_to_a_law_begin_with_its_own(client: Client) -> None:
    found = client.get("/instruments/palermo-protocol/6(3)/models?near=NPL&as=json").json()
    assert found["schema"] == "models-1"
    assert found["answer"][0]["system"] == "NPL"


def test_what_asks_nothing_of_law_has_no_models(client: Client) -> None:
    assert client.get("/instruments/palermo-protocol/17(1)/models").status_code == 404


def test_every_testable_provision_of_the_corpus_has_an_address_that_leads_to_it(law: palermo.Law) -> None:

    for instrument in law.corpus.instruments.values():
        for provision in instrument.provisions:
            found = resolve(unquote(duty_page(instrument.id, provision.id)))
            assert found.kwargs == {"instrument": instrument.id, "provision": provision.id}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_duty_has_no_serious_fault_for_anybody(page: Page, serious: Serious, language: str) -> None:
    page.goto(f"{DUTY}?lang={language}")
    assert serious(page) == []
