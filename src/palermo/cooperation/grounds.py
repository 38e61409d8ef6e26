"""The rule of each ground: how a condition stands on the facts of the case and the law of both States."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from palermo.conformity.conduct_on_facts import ConductUnderLaw
from palermo.cooperation.answers import Cited, Outcome
from palermo.cooperation.asked import Asked, LawSays
from palermo.corpus.cooperation import CooperationCondition, Ground
from palermo.corpus.lookup import formula_of_provision
from palermo.corpus.terms import Term, at_least, parse_term
from palermo.ledger.standing import standing
from palermo.ledger.statements import standing_statements, touched
from palermo.logic.questions import OnFacts
from palermo.logic.truth import Truth

TREATY_REQUIRED = "cooperation.extradition-treaty-required"
NATIONALS_REFUSED = "cooperation.extradition-nationals-refused"
LENDING: tuple[Ground, ...] = ("treaty_basis", "extradition_treaty")
"""Grounds of an instrument that extradites through a treaty or a law other than itself."""
LEAST_PENALTY = "cooperation.extradition-minimum-penalty"


@dataclass(frozen=True, slots=True)
class Found:
    """How a condition stands, why, on what national law or statement, and which facts would settle it."""

    outcome: Outcome
    why: str
    ask: tuple[str, ...] = ()
    requesting: tuple[Cited, ...] = ()
    requested: tuple[Cited, ...] = ()


Rule = Callable[[CooperationCondition, str, Asked], Found]


def found_on(condition: CooperationCondition, basis: str, asked: Asked) -> Found:
    """How a condition of a basis (the id of an instrument or a general one) stands on the question's facts."""
    return RULES[condition.ground](condition, basis, asked)


def _satisfied(why: str, **more: tuple[Cited, ...]) -> Found:
    return Found(Outcome.SATISFIED, why, (), **more)


def _obstacle(why: str, **more: tuple[Cited, ...]) -> Found:
    return Found(Outcome.OBSTACLE, why, (), **more)


def _open(why: str, *ask: str, **more: tuple[Cited, ...]) -> Found:
    return Found(Outcome.OPEN, why, ask, **more)


def _promise(_: CooperationCondition, __: str, asked: Asked) -> Found:
    return Found(Outcome.PROMISE, f"{asked.name(asked.requesting)} is bound by it once it has what it asked for")


def _told(asked: Asked, fact: str) -> object:
    """What the facts file says at a path such as `person.consents`."""
    value: object = asked.facts
    for step in fact.split("."):
        value = getattr(value, step)
    return value


def _by_fact(fact: str, if_true: str, if_false: str, obstacle_when: bool) -> Rule:
    """A ground that one yes-or-no fact of the case decides; `fact` is its path in the facts file."""

    def rule(_: CooperationCondition, __: str, asked: Asked) -> Found:
        value = _told(asked, fact)
        if value is None:
            return _open("not said in the facts", fact)
        why = if_true if value else if_false
        return _obstacle(why) if value is obstacle_when else _satisfied(why)

    return rule


def _discretion(fact: str, if_true: str, if_false: str, obstacle_when: bool) -> Rule:
    """As `_by_fact`, but where the fact is not known it is for the requested State to judge."""
    decided = _by_fact(fact, if_true, if_false, obstacle_when)

    def rule(condition: CooperationCondition, basis: str, asked: Asked) -> Found:
        found = decided(condition, basis, asked)
        if found.outcome is Outcome.OPEN:
            return _open(f"for {asked.name(asked.requested)} to judge", fact)
        return found

    return rule


def _by_states(key: str, either: bool, if_listed: str, if_not: str) -> Rule:
    """A ground that holds where the requested State (or `either` State) is in a list of the facts."""

    def rule(_: CooperationCondition, __: str, asked: Asked) -> Found:
        value = _told(asked, key)
        if value is None:
            return _open("not said in the facts", key)
        assert isinstance(value, tuple)
        states = {asked.requested, asked.requesting} if either else {asked.requested}
        hit = sorted(states & set(value))
        if hit:
            return _obstacle(f"{if_listed}: {', '.join(map(asked.name, hit))}")
        return _satisfied(if_not)

    return rule


