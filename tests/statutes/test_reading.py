"""What is read out of a statute: in every language, from every kind of file, and what is not concluded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import palermo
from palermo.corpus.terms import Term
from palermo.statutes.proposals import SectionRead, StatuteRead

from . import texts


def read_text(law: palermo.Law, tmp_path: Path, text: str, language: str | None = None) -> StatuteRead:
    path = tmp_path / "act.txt"
    path.write_text(text, encoding="utf-8")
    return law.read(path, language)


def concepts(read: StatuteRead) -> set[str]:
    return {c.concept for section in read.sections for c in section.concepts}


def section(read: StatuteRead, number: str) -> SectionRead:
    return next(s for s in read.sections if s.number == number)


@pytest.fixture
def act(law: palermo.Law, tmp_path: Path) -> StatuteRead:
    return read_text(law, tmp_path, texts.ACT)


@pytest.mark.parametrize("language", texts.SENTENCES)
def test_conduct_is_found_in_every_language(law: palermo.Law, tmp_path: Path, language: str) -> None:
    read = read_text(law, tmp_path, texts.SENTENCES[language])
    assert read.language == language
    assert texts.EXPECTED[language] <= concepts(read)


def test_every_language_with_phrases_is_tried(law: palermo.Law) -> None:
    assert set(law.corpus.phrases) == set(texts.SENTENCES)


@pytest.mark.parametrize("language", [language for language in texts.SENTENCES if language != "en"])
def test_a_section_on_something_else_is_left_out(law: palermo.Law, tmp_path: Path, language: str) -> None:
    read = read_text(law, tmp_path, texts.SENTENCES[language])
    assert read.counted == 2
    assert len(read.sections) == 1


def test_sections_have_their_number_heading_and_line(act: StatuteRead) -> None:
    assert act.counted == 6
    assert [(s.number, s.heading) for s in act.sections] == [
        ("1", "Interpretation"),
        ("2", "Trafficking in persons"),
        ("3", "Aggravated trafficking"),
        ("4", "Holding in slavery"),
        ("5", "Victims of trafficking"),
    ]
    lines = texts.ACT.splitlines()
    for s in act.sections:
        assert lines[(s.place.line or 0) - 1] == f"{s.number}. {s.heading}"


def test_each_section_has_its_part_in_the_law(act: StatuteRead) -> None:
    roles = {s.number: s.role for s in act.sections}
    assert roles == {"1": "definition", "2": "offence", "3": "aggravation", "4": "offence", "5": "mention"}


def test_a_definition_of_something_else_says_nothing_of_the_conduct(act: StatuteRead) -> None:
    defined = {c.concept for c in section(act, "1").concepts}
    assert "act.transport" not in defined  # the vehicle that carries goods
    assert {"purpose.forced-labour", "purpose.practices-similar-to-slavery", "purpose.begging"} <= defined


def test_what_is_aimed_at_is_a_purpose_and_what_is_done_a_result(act: StatuteRead) -> None:
    assert {c.concept for c in section(act, "4").of("result")} == {"result.slavery"}
    assert section(act, "1").of("result") == ()


def test_an_aggravating_fact_is_no_part_of_the_conduct(act: StatuteRead) -> None:
    assert {c.concept for c in section(act, "3").aggravated} >= {"person.child", "circumstance.public-official"}
    assert section(act, "3").concepts == ()
    assert "person.child" not in {c.concept for c in section(act, "2").concepts}


def read_section(law: palermo.Law, tmp_path: Path, text: str) -> SectionRead:
    return read_text(
        law, tmp_path, f"1. Trafficking in persons\n{text}\n2. Fees\nFees are fixed by order.", "en"
    ).sections[0]


def test_what_an_act_does_or_is_for_is_proposed_as_both(law: palermo.Law, tmp_path: Path) -> None:
    read = read_section(law, tmp_path, "Whoever sells a child into slavery is liable to imprisonment for ten years.")
    assert {c.concept for c in (*read.of("purpose"), *read.of("result"))} == {"purpose.slavery", "result.slavery"}


def test_two_acts_of_the_common_definition_aim_at_what_follows(law: palermo.Law, tmp_path: Path) -> None:
    text = "Whoever recruits or transports a person into slavery is liable to imprisonment for ten years."
    read = read_section(law, tmp_path, text)
    assert {c.concept for c in (*read.of("purpose"), *read.of("result"))} == {"purpose.slavery"}


def test_a_fact_that_statutes_grade_by_is_grading_and_a_border_is_not(law: palermo.Law, tmp_path: Path) -> None:
    text = "A parent who sells a person across the border is liable to imprisonment for ten years."
    read = read_section(law, tmp_path, text)
    assert {c.concept for c in read.aggravated} == {"circumstance.relative-or-guardian"}
    assert "circumstance.cross-border" in {c.concept for c in read.concepts}


def test_a_term_that_is_defined_belongs_to_the_conduct(law: palermo.Law, tmp_path: Path) -> None:
    text = """\
