"""What a bill would change, and models to borrow from."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

import palermo
from palermo.conformity.findings import Verdict
from palermo.conformity.models_of import models_of
from palermo.corpus.lookup import UnknownFormula
from palermo.corpus.problems import CorpusError

ON = date(2026, 3, 1)
BILL = """\
id: GBR-EAW
offences:
  - id: msa-2015/2
    title: human trafficking, as the bill has it
    cite: Bill cl 1
    conduct: {formula: palermo-protocol 3}
    penalty: {max: life, cite: cl 2}
measures:
  victim.proceedings-information: {value: yes, cite: Bill cl 3, source: the bill, verified: true}
"""


def bill(folder: Path, text: str = BILL) -> Path:
    path = folder / "bill.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_bill_closes_gaps_and_changes_nothing_else(law: palermo.Law, tmp_path: Path) -> None:
    """A bill without the element of travel closes what the Modern Slavery Act 2015 s 2 leaves open."""
    found = law.try_bill("GBR", bill(tmp_path), on=ON)
    changed = {(c.system, c.provision): c for c in found.changed}
    assert set(changed) == {("GBR-EAW", "3(c)"), ("GBR-EAW", "5(1)"), ("GBR-EAW", "6(2)(a)")}
    criminal = changed["GBR-EAW", "5(1)"]
    assert (criminal.before, criminal.after) == (Verdict.IN_PART, Verdict.PROVIDED)
    assert ("act.harbouring", "means.deception", "purpose.forced-labour") in criminal.closed
    assert criminal.opened == ()
    assert changed["GBR-EAW", "6(2)(a)"].after is Verdict.PROVIDED


def test_what_is_known_of_the_law_is_used_again_only_where_the_bill_leaves_it(law: palermo.Law) -> None:
    """A bill on measures, and one that makes an offence wider, give what each gives in a process that knows nothing."""
    law.assess("GBR-EAW", on=ON)
    measures = "id: GBR-EAW" + BILL[BILL.index("\nmeasures:") :]
    for text in (measures, BILL, BILL.replace("{formula: palermo-protocol 3}", "act.transport"), measures):
        afresh = palermo.load().with_bill(text).assess("GBR-EAW", on=ON)
        assert law.with_bill(text).assess("GBR-EAW", on=ON) == afresh


def test_a_bill_can_open_a_gap(law: palermo.Law, tmp_path: Path) -> None:
    narrower = BILL.replace("{formula: palermo-protocol 3}", "{all: [act.transport, purpose.slavery]}")
    changed = {c.provision: c for c in law.try_bill("GBR-EAW", bill(tmp_path, narrower), on=ON).changed}
    assert ("act.transport", "means.deception", "purpose.forced-labour") in changed["5(1)"].opened


def test_the_law_itself_is_untouched(law: palermo.Law, tmp_path: Path) -> None:
    before = law.assess("GBR-EAW", on=ON)
    law.try_bill("GBR-EAW", bill(tmp_path), on=ON)
    assert law.assess("GBR-EAW", on=ON) == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BILL.replace("GBR-EAW", "GBR-EWA"), "did you mean GBR-EAW?"),
        (BILL.replace("palermo-protocol 3", "palermo-protocol 33"), "no such provision"),
        (BILL.replace("max: life", "max: long"), "expected a length of time"),
    ],
)
def test_a_fault_of_the_bill_has_its_place(law: palermo.Law, tmp_path: Path, text: str, expected: str) -> None:
    path = bill(tmp_path, text)
    with pytest.raises(CorpusError, match=r"bill\.yaml:") as caught:
        law.try_bill("GBR", path, on=ON)
    assert expected in str(caught.value)
    assert {problem.file for problem in caught.value.problems} == {path}


def test_models_of_a_duty_put_those_that_meet_it_first_in_each_tradition(law: palermo.Law) -> None:
    found = models_of(law.corpus, "palermo-protocol 5(1)", ON)
    assert len(found) == len(law.corpus.legal_systems)
    order = [Verdict.PROVIDED, Verdict.IN_PART, Verdict.NOT_PROVIDED, Verdict.NOT_ENCODED]
    for _, group in groupby(found, key=lambda model: (model.tradition, model.origin)):
        words = [model.verdict for model in group]
        assert words == sorted(words, key=order.index)
    assert all(model.authorities for model in found if model.verdict is Verdict.PROVIDED)


def test_a_duty_without_a_test_has_no_models(law: palermo.Law) -> None:
    with pytest.raises(UnknownFormula, match="asks nothing of national law"):
        models_of(law.corpus, "palermo-protocol 20(1)", ON)


def test_every_value_has_a_citation_and_most_were_read(law: palermo.Law) -> None:
    """The corpus's promise: no value without its section, and at least 85 % read in a text of the law."""
    from palermo.reports.encoded import encoded

    systems = law.corpus.legal_systems.values()
    assert all(o.cite.strip() for s in systems for o in s.offences)
    assert all(v.cite.strip() for s in systems for values in s.measures.values() for v in values)
    counts = encoded(law.corpus)
    assert sum(e.verified for e in counts) / sum(e.values for e in counts) >= 0.85
    assert len({e.state for e in counts}) >= 50