def _ne_bis_in_idem(_: CooperationCondition, __: str, asked: Asked) -> Found:
    judged = asked.facts.person.finally_judged_in
    if judged is None:
        return _open("not said in the facts", "person.finally_judged_in")
    if asked.requested in judged:
        return _obstacle(f"final judgment in {asked.name(asked.requested)} on the same facts")
    if judged:
        where = ", ".join(asked.name(code) for code in judged)
        return _open(f"final judgment in {where}, which the requested State may or may not take as a bar")
    return _satisfied("no final judgment on the same facts")


def _offence_covered(condition: CooperationCondition, basis: str, asked: Asked) -> Found:
    if not asked.facts.known_conduct:
        return _open("the conduct is not described in the facts", "conduct")
    defined = _definition(basis, asked)
    truth = Truth.OPEN
    if defined:
        conduct = formula_of_provision(asked.corpus, None, defined)
        truth = OnFacts(conduct, asked.facts.known_conduct, asked.laws.theory).truth
        if truth is Truth.TRUE:
            return _satisfied(f"the facts are trafficking in persons as {_cite(asked, defined)} defines it")
    if condition.maximum:
        certain = [law for law in asked.under_requesting if law.maximum and at_least(law.maximum, condition.maximum)]
        if certain:
            law = certain[0]
            why = f"punished in {asked.name(asked.requesting)} with up to {law.maximum}, so a serious crime"
            return _satisfied(why, requesting=_offences(certain))
    if truth is Truth.FALSE and not condition.maximum:
        return _obstacle("the facts are outside the definition")
    return _open("whether the facts are such an offence is not settled by what is known of the conduct", "conduct")


def _child_concerned(_: CooperationCondition, __: str, asked: Asked) -> Found:
    """Whether the person against whom the offence was committed is under 18."""
    child = asked.facts.known_conduct.get("person.child")
    if child is None:
        return _open("whether a child is concerned is not said in the facts", "conduct.person.child")
    return _satisfied("a child is concerned") if child else _obstacle("no child is concerned")


def _definition(basis: str, asked: Asked) -> str | None:
    """The definition of trafficking that both States are bound by: of the basis itself, else of the UN Protocol."""
    own = asked.corpus.instruments.get(basis)
    for provision in own.provisions if own else ():
        if provision.kind == "definition" and provision.conduct is not None:
            return f"{basis} {provision.id}"
    protocol = asked.corpus.instruments.get("palermo-protocol")
    if protocol and all(
        standing(asked.acts, protocol, party, asked.on).binding for party in (asked.requesting, asked.requested)
    ):
        return "palermo-protocol 3"
    return None


def _cite(asked: Asked, provision: str) -> str:
    instrument, _, id = provision.partition(" ")
    home = asked.corpus.instruments[instrument]
    return home.cite(home.provision(id))


def _group(presence_helps: bool = False, evidence_helps: bool = False) -> Rule:
    """An organised criminal group and, in one of several ways, a link abroad (UNTOC arts 3, 16(1), 18(1))."""

    def rule(_: CooperationCondition, __: str, asked: Asked) -> Found:
        facts = asked.facts
        links: list[tuple[str, bool | None, str]] = [
            ("transnational", facts.transnational, "the offence is transnational")
        ]
        if presence_helps:
            present = facts.person.present_in
            there = None if present is None else present == asked.requested
            links.append(("person.present_in", there, f"the person is in {asked.name(asked.requested)}"))
        if evidence_helps:
            said = f"victims, witnesses, proceeds or evidence are in {asked.name(asked.requested)}"
            links.append(("evidence_in_requested_state", facts.evidence_in_requested_state, said))
        if facts.organised_group is False:
            return _obstacle("no organised criminal group is involved")
        linked = [said for _, value, said in links if value]
        if not linked and all(value is False for _, value, _ in links):
            return _obstacle("no link with another State")
        if facts.organised_group and linked:
            return _satisfied(f"an organised criminal group is involved, and {linked[0]}")
        ask = [] if facts.organised_group else ["organised_group"]
        ask += [] if linked else [key for key, value, _ in links if value is None]
        return _open("not all of it is said in the facts", *ask)

    return rule


