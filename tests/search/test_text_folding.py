"""Spellings of one word come together, and stay so."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.search.text_folding import folded
from palermo.search.words import (
    FUNCTION_WORDS,
    LANGUAGES,
    citation_words,
    composed,
    contains,
    kept_words,
    looked_for,
    words_of,
)

LETTERS = "abcdeéèñøŁßıİŒ ёЁйЙїщА العَمَلُ أإآىةؤئءـک ١٢ 强迫劳动或服务 '’-*\"§.()18\u0301\u0306\u200c\x00"
texts = st.text(st.sampled_from(LETTERS)) | st.text()


@given(texts)
def test_a_folded_word_folds_to_itself(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(texts, st.sampled_from(LANGUAGES))
def test_composition_makes_no_difference(text: str, language: str) -> None:
    apart = composed(unicodedata.normalize("NFD", text))
    assert kept_words(apart, language) == kept_words(composed(text), language)


@given(texts, texts, texts, st.sampled_from(LANGUAGES))
def test_a_text_holds_each_part_of_itself(before: str, part: str, after: str, language: str) -> None:
    """Whatever stands in a text between two blanks is found by looking for it in the same spelling."""
    sought = looked_for(composed(part), language)
    assert not sought or contains(kept_words(composed(f"{before} {part} {after}"), language), sought)


@given(texts, st.sampled_from(LANGUAGES))
def test_each_word_has_its_place(text: str, language: str) -> None:
    for word in words_of(text, language):
        assert kept_words(text[word.start : word.end], language)[0] == word.kept


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "labour", "labor"),
        ("en", "offences", "offense"),
        ("en", "criminalisation", "criminalization"),
        ("en", "harbouring", "harboring"),
        ("en", "U.S.C.", "usc"),
        ("fr", "exploitée", "exploitees"),
        ("fr", "Traite", "TRAITÉ"),
        ("es", "víctimas", "victima"),
        ("es", "niños", "nino"),
        ("ru", "учёт", "учета"),
        ("ru", "рабство", "рабства"),
        ("ar", "العَمَل", "عمل"),
        ("ar", "الإتجار", "الاتجار"),
        ("ar", "السخرة", "سخره"),
        ("ar", "الاتـــجار", "اتجار"),
        ("en", "١٥٩١", "1591"),
    ],
)
def test_spellings_of_one_word(language: str, one: str, other: str) -> None:
    assert kept_words(one, language) == kept_words(other, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "traffic", "traffickers"), ("ru", "район", "раион"), ("zh", "奴役", "劳役"), ("ar", "رق", "طفل")],
)
def test_other_words_stay_apart(language: str, one: str, other: str) -> None:
    assert kept_words(one, language) != kept_words(other, language)


def test_chinese_is_found_within_a_run() -> None:
    text = kept_words("实际施加的强迫劳动")
    assert contains(text, looked_for("强迫劳动"))
    assert contains(text, looked_for("动"))
    assert not contains(text, looked_for("强制劳动"))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("18 U.S.C. § 1591(a)", "18 usc 1591 a"),
        ("Section 45", "s 45"),
        ("§45", "s 45"),
        ("s.45", "s 45"),
        ("Article 5(1)", "art 5 1"),
        ("arts 5", "art 5"),
        ("статья 127.1", "art 127 1"),
        ("第240条", "art 240"),
        ("XVIII-12-a", "xviii 12 a"),
    ],
)
def test_a_citation_has_one_spelling(written: str, words: str) -> None:
    assert " ".join(citation_words(written)) == words


def test_function_words_are_folded() -> None:
    assert {folded(word) for word in FUNCTION_WORDS} == FUNCTION_WORDS
