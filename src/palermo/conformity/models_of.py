"""Which laws meet a duty and how: models for a legislator to borrow from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import get_args

import msgspec

from palermo.conformity.answers import answer
from palermo.conformity.bills import leaves
from palermo.conformity.coverage import Coverer
from palermo.conformity.findings import Authority, Verdict
from palermo.conformity.law_on_day import law_on
from palermo.conformity.nearness import Ground, grounds, near_to, order
from palermo.corpus.duty_tests import DutyTest
from palermo.corpus.lookup import UnknownFormula, provision_named
from palermo.corpus.models import Corpus, Instrument, LawSystem, LegalOrigin, LegalSystem, Region

_ORDER = (Verdict.PROVIDED, Verdict.IN_PART, Verdict.NOT_PROVIDED, Verdict.PRACTICE, Verdict.NOT_ENCODED)


class Model(msgspec.Struct, frozen=True, omit_defaults=True):
    """How one legal system answers a duty, whether or not the instrument binds it, and which tradition it is of.

    `near` says what brings it near to the State asked for, the strongest ground first.
    """

    system: str
    name: str
    verdict: Verdict
    authorities: tuple[Authority, ...]
    on_words: Verdict | None = None
    verified: bool = True
    tradition: tuple[LawSystem, ...] = ()
    origin: LegalOrigin | None = None
    languages: tuple[str, ...] = ()
    region: Region | None = None
    near: tuple[Ground, ...] = ()


def models_of(corpus: Corpus, duty: str, on: date, near: str | None = None) -> list[Model]:
    """The answer of every legal system of the corpus to a duty (`palermo-protocol 6(3)`).

    Nearest first to the State or legal system `near`; without one, tradition by tradition. Where that decides nothing,
    those come first that meet the duty, that meet it on the words of the law, and that were read in a text. Raises
    UnknownFormula for a provision that is not there or has no test, UnknownName for a State without law in the corpus.
    """
    instrument, id = provision_named(corpus, None, duty)
    provision = instrument.provision(id)
    if provision.test is None:
        raise UnknownFormula(f"{instrument.cite(provision)} asks nothing of national law that could be tested")
    home = near_to(corpus, near) if near else ()
    found = [_model(corpus, system, instrument, provision.test, on, home) for system in corpus.legal_systems.values()]
    if home:
        return sorted(found, key=lambda m: (order(m.near), _answers(m)))
    return sorted(found, key=lambda m: (_tradition(m), _answers(m)))


def _model(
    corpus: Corpus, system: LegalSystem, instrument: Instrument, test: DutyTest, on: date, home: Sequence[LegalSystem]
) -> Model:
    law = law_on(corpus, system, on)
    given = answer(corpus, instrument, test, law, Coverer(corpus, law))
    authorities: dict[tuple[str, str | None], Authority] = {}
    words, verified = None, True
    for leaf in leaves(given):
        if leaf.authority:
            authorities[leaf.authority.cite, leaf.authority.id] = leaf.authority
        if leaf.coverage:
            authorities |= {(o.authority.cite, o.authority.id): o.authority for o in leaf.coverage.reached_by}
            words = leaf.coverage.on_words if leaf.coverage.on_words is not leaf.coverage.verdict else words
            verified = verified and not leaf.coverage.unverified
    held = tuple(authorities.values())
    return Model(
        system=system.id,
        name=system.legal_system,
        verdict=given.verdict,
        authorities=held,
        on_words=words,
        verified=verified and all(authority.verified for authority in held),
        tradition=system.tradition.systems if system.tradition else (),
        origin=system.tradition.origin if system.tradition else None,
        languages=system.languages,
        region=system.region,
        near=grounds(system, home) if home else (),
    )


def _answers(model: Model) -> tuple[int, bool, bool, str]:
    return (_ORDER.index(model.verdict), model.on_words is not None, not model.verified, model.name)


def _tradition(model: Model) -> tuple[bool, int, list[int], int]:
    """Systems of one kind before mixed ones, and those of one origin beside each other; unknown ones last."""
    systems = [get_args(LawSystem).index(system) for system in model.tradition]
    origins = get_args(LegalOrigin)
    return (not systems, len(systems), sorted(systems), origins.index(model.origin) if model.origin else len(origins))
