"""Requests: what each instrument asks to be in one, drafts that are saved and read back, and what they still lack."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import palermo
from palermo.cooperation.answers import Route
from palermo.cooperation.facts import CaseFacts
from palermo.cooperation.requests import (
    NoRequest,
    RequestDraft,
    draft_text,
    kind_of,
    missing,
    new_draft,
    read_draft,
    route_of,
    with_element,
)
from palermo.corpus.problems import CorpusError
from palermo.ledger.parties import LANGUAGES
from palermo.reports.request_letter import basis_in_words, request_letter

ON = date(2026, 11, 25)


def begun(law: palermo.Law, form: str, language: str = "en", basis: str = "untoc") -> tuple[RequestDraft, Route]:
    found = law.routes("FRA", "VNM", form, on=ON)
    draft = new_draft(law.corpus, found, basis, language)
    return draft, route_of(found, draft.basis)


def test_assistance_asks_for_every_element_of_article_18_15(law: palermo.Law) -> None:
    """UNTOC art 18(15)(a) to (f): authority, matter, facts, assistance, person where possible, purpose."""
    draft, route = begun(law, "hearing")
    asked = {element.id: element.required_by for element in missing(law.corpus, draft, route)}
    assert asked == {
        "authority": ("UNTOC art 18(15)(a)",),
        "matter": ("UNTOC art 18(15)(b)",),
        "facts": ("UNTOC art 18(15)(c)",),
        "assistance": ("UNTOC art 18(15)(d)",),
        "person": ("UNTOC art 18(15)(e)",),
        "purpose": ("UNTOC art 18(15)(f)",),
    }


def test_a_confiscation_asks_for_property_and_order_as_well(law: palermo.Law) -> None:
    """UNTOC art 13(3): a description of the property, and the order where one is to be enforced."""
    draft, route = begun(law, "confiscation")
    assert {"property", "order"} <= {element.id for element in missing(law.corpus, draft, route)}


def test_verification_of_nationality_asks_for_nothing_on_the_exploitation(law: palermo.Law) -> None:
    """UN Trafficking Protocol arts 6(1), 8(3): the privacy of the victim is protected."""
    draft, _ = begun(law, "nationality-verification", basis="palermo-protocol")
    assert set(draft.elements) == {"authority", "victim", "documents", "time_limit", "contact"}


def test_what_is_written_is_no_longer_missing(law: palermo.Law) -> None:
    draft, route = begun(law, "hearing")
    for element in missing(law.corpus, draft, route):
        draft = with_element(draft, element.id, "written")
    assert missing(law.corpus, draft, route) == []
    assert missing(law.corpus, with_element(draft, "facts", "  \n "), route)[0].id == "facts"


def test_the_offences_of_the_requesting_state_are_filled_in(law: palermo.Law) -> None:
    facts = CaseFacts(conduct={"act.recruitment": True, "means.deception": True, "purpose.forced-labour": True})
    found = law.routes("DEU", "VNM", "hearing", facts, ON)
    assert "StGB s 232" in new_draft(law.corpus, found, "untoc", "en").elements["law"]


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x85\u2028\u2029\ufeff"), max_size=60
)
lines = st.lists(texts, max_size=2).map(tuple)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.data())
def test_a_draft_is_saved_and_read_back_as_it_was(law: palermo.Law, tmp_path: Path, data: st.DataObject) -> None:
    draft, route = begun(law, "hearing", data.draw(st.sampled_from(LANGUAGES)))
    paragraphs = st.lists(texts, max_size=4).map("\n".join)
    draft = dataclasses.replace(
        draft,
        reference=data.draw(texts),
        dated=data.draw(st.none() | st.dates()),
        letterhead=data.draw(lines),
        addressee=data.draw(lines),
        confidential=data.draw(st.booleans()),
        urgent=data.draw(texts),
        annexes=data.draw(lines),
        signatory=data.draw(lines),
        elements={**draft.elements, "facts": data.draw(paragraphs), "person": data.draw(paragraphs)},
    )
    path = tmp_path / "draft.yaml"
    path.write_text(draft_text(law.corpus, draft, route), encoding="utf-8")
    again = read_draft(path, law.corpus)

    def plain(of: RequestDraft) -> RequestDraft:
        """White space at the ends does not count."""
        kept = {
            key: tuple(t.strip() for t in getattr(of, key))
            for key in ("letterhead", "addressee", "annexes", "signatory")
        }
        stripped = {"reference": of.reference.strip(), "urgent": of.urgent.strip()}
        return dataclasses.replace(of, elements={k: v.strip() for k, v in of.elements.items()}, **kept, **stripped)

    assert plain(again) == plain(draft)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_can_be_written_in_the_six_languages(law: palermo.Law, language: str) -> None:
    for form in law.corpus.forms:
        _, kind = kind_of(law.corpus, form, "untoc")
        assert kind.title[language]
        assert kind.opening[language].format(requesting="A", requested="B")
        for element in kind.elements:
            assert law.corpus.request_elements[element].label[language]
        for name in kind.closing:
            assert law.corpus.request_phrases[name][language]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "United Nations Convention against Transnational Organized Crime, article 18"),
        ("fr", "Convention des Nations Unies contre la criminalité transnationale organisée, article 18"),
        ("es", "Convención de las Naciones Unidas contra la Delincuencia Organizada Transnacional, artículo 18"),
        ("ar", "اتفاقية الأمم المتحدة لمكافحة الجريمة المنظمة عبر الوطنية، المادة 18"),
        ("zh", "联合国打击跨国有组织犯罪公约，第18条"),
        (
            "ru",
            "Конвенция Организации Объединенных Наций против транснациональной организованной преступности, статья 18",
        ),
    ],
)
def test_the_basis_is_cited_by_its_name_in_the_language(law: palermo.Law, language: str, words: str) -> None:
    draft, route = begun(law, "hearing", language)
    assert basis_in_words(law.corpus, route, language) == words
    assert words in request_letter(law.corpus, draft, route).opening[1]


def test_a_letter_names_both_states_in_its_language(law: palermo.Law) -> None:
    draft, route = begun(law, "hearing", "ru")
    opening = request_letter(law.corpus, draft, route).opening[0]
    assert "Франция" in opening
    assert "Вьетнам" in opening


def test_what_cannot_be_drafted_is_told(law: palermo.Law, tmp_path: Path) -> None:
    found = law.routes("FRA", "VNM", "hearing", on=ON)
    with pytest.raises(NoRequest, match="there is untoc"):
        new_draft(law.corpus, found, "ets-030", "en")
    with pytest.raises(NoRequest, match="en, fr, es, ar, zh, ru"):
        new_draft(law.corpus, found, "untoc", "de")
    path = tmp_path / "draft.yaml"
    path.write_text("requesting: FRA\nelements: {fact: x}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="is missing"):
        read_draft(path, law.corpus)
    draft, route = begun(law, "hearing")
    path.write_text(draft_text(law.corpus, draft, route).replace("  facts:", "  fact:"), encoding="utf-8")
    with pytest.raises(CorpusError, match="did you mean facts"):
        read_draft(path, law.corpus)
