"""What a lawyer types finds the law about it, in six languages, and no query breaks anything."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import palermo
from palermo.corpus.cache import cache_folder
from palermo.ledger.parties import UnknownName
from palermo.search.find import Found
from palermo.search.query import MOST_CHARACTERS, NothingAsked, asked_for

from ..corpus.small import SYSTEM, write


def ids(found: Found) -> list[str]:
    return [hit.id for hit in found.hits]


@pytest.mark.parametrize(
    "query", ["slavery", "esclavage", "esclavitud", "рабство", "рабства", "الاسترقاق", "الرق", "奴役", "ESCLAVITUD"]
)
def test_slavery_in_six_languages(law: palermo.Law, query: str) -> None:
    """Art 3(a) of the Protocol names slavery as exploitation; the Convention of 1926 defines it; s 1 of the UK Act of
    2015 and 104 StGB (Austria) punish it."""
    found = law.search(query, limit=1000)
    assert found.match == "all"
    named = ids(found)
    assert {"purpose.slavery", "palermo-protocol 3", "slavery-1926 1(1)"} <= set(named)
    assert {"GBR-EAW msa-2015/1", "AUT aut-stgb/104"} <= set(named)
    if query not in ("slavery", "الرق"):  # the labels of other concepts say these words too
        assert named[0] == "purpose.slavery"


@pytest.mark.parametrize(
    "query",
    [
        "forced labor",
        "travail forcé",
        "TRAVAIL FORCE",
        "trabajo forzado",
        "принудительный труд",
        "العمل القسري",
        "强迫劳动",
    ],
)
def test_forced_labour_in_six_languages(law: palermo.Law, query: str) -> None:
    """Art 1(1) of ILO Convention 29 asks for its suppression, Palermo art 3(a) names it, 18 USC 1589 punishes it."""
    named = ids(law.search(query, limit=1000))
    assert {"palermo-protocol 3", "ilo-c029 1(1)", "USA usc-18/1589"} <= set(named)


@pytest.mark.parametrize(
    "query",
    [
        "trafficking in persons",
        "human trafficking",
        "traite des personnes",
        "traite des êtres humains",
        "trata de personas",
        "торговля людьми",
        "الاتجار بالأشخاص",
        "الاتجار بالبشر",
        "贩运人口",
    ],
)
def test_the_word_for_trafficking(law: palermo.Law, query: str) -> None:
    found = law.search(query, limit=2000)
    assert found.match == "all"
    assert {"palermo-protocol", "palermo-protocol 5(1)", "cets-197 18", "GBR-EAW msa-2015/2"} <= set(ids(found))


@pytest.mark.parametrize(
    "query",
    [
        "organ removal",
        "removal of organs",
        "prélèvement d'organes",
        "extracción de órganos",
        "切除器官",
        "извлечение органов",
    ],
)
def test_removal_of_organs(law: palermo.Law, query: str) -> None:
    """Art 156 bis of the Spanish Criminal Code punishes trade in organs."""
    assert {"palermo-protocol 3", "ESP esp-cp/156bis"} <= set(ids(law.search(query, limit=1000)))


@pytest.mark.parametrize("query", ["délai de réflexion", "reflection period", "período de reflexión", "思考期"])
def test_the_reflection_period(law: palermo.Law, query: str) -> None:
    """Art 13 of the Council of Europe's Convention; in Spain art 59 bis of the Aliens Act, at least 90 days."""
    named = ids(law.search(query, limit=1000))
    assert "ESP victim.reflection-period" in named
    assert any(id.startswith("cets-197 13(1)") for id in named)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("18 USC 1591", "USA usc-18/1591"),
        ("18 U.S.C. § 1591", "USA usc-18/1591"),
        ("Modern Slavery Act 2015 s 45", "GBR-EAW victim.non-punishment"),
        ("XVIII-12-a", "palermo-protocol"),
        ("palermo-protocol 3(a)", "palermo-protocol 3"),
        ("UN Trafficking Protocol art 3(a)", "palermo-protocol 3"),
        ("2237 UNTS 319", "palermo-protocol"),
        ("cets 197", "cets-197"),
        ("palermo-protocol 6(3)", "palermo-protocol 6(3)"),
        ("UN Trafficking Protocol article 5(1)", "palermo-protocol 5(1)"),
        ("msa-2015/2", "GBR-EAW msa-2015/2"),
        ("StGB § 104", "AUT aut-stgb/104"),
    ],
)
def test_a_citation_finds_the_provision_first(law: palermo.Law, query: str, first: str) -> None:
    hit = law.search(query).hits[0]
    assert hit.id.startswith(first)
    assert hit.cited


