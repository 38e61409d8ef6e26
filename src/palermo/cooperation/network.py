"""The whole world for one form of cooperation: between whom there is a basis, and which step would connect most."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
import numpy as np
from numpy.typing import NDArray

from palermo.conformity.laws import Laws
from palermo.cooperation.grounds import TREATY_REQUIRED
from palermo.cooperation.routes import UnknownForm
from palermo.corpus.models import Corpus
from palermo.ledger.acts import Acts
from palermo.ledger.between import agreement_status
from palermo.ledger.matrices import Spans
from palermo.ledger.statements import standing_statements, touched
from palermo.logic.formula import nearest

Bits = NDArray[np.bool_]
MOST_STEPS = 25
"""How many steps an answer names."""


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One act of one State, and how many ordered pairs without a basis it would connect.

    `kind` is accession to an instrument open to all States, or a notice that it is taken as basis of extradition.
    """

    party: str
    kind: str
    instrument: str
    connects: int


class Unconnected(msgspec.Struct, frozen=True, omit_defaults=True):
    """A State and those it has no basis to ask, as far as the record shows."""

    party: str
    cannot_ask: tuple[str, ...]


class Network(msgspec.Struct, frozen=True, omit_defaults=True):
    """Between which States a basis for a form of cooperation is on record, for a day.

    Counts are of ordered pairs (who asks, whom). `by_treaty`: a treaty, with the notice that it needs; `by_law`: no
    treaty, but the law of the State asked lets it act without one. All other pairs are `not_established`, which is not
    no cooperation. Facts of a case are left aside.
    """

    form: str
    on: date
    states: tuple[str, ...]
    by_treaty: int
    by_law: int
    not_established: int
    unconnected: tuple[Unconnected, ...]
    steps: tuple[Step, ...]


def network(acts: Acts, spans: Spans, laws: Laws, form: str, on: date) -> Network:
    """Every ordered pair of States for one form of cooperation on a day. Raises UnknownForm."""
    corpus = acts.corpus
    if form not in corpus.forms:
        raise UnknownForm(f"unknown form of cooperation {form!r}{nearest(form, corpus.forms)}")
    states = tuple(code for code in spans.parties if _acts_for_itself(acts, code))
    keep = np.array([spans.parties.index(code) for code in states])
    pairs = spans.pairs(on)[:, keep][:, :, keep]
    index = {code: i for i, code in enumerate(states)}
    without_treaty = _lets_act_without_treaty(corpus, laws, form, states, on)
    treaty = _bilateral(corpus, form, index, on)
    willing: dict[str, Bits] = {}
    for id, lends in _instruments(corpus, form):
        between = pairs[spans.instruments.index(id)]
        if lends:
            willing[id] = _takes_as_basis(corpus, id, states, on)
            between = between & (willing[id] | without_treaty)[None, :]
        treaty |= between
    law = without_treaty[None, :] & ~treaty
    np.fill_diagonal(law, False)
    apart = ~(treaty | law)
    np.fill_diagonal(apart, False)
    bound = spans.bound(on)[:, keep]
    steps = sorted(
        _steps(corpus, spans, form, states, apart, bound, willing), key=lambda step: (-step.connects, step.party)
    )
    alone = [Unconnected(code, tuple(states[j] for j in np.flatnonzero(apart[i]))) for code, i in index.items()]
    return Network(
        form=form,
        on=on,
        states=states,
        by_treaty=int(treaty.sum()),
        by_law=int(law.sum()),
        not_established=int(apart.sum()),
        unconnected=tuple(entry for entry in alone if entry.cannot_ask),
        steps=tuple(steps[:MOST_STEPS]),
    )


def _acts_for_itself(acts: Acts, code: str) -> bool:
    """States, observers, and others with a law of their own; Antarctica and organisations ask nobody for anything."""
    party = acts.corpus.parties[code]
    return party.part_of is None and (party.kind in ("state", "observer") or (party.kind == "other" and code != "ATA"))


def _instruments(corpus: Corpus, form: str) -> Iterator[tuple[str, bool]]:
    """Instruments that serve a form, and whether they do so for extradition only where taken as its basis."""
    for id, basis in corpus.bases.items():
        ways = [way for way in basis.ways if form in way.forms]
        if id in corpus.instruments and ways:
            lends = corpus.forms[form].family == "extradition"
            yield id, lends and any(c.ground == "treaty_basis" for way in ways for c in way.conditions)


def _bilateral(corpus: Corpus, form: str, index: dict[str, int], on: date) -> Bits:
    found = np.zeros((len(index), len(index)), dtype=np.bool_)
    for agreement in corpus.agreements.values():
        serves = agreement.kind in corpus.forms[form].agreements and {agreement.first, agreement.second} <= index.keys()
        if serves and agreement_status(agreement, on) in ("in_force", "not_known"):
            one, other = index[agreement.first], index[agreement.second]
            found[one, other] = found[other, one] = True
    return found


def _takes_as_basis(corpus: Corpus, id: str, states: tuple[str, ...], on: date) -> Bits:
    instrument = corpus.instruments[id]
    asked = {
        p for way in corpus.bases[id].ways for c in way.conditions if c.ground == "treaty_basis" for p in c.provisions
    }
    return np.array(
        [
            any(
                statement.effect == "accepts" and asked & set(touched(instrument, statement))
                for statement in standing_statements(corpus, id, code, on)
            )
            for code in states
        ]
    )


def _lets_act_without_treaty(corpus: Corpus, laws: Laws, form: str, states: tuple[str, ...], on: date) -> Bits:
    """States all of whose legal systems let them give the form without a treaty."""
    measure, wanted = corpus.forms[form].law, "yes"
    if corpus.forms[form].family == "extradition":
        measure, wanted = TREATY_REQUIRED, "no"

    def lets(code: str) -> bool:
        systems = corpus.systems_of(code)
        values = [laws.measures(system, on).get(measure or "") for system in systems]
        return bool(systems) and all(value is not None and value.value == wanted for value in values)

    return np.array([lets(code) for code in states])


def _steps(
    corpus: Corpus,
    spans: Spans,
    form: str,
    states: tuple[str, ...],
    apart: Bits,
    bound: Bits,
    willing: dict[str, Bits],
) -> Iterator[Step]:
    for id, lends in _instruments(corpus, form):
        if corpus.bases[id].tier != "universal":
            continue
        parties = bound[spans.instruments.index(id)]
        for i, code in enumerate(states):
            if parties[i]:
                if lends and not willing[id][i]:
                    gained = int((apart[:, i] & parties).sum())
                    if gained:
                        yield Step(code, "takes as basis of extradition", id, gained)
                continue
            asked_of = apart[i] & parties & (willing[id] if lends else np.True_)
            asked_by = np.zeros_like(parties) if lends else apart[:, i] & parties
            gained = int(asked_of.sum() + asked_by.sum())
            if gained:
                yield Step(code, "accession", id, gained)