def _dual_criminality(condition: CooperationCondition, _: str, asked: Asked) -> Found:
    there, here = asked.name(asked.requested), asked.name(asked.requesting)
    if not asked.facts.known_conduct:
        return _open("the conduct is not described in the facts", "conduct")
    own, other = asked.under_requesting, asked.under_requested
    cited = {"requesting": _offences(own), "requested": _offences(other)}
    if condition.waived_from:
        carried = [law for law in own if law.maximum and at_least(law.maximum, condition.waived_from)]
        if carried and len(carried) == len(own):
            why = f"not tested: a listed offence that {here} punishes with up to {carried[0].maximum}"
            return _satisfied(why, requesting=_offences(carried))
    if not other:
        return _open(f"the law of {there} is not encoded; ask its central authority for the offence", **cited)
    if all(law.truth is Truth.FALSE for law in other):
        return _obstacle(f"on these facts no encoded offence of {there}{_would(asked, other)}", **cited)
    if own and all(law.truth is Truth.FALSE for law in own):
        return _obstacle(f"on these facts no encoded offence of {here} itself{_would(asked, own)}", **cited)
    if not own:
        return _open(f"the law of {here} is not encoded", **cited)
    unsettled = [law for law in (*own, *other) if law.truth is not Truth.TRUE]
    if not unsettled:
        return _satisfied(f"an offence in {here} and in {there}, whatever each calls it", **cited)
    return _open("; ".join(f"{law.name}: {law.truth}{_would(asked, [law])}" for law in unsettled), "conduct", **cited)


def _would(asked: Asked, laws: Sequence[ConductUnderLaw]) -> str:
    """Which further facts would make it an offence there."""
    ways = [way for law in laws for way in law.missing]
    if not ways:
        return ""
    shortest = min(len(way) for way in ways)
    named = [" and ".join(map(asked.label, way)) for way in ways if len(way) == shortest]
    return f"; it would be one if there were also {' or '.join(dict.fromkeys(named[:3]))}"


def _offences(laws: Iterable[ConductUnderLaw]) -> tuple[Cited, ...]:
    return tuple(
        Cited(offence.cite, offence.penalty, offence.verified)
        for law in laws
        if law.truth is not Truth.FALSE
        for offence in law.offences
    )


def _penalty_threshold(condition: CooperationCondition, _: str, asked: Asked) -> Found:
    if condition.maximum is None:
        return _own_threshold(asked)
    sides = {"requesting": asked.under_requesting, "requested": asked.under_requested}
    wanted = [side for side in sides if condition.under in ("both", side)]
    reasons, outcomes = [], []
    for side in wanted:
        for law in sides[side] or (None,):
            name = law.name if law else asked.name(getattr(asked, side))
            reaches = at_least(law.maximum, condition.maximum) if law and law.maximum else None
            outcomes.append(reaches)
            said = f"up to {law.maximum}" if law and law.maximum else "not known on these facts"
            reasons.append(f"{name}: {said}")
    cited = {side: _offences(sides[side]) for side in wanted}
    why = "; ".join(reasons)
    if any(outcome is False for outcome in outcomes):
        return _obstacle(why, **cited)
    return _satisfied(why, **cited) if all(outcomes) else _open(why, "conduct", **cited)


def _own_threshold(asked: Asked) -> Found:
    """The least maximum that the law of the requested State asks for, where it is encoded."""
    said = asked.law_says(asked.requested, LEAST_PENALTY)
    if not said:
        return _open(f"the least penalty that the law of {asked.name(asked.requested)} asks for is not encoded")
    least: Term = max((parse_term(law.value) for law in said), key=lambda term: (term.unit == "year", term.amount))
    known = [law.maximum for law in asked.under_requested]
    cited = _cited(said)
    if not known or not all(known):
        return _open(f"at least {least} is asked for; what the facts carry is not settled", "conduct", requested=cited)
    reached = all(maximum is not None and at_least(maximum, least) for maximum in known)
    why = f"at least {least} is asked for, and the facts carry up to {', '.join(map(str, known))}"
    return _satisfied(why, requested=cited) if reached else _obstacle(why, requested=cited)