def test_a_section_alone_finds_it_in_every_law(law: palermo.Law) -> None:
    found = law.search("s 45", limit=100)
    assert all("45" in hit.cite or "45" in hit.id for hit in found.hits if hit.cited)
    assert {"GBR-EAW victim.non-punishment", "MWI victim.assistance.housing"} <= set(ids(found))


def test_a_party_by_code_and_by_name_in_any_language(law: palermo.Law) -> None:
    for query in ("GHA", "Ghana", "Гана", "غانا", "加纳"):
        assert ids(law.search(query))[0] == "GHA", query
    assert ids(law.search("UK"))[0] == ids(law.search("U.K."))[0] == "GBR"
    assert "IND" not in ids(law.search("trafficking in persons", kinds=("party",)))


def test_a_state_and_a_matter(law: palermo.Law) -> None:
    found = law.search("Австрия рабство")
    assert found.match == "all"
    assert {hit.legal_system for hit in found.hits if hit.kind == "offence"} == {"AUT"}


def test_a_phrase_is_narrower_than_its_words(law: palermo.Law) -> None:
    phrase, words = law.search('"forced marriage"', limit=3000), law.search("forced marriage", limit=3000)
    assert 0 < phrase.total < words.total
    assert set(ids(phrase)) <= set(ids(words))


def test_the_beginning_of_a_word(law: palermo.Law) -> None:
    assert set(ids(law.search("smuggling", limit=3000))) <= set(ids(law.search("smugg*", limit=3000)))
    assert law.search("smugg").match == "none"


def test_where_nothing_has_all_words_any_will_do(law: palermo.Law) -> None:
    found = law.search("slavery zzyzx")
    assert (found.match, [missing.word for missing in found.not_found]) == ("any", ["zzyzx"])
    assert found.hits


@pytest.mark.parametrize(
    ("wrong", "right"), [("slavary", "slavery"), ("esclavitut", "esclavitud"), ("рабсвто", "рабство")]
)
def test_did_you_mean(law: palermo.Law, wrong: str, right: str) -> None:
    found = law.search(wrong)
    assert (found.match, found.total, found.hits) == ("none", 0, ())
    assert right in found.not_found[0].nearest


def test_filters(law: palermo.Law) -> None:
    everything = law.search("trafficking", limit=3000)
    assert sum(everything.by_kind.values()) == everything.total == len(everything.hits)
    offences = law.search("trafficking", kinds=("offence",), limit=3000)
    assert offences.by_kind == {"offence": everything.by_kind["offence"]}
    british = law.search("trafficking", state="United Kingdom", limit=3000)
    systems = {hit.legal_system for hit in british.hits if hit.kind == "offence"}
    assert {"GBR-EAW", "GBR-SCT"} <= systems <= {"GBR-EAW", "GBR-SCT", "GBR-NIR"}
    scottish = law.search("trafficking", state="gbr-sct", limit=3000)
    assert {hit.legal_system for hit in scottish.hits} == {"GBR-SCT"}
    convention = law.search("victim", instrument="cets-197", limit=3000)
    assert {hit.instrument for hit in convention.hits} == {"cets-197"}
    assert law.search("trafficking", limit=3).hits == everything.hits[:3]


def test_words_of_one_language_alone(law: palermo.Law) -> None:
    """`attempt` is no word of French: the English text is left out."""
    assert law.search("esclavage", language="fr").total == law.search("esclavage").total
    assert law.search("esclavage", language="ru").total == 0
    assert law.search("abolish", language="fr").total < law.search("abolish").total


def test_on_a_day_only_what_was_in_force(law: palermo.Law) -> None:
    """The Modern Slavery Act 2015 ss 1 and 2 came into force on 31 July 2015."""
    arguments = {"kinds": ("offence",), "state": "GBR-EAW", "limit": 1000}
    before = ids(law.search("slavery", on=date(2015, 7, 30), **arguments))  # type: ignore[arg-type]
    after = ids(law.search("slavery", on=date(2015, 7, 31), **arguments))  # type: ignore[arg-type]
    assert "GBR-EAW msa-2015/1" not in before
    assert "GBR-EAW msa-2015/1" in after


def test_marks_are_the_words_found(law: palermo.Law) -> None:
    for query, stems in (("removing organs", ("remov", "organ")), ("рабство", ("рабств",))):
        found = law.search(query, limit=50)
        assert any(hit.marks or hit.snippet_marks for hit in found.hits)
        for hit in found.hits:
            for text, marks in ((hit.title, hit.marks), (hit.snippet, hit.snippet_marks)):
                for start, end in marks:
                    said = text[start:end].casefold()
                    assert any(s in said for s in stems) or "slav" in said, (query, text, said)


