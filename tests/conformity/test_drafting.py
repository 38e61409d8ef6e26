"""Bills drafted by changing elements: a smallest widening, made a bill, closes the gap it was computed for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import palermo
from palermo.conformity.bills import tried
from palermo.conformity.drafting import Edits, NoBill, OffenceDraft, bill_of_widening, edited, widenings_of
from palermo.conformity.findings import Finding
from palermo.corpus.yaml_files import read_yaml, written_yaml
from palermo.logic.formula import holds, parse, written

ON = date(2026, 3, 1)


@pytest.mark.parametrize("system", ["GBR-EAW", "USA"])
@pytest.mark.parametrize("instrument", ["palermo-protocol"])
def test_the_bill_of_a_smallest_widening_closes_its_gap(law: palermo.Law, system: str, instrument: str) -> None:
    before = law.assess(system, instrument, ON)
    for finding in before.systems[0].findings:
        for number, box in enumerate(_boxes(finding)[:2], start=1):
            try:
                bill = bill_of_widening(law.corpus, law.written(system).data, finding, number)
            except NoBill:
                continue
            after = law.with_bill(written_yaml(bill)).assess(system, instrument, ON)
            changed = {c.provision: c for c in tried(before, after).changed}
            assert {tuple(sorted(s)) for s in box} <= set(changed[finding.provision].closed)


def _boxes(finding: Finding) -> list[list[frozenset[str]]]:
    """The scenarios that each numbered widening of a finding is to bring in."""
    coverages = {id(coverage): coverage for coverage, _ in widenings_of(finding)}
    return [gap.box.scenarios() for c in coverages.values() for gap in c.gaps for _ in gap.widenings]


def test_there_is_something_to_close_in_england(law: palermo.Law) -> None:
    """The Modern Slavery Act 2015 s 2 asks for travel: dropping that element, or adding to it, is the widening."""
    (found,) = law.assess("GBR-EAW", on=ON).systems
    criminal = next(f for f in found.findings if f.provision == "5(1)")
    bill = bill_of_widening(law.corpus, law.written("GBR-EAW").data, criminal, 1)
    assert bill["id"] == "GBR-EAW"
    with pytest.raises(NoBill, match="smallest widenings"):
        bill_of_widening(law.corpus, law.written("GBR-EAW").data, criminal, 99)


def test_a_definition_is_changed_where_it_stands(law: palermo.Law) -> None:
    draft = OffenceDraft(law.corpus, law.written("GBR-EAW").data, "msa-2015/2")
    assert draft.at((1, 0)) == ("msa-2015/3", (0,))
    entry, formulas = draft.changed({"msa-2015/3": Edits(dropped={(0,)})})
    assert entry is None
    assert set(formulas) == {"msa-2015/3"}
    assert len(formulas["msa-2015/3"]["any"]) == len(draft.roots["msa-2015/3"].parts) - 1  # type: ignore[union-attr]


def test_an_element_may_be_dropped_widened_or_added() -> None:
    offence = parse({"all": ["act.transport", {"any": ["means.force", "means.fraud"]}]})
    wider = edited(offence, Edits(dropped={(0,)}, alternatives={(1,): ("means.threat",)}))
    assert wider is not None
    assert holds(wider, {"means.threat"})
    narrower = edited(offence, Edits(dropped={(1, 0)}, further={(): ("purpose.slavery",)}))
    assert narrower is not None
    assert not holds(narrower, {"act.transport", "means.force", "purpose.slavery"})
    assert not holds(narrower, {"act.transport", "means.fraud"})
    assert holds(narrower, {"act.transport", "means.fraud", "purpose.slavery"})
    assert edited(offence, Edits(dropped={(0,), (1, 0), (1, 1)})) is None


def test_what_is_written_is_read_back(law: palermo.Law) -> None:
    """Every formula and every file of the shipped corpus, written as YAML and read again, is the same."""
    for system in law.corpus.legal_systems.values():
        for formula in (*system.formulas.values(), *(o.conduct for o in system.offences)):
            assert parse(written(formula)) == formula
    data = law.written("GBR-EAW").data
    assert read_yaml(Path("x.yaml"), written_yaml(data)) == (data, [])


def test_a_law_written_anew_as_a_bill_changes_nothing(law: palermo.Law) -> None:
    added = ("look_up", "comments")  # entries of these are added to those there, never put in their place
    whole = written_yaml({key: value for key, value in law.written("NOR").data.items() if key not in added})
    assert law.with_bill(whole).assess("NOR", on=ON) == law.assess("NOR", on=ON)
