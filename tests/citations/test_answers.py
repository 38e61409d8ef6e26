"""An answer of Palermo as a source on the web: OSCOLA 3.4.8, Bluebook rule 18.2, United Nations practice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import palermo
from palermo.citations.answers import AnswerCited, cite_answer

ANSWER = AnswerCited(
    title="Nigeria: what binds it, on 1 January 2020",
    on=date(2020, 1, 1),
    corpus_version="0.1.0-abc",
    address="https://palermo.example/states/NGA?on=2020-01-01",
    accessed=date(2026, 11, 26),
)


def test_the_three_styles() -> None:
    assert cite_answer(ANSWER, "oscola") == (
        "Palermo, ‘Nigeria: what binds it, on 1 January 2020’ (corpus 0.1.0-abc) "
        "<https://palermo.example/states/NGA?on=2020-01-01> accessed 26 November 2026"
    )
    assert cite_answer(ANSWER, "bluebook") == (
        "Nigeria: what binds it, on 1 January 2020, Palermo (corpus 0.1.0-abc), "
        "https://palermo.example/states/NGA?on=2020-01-01 (last visited Nov. 26, 2026)."
    )
    assert cite_answer(ANSWER, "un") == (
        "Palermo, “Nigeria: what binds it, on 1 January 2020” (corpus 0.1.0-abc). Available at "
        "https://palermo.example/states/NGA?on=2020-01-01 (accessed on 26 November 2026)"
    )


def test_the_day_asked_about_is_said_where_the_title_does_not() -> None:
    untitled = AnswerCited("Nigeria", date(2020, 1, 1), "v", "https://a.example", date(2026, 11, 26))
    assert "(law as on 1 January 2020, corpus v)" in cite_answer(untitled)
    assert "(law as on Jan. 1, 2020, corpus v)" in cite_answer(untitled, "bluebook")
    undated = AnswerCited("Nigeria", None, "v", "https://a.example", date(2026, 11, 26))
    assert cite_answer(undated) == "Palermo, ‘Nigeria’ (corpus v) <https://a.example> accessed 26 November 2026"


def test_the_version_changes_with_the_corpus_and_with_nothing_else(law: palermo.Law, tmp_path: Path) -> None:
    assert palermo.load().version == law.version
    (tmp_path / "bill.yaml").write_text("id: GBR-SCT\nnote: another\n", encoding="utf-8")
    (tmp_path / "jurisdictions").mkdir()
    (tmp_path / "bill.yaml").rename(tmp_path / "jurisdictions" / "GBR-SCT.yaml")
    assert palermo.load(tmp_path).version != law.version