def test_names_that_are_not_known(law: palermo.Law) -> None:
    with pytest.raises(UnknownName, match="did you mean GHA"):
        law.search("slavery", state="Gana")
    with pytest.raises(UnknownName, match="did you mean palermo-protocol"):
        law.search("slavery", instrument="palermo-protocl")


NASTY = "\"*()^:-+{}[]ANDORNOT NEAR/3,;'\\\x00\x1a\ud800«»“”奴العёa1§.%_"


@given(st.text(st.sampled_from(NASTY), max_size=40) | st.text(max_size=60))
def test_no_query_breaks(law: palermo.Law, query: str) -> None:
    try:
        found = law.search(query, limit=2)
    except NothingAsked:
        return
    assert found.total >= len(found.hits)
    found.query.encode()


@pytest.mark.parametrize("query", ["", "  ", '"', '""', "***", "()", "\x00", ":-^", "«»"])
def test_nothing_asked(query: str) -> None:
    with pytest.raises(NothingAsked, match="say what to look for"):
        asked_for(query)


def test_a_query_has_an_end(law: palermo.Law) -> None:
    with pytest.raises(NothingAsked, match=f"at most {MOST_CHARACTERS} characters"):
        law.search("a" * 10_000)
    with pytest.raises(NothingAsked, match="at most 64 words"):
        law.search(" ".join(f"w{i}" for i in range(65)))
    for longest in ("奴役" * 999, " ".join(f"slavery{i}" for i in range(64)), "w" * 1999, '"' + "a b " * 499 + '"'):
        assert law.search(longest, limit=1).total >= 0


@pytest.mark.parametrize("query", ["slavery AND", "NOT slavery", '"slavery', "slavery)", "title:slavery", "slavery^"])
def test_signs_of_query_languages_are_words(law: palermo.Law, query: str) -> None:
    assert law.search(query).hits


def test_an_overlay_is_searched_and_the_index_follows_the_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALERMO_CACHE", str(tmp_path / "cache"))
    base = write(tmp_path / "base")
    assert palermo.load(base=base).search("trafficking", kinds=("offence",)).total == 1
    bill = tmp_path / "bill" / "jurisdictions" / "ITA.yaml"
    bill.parent.mkdir(parents=True)
    bill.write_text(
        "id: ITA\noffences:\n  - {id: code/9, title: quixotic bondage, cite: Bill cl 9, conduct: means.force}\n"
    )
    overlaid = palermo.load(tmp_path / "bill", base=base)
    (hit,) = overlaid.search("quixotic").hits
    assert (hit.id, hit.cite, hit.legal_system) == ("ITA code/9", "Bill cl 9", "ITA")
    assert palermo.load(base=base).search("quixotic").match == "none"
    write(tmp_path / "base", system=SYSTEM.replace("title: trafficking\n", "title: quixotism\n"))
    assert palermo.load(base=base).search("quixotism").total == 1


def test_the_index_is_kept_and_a_damaged_one_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALERMO_CACHE", str(tmp_path / "cache"))
    base = write(tmp_path / "base")
    first = palermo.load(base=base).search("trafficking")
    (kept,) = cache_folder().glob("*.search")
    assert not [path for path in cache_folder().iterdir() if path.name.startswith(".")]
    with monkeypatch.context() as patch:
        patch.setattr("palermo.search.index.built", lambda *_: pytest.fail("the kept index was not used"))
        assert palermo.load(base=base).search("trafficking") == first
    whole = kept.read_bytes()
    for damaged in (b"", b"not this", whole[: len(whole) // 2], whole[:4096] + bytes(len(whole) - 4096)):
        kept.write_bytes(damaged)
        assert palermo.load(base=base).search("trafficking") == first


def test_without_a_cache_it_works_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("PALERMO_CACHE", str(blocked / "cache"))
    law = palermo.load(base=write(tmp_path / "base"))
    assert law.search("trafficking").total == law.search("trafficking").total > 0


def test_the_index_may_be_asked_from_several_threads(law: palermo.Law) -> None:
    from concurrent.futures import ThreadPoolExecutor

    queries = ["slavery", "рабство", "18 USC 1591", "强迫劳动"] * 5
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(law.search, queries))
    assert found == [law.search(query) for query in queries]
    assert sqlite3.threadsafety >= 1
