"""A questionnaire filled from law, earlier answers taken over where the duties are the same and flagged where not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import palermo
from palermo.conformity.findings import Verdict
from palermo.corpus.problems import CorpusError
from palermo.ledger.parties import UnknownName
from palermo.monitoring.answers import QuestionAnswered
from palermo.monitoring.own_answers import GivenAnswer, answers_text, from_table, read_answers

ON = date(2026, 1, 1)
GIVEN = GivenAnswer(questionnaire="greta-3", question="7.1", says="s 45 is used.", by="Home Office", date=ON)


def question(law: palermo.Law, questionnaire: str, id: str, *own: GivenAnswer) -> QuestionAnswered:
    found = law.answers("GBR", questionnaire, own, ON)
    return next(asked for asked in found.questions if asked.id == id)


def test_the_law_answers_with_its_sections(law: palermo.Law) -> None:
    """CETS 197 art 26: in England and Wales Modern Slavery Act 2015 s 45, a defence that leaves out Schedule 4."""
    found = question(law, "greta-3", "7.1")
    england = next(drafted for drafted in found.drafted if drafted.system == "GBR-EAW")
    assert england.gives is Verdict.IN_PART
    assert any("Modern Slavery Act 2015 s 45" in cite for cite in england.relies_on)
    assert (found.answer, found.reused) == (None, ())


def test_an_answer_to_the_same_question_is_the_answer(law: palermo.Law) -> None:
    found = question(law, "greta-3", "7.1", GIVEN)
    assert (found.answer, found.answered_by) == ("s 45 is used.", "Home Office")


def test_an_answer_about_the_same_duties_is_taken_over(law: palermo.Law) -> None:
    """The Protocol's article 5(1) is asked about twice: on the definition and on penalties."""
    given = GivenAnswer(questionnaire="untoc-tip-1", question="3", says="Section 2.", by="Home Office")
    found = question(law, "untoc-tip-1", "5.1", given)
    assert found.answer == "Section 2."
    assert "untoc-tip-1 3" in (found.answered_by or "")


def test_an_answer_in_the_same_matter_is_offered_with_the_difference_and_not_filled_in(law: palermo.Law) -> None:
    """Compensation: CETS 197 art 15(3) of GRETA and art 6(6) of the UN Protocol are different duties."""
    given = GivenAnswer(questionnaire="untoc-tip-1", question="6.6", says="Reparation orders.", by="Home Office")
    found = question(law, "greta-3", "3.1", given)
    assert found.answer is None
    (offered,) = found.reused
    assert offered.fit == "same_matter"
    assert any("art 15(3)" in told for told in offered.differs)
    assert any("art 6(6)" in told for told in offered.differs)
    assert offered.asked == "How can victims obtain compensation for damage?"


def test_another_kind_of_question_is_a_difference(law: palermo.Law) -> None:
    """How compensation can be had, and how many had it, are about one duty and not one question."""
    given = GivenAnswer(questionnaire="greta-3", question="3.1", says="By order.", by="Home Office")
    found = question(law, "greta-3", "3.3", given)
    assert found.answer is None
    assert found.reused[0].fit == "shared_duty"
    assert found.reused[0].differs == ("asked here for figures, there for law",)


def test_a_matter_is_found_through_what_the_tests_of_a_lens_ask(law: palermo.Law) -> None:
    """22 USC 7106(b)(2) asks also whether victims are punished, as CETS 197 art 26 does."""
    found = question(law, "tip-report", "b2", GIVEN)
    assert [(taken.question, taken.fit) for taken in found.reused] == [("7.1", "same_matter")]
    assert question(law, "tip-report", "b1", GIVEN).reused == ()


def test_shadow_answers_and_comments_stand_beside_and_never_become_the_answer(law: palermo.Law) -> None:
    shadow = GivenAnswer(questionnaire="greta-3", question="7.1", says="Too narrow.", by="An NGO", role="shadow")
    comment = GivenAnswer(questionnaire="greta-3", question="7.1", says="Under review.", by="The State", role="comment")
    found = question(law, "greta-3", "7.1", shadow, comment)
    assert found.answer is None
    assert [taken.says for taken in found.shadows] == ["Too narrow."]
    assert [said.says for said in found.comments] == ["Under review."]


def test_a_drafted_file_is_read_back_as_it_was_filled(law: palermo.Law, tmp_path: Path) -> None:
    from palermo.reports.questionnaire import to_fill

    path = tmp_path / "own.yaml"
    odd = GivenAnswer(questionnaire="greta-3", question="3.1", says='# "odd": \ttext\n  indented\n', by="x: y")
    found = law.answers("GBR", "greta-3", [GIVEN, odd], ON)
    path.write_text(answers_text("GBR", found.title, to_fill(found, "Ministry")), encoding="utf-8")
    read = {answer.question: answer for answer in read_answers(path, law.corpus, "GBR")}
    assert {id: answer.says for id, answer in read.items()} == {"7.1": "s 45 is used.", "3.1": odd.says.strip()}
    assert read["7.1"].by == "Ministry"


def test_a_file_about_another_state_is_refused(law: palermo.Law, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("state: FRA\nanswers: []\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="answers about FRA, not GBR"):
        read_answers(path, law.corpus, "GBR")


def test_rows_without_question_and_answer_are_passed_over(law: palermo.Law) -> None:
    asked = law.corpus.questionnaires["greta-3"]
    rows = [["a", "b"], ["Question", "x", "Answer"], ["7.1", "", " yes "], ["8.1", "", ""], ["9.9", "", "no"]]
    given, unknown = from_table(asked, rows, "Ministry")
    assert [(answer.question, answer.says, answer.by) for answer in given] == [("7.1", "yes", "Ministry")]
    assert unknown == ("9.9",)


def test_an_unknown_questionnaire_is_named_with_the_nearest(law: palermo.Law) -> None:
    with pytest.raises(UnknownName, match="did you mean greta-3"):
        law.answers("GBR", "greta-4")


def test_every_question_about_law_leads_to_a_test(law: palermo.Law) -> None:
    for asked in law.corpus.questionnaires.values():
        for found in asked.questions:
            for duty in found.duties:
                name, _, id = duty.partition(" ")
                assert law.corpus.instruments[name].provision(id).test is not None, (asked.id, found.id, duty)
