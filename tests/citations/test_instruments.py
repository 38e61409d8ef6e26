"""Treaties, acts of the European Union and statutes as the three styles cite them.

The rules: OSCOLA 2006 part IV A 1 (`Title (adopted day, entered into force day) series (short title) art n`; OSCOLA
4th edition 2.6.1 for the Union: `title [year] OJ series issue/page, art n`); Bluebook 21.4 (name, subdivision, date and
its word unless all signed that day, series) and 21.9; United Nations documents (`United
Nations, Treaty Series, vol. n, p. n`).
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import palermo
from palermo.citations.instruments import cite_instrument
from palermo.citations.names import UnknownStyle
from palermo.citations.styles import STYLES, article, day_in
from palermo.corpus.lookup import UnknownFormula
from palermo.ledger.parties import UnknownName

PROTOCOL = (
    "Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially Women and Children, supplementing the "
    "United Nations Convention against Transnational Organized Crime"
)
DIRECTIVE = (
    "Directive 2011/36/EU of the European Parliament and of the Council on preventing and combating trafficking in "
    "human beings and protecting its victims"
)
GOLDEN = [
    (
        "refugee-1951 33(1)",
        "oscola",
        "Convention relating to the Status of Refugees (adopted 28 July 1951, entered into force 22 April 1954) "
        "189 UNTS 137 (Refugee Convention) art 33(1)",
    ),
    (
        "palermo-protocol 3(a)",
        "oscola",
        f"{PROTOCOL} (adopted 15 November 2000, entered into force 25 December 2003) 2237 UNTS 319 "
        "(UN Trafficking Protocol) art 3(a)",
    ),
    (
        "palermo-protocol 3(a)",
        "bluebook",
        f"{PROTOCOL} art. 3(a), adopted Nov. 15, 2000, 2237 U.N.T.S. 319.",
    ),
    (
        "palermo-protocol 3(a)",
        "un",
        f"{PROTOCOL} (adopted 15 November 2000, entered into force 25 December 2003), United Nations, Treaty Series, "
        "vol. 2237, p. 319, art. 3 (a)",
    ),
    (
        "cets-197 13(1)",
        "oscola",
        "Council of Europe Convention on Action against Trafficking in Human Beings (opened for signature 16 May 2005, "
        "entered into force 1 February 2008) CETS 197 (CoE Trafficking Convention) art 13(1)",
    ),
    (
        "ets-024 2",
        "bluebook",
        "European Convention on Extradition art. 2, opened for signature Dec. 13, 1957, E.T.S. No. 24.",
    ),
    (
        "slavery-1926 1(1)",
        "un",
        "Convention to Suppress the Slave Trade and Slavery (Slavery Convention) (adopted 25 September 1926, entered "
        "into force 9 March 1927), League of Nations, Treaty Series, vol. LX, p. 254, art. 1 (1)",
    ),
    ("eu-2011-36 4(1)", "oscola", f"{DIRECTIVE} [2011] OJ L101/1, art 4(1)"),
    ("eu-2011-36 4(1)", "bluebook", f"{DIRECTIVE}, art. 4(1), 2011 O.J. (L 101) 1 (EU)."),
    (
        "oas-a35",
        "bluebook",
        "Convention on Extradition, adopted Dec. 26, 1933, 49 Stat. 3111, O.A.S.T.S. No. 34.",
    ),
]


@pytest.mark.parametrize(("name", "style", "expected"), GOLDEN)
def test_as_the_style_writes_it(law: palermo.Law, name: str, style: str, expected: str) -> None:
    assert law.cite(name, style) == expected


def test_what_the_corpus_does_not_hold_is_left_out(law: palermo.Law) -> None:
    smuggling = law.corpus.instruments["smuggling-protocol"]
    assert "unts" not in smuggling.reference
    for style in STYLES:
        said = law.cite("smuggling-protocol 6", style)
        assert not re.search(r"UNTS|U\.N\.T\.S\.|Treaty Series|None|\(\)|, ,|  ", said), said
    assert law.cite("traffic-1910").endswith("(adopted 4 May 1910) (Convention of 1910)")


def test_before_its_entry_into_force_an_instrument_is_not_yet_in_force(law: palermo.Law) -> None:
    assert "(adopted 15 November 2000, not yet in force)" in law.cite("untoc", on=date(2003, 9, 28))
    assert "entered into force 29 September 2003" in law.cite("untoc", on=date(2003, 9, 29))


def test_every_provision_of_every_instrument_can_be_cited(law: palermo.Law) -> None:
    for instrument in law.corpus.instruments.values():
        for provision in instrument.provisions:
            for style in STYLES:
                said = law.cite(f"{instrument.id} {provision.id}", style)
                assert said == said.strip()
                assert "@" not in said
                assert "None" not in said
                assert (said.endswith(".")) == (style == "bluebook") or said.endswith("etc."), said
                if instrument.kind != "domestic":
                    assert said.startswith(instrument.title)
                    assert re.search(rf"{re.escape(provision.id[:1])}", said.removeprefix(instrument.title))


@given(st.sampled_from(["unts", "lnts"]), st.integers(1, 3200), st.integers(1, 900), st.sampled_from(STYLES))
def test_volume_and_page_are_never_changed(series: str, volume: int, page: int, style: str) -> None:
    from dataclasses import replace

    from palermo.corpus.models import EntryIntoForce, Instrument, TextRead

    plain = Instrument(
        id="x",
        title="Convention on X",
        short="X",
        kind="convention",
        entry_into_force=EntryIntoForce(),
        text=TextRead(source="x"),
        provisions=(),
    )
    cited = cite_instrument(
        replace(plain, reference={series: f"{volume} {series.upper()} {page}"}),
        None,
        style=style,  # type: ignore[arg-type]
    )
    numbers = re.findall(r"\d+", cited)
    if series == "lnts" and style == "un":
        (roman,) = re.findall(r"vol\. ([IVXLCDM]+)", cited)
        assert _value(roman) == volume
        assert numbers == [str(page)]
    else:
        assert numbers == [str(volume), str(page)]


def _value(roman: str) -> int:
    """A Roman numeral read by its own rule: a smaller sign before a larger is taken away."""
    signs = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    values = [signs[sign] for sign in roman]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def test_pinpoints() -> None:
    assert article("oscola", "3(a)") == "art 3(a)"
    assert article("bluebook", "3(a)") == "art. 3(a)"
    assert article("un", "6(3)(a)") == "art. 6 (3) (a)"
    assert article("un", "1A(2)") == "art. 1A (2)"
    assert article("oscola", "VII(2)") == "art VII(2)"
    assert article("oscola", "13(1) s 3") == "art 13(1), third sentence"
    assert article("oscola", "25 clause 2") == "art 25, second clause"
    assert article("oscola", "10(2) s 2 (assistance)") == "art 10(2), second sentence"
    assert article("oscola", "2(1)@2024") == "art 2(1)"
    assert article("oscola", "9(1)(a)-(b)") == "art 9(1)(a)–(b)"
    assert article("bluebook", "Annex I art 3") == "Annex I art. 3"
    assert article("oscola", "Final Protocol A") == "Final Protocol A"


@given(st.dates())
def test_days(day: date) -> None:
    assert day_in("oscola", day).split() == [str(day.day), f"{day:%B}", str(day.year)]
    month, number, year = day_in("bluebook", day).replace(",", "").split()
    assert (number, year) == (str(day.day), str(day.year))
    assert month.rstrip(".") == f"{day:%B}"[: len(month.rstrip("."))]
    assert month.endswith(".") == (f"{day:%B}" not in ("May", "June", "July"))


@pytest.mark.parametrize("written", ["art 3(a)", "3 (a)", "article 3(a)", "art. 3 (a)"])
def test_a_provision_may_be_written_in_several_ways(law: palermo.Law, written: str) -> None:
    assert law.cite(f"palermo-protocol {written}") == law.cite("palermo-protocol 3(a)")


def test_nothing_is_cited_that_is_not_there(law: palermo.Law) -> None:
    with pytest.raises(UnknownFormula, match=r"palermo-protocol has no provision '33'; did you mean 3"):
        law.cite("palermo-protocol 33")
    with pytest.raises(UnknownFormula, match="has no provision '21"):
        law.cite("palermo-protocol 21(1)")
    with pytest.raises(UnknownName, match="did you mean palermo-protocol"):
        law.cite("palermo-protocl")
    with pytest.raises(UnknownStyle, match="did you mean oscola"):
        law.cite("untoc", "oscolla")