1. Interpretation
In this Act—
"debt bondage" means a pledge of labour for a debt;
"trafficking in persons" means the recruitment or transport of a person for exploitation;
"Minister" means the Minister who sees to it that children are adopted.
2. Fees
Fees are fixed by order."""
    defined = concepts(read_text(law, tmp_path, text, "en"))
    assert "purpose.debt-bondage" in defined
    assert "act.adoption-arranged" not in defined


def test_penalties_from_the_words_of_each_section(act: StatuteRead) -> None:
    penalties = {s.number: s.penalty.penalty for s in act.sections if s.penalty}
    assert (penalties["2"].min, penalties["2"].max) == (Term(5, "year"), Term(20, "year"))
    assert (penalties["3"].min, penalties["3"].max) == (None, Term(0, "life"))
    assert (penalties["4"].min, penalties["4"].max) == (None, Term(15, "year"))


def test_measures_with_value_section_and_sentence(act: StatuteRead) -> None:
    found = {m.measure: m for m in act.measures}
    assert found["victim.non-punishment"].value == "yes"
    assert found["victim.proceedings-in-camera"].support.section == "5"
    assert "in camera" in found["victim.proceedings-in-camera"].support.sentence
    assert found["victim.reflection-period"].value == "45 days"
    assert found["criminal.child-age"].value == 18
    assert "victim.legal-aid" not in found


def test_every_proposal_quotes_the_statute(act: StatuteRead) -> None:
    flat = " ".join(texts.ACT.split())
    supports = [m.support for m in act.measures]
    for s in act.sections:
        supports += [s.because, *(c.support for c in (*s.concepts, *s.aggravated))]
    for support in supports:
        quoted = support.sentence.removeprefix("… ").removesuffix(" …").removesuffix(".")
        assert quoted in flat


def test_a_text_without_the_matter_yields_nothing(law: palermo.Law, tmp_path: Path) -> None:
    read = read_text(
        law, tmp_path, "1. Fees\nThe Minister may prescribe the fees.\n\n2. Repeal\nThe Act is repealed.\n"
    )
    assert read.counted == 2
    assert read.sections == ()


def test_the_child_without_means_is_seen(law: palermo.Law, tmp_path: Path) -> None:
    text = (
        "1. Trafficking in persons\n(1) A person who recruits another person by deception for the purpose of slavery "
        "commits an offence.\n(2) The recruitment of a child for the purpose of slavery is an offence even if none of "
        "the means of subsection (1) was used.\n"
    )
    (found,) = read_text(law, tmp_path, text).sections
    assert found.child_needs_no_means
    assert "person.child" in {c.concept for c in found.concepts}


Writer = Callable[[Path, str], Path]


@pytest.mark.parametrize(
    ("kind", "write"), [("docx", texts.write_docx), ("pdf", texts.write_pdf), ("html", texts.write_html)]
)
@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_every_kind_of_file_says_the_same(
    law: palermo.Law, tmp_path: Path, kind: str, write: Writer, language: str
) -> None:
    read = law.read(write(tmp_path / f"act.{kind}", texts.SENTENCES[language]))
    assert texts.EXPECTED[language] <= concepts(read)
    assert all((s.place.page if kind == "pdf" else s.place.line) for s in read.sections)
    assert "99" not in {s.number for s in read.sections}


@pytest.mark.parametrize(
    "text",
    [
        texts.AKOMA_NTOSO.format(namespace="http://www.akomantoso.org/2.0"),
        texts.AKOMA_NTOSO.format(namespace="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"),
        texts.CLML,
        texts.USLM,
        texts.CANADA,
    ],
    ids=["akn2", "akn3", "clml", "uslm", "canada"],
)
def test_markup_names_the_sections(law: palermo.Law, tmp_path: Path, text: str) -> None:
    path = tmp_path / "act.xml"
    path.write_text(text, encoding="utf-8")
    read = law.read(path)
    assert read.counted == 2
    (found,) = read.sections
    assert (found.number, found.heading, found.role) == ("2", "Trafficking in persons", "offence")
    assert {c.concept for c in found.concepts} == {"act.recruitment", "means.deception", "purpose.forced-labour"}
    assert found.penalty is not None
    assert found.penalty.penalty.max == Term(10, "year")


def test_an_entity_of_a_file_is_not_followed(law: palermo.Law, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("slavery", encoding="utf-8")
    path = tmp_path / "act.xml"
    path.write_text(
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a><p>Section 1 The law on fees &x; is this.</p></a>',
        encoding="utf-8",
    )
    assert law.read(path, "en").sections == ()
