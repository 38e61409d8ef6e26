"""Which laws meet a duty and how: models for a legislator to borrow from."""

from __future__ import annotations

from datetime import date

import msgspec

from palermo.conformity.answers import answer
from palermo.conformity.bills import leaves
from palermo.conformity.coverage import Coverer
from palermo.conformity.findings import Authority, Verdict
from palermo.conformity.law_on_day import law_on
from palermo.corpus.lookup import UnknownFormula, provision_named
from palermo.corpus.models import Corpus

_ORDER = (Verdict.PROVIDED, Verdict.IN_PART, Verdict.NOT_PROVIDED, Verdict.PRACTICE, Verdict.NOT_ENCODED)


class Model(msgspec.Struct, frozen=True, omit_defaults=True):
    """How one legal system answers a duty, whether or not the instrument binds it."""

    system: str
    name: str
    verdict: Verdict
    authorities: tuple[Authority, ...]
    on_words: Verdict | None = None
    verified: bool = True


def models_of(corpus: Corpus, duty: str, on: date) -> list[Model]:
    """The answer of every legal system of the corpus to a duty (`palermo-protocol 6(3)`), those that meet it first.

    Of those that meet it alike, the ones read in a text and on the words of the law come first. Raises UnknownFormula
    for a provision that is not there or has no test.
    """
    instrument, id = provision_named(corpus, None, duty)
    provision = instrument.provision(id)
    if provision.test is None:
        raise UnknownFormula(f"{instrument.cite(provision)} asks nothing of national law that could be tested")
    found = []
    for system in corpus.legal_systems.values():
        law = law_on(corpus, system, on)
        given = answer(corpus, instrument, provision.test, law, Coverer(corpus, law))
        authorities: dict[str, Authority] = {}
        words, verified = None, True
        for leaf in leaves(given):
            if leaf.authority:
                authorities[leaf.authority.cite] = leaf.authority
            if leaf.coverage:
                authorities |= {o.authority.cite: o.authority for o in leaf.coverage.reached_by}
                words = leaf.coverage.on_words if leaf.coverage.on_words is not leaf.coverage.verdict else words
                verified = verified and not leaf.coverage.unverified
        verified = verified and all(a.verified for a in authorities.values())
        held = tuple(authorities.values())
        found.append(Model(system.id, system.legal_system, given.verdict, held, words, verified))
    return sorted(found, key=lambda m: (_ORDER.index(m.verdict), m.on_words is not None, not m.verified, m.name))