def _sentence_left(condition: CooperationCondition, _: str, asked: Asked) -> Found:
    person = asked.facts.person
    if person.sought_for == "prosecution":
        return _satisfied("no sentence is to be served yet")
    left = person.sentence_left or person.sentence
    if left is None or condition.sentence is None:
        return _open("not said in the facts", "person.sentence_left")
    reaches = at_least(left, condition.sentence)
    why = f"{left}, where at least {condition.sentence} is asked for"
    if reaches is None:
        return _open(why)
    return _satisfied(why) if reaches else _obstacle(why)


def _treaty_basis(condition: CooperationCondition, basis: str, asked: Asked) -> Found:
    there = asked.name(asked.requested)
    if asked.corpus.forms[asked.form].family != "extradition":
        return _satisfied("the instrument itself is the treaty that such measures may be made to depend on")
    others = [id for id in asked.extradition_treaties if id != basis]
    if others:
        return _satisfied(f"there is a treaty between the two ({', '.join(others)}), which takes the offence in")
    required = asked.law_says(asked.requested, TREATY_REQUIRED)
    chosen, statement = _takes_as_basis(condition, basis, asked)
    cited = (*_cited(required), *((statement,) if statement else ()))
    if chosen:
        return _satisfied(f"{there} takes the instrument as basis of extradition", requested=cited)
    values = {law.value for law in required}
    if values == {"no"}:
        return _satisfied(
            f"the law of {there} asks for no treaty, so the offence is extraditable as it is", requested=cited
        )
    if chosen is False and values == {"yes"}:
        why = f"the law of {there} asks for a treaty, there is none, and it does not take the instrument as one"
        return _obstacle(why, requested=cited)
    if chosen is False:
        why = f"{there} does not take the instrument as basis; whether its law asks for a treaty is not settled"
        return _open(why, requested=cited)
    if values == {"yes"}:
        why = f"the law of {there} asks for a treaty; whether it takes the instrument as one is not on record"
        return _open(why, requested=cited)
    why = f"whether {there} asks for a treaty, and takes the instrument as one, is not on record"
    return _open(why, requested=cited)


def _extradition_treaty(_: CooperationCondition, basis: str, asked: Asked) -> Found:
    """Where an instrument only takes its offences into other treaties, and into laws that ask for none."""
    there = asked.name(asked.requested)
    others = [id for id in asked.extradition_treaties if id != basis]
    if others:
        return _satisfied(f"there is a treaty between the two ({', '.join(others)})")
    required = asked.law_says(asked.requested, TREATY_REQUIRED)
    values, cited = {law.value for law in required}, _cited(required)
    if values == {"no"}:
        return _satisfied(f"the law of {there} asks for no treaty", requested=cited)
    if values == {"yes"}:
        return _obstacle(f"the law of {there} asks for a treaty, and there is none", requested=cited)
    return _open(f"no treaty is on record; whether the law of {there} asks for one is not settled", requested=cited)


def _law_allows(_: CooperationCondition, __: str, asked: Asked) -> Found:
    """Whether the law of the requested State provides for the form at all."""
    measure = asked.corpus.forms[asked.form].law
    said = asked.law_says(asked.requested, measure) if measure else ()
    return _by_law(said, "yes", "its law provides for it", "its law does not provide for it", asked)


def _no_treaty_needed(_: CooperationCondition, __: str, asked: Asked) -> Found:
    if asked.corpus.forms[asked.form].family != "extradition":
        return _open("whether its law asks for a treaty is not encoded")
    said = asked.law_says(asked.requested, TREATY_REQUIRED)
    return _by_law(said, "no", "its law asks for no treaty", "its law asks for a treaty", asked)


def _by_law(said: tuple[LawSays, ...], wanted: str, if_so: str, if_not: str, asked: Asked) -> Found:
    values = {law.value for law in said}
    cited = _cited(said)
    if not values:
        return _open(f"the law of {asked.name(asked.requested)} on this is not encoded")
    if values == {wanted}:
        return _satisfied(if_so, requested=cited)
    if wanted not in values and "partial" not in values:
        return _obstacle(if_not, requested=cited)
    return _open("its law goes part of the way", requested=cited)


