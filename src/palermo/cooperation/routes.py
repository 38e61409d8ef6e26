"""Every basis on which one State can ask another for a form of cooperation, in the order in which to use them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from palermo.conformity.laws import Laws
from palermo.cooperation.answers import (
    Availability,
    ConditionTested,
    Limit,
    MissingBasis,
    Outcome,
    Practical,
    Route,
    Routes,
    WhomToAsk,
)
from palermo.cooperation.asked import AS_IT_IS, Asked, Supposition, conduct_under_laws_of
from palermo.cooperation.facts import NO_FACTS, CaseFacts
from palermo.cooperation.grounds import LENDING, found_on
from palermo.corpus.cooperation import Basis, CentralAuthority, Clause, CooperationCondition, Tier, Way
from palermo.corpus.models import Corpus, Instrument
from palermo.ledger.acts import Acts
from palermo.ledger.between import AgreementBetween, PairStanding, agreements_on, modifies, pair_standing
from palermo.ledger.parties import UnknownName, find_party
from palermo.ledger.statements import Bearing
from palermo.logic.formula import nearest

TIERS: tuple[Tier, ...] = (
    "mutual_recognition",
    "regional",
    "bilateral",
    "universal",
    "arrangement",
    "domestic_law",
    "reciprocity",
)
WHY_TIER = {
    "mutual_recognition": "direct between judicial authorities, with the fewest grounds of refusal",
    "regional": "a regional treaty with a procedure of its own",
    "bilateral": "made by the two for themselves",
    "universal": "binds both where nothing closer does, and fills what a closer treaty leaves out",
    "arrangement": "agreed practice that binds nobody; it works through the law of the requested State",
    "domestic_law": "the law of the requested State, which gives no right to the requesting one",
    "reciprocity": "a promise to do the same, where the law of the requested State lets it act on one",
}
_HARD = ("needed", "must_refuse")
ON_RECORD = ("treaty_basis", "extradition_treaty", "law_allows", "no_treaty_needed", "agreement_in_force")
"""Grounds on which the basis itself rests: open, they leave it not established, whatever the facts of the case are."""


class UnknownForm(ValueError):
    """There is no such form of cooperation; the message offers the nearest."""


def routes(
    acts: Acts,
    laws: Laws,
    requesting: str,
    requested: str,
    form: str,
    on: date,
    facts: CaseFacts = NO_FACTS,
    supposed: Supposition = AS_IT_IS,
) -> Routes:
    """What `requesting` can ask of `requested` in a form of cooperation on a day, with each condition on the facts.

    `supposed` is a change to the record that is taken to have happened. Raises UnknownName, also where both names are
    of one party; UnknownForm; theory.Contradiction for the conduct.
    """
    corpus = acts.corpus
    one, other = find_party(corpus, requesting).code, find_party(corpus, requested).code
    if one == other:
        raise UnknownName(f"{requesting} and {requested} are the same party; name two")
    if form not in corpus.forms:
        raise UnknownForm(
            f"unknown form of cooperation {form!r}{nearest(form, corpus.forms)}, expected one of "
            f"{', '.join(corpus.forms)}"
        )
    agreements = [a for a in agreements_on(corpus, one, other, on) if a.kind in corpus.forms[form].agreements]
    standings = {
        id: _as_supposed(_applied(basis, pair_standing(acts, corpus.instruments[id], one, other, on), on), supposed)
        for id, basis in corpus.bases.items()
        if id in corpus.instruments and any(_ways(basis, form)) and _open_to(acts, id, one, other)
    }
    asked = Asked(
        acts=acts,
        laws=laws,
        requesting=one,
        requested=other,
        form=form,
        on=on,
        facts=facts,
        under_requesting=conduct_under_laws_of(laws, one, facts, on),
        under_requested=conduct_under_laws_of(laws, other, facts, on),
        extradition_treaties=_treaties_of_extradition(corpus, standings, agreements),
        supposed=supposed,
    )
    there = [route for id, pair in standings.items() if pair.in_force for route in _by_instrument(id, pair, asked)]
    there += _by_agreements(agreements, asked)
    there += [route for basis in corpus.bases.values() for route in _by_general(basis, asked)]
    ordered = _ordered(corpus, form, there)
    missing = [m for id, pair in standings.items() if not pair.in_force for m in _no_instrument(id, pair, asked)]
    missing += _no_agreement(agreements, asked)
    return Routes(
        requesting=one,
        requested=other,
        form=form,
        on=on,
        availability=_best(route.availability for route in ordered),
        routes=tuple(ordered),
        missing=tuple(sorted(missing, key=lambda m: (TIERS.index(m.tier), m.basis))),
        under_requesting=asked.under_requesting,
        under_requested=asked.under_requested,
        known_up_to=min((d for pair in standings.values() if (d := _known_up_to(pair))), default=None),
    )


def _open_to(acts: Acts, id: str, one: str, other: str) -> bool:
    """False for an agreement that has two sides, unless the two are parties to it on different ones."""
    instrument = acts.corpus.instruments[id]
    return not instrument.one_side or (instrument.holds_between(one, other) and {one, other} <= set(acts.named(id)))


def _applied(basis: Basis, pair: PairStanding, on: date) -> PairStanding:
    """As it stands between the two, but not in force for requests before the day from which it is applied."""
    if basis.applies(on):
        return pair
    return msgspec.structs.replace(pair, in_force=False)


def _as_supposed(pair: PairStanding, supposed: Supposition) -> PairStanding:
    if supposed.in_force == pair.instrument:
        pair = msgspec.structs.replace(pair, in_force=True)
    if supposed.withdrawn and supposed.withdrawn[0] == pair.instrument:
        left = tuple(b for b in pair.bearings if b.statement != supposed.withdrawn[1])
        pair = msgspec.structs.replace(pair, bearings=left)
    return pair


def _ways(basis: Basis, form: str) -> Iterator[Way]:
    return (way for way in basis.ways if form in way.forms)


def _treaties_of_extradition(
    corpus: Corpus, standings: dict[str, PairStanding], agreements: Sequence[AgreementBetween]
) -> tuple[str, ...]:
    """Treaties that provide extradition by themselves, other than those that only lend themselves as its basis."""
    lending = {
        id
        for id in standings
        for way in corpus.bases[id].ways
        for condition in way.conditions
        if condition.ground in LENDING
    }
    found = [id for id, pair in standings.items() if pair.in_force and id not in lending]
    found += [a.id for a in agreements if a.kind == "extradition" and a.status == "in_force"]
    return tuple(found)


def _by_instrument(id: str, pair: PairStanding, asked: Asked) -> Iterator[Route]:
    basis, instrument = asked.corpus.bases[id], asked.corpus.instruments[id]
    for way in _ways(basis, asked.form):
        used = _provisions_used(basis, way)
        bearings = tuple(b for b in pair.bearings if _touches(b, used))
        conditions = _conditions(basis, way, instrument, asked)
        conditions += _of_convention(basis, way, asked)
        conditions += [_from_statement(b, asked, instrument) for b in bearings if modifies(b)]
        route = _route(basis, way, conditions, asked, instrument)
        yield msgspec.structs.replace(
            route,
            since=max(filter(None, (pair.since, basis.applies_from)), default=None) if pair.since else None,
            statements=bearings,
            authorities=(*_authorities(asked, id), *_named_in_statements(way, pair, asked, instrument)),
            languages=_languages(route.languages, way, pair, asked, instrument),
            provisional=_provisional(basis, pair),
        )


def _by_agreements(agreements: Sequence[AgreementBetween], asked: Asked) -> Iterator[Route]:
    """One route on all agreements of the two that serve the form: what amends another is read with it."""
    basis = asked.corpus.bases.get("bilateral")
    standing = [a for a in agreements if a.status not in ("ended", "superseded", "not_yet")]
    if basis is None or not standing:
        return
    in_force = [a for a in standing if a.status == "in_force"]
    last = max(in_force or standing, key=lambda a: a.entry_into_force or a.signed or date.min)
    for way in _ways(basis, asked.form):
        conditions = _conditions(basis, way, None, asked)
        if not in_force:
            conditions.insert(0, _entry_not_known(last))
        route = _route(basis, way, conditions, asked, None)
        yield msgspec.structs.replace(
            route,
            basis=last.id,
            title=last.title if len(standing) == 1 else f"{len(standing)} agreements of the two",
            cites=tuple(a.reference or a.title for a in standing),
            since=last.entry_into_force,
            agreements=tuple(standing),
            authorities=_authorities(asked, last.id),
            provisional=("the text of the agreement is not encoded: read it",),
        )


def _by_general(basis: Basis, asked: Asked) -> Iterator[Route]:
    """Routes by an arrangement of both States, by national law, or by reciprocity."""
    if basis.id not in ("domestic_law", "reciprocity") and not {asked.requesting, asked.requested} <= set(
        basis.members
    ):
        return
    for way in _ways(basis, asked.form):
        conditions = _conditions(basis, way, None, asked)
        route = _route(basis, way, conditions, asked, None)
        yield msgspec.structs.replace(route, authorities=_authorities(asked, basis.id))


def _route(
    basis: Basis, way: Way, conditions: Sequence[ConditionTested], asked: Asked, instrument: Instrument | None
) -> Route:
    def practical(clause: Clause | None) -> Practical | None:
        return Practical(clause.says, _cites(asked.corpus, instrument, clause.provisions)) if clause else None

    return Route(
        basis=basis.id,
        title=instrument.short if instrument else basis.title or basis.id,
        tier=basis.tier,
        availability=_availability(conditions, basis.verified),
        says=way.says,
        cites=_cites(asked.corpus, instrument, way.provisions),
        duty=way.duty,
        conditions=tuple(conditions),
        why_here=WHY_TIER[basis.tier],
        channel=practical(way.channel),
        languages=practical(way.languages),
        form=practical(way.form),
        time_limits=tuple(
            Limit(t.what, t.from_, t.term, t.says, _cites(asked.corpus, instrument, t.provisions))
            for t in way.time_limits
        ),
        costs=practical(way.costs),
        contents={
            element: _cites(asked.corpus, instrument, (provision,))[0]
            for element, provision in (way.contents or {}).items()
        },
        note=way.note or basis.note,
    )


def _conditions(basis: Basis, way: Way, instrument: Instrument | None, asked: Asked) -> list[ConditionTested]:
    return [_tested(condition, basis, instrument, asked) for condition in (*basis.common, *way.conditions)]


def _tested(
    condition: CooperationCondition, basis: Basis, instrument: Instrument | None, asked: Asked
) -> ConditionTested:
    found = found_on(condition, basis.id, asked)
    return ConditionTested(
        ground=condition.ground,
        outcome=found.outcome,
        says=condition.says,
        why=found.why,
        cites=_cites(asked.corpus, instrument, condition.provisions),
        force=condition.force,
        requesting=found.requesting,
        requested=found.requested,
        ask=found.ask,
        cure=condition.cure if found.outcome is not Outcome.SATISFIED else None,
        cure_cites=_cites(asked.corpus, instrument, condition.cure_provisions)
        if found.outcome is not Outcome.SATISFIED
        else (),
    )


def _of_convention(basis: Basis, way: Way, asked: Asked) -> list[ConditionTested]:
    """The conditions of the basis that this one is read with, but for the grounds on which it has its own."""
    if basis.read_with is None:
        return []
    convention, own = asked.corpus.bases[basis.read_with], {condition.ground for condition in way.conditions}
    home = asked.corpus.instruments.get(convention.id)
    return [
        condition
        for other in _ways(convention, asked.form)
        for condition in _conditions(convention, other, home, asked)
        if condition.ground not in own
    ]


def _from_statement(bearing: Bearing, asked: Asked, instrument: Instrument) -> ConditionTested:
    """A reservation or declaration that changes a provision the route rests on: it works both ways."""
    by = asked.name(bearing.party)
    return ConditionTested(
        ground="other",
        outcome=Outcome.OBSTACLE if bearing.effect == "excludes" else Outcome.OPEN,
        says=f"{bearing.kind.replace('_', ' ')} of {by}: {bearing.says}",
        why="between the two the provision is cut out as far as it goes"
        if bearing.effect == "excludes"
        else "between the two the provision holds as it limits it; read it against the facts",
        cites=(f"{instrument.short}, {bearing.statement}",),
        force="may_refuse",
        cure=f"withdrawal by {by}",
    )


def _entry_not_known(agreement: AgreementBetween) -> ConditionTested:
    return ConditionTested(
        ground="agreement_in_force" if agreement.status == "signed" else "other",
        outcome=Outcome.OPEN,
        says="the agreement is in force",
        why="signed; that it entered into force is not on record" if agreement.status == "signed" else "days not known",
        cites=(agreement.reference or agreement.title,),
        force="needed",
    )


def _availability(conditions: Sequence[ConditionTested], read: bool) -> Availability:
    """The answer for one route; what nobody read in a text is never more than available under conditions."""
    for condition in conditions:
        if condition.outcome is Outcome.OBSTACLE and condition.force in _HARD:
            return Availability.NOT_ESTABLISHED
        if condition.outcome is Outcome.OPEN and condition.force in _HARD and condition.ground in ON_RECORD:
            return Availability.NOT_ESTABLISHED
    if read and all(c.outcome in (Outcome.SATISFIED, Outcome.PROMISE) for c in conditions):
        return Availability.AVAILABLE
    return Availability.CONDITIONS


def _best(found: Iterable[Availability]) -> Availability:
    order = list(Availability)
    return min(found, key=order.index, default=Availability.NOT_ESTABLISHED)


def _ordered(corpus: Corpus, form: str, found: Sequence[Route]) -> list[Route]:
    """Routes that are established first, then by tier, a basis after every one that takes precedence over it."""
    behind = {route.basis: [p for other in found for p in _over(corpus, form, other, route)] for route in found}

    def place(route: Route) -> tuple[bool, int, int, str]:
        established = route.availability is not Availability.NOT_ESTABLISHED
        return (not established, TIERS.index(route.tier), len(behind[route.basis]), route.basis)

    return [
        msgspec.structs.replace(route, why_here="; ".join([WHY_TIER[route.tier], *behind[route.basis]]))
        for route in sorted(found, key=place)
    ]


def _over(corpus: Corpus, form: str, other: Route, route: Route) -> Iterator[str]:
    """Why another route comes before this one."""
    basis = corpus.bases.get(other.basis)
    names = {route.basis, route.tier if route.tier in ("bilateral", "domestic_law") else route.basis}
    family = corpus.forms[form].family
    for precedence in basis.precedence if basis else ():
        if precedence.over in names and family in (precedence.families or (family,)):
            cited = ", ".join(_cites(corpus, corpus.instruments.get(other.basis), precedence.provisions))
            yield f"after {other.title}: {precedence.why}{f' ({cited})' if cited else ''}"


def _cites(corpus: Corpus, home: Instrument | None, provisions: Iterable[str]) -> tuple[str, ...]:
    """Pinpoints in full: of the instrument at home, of another named in front, or as written where there is none."""
    found = []
    for name in provisions:
        other, _, id = name.partition(" ")
        instrument = corpus.instruments.get(other) if id else home
        if instrument is None:
            found.append(name)
        else:
            found.append(_cite(instrument, id if id else name))
    return tuple(found)


def _cite(instrument: Instrument, id: str) -> str:
    for provision in instrument.provisions:
        if provision.id == id:
            return instrument.cite(provision)
    return f"{instrument.short} art {id}"


def _provisions_used(basis: Basis, way: Way) -> frozenset[str]:
    """The provisions that a way rests on, but for those whose notices are tested by a rule of their own."""
    conditions = [c for c in (*basis.common, *way.conditions) if c.ground != "treaty_basis"]
    return frozenset((*way.provisions, *(p for c in conditions for p in c.provisions)))


def _touches(bearing: Bearing, used: frozenset[str]) -> bool:
    return not bearing.provisions or bool(used & set(bearing.provisions))


def _authorities(asked: Asked, basis: str) -> tuple[WhomToAsk, ...]:
    """Whom the requested State named, for this basis or for all; the former first."""
    family = asked.corpus.forms[asked.form].family
    fitting = [
        a
        for a in asked.corpus.authorities.values()
        if a.party == asked.requested and a.instrument in (basis, None) and (not a.families or family in a.families)
    ]
    return tuple(_whom(a) for a in sorted(fitting, key=lambda a: (a.instrument is None, a.id)))


def _whom(authority: CentralAuthority) -> WhomToAsk:
    return WhomToAsk(
        name=authority.name,
        source=authority.source,
        part=authority.part,
        languages=authority.languages,
        channel=authority.channel,
        as_at=authority.as_at,
        note=authority.note,
        verified=authority.verified == "yes",
    )


def _named_in_statements(way: Way, pair: PairStanding, asked: Asked, instrument: Instrument) -> tuple[WhomToAsk, ...]:
    return tuple(
        WhomToAsk(b.says, (f"{instrument.short}, {b.statement}",), as_at=b.made, note=b.note, verified=b.verified)
        for b in _notices(way.channel, pair, asked)
    )


def _languages(
    practical: Practical | None, way: Way, pair: PairStanding, asked: Asked, instrument: Instrument
) -> Practical | None:
    notices = _notices(way.languages, pair, asked)
    if practical is None or not notices:
        return practical
    said = "; ".join(f"{asked.name(asked.requested)}: {b.says}" for b in notices)
    more = tuple(f"{instrument.short}, {b.statement}" for b in notices)
    return Practical(f"{practical.says}. {said}", (*practical.cites, *more))


def _notices(clause: Clause | None, pair: PairStanding, asked: Asked) -> list[Bearing]:
    """Notices of the requested State under the provisions of a clause."""
    wanted = set(clause.provisions) if clause else set()
    return [b for b in pair.bearings if b.party == asked.requested and wanted & set(b.provisions)]


def _provisional(basis: Basis, pair: PairStanding) -> tuple[str, ...]:
    """What the answer rests on that nobody read in a text, or that lies after what the record knows."""
    found = [] if basis.verified else [f"what {basis.id} offers was not read in its text"]
    found += [
        f"acts of {standing.party} known up to {standing.known_up_to}"
        for standing in (pair.first, pair.second)
        if standing.past_horizon
    ]
    if pair.statements_known_up_to is None:
        found.append("reservations and declarations to it are not encoded")
    return tuple(found)


def _no_instrument(id: str, pair: PairStanding, asked: Asked) -> Iterator[MissingBasis]:
    """An instrument that is not in force between the two, where one of them is bound by it or all States can be."""
    basis, instrument = asked.corpus.bases[id], asked.corpus.instruments[id]
    absent = [s for s in (pair.first, pair.second) if not s.binding]
    if len(absent) == 2 and basis.tier != "universal":
        return
    if not absent and pair.opposed is None:
        yield MissingBasis(
            id, instrument.short, basis.tier, f"requests can rest on it only from {basis.applies_from}", "a later day"
        )
        return
    if not absent:
        yield MissingBasis(
            id,
            instrument.short,
            basis.tier,
            f"an objection stands between them: {pair.opposed}",
            "withdrawal of the objection",
        )
        return
    names = " and ".join(asked.name(s.party) for s in absent)
    yield MissingBasis(
        basis=id,
        title=instrument.short,
        tier=basis.tier,
        why="; ".join(f"{asked.name(s.party)}: {s.status.replace('_', ' ')}" for s in absent),
        would_take=f"{names} bound by it" + ("" if basis.tier == "universal" else ", if open to it"),
    )


def _no_agreement(agreements: Sequence[AgreementBetween], asked: Asked) -> Iterator[MissingBasis]:
    kinds = asked.corpus.forms[asked.form].agreements
    if not kinds or any(a.status in ("in_force", "signed", "not_known") for a in agreements):
        return
    over = [f"{a.title}: {a.status.replace('_', ' ')}" for a in agreements]
    yield MissingBasis(
        basis="bilateral",
        title="bilateral agreement",
        tier="bilateral",
        why="; ".join(over) or "none of the two is encoded, which is not proof of none",
        would_take="an agreement of the two",
    )


def _known_up_to(pair: PairStanding) -> date | None:
    known = [s.known_up_to for s in (pair.first, pair.second) if s.known_up_to]
    return min(known, default=None)
