"""What is known of the case that cooperation is sought in. What is left out is unknown, never no."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from palermo.corpus.models import Corpus
from palermo.corpus.own_files import checked, read_own_file
from palermo.corpus.problems import CorpusError, Problem
from palermo.corpus.shapes import STRICT, Day
from palermo.corpus.terms import Term
from palermo.corpus.yaml_files import place
from palermo.logic.formula import nearest

_WORDS: dict[object, bool | None] = {True: True, False: False, "yes": True, "no": False, "unknown": None, None: None}


class _YesNo:
    """Marks a fact answered by yes, no or unknown."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(_yes_no)

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {"enum": ["yes", "no", "unknown"]}


def _yes_no(raw: object) -> bool | None:
    if isinstance(raw, str | bool | None) and raw in _WORDS:
        return _WORDS[raw]
    raise ValueError(f"expected yes, no or unknown, not {raw!r}")


YesNo = Annotated[bool | None, _YesNo()]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSought:
    """The person whom extradition or transfer is about.

    `nationality` and `present_in` are codes of States. `sentence` is what was passed, `sentence_left` what is left to
    serve. `finally_judged_in` are States in which a final judgment on the same facts was given, none if it is known
    that there is none.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    nationality: tuple[str, ...] | None = None
    present_in: str | None = None
    resident_in: str | None = None
    age: int | None = None
    sought_for: Literal["prosecution", "sentence"] | None = None
    sentence: Term | None = None
    sentence_left: Term | None = None
    judgment_final: YesNo = None
    finally_judged_in: tuple[str, ...] | None = None
    judged_in_absence: YesNo = None
    retrial_assured: YesNo = None
    consents: YesNo = None
    criminally_responsible_by_age: YesNo = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VictimConcerned:
    """The victim whose return or identity is at stake. Say nothing here that the two States need not know."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    nationality: tuple[str, ...] | None = None
    permanent_residence_in: tuple[str, ...] | None = None
    wishes_to_return: YesNo = None
    return_is_safe: YesNo = None
    seeks_asylum: YesNo = None
    needed_in_proceedings: YesNo = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """The facts of a case as far as they are known.

    `conduct` says of concepts of the vocabulary whether they are present. `committed_in` are States on whose territory
    conduct took place. `evidence_in_requested_state`: victims, witnesses, proceeds, instruments or evidence are there.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    conduct: dict[str, YesNo] = field(default_factory=dict)
    conduct_on: Day | None = None
    committed_in: tuple[str, ...] | None = None
    transnational: YesNo = None
    organised_group: YesNo = None
    evidence_in_requested_state: YesNo = None
    person: PersonSought = field(default_factory=PersonSought)
    victim: VictimConcerned = field(default_factory=VictimConcerned)
    barred_by_time_in: tuple[str, ...] | None = None
    amnesty_in: tuple[str, ...] | None = None
    political_offence: YesNo = None
    persecution: YesNo = None
    death_penalty_possible: YesNo = None
    death_penalty_assurance: YesNo = None
    life_sentence_possible: YesNo = None
    ill_treatment_risk: YesNo = None
    proceedings_in_requested_state: YesNo = None
    essential_interests_at_stake: YesNo = None
    measure_allowed_at_home: YesNo = None
    both_agree: YesNo = None

    @property
    def known_conduct(self) -> dict[str, bool]:
        """The concepts known to be present or absent."""
        return {concept: value for concept, value in self.conduct.items() if value is not None}


NO_FACTS = CaseFacts()


def read_facts(file: Path, corpus: Corpus) -> CaseFacts:
    """Read a YAML file of facts. Raises CorpusError with every fault and its place, OSError, UnicodeDecodeError."""
    facts, text = read_own_file(file, CaseFacts, {})
    return _named(facts, corpus, file, text)


def facts_from(data: object, corpus: Corpus, file: Path, text: str) -> CaseFacts:
    """Check plain data as facts of a case; `file` and `text` say where it was read, for the messages.

    Raises CorpusError with every fault.
    """
    return _named(checked(data, CaseFacts, file, text), corpus, file, text)


def _named(facts: CaseFacts, corpus: Corpus, file: Path, text: str) -> CaseFacts:
    """The facts, if every concept and State that they name is there."""
    unknown = unknown_names(facts, corpus)
    if unknown:
        raise CorpusError(
            Problem(file, *place(text, path, at_key), message, "unknown-concept" if at_key else "unknown-party")
            for path, at_key, message in unknown
        )
    return facts


def unknown_names(facts: CaseFacts, corpus: Corpus) -> list[tuple[tuple[str | int, ...], bool, str]]:
    """Concepts and States that the corpus does not know: where each stands, whether as a key, and what was expected."""
    found: list[tuple[tuple[str | int, ...], bool, str]] = [
        (("conduct", concept), True, f"unknown concept {concept!r}{nearest(concept, corpus.concepts)}")
        for concept in facts.conduct
        if concept not in corpus.concepts
    ]
    lists: list[tuple[tuple[str, ...], tuple[str, ...] | None]] = [
        (("committed_in",), facts.committed_in),
        (("barred_by_time_in",), facts.barred_by_time_in),
        (("amnesty_in",), facts.amnesty_in),
        (("person", "nationality"), facts.person.nationality),
        (("person", "finally_judged_in"), facts.person.finally_judged_in),
        (("victim", "nationality"), facts.victim.nationality),
        (("victim", "permanent_residence_in"), facts.victim.permanent_residence_in),
    ]
    for path, codes in lists:
        found += [
            ((*path, i), False, _no_party(code, corpus))
            for i, code in enumerate(codes or ())
            if code not in corpus.parties
        ]
    for key in ("present_in", "resident_in"):
        code = getattr(facts.person, key)
        if code is not None and code not in corpus.parties:
            found.append((("person", key), False, _no_party(code, corpus)))
    return found


def _no_party(code: str, corpus: Corpus) -> str:
    return f"expected the code of a State such as NGA, not {code!r}{nearest(code.upper(), corpus.parties)}"
