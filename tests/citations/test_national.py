"""Sections of national law as the three styles cite them.

The rules: OSCOLA 2.4.2 (`Human Rights Act 1998, s 15(1)(b)`) and 2.8 (foreign law as at home, with the State where that
is not clear); Bluebook 12.3 (`42 U.S.C. § 1983`, two signs for several sections), 20.5 (name, chapter, section, State).
"""

from __future__ import annotations

from datetime import date

import pytest

import palermo
from palermo.citations.styles import STYLES
from palermo.corpus.problems import CorpusError
from palermo.ledger.parties import UnknownName

GOLDEN = [
    ("GBR-EAW Modern Slavery Act 2015 s 2", "oscola", "Modern Slavery Act 2015, s 2"),
    ("GBR-EAW Modern Slavery Act 2015 s 2", "bluebook", "Modern Slavery Act 2015, c. 30, § 2 (U.K.)."),
    ("GBR-EAW Modern Slavery Act 2015 s 2", "un", "United Kingdom, Modern Slavery Act 2015, sect. 2"),
    ("GBR-EAW msa-2015", "oscola", "Modern Slavery Act 2015"),
    ("GBR-EAW msa-2015", "bluebook", "Modern Slavery Act 2015, c. 30 (U.K.)."),
    ("USA 18 USC 1591(a)", "oscola", "18 USC § 1591(a)"),
    ("USA 18 USC 1591(a)", "bluebook", "18 U.S.C. § 1591(a)."),
    ("USA 18 USC 1591(a)", "un", "United States Code, title 18, sect. 1591 (a)"),
    ("us-tvpa", "bluebook", None),
    ("DEU StGB s 232(1), (3)", "oscola", "StGB s 232(1), (3) (Germany)"),
    ("DEU StGB s 232(1), (3)", "bluebook", "StGB § 232(1), (3) (Germany)."),
    ("DEU StGB s 232(1), (3)", "un", "Germany, StGB sect. 232 (1), (3)"),
]


@pytest.mark.parametrize(("name", "style", "expected"), GOLDEN)
def test_as_the_style_writes_it(law: palermo.Law, name: str, style: str, expected: str | None) -> None:
    if expected is None:
        assert law.cite(name, style).endswith("22 U.S.C. §§ 7101 to 7110.")
    else:
        assert law.cite(name, style) == expected


def test_every_offence_and_act_can_be_cited(law: palermo.Law) -> None:
    for system in law.corpus.legal_systems.values():
        for style in STYLES:
            for id in system.acts:
                assert law.cite(f"{system.id} {id}", style).strip()
            for offence in system.offences:
                said = law.cite(f"{system.id} {offence.cite}", style)
                assert (said[-1] == ".") == (style == "bluebook"), said
                digits = [sign for sign in offence.cite if sign.isdigit()]
                assert [sign for sign in said if sign in digits][: len(digits)], said


def test_a_section_that_is_not_encoded_is_not_cited(law: palermo.Law) -> None:
    with pytest.raises(UnknownName, match="no section 's 999' is encoded of GBR-EAW"):
        law.cite("GBR-EAW s 999")
    with pytest.raises(UnknownName, match="name a section or act of GBR-EAW too"):
        law.cite("GBR-EAW")
    with pytest.raises(UnknownName, match=r"leads to \d+ sections"):
        law.cite("GBR-EAW Modern Slavery Act 2015")


def test_with_a_day_only_what_was_in_force_is_cited(law: palermo.Law) -> None:
    assert law.cite("GBR-EAW Modern Slavery Act 2015 s 2", on=date(2016, 1, 1))
    with pytest.raises(UnknownName, match="in force on 2010-01-01"):
        law.cite("GBR-EAW Modern Slavery Act 2015 s 2", on=date(2010, 1, 1))


def test_corpus_faults_are_not_mistakes_of_the_asker() -> None:
    from palermo.mistakes import mistakes

    assert not issubclass(CorpusError, mistakes())
