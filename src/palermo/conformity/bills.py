"""What a bill would change: findings before and after, gaps closed and opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from palermo.conformity.findings import Answer, Assessment, Finding, Verdict

Scenario = tuple[str, ...]


class FindingChanged(msgspec.Struct, frozen=True, omit_defaults=True):
    """A finding that a bill changes. `closed` are scenarios reached only after it, `opened` those reached no more."""

    system: str
    system_name: str
    provision: str
    cite: str
    title: str
    before: Verdict
    after: Verdict
    closed: tuple[Scenario, ...] = ()
    opened: tuple[Scenario, ...] = ()


class BillTried(msgspec.Struct, frozen=True):
    """The findings on one instrument that a bill changes; none of the others do."""

    state: str
    instrument: str
    on: date
    changed: tuple[FindingChanged, ...]
    unchanged: int


def tried(before: Assessment, after: Assessment) -> BillTried:
    """Compare two assessments of one State, instrument and day: as the law stands, and with the bill laid over it."""
    changed: list[FindingChanged] = []
    unchanged = 0
    afterwards = {(s.system, f.provision): f for s in after.systems for f in s.findings}
    for system in before.systems:
        for old in system.findings:
            new = afterwards[system.system, old.provision]
            if new == old:
                unchanged += 1
                continue
            missed, still = set(_missed(old)), set(_missed(new))
            changed.append(
                FindingChanged(
                    system.system,
                    system.name,
                    old.provision,
                    old.cite,
                    old.title,
                    old.law,
                    new.law,
                    tuple(sorted(missed - still)),
                    tuple(sorted(still - missed)),
                )
            )
    return BillTried(before.state, before.instrument, before.on, tuple(changed), unchanged)


def _missed(finding: Finding) -> Iterator[Scenario]:
    for leaf in leaves(finding.answer):
        for gap in leaf.coverage.gaps if leaf.coverage else ():
            for scenario in gap.box.scenarios():
                yield tuple(sorted(scenario))


def leaves(answer: Answer | None) -> Iterator[Answer]:
    """The single answers inside an answer."""
    if answer is None:
        return
    if answer.parts:
        for part in answer.parts:
            yield from leaves(part)
    else:
        yield answer
