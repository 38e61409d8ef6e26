"""The parts that reading stands on: words, phrases, sections, penalties."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import palermo
from palermo.corpus.models import Phrases
from palermo.corpus.terms import Term
from palermo.statutes.penalties import penalty_of
from palermo.statutes.phrases import Vocabulary, vocabulary_of
from palermo.statutes.sections import sections_of
from palermo.statutes.source import Line, Place
from palermo.statutes.words import fold, stem, words_of

WORDS = ("section", "article", "artículo", "art", "المادة", "статья", "§")


def lines_of(text: str) -> list[Line]:
    return [Line(line, Place(line=i)) for i, line in enumerate(text.splitlines(), 1)]


def numbers(text: str) -> list[str]:
    return [section.number for section in sections_of(lines_of(text), WORDS)]


def found(text: str, phrases: dict[str, tuple[str, ...]], **more: tuple[str, ...]) -> set[str]:
    vocabulary = Vocabulary(Phrases(language="en", name="English", stemmer="english", concepts=phrases, **more))
    return {f.name for f in vocabulary.find(vocabulary.words(text))}


@given(st.text(max_size=200))
def test_words_lie_where_they_say(text: str) -> None:
    words = words_of(text, None)
    assert [fold(text[w.start : w.end]) for w in words] == [w.folded for w in words]
    assert all(a.end <= b.start and a.sentence <= b.sentence for a, b in pairwise(words))


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("english", ("recruits", "recruiting", "Recruitment")),
        ("spanish", ("esclavitud", "ESCLAVITUD")),
        ("arabic", ("الخداع", "بالخداع", "والخداع", "خداع")),
        ("arabic", ("الإكراه", "بالإكراه", "وإكراه", "اإلكراه".replace("اإل", "اال"))),
        ("russian", ("вербовка", "вербовки", "вербовку")),
    ],
)
def test_forms_of_one_word_meet(language: str, forms: tuple[str, ...]) -> None:
    assert len({stem(form, language) for form in forms}) == 1


def test_a_longer_phrase_takes_the_shorter_in_it() -> None:
    phrases = {"a": ("exploitation",), "b": ("sexual exploitation",)}
    assert found("the sexual exploitation of persons", phrases) == {"b"}
    assert found("exploitation, and sexual exploitation", phrases) == {"a", "b"}


def test_a_gap_stays_inside_one_sentence_and_eight_words() -> None:
    phrases = {"a": ("consent ... control",)}
    assert found("the consent of a person having control", phrases) == {"a"}
    assert found("He gave his consent. The person has control.", phrases) == set()
    assert found("consent one two three four five six seven eight nine control", phrases) == set()


def test_beginnings_choices_exact_words_and_what_is_shut_out() -> None:
    assert found("enslavement", {"a": ("enslav*",)}) == {"a"}
    assert found("forced labour", {"a": ("forced|compulsory labour",)}) == {"a"}
    assert found("compulsory labour", {"a": ("forced|compulsory labour",)}) == {"a"}
    assert found("he organised it", {"a": ("=organ",)}) == set()
    assert found("any means of transport", {"a": ("transport",)}, not_=("means of transport",)) == set()


def test_words_under_skip_are_passed_over() -> None:
    assert found(
        "the abuse of a position of vulnerability", {"a": ("position vulnerability",)}, skip=("of", "a", "the")
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Section 1. One\nText.\nSection 2. Two\nText.", ["1", "2"]),
        ("Artículo 145 bis. Uno\nTexto.\nArtículo 145 ter.- Dos\nTexto.", ["145 bis", "145 ter"]),
        ("§ 232 Menschenhandel\nText.\n§ 232a Zwang\nText.", ["232", "232a"]),
        ("Article 225-4-1\nTexte.\nArticle 225-4-2\nTexte.", ["225-4-1", "225-4-2"]),
        ("4 kap. Om frihet\n1 §\nText.\n1 a §\nText.\n5 kap. Om annat\n1 §\nText.", ["4:1", "4:1 a", "5:1"]),
        ("第一條\n甲。\n第二條之一\n乙。", ["一", "二-一"]),
        ("المادة 1\nنص.\nالمادة 2\nنص.", ["1", "2"]),
        ("Статья 127.1. Торговля\nТекст.\nСтатья 127.2. Труд\nТекст.", ["127.1", "127.2"]),
        ("1. One\nText.\n2. Two\nText.\n3. Three\nText.", ["1", "2", "3"]),
        ("nothing here is a section", [""]),
    ],
)
def test_sections_begin_where_their_law_begins_them(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


def test_a_reference_at_the_beginning_of_a_line_begins_no_section() -> None:
    text = "Section 1. One\nas provided in\nsection 7, and in\nsection 9 of this Act.\nSection 2. Two\nText."
    assert numbers(text) == ["1", "2"]


def test_an_entry_of_a_list_begins_no_section() -> None:
    text = "1. One\nWhoever\n1. does this, or\n2. does that\nis punished.\n2. Two\nText.\n3. Three\nText."
    assert numbers(text)[-1] == "3"


@pytest.mark.parametrize(
    ("language", "sentence", "least", "most"),
    [
        ("en", "liable to imprisonment for a term not exceeding ten years", None, Term(10, "year")),
        ("en", "imprisonment for not less than twenty-five years", Term(25, "year"), None),
        ("en", "imprisonment for life", None, Term(0, "life")),
        ("fr", "punie de sept ans d'emprisonnement", None, Term(7, "year")),
        ("es", "prisión de cuatro (4) a ocho (8) años", Term(4, "year"), Term(8, "year")),
        ("es", "prisión de seis meses a tres años", Term(6, "month"), Term(3, "year")),
        ("de", "Freiheitsstrafe von sechs Monaten bis zu fünf Jahren", Term(6, "month"), Term(5, "year")),
        ("de", "Freiheitsstrafe nicht unter einem Jahr", Term(1, "year"), None),
        ("sv", "fängelse i lägst två och högst tio år", Term(2, "year"), Term(10, "year")),
        ("ro", "închisoare de la 5 la 12 ani", Term(5, "year"), Term(12, "year")),
        ("ar", "بالسجن مدة لا تزيد على عشر سنوات", None, Term(10, "year")),
        ("zh", "處一年以上七年以下有期徒刑", Term(1, "year"), Term(7, "year")),
        ("zh", "處十二年以下有期徒刑", None, Term(12, "year")),
        ("pt", "prisão de três a dez anos", Term(3, "year"), Term(10, "year")),
        ("it", "reclusione da otto a venti anni", Term(8, "year"), Term(20, "year")),
        ("ru", "лишением свободы на срок до шести лет", None, Term(6, "year")),
    ],
)
def test_terms_of_imprisonment(
    law: palermo.Law, language: str, sentence: str, least: Term | None, most: Term | None
) -> None:
    vocabulary = vocabulary_of(law.corpus, language)
    words = vocabulary.words(sentence)
    penalty = penalty_of(words, vocabulary.find(words), vocabulary)
    assert penalty is not None
    assert (penalty.min, penalty.max) == (least, most)


def test_no_prison_no_penalty(law: palermo.Law) -> None:
    vocabulary = vocabulary_of(law.corpus, "en")
    words = vocabulary.words("a licence is valid for a term not exceeding ten years")
    assert penalty_of(words, vocabulary.find(words), vocabulary) is None
