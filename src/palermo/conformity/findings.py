"""What a finding is: the answer of one legal system's law to one provision on one day, with all it rests on.

These are the shapes that `--format json` prints; `docs/schema/` publishes them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec

from palermo.corpus.models import Modality, Pillar, ProvisionKind, Softener
from palermo.ledger.standing import Standing
from palermo.logic.scenarios import Box
from palermo.logic.widening import Widening


class Verdict(StrEnum):
    """The words of a finding. None of them says that a State violates a treaty."""

    PROVIDED = "provided"
    IN_PART = "provided in part"
    NOT_PROVIDED = "not provided"
    NOT_ENCODED = "not encoded"
    PRACTICE = "practice"
    NOT_BOUND = "not bound"


class Authority(msgspec.Struct, frozen=True, omit_defaults=True):
    """A section of law that a finding relies on, and whether somebody read it in a text of the law."""

    cite: str
    verified: bool
    id: str | None = None
    title: str | None = None
    value: str | None = None
    source: str | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    mental: str | None = None
    consent: str | None = None
    penalty: str | None = None
    note: str | None = None


class ReadingRelied(msgspec.Struct, frozen=True, omit_defaults=True):
    """A reading that an answer rests on: that `by` takes in `taken_in`, on whose word and why."""

    id: str
    taken_in: str
    by: str
    whose: str
    why: str
    verified: bool
    cite: str | None = None


class Reach(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an offence reaches of the required conduct: `boxes`, where also the facts of `only_where` are present."""

    only_where: tuple[str, ...]
    boxes: tuple[Box, ...]


class OffenceReach(msgspec.Struct, frozen=True, omit_defaults=True):
    """One offence and the parts of the required conduct that it reaches.

    What it reaches only because another exploitation is pursued beside the required one is left out.
    """

    authority: Authority
    reach: tuple[Reach, ...]


class Gap(msgspec.Struct, frozen=True, omit_defaults=True):
    """Conduct not reached: a box of scenarios, with the smallest widenings of the law that would close it."""

    box: Box
    widenings: tuple[Widening, ...] = ()


class OnReading(msgspec.Struct, frozen=True, omit_defaults=True):
    """Conduct reached only on readings: a box, and the ids of the readings it takes."""

    box: Box
    readings: tuple[str, ...]


class Coverage(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the offences of a legal system cover required conduct.

    `gaps` is what they leave out even on every reading, `on_readings` what they reach only on a reading. An
    offence that is not encoded with its maximum or its dates counts as missing here; `may_change` then says
    that it could make a difference.
    """

    required: str
    verdict: Verdict
    on_words: Verdict
    least_maximum: str | None = None
    gaps: tuple[Gap, ...] = ()
    on_readings: tuple[OnReading, ...] = ()
    readings: tuple[ReadingRelied, ...] = ()
    reached_by: tuple[OffenceReach, ...] = ()
    may_change: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer to one test, or to a group of them (`kind`: all_of, any_of), with what it rests on."""

    kind: Literal["practice", "criminalises", "measure", "all_of", "any_of"]
    verdict: Verdict
    asks: str
    authority: Authority | None = None
    coverage: Coverage | None = None
    parts: tuple[Answer, ...] = ()


class StrongestVerb(msgspec.Struct, frozen=True, omit_defaults=True):
    """The strongest verb on a topic among the instruments in force for the State that day."""

    modality: Modality
    cite: str
    softener: Softener | None = None


class Comment(msgspec.Struct, frozen=True):
    """What a State itself says on the provision; it travels beside the finding."""

    by: str
    says: str
    date: date
    source: str


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer of a legal system to a provision on a day.

    `law` is the answer of the law whether or not the instrument binds; `verdict` is the same, or `not bound`
    with the reason in `why_not_bound`. `on_words` is given where the law meets the duty only on a reading.
    `provisional` holds where an input is not verified, which `unverified` lists. `horizon` says up to which day
    the inputs are known, where the day asked for lies past it.
    """

    provision: str
    cite: str
    title: str
    kind: ProvisionKind
    pillar: Pillar
    topic: str
    asks: str
    verdict: Verdict
    law: Verdict
    provisional: bool
    modality: Modality | None = None
    softener: Softener | None = None
    condition: str | None = None
    on_words: Verdict | None = None
    why_not_bound: str | None = None
    answer: Answer | None = None
    evidence: str | None = None
    look_up: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    horizon: tuple[str, ...] = ()
    strongest: StrongestVerb | None = None
    comments: tuple[Comment, ...] = ()
    note: str | None = None


class SystemFindings(msgspec.Struct, frozen=True, omit_defaults=True):
    """The findings for one legal system. `encoded` is False where the corpus holds no law of it."""

    system: str
    name: str
    encoded: bool
    findings: tuple[Finding, ...]
    as_at: date | None = None


class Assessment(msgspec.Struct, frozen=True, omit_defaults=True):
    """A State's law held against an instrument on a day, legal system by legal system."""

    state: str
    state_name: str
    instrument: str
    instrument_title: str
    on: date
    standing: Standing
    systems: tuple[SystemFindings, ...]
    lens: bool = False
    """The instrument is another State's own statute, used as a lens; it binds nobody else."""

    def only(self, provisions: Collection[str]) -> Assessment:
        """The assessment with the findings on these provisions; all of them where none are named."""
        if not provisions:
            return self
        systems = tuple(
            msgspec.structs.replace(s, findings=tuple(f for f in s.findings if f.provision in provisions))
            for s in self.systems
        )
        return msgspec.structs.replace(self, systems=systems)

    def without_reasons(self) -> Assessment:
        """The assessment with the words of the findings and without the answers that they rest on."""
        systems = tuple(
            msgspec.structs.replace(s, findings=tuple(msgspec.structs.replace(f, answer=None) for f in s.findings))
            for s in self.systems
        )
        return msgspec.structs.replace(self, systems=systems)
