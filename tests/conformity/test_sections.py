"""A section of a law is found by its id, its citation or a part of it, and never by a part of a number."""

from __future__ import annotations

from datetime import date

import pytest

import palermo
from palermo.conformity.sections import sections
from palermo.ledger.parties import UnknownName


def test_every_offence_and_measure_is_found_by_its_id_and_by_its_citation(law: palermo.Law) -> None:
    for system in law.corpus.legal_systems.values():
        for offence in system.offences:
            found = sections(law.corpus, system.id, offence.id)
            assert {s.authority.id for s in found} == {offence.id}
            assert offence.conduct in [s.conduct for s in found]
            assert offence.id in {s.authority.id for s in sections(law.corpus, system.id, offence.cite)}
        for id, values in system.measures.items():
            found = [s for s in sections(law.corpus, system.id, id) if s.kind == "measure"]
            assert [s.authority.value for s in found] == [str(value.value) for value in values]


def test_a_part_of_a_citation_is_a_whole_number(law: palermo.Law) -> None:
    cites = {s.authority.cite for s in sections(law.corpus, "GBR-EAW", "s 45")}
    assert cites == {"Modern Slavery Act 2015 s 45 and Sch 4"}
    assert not any("s 45" in s.authority.cite for s in sections(law.corpus, "GBR-EAW", "s 4"))


def test_a_day_leaves_out_what_was_not_in_force(law: palermo.Law) -> None:
    name = "Modern Slavery Act 2015 s 2"
    assert sections(law.corpus, "GBR-EAW", name, date(2020, 1, 1))
    with pytest.raises(UnknownName, match="in force on 2010-01-01"):
        sections(law.corpus, "GBR-EAW", name, date(2010, 1, 1))


def test_what_is_not_encoded_is_told_with_the_nearest(law: palermo.Law) -> None:
    with pytest.raises(UnknownName, match="did you mean Modern Slavery Act 2015 s 2"):
        sections(law.corpus, "GBR-EAW", "Modern Slavry Act 2015 s 2")
    with pytest.raises(UnknownName, match="no section ''"):
        sections(law.corpus, "GBR-EAW", "")
