"""What two States could do together today, and what one change would open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from palermo.conformity.laws import Laws
from palermo.cooperation.answers import Availability, Outcome, Routes
from palermo.cooperation.asked import Supposition
from palermo.cooperation.facts import NO_FACTS, CaseFacts
from palermo.cooperation.grounds import NATIONALS_REFUSED, TREATY_REQUIRED
from palermo.cooperation.routes import routes
from palermo.ledger.acts import Acts
from palermo.ledger.between import pair_standing
from palermo.ledger.parties import find_party

_ORDER = list(Availability)


class FormToday(msgspec.Struct, frozen=True, omit_defaults=True):
    """A form of cooperation as it stands: the answer, the first route, and how many routes there are."""

    form: str
    availability: Availability
    first: str | None = None
    established: int = 0


class Opened(msgspec.Struct, frozen=True, omit_defaults=True):
    """A form that a change would move, and what it would rest on."""

    form: str
    before: Availability
    after: Availability
    by: str
    obstacles_gone: int = 0


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change that either State could make, in words, and the forms that it would open or ease."""

    what: str
    supposed: Supposition
    opens: tuple[Opened, ...]


class WhatIf(msgspec.Struct, frozen=True, omit_defaults=True):
    """What `requesting` can ask of `requested` on a day in every form, and the single changes that would open more.

    Changes come in the order of how many forms they open.
    """

    requesting: str
    requested: str
    on: date
    today: tuple[FormToday, ...]
    changes: tuple[Change, ...]


def what_if(acts: Acts, laws: Laws, requesting: str, requested: str, on: date, facts: CaseFacts = NO_FACTS) -> WhatIf:
    """Every form of cooperation of two States, and what one accession, withdrawal or change of law would open.

    Raises UnknownName, also where both names are of one party; theory.Contradiction for the conduct.
    """
    corpus = acts.corpus
    one, other = find_party(corpus, requesting).code, find_party(corpus, requested).code
    today = {form: routes(acts, laws, one, other, form, on, facts) for form in corpus.forms}
    changes = []
    for what, supposed, forms in _possible(acts, today, on):
        opened = tuple(
            found
            for form in forms
            if (found := _opened(today[form], routes(acts, laws, one, other, form, on, facts, supposed)))
        )
        if opened:
            changes.append(Change(what, supposed, opened))
    standing = tuple(_today(found) for found in today.values())
    return WhatIf(one, other, on, standing, tuple(sorted(changes, key=lambda change: -len(change.opens))))


def _today(found: Routes) -> FormToday:
    established = [r for r in found.routes if r.availability is not Availability.NOT_ESTABLISHED]
    return FormToday(found.form, found.availability, established[0].title if established else None, len(established))


def _possible(acts: Acts, today: dict[str, Routes], on: date) -> Iterator[tuple[str, Supposition, tuple[str, ...]]]:
    """Each single change that the record shows room for, in words, and the forms it may touch."""
    corpus = acts.corpus
    any_form = next(iter(today.values()))
    one, other = any_form.requesting, any_form.requested
    there = corpus.parties[other].name
    for id, basis in corpus.bases.items():
        forms = tuple(dict.fromkeys(form for way in basis.ways for form in way.forms))
        if id not in corpus.instruments:
            continue
        instrument = corpus.instruments[id]
        pair = pair_standing(acts, instrument, one, other, on)
        if not pair.in_force:
            absent = [s.party for s in (pair.first, pair.second) if not s.binding]
            if basis.tier in ("universal", "regional") and (len(absent) == 1 or basis.tier == "universal"):
                names = " and ".join(corpus.parties[party].name for party in absent)
                open_to = "" if basis.tier == "universal" else ", if it is open to it"
                yield f"{names} bound by {instrument.short}{open_to}", Supposition(in_force=id), forms
            continue
        for bearing in pair.modifications():
            by = corpus.parties[bearing.party].name
            kind = bearing.kind.replace("_", " ")
            what = f"withdrawal by {by} of its {kind} {bearing.statement} to {instrument.short}"
            yield what, Supposition(withdrawn=(id, bearing.statement)), forms
        if any(condition.ground == "treaty_basis" for way in basis.ways for condition in way.conditions):
            what = f"notice of {there} that it takes {instrument.short} as basis of extradition"
            yield what, Supposition(takes_as_basis=id), ("extradition",)
    yield f"law of {there}: extradition without a treaty", Supposition(law=(TREATY_REQUIRED, "no")), ("extradition",)
    yield f"law of {there}: extradition of its nationals", Supposition(law=(NATIONALS_REFUSED, "no")), ("extradition",)
    for measure in dict.fromkeys(form.law for form in corpus.forms.values() if form.law):
        forms = tuple(id for id, form in corpus.forms.items() if form.law == measure)
        yield f"law of {there}: {corpus.measures[measure].meaning}", Supposition(law=(measure, "yes")), forms


def _opened(before: Routes, after: Routes) -> Opened | None:
    """What a change does to one form: a better answer, or fewer obstacles at the same one."""
    gone = _obstacles(before) - _obstacles(after)
    if _ORDER.index(after.availability) > _ORDER.index(before.availability):
        return None
    if after.availability is before.availability and gone <= 0 and not _new_closer_route(before, after):
        return None
    return Opened(before.form, before.availability, after.availability, after.routes[0].title, max(gone, 0))


def _obstacles(found: Routes) -> int:
    return sum(c.outcome is Outcome.OBSTACLE for route in found.routes for c in route.conditions)


def _new_closer_route(before: Routes, after: Routes) -> bool:
    """Whether the first route is another one now, and established."""
    if not after.routes or after.routes[0].availability is Availability.NOT_ESTABLISHED:
        return False
    return not before.routes or after.routes[0].basis != before.routes[0].basis
