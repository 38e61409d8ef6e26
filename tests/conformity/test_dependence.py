"""Nothing is stored: change one word of a law and exactly the findings that depend on it change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import palermo
from palermo.conformity.findings import Finding
from palermo.corpus.duty_tests import Criminalises, Measured, leaves
from palermo.corpus.models import Corpus

ON = date(2026, 3, 1)
Edit = Callable[[str, str, str], Path]


def findings(law: palermo.Law, state: str, against: str) -> dict[tuple[str, str], Finding]:
    return {(s.system, f.provision): f for s in law.assess(state, against, ON).systems for f in s.findings}


def provisions_tested_by(corpus: Corpus, instrument: str, kind: type, measure: str | None = None) -> set[str]:
    """The provisions of an instrument with a test of that kind (on that measure)."""
    return {
        provision.id
        for provision in corpus.instruments[instrument].provisions
        if provision.test is not None
        and any(
            isinstance(test, kind) and (measure is None or getattr(test, "measure", None) == measure)
            for _, test in leaves(provision.test)
        )
    }


def test_one_concept_of_an_offence(law: palermo.Law, edited: Edit) -> None:
    """Without `travel`, section 2 of the Modern Slavery Act 2015 would reach more: only criminalisation changes."""
    folder = edited(
        "jurisdictions/GBR-EAW.yaml",
        '- {concept: circumstance.travel-arranged, cite: "s 2(1), (3), (5)"}',
        "- any: [circumstance.travel-arranged, act.harbouring]",
    )
    changed = palermo.load(base=folder)
    for instrument in ("palermo-protocol", "cets-197"):
        before, after = findings(law, "GBR", instrument), findings(changed, "GBR", instrument)
        differ = {key for key in before if before[key] != after[key]}
        depend = provisions_tested_by(law.corpus, instrument, Criminalises)
        assert differ
        assert differ <= {("GBR-EAW", provision) for provision in depend}
        assert ("GBR-EAW", "5(1)" if instrument == "palermo-protocol" else "18") in differ


def test_one_measure(law: palermo.Law, edited: Edit) -> None:
    """A reflection period of other length changes the provisions that test it, and those alone."""
    measure = "victim.non-punishment"
    text = (Path(law_file("GBR-EAW"))).read_text(encoding="utf-8")
    start = text.index(f"  {measure}:\n    value: partial")
    folder = edited(
        "jurisdictions/GBR-EAW.yaml",
        text[start : start + len(f"  {measure}:\n    value: partial")],
        f"  {measure}:\n    value: yes",
    )
    changed = palermo.load(base=folder)
    before, after = findings(law, "GBR", "cets-197"), findings(changed, "GBR", "cets-197")
    differ = {key for key in before if before[key] != after[key]}
    assert differ == {("GBR-EAW", p) for p in provisions_tested_by(law.corpus, "cets-197", Measured, measure)} & set(
        before
    )
    assert differ


def law_file(system: str) -> Path:
    from palermo.corpus.shipped import shipped_folder

    return shipped_folder() / "jurisdictions" / f"{system}.yaml"


def test_another_state_is_untouched(law: palermo.Law, edited: Edit) -> None:
    folder = edited(
        "jurisdictions/GBR-EAW.yaml",
        '- {concept: circumstance.travel-arranged, cite: "s 2(1), (3), (5)"}',
        "- circumstance.cross-border",
    )
    assert findings(law, "PHL", "palermo-protocol") == findings(palermo.load(base=folder), "PHL", "palermo-protocol")