def _takes_as_basis(condition: CooperationCondition, basis: str, asked: Asked) -> tuple[bool | None, Cited | None]:
    """What the requested State has notified about taking an instrument as basis of extradition."""
    instrument = asked.corpus.instruments.get(basis)
    if instrument is None:
        return None, None
    if asked.supposed.takes_as_basis == basis:
        return True, Cited("supposed", verified=False)
    for statement in standing_statements(asked.corpus, basis, asked.requested, asked.on):
        if statement.effect in ("accepts", "excludes") and set(touched(instrument, statement)) & set(
            condition.provisions
        ):
            cited = Cited(f"{instrument.short}, {statement.id}", statement.says, statement.verified)
            return statement.effect == "accepts", cited
    return None, None


def _cited(said: Iterable[LawSays]) -> tuple[Cited, ...]:
    return tuple(law.cited for law in said)


def _nationality(_: CooperationCondition, __: str, asked: Asked) -> Found:
    there = asked.name(asked.requested)
    nationality = asked.facts.person.nationality
    if nationality is None:
        return _open("the nationality of the person is not said in the facts", "person.nationality")
    if asked.requested not in nationality:
        return _satisfied(f"not a national of {there}")
    said = asked.law_says(asked.requested, NATIONALS_REFUSED)
    values = {law.value for law in said}
    if values == {"no"}:
        return _satisfied(f"{there} extradites its nationals", requested=_cited(said))
    if values == {"yes"}:
        return _obstacle(f"a national of {there}, which does not extradite its nationals", requested=_cited(said))
    why = f"a national of {there}; " + (
        "it extradites nationals on conditions only" if said else "whether it extradites its nationals is not encoded"
    )
    return _open(why, requested=_cited(said))


def _national_or_resident(_: CooperationCondition, __: str, asked: Asked) -> Found:
    """Where nationals and residents are handed over, but may come home, or stay, to serve the sentence."""
    person, there = asked.facts.person, asked.name(asked.requested)
    if person.nationality is not None and asked.requested in person.nationality:
        tie = f"a national of {there}"
    elif person.resident_in == asked.requested:
        tie = f"a resident of {there}"
    elif person.nationality is None or person.resident_in is None:
        ask = [key for key in ("nationality", "resident_in") if getattr(person, key) is None]
        return _open("nationality and residence are not both said in the facts", *(f"person.{key}" for key in ask))
    else:
        return _satisfied(f"neither a national nor a resident of {there}")
    if person.sought_for == "prosecution":
        return _open(f"{tie}: {there} may ask that the person comes back to serve the sentence")
    if person.sought_for == "sentence":
        return _open(f"{tie}: {there} may undertake to enforce the sentence itself")
    return _open(f"{tie}; what the person is sought for is not said in the facts", "person.sought_for")


def _death_penalty(_: CooperationCondition, __: str, asked: Asked) -> Found:
    facts, here = asked.facts, asked.name(asked.requesting)
    possible = facts.death_penalty_possible
    own = asked.under_requesting
    cited = _offences(own)
    if possible is None and own and all(law.truth is Truth.TRUE and law.maximum for law in own):
        possible = any(law.maximum and law.maximum.unit == "death" for law in own)
        if not possible:
            return _satisfied(f"none of the offences made out carries it in {here}", requesting=cited)
    if possible is None:
        return _open("not said in the facts", "death_penalty_possible")
    if not possible:
        return _satisfied(f"it cannot be imposed in {here}")
    if facts.death_penalty_assurance:
        return _satisfied("an assurance is given that it will not be imposed or carried out")
    return _obstacle(f"it can be imposed in {here}, and no assurance is given", requesting=cited)


def _absence(_: CooperationCondition, __: str, asked: Asked) -> Found:
    person = asked.facts.person
    if person.judged_in_absence is False or person.sought_for == "prosecution":
        return _satisfied("no judgment in absence")
    if person.judged_in_absence is None:
        return _open("not said in the facts", "person.judged_in_absence")
    if person.retrial_assured:
        return _satisfied("a retrial is assured")
    return _obstacle("judged in absence, and no retrial is assured")


def _receiving(_: CooperationCondition, __: str, asked: Asked) -> Found:
    nationality = asked.facts.person.nationality
    there = asked.name(asked.requested)
    if nationality is None:
        return _open("the nationality of the person is not said in the facts", "person.nationality")
    if asked.requested in nationality:
        return _satisfied(f"a national of {there}")
    return _obstacle(f"not a national of {there}")


def _victim_of(_: CooperationCondition, __: str, asked: Asked) -> Found:
    victim, there = asked.facts.victim, asked.name(asked.requested)
    if asked.requested in (victim.nationality or ()):
        return _satisfied(f"a national of {there}")
    if asked.requested in (victim.permanent_residence_in or ()):
        return _satisfied(f"had the right of permanent residence in {there}")
    if victim.nationality is None:
        return _open("not said in the facts", "victim.nationality")
    if victim.permanent_residence_in is None:
        return _open(f"no national of {there}; permanent residence is not said", "victim.permanent_residence_in")
    return _obstacle(f"neither a national of {there} nor with the right of permanent residence there")


def _not_encoded(_: CooperationCondition, __: str, ___: Asked) -> Found:
    return _open("no rule tests this; read the text")


RULES: dict[Ground, Rule] = {
    "offence_covered": _offence_covered,
    "child_concerned": _child_concerned,
    "transnational_group": _group(),
    "group_and_presence": _group(presence_helps=True),
    "suspected_group": _group(evidence_helps=True),
    "dual_criminality": _dual_criminality,
    "penalty_threshold": _penalty_threshold,
    "sentence_left": _sentence_left,
    "treaty_basis": _treaty_basis,
    "extradition_treaty": _extradition_treaty,
    "agreement_in_force": _not_encoded,
    "law_allows": _law_allows,
    "no_treaty_needed": _no_treaty_needed,
    "nationality": _nationality,
    "national_or_resident": _national_or_resident,
    "ne_bis_in_idem": _ne_bis_in_idem,
    "lapse_of_time": _by_states("barred_by_time_in", True, "barred by time in", "barred by time in neither State"),
    "amnesty": _by_states("amnesty_in", False, "an amnesty covers it in", "no amnesty covers it"),
    "age": _by_fact(
        "person.criminally_responsible_by_age",
        "old enough to be held responsible",
        "too young to be held responsible in the requested State",
        False,
    ),
    "political_offence": _by_fact("political_offence", "a political offence", "no political offence", True),
    "persecution": _by_fact(
        "persecution", "there are grounds to think that the request persecutes", "nothing points to persecution", True
    ),
    "death_penalty": _death_penalty,
    "ill_treatment": _by_fact(
        "ill_treatment_risk", "there are grounds to fear ill-treatment", "nothing points to ill-treatment", True
    ),
    "life_sentence": _by_fact(
        "life_sentence_possible", "a sentence for life can be imposed", "no sentence for life can be imposed", True
    ),
    "absence_at_trial": _absence,
    "proceedings_pending": _by_fact(
        "proceedings_in_requested_state", "proceedings are under way there", "no proceedings are under way there", True
    ),
    "territory": _by_states("committed_in", False, "committed in part in", "not committed in the requested State"),
    "specialty": _promise,
    "use_limited": _promise,
    "essential_interests": _discretion(
        "essential_interests_at_stake",
        "its essential interests are at stake",
        "none of its essential interests is at stake",
        True,
    ),
    "own_law_permits": _discretion(
        "measure_allowed_at_home",
        "its authorities could do the same at home",
        "its authorities could not do the same at home",
        False,
    ),
    "consent_of_person": _by_fact("person.consents", "the person consents", "the person does not consent", False),
    "final_judgment": _by_fact("person.judgment_final", "the judgment is final", "the judgment is not final", False),
    "national_of_receiving_state": _receiving,
    "victim_of_requested_state": _victim_of,
    "victim_safety": _by_fact("victim.return_is_safe", "the return was found safe", "the return is not safe", False),
    "victim_voluntary": _by_fact(
        "victim.wishes_to_return", "the person wants to return", "the person does not want to return", False
    ),
    "refugee_protection": _by_fact(
        "victim.seeks_asylum",
        "the person seeks international protection",
        "no international protection is sought",
        True,
    ),
    "agreement_of_both": _by_fact("both_agree", "both States agree", "the two States do not agree", False),
    "other": _not_encoded,
}
