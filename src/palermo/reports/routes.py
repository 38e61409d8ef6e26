"""The routes from one State to another, written down: what to use first, what it turns on, whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from palermo.conformity.conduct_on_facts import ConductUnderLaw
from palermo.cooperation.answers import (
    Availability,
    Cited,
    ConditionTested,
    Limit,
    MissingBasis,
    Outcome,
    Practical,
    Route,
    Routes,
    WhomToAsk,
)
from palermo.corpus.models import Corpus
from palermo.documents.report import (
    Block,
    Entry,
    Facts,
    Line,
    Listing,
    Notice,
    Paragraph,
    Report,
    Section,
    Table,
    badge,
    cite,
    line,
    muted,
    strong,
)
from palermo.logic.truth import Truth
from palermo.reports.words import NOT_ADVICE, day, labels, list_of

GROUNDS = {
    "offence_covered": "the offence is covered",
    "child_concerned": "a child is concerned",
    "transnational_group": "transnational offence of an organised group",
    "group_and_presence": "organised group, and transnational or the person there",
    "suspected_group": "organised group and link abroad suspected",
    "dual_criminality": "dual criminality",
    "penalty_threshold": "penalty threshold",
    "sentence_left": "sentence left to serve",
    "treaty_basis": "treaty basis",
    "agreement_in_force": "entry into force",
    "extradition_treaty": "extradition treaty",
    "law_allows": "its law allows it",
    "no_treaty_needed": "no treaty needed",
    "nationality": "nationality of the person",
    "national_or_resident": "national or resident of the requested State",
    "ne_bis_in_idem": "ne bis in idem",
    "lapse_of_time": "lapse of time",
    "amnesty": "amnesty",
    "age": "age of responsibility",
    "political_offence": "political offence",
    "persecution": "persecution",
    "death_penalty": "death penalty",
    "ill_treatment": "torture and ill-treatment",
    "life_sentence": "sentence for life",
    "absence_at_trial": "judgment in absence",
    "proceedings_pending": "proceedings under way there",
    "territory": "committed in its own territory",
    "specialty": "specialty",
    "use_limited": "limits of use",
    "essential_interests": "essential interests",
    "own_law_permits": "allowed by its own law",
    "consent_of_person": "consent of the person",
    "final_judgment": "final judgment",
    "national_of_receiving_state": "national of the receiving State",
    "victim_of_requested_state": "national or resident of that State",
    "victim_safety": "safety of the victim",
    "victim_voluntary": "will of the victim",
    "refugee_protection": "refugee protection",
    "agreement_of_both": "agreement of both States",
    "other": "further condition",
}
FORCE = {
    "must_refuse": "has to refuse",
    "may_refuse": "may refuse",
    "binds_requesting": "binds the requesting State",
    "needed": "no basis without it",
}
TIERS = {
    "mutual_recognition": "mutual recognition",
    "regional": "regional treaty",
    "bilateral": "bilateral agreement",
    "universal": "universal treaty",
    "arrangement": "arrangement",
    "domestic_law": "law of the requested State",
    "reciprocity": "reciprocity",
}
NO_MORE = (
    "Not established from the record is not no cooperation: a basis that nobody has encoded, a police channel or the "
    "law of the requested State may serve."
)


def routes_report(corpus: Corpus, found: Routes) -> Report:
    """The report on every route from the requesting to the requested State for one form of cooperation."""
    here, there = (corpus.parties[code].name for code in (found.requesting, found.requested))
    form = corpus.forms[found.form]
    blocks: list[Block] = [
        Paragraph(line(badge(found.availability.value), f" {form.meaning}", muted(_known_up_to(found)))),
    ]
    if found.availability is Availability.NOT_ESTABLISHED:
        blocks.append(Notice(line(NO_MORE)))
    heads = ("Route", "Kind", "Answer", "Turns on", "In force since")
    blocks.append(Table("Routes, in order of use", heads, tuple(_row(i, r) for i, r in enumerate(found.routes, 1))))
    asked = _ask(found.routes)
    if asked:
        blocks.append(Listing("Say in the facts file to settle more", tuple(Entry(line(cite(key))) for key in asked)))
    if found.under_requesting or found.under_requested:
        blocks.append(_dual(corpus, found))
    blocks += [_route(i, route) for i, route in enumerate(found.routes, 1)]
    if found.missing:
        rows = tuple(_missing(m) for m in found.missing)
        blocks.append(Table("Not there between the two", ("Basis", "Kind", "Why", "It would take"), rows))
    title = f"{form.label['en'].capitalize()}: {here} asks {there}, on {day(found.on)}"
    return Report(title, tuple(blocks), NOT_ADVICE)


def _known_up_to(found: Routes) -> str:
    return f" (acts of the two known up to {day(found.known_up_to)})" if found.known_up_to else ""


def _row(number: int, route: Route) -> tuple[Line, ...]:
    return (
        line(f"{number}. ", strong(route.title)),
        line(TIERS[route.tier]),
        line(badge(route.availability.value)),
        line(_turns_on(route)),
        line(day(route.since) if route.since else ""),
    )


def _turns_on(route: Route) -> str:
    """The obstacles, else the open conditions, in a few words."""
    for outcome in (Outcome.OBSTACLE, Outcome.OPEN):
        names = list(dict.fromkeys(GROUNDS[c.ground] for c in route.conditions if c.outcome is outcome))
        if names:
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            return f"{outcome.value}: {', '.join(names[:3])}{more}"
    return ""


def _ask(routes: Iterable[Route]) -> list[str]:
    return list(dict.fromkeys(key for route in routes for c in route.conditions for key in c.ask))


def _dual(corpus: Corpus, found: Routes) -> Section:
    rows = tuple(
        (
            line(law.name),
            line(_truth(law)),
            line(*_offences(law)),
            line(str(law.maximum or "")),
            line(_missing_facts(corpus, law)),
        )
        for law in (*found.under_requesting, *found.under_requested)
    )
    heads = ("Law", "The facts are", "Offence", "Up to", "It would be one with")
    told = "Judged by the conduct, not by the name of the offence."
    return Section(
        "Dual criminality on these facts",
        "dual-criminality",
        (Paragraph(line(muted(told))), Table("The facts under both laws", heads, rows)),
    )


def _truth(law: ConductUnderLaw) -> str:
    said = {Truth.TRUE: "an offence", Truth.FALSE: "no encoded offence", Truth.OPEN: "open"}[law.truth]
    past = f"; law known up to {day(law.as_at)}" if law.past_horizon and law.as_at else ""
    return said + ("" if law.complete or law.truth is Truth.TRUE else "; other offences not encoded") + past


def _offences(law: ConductUnderLaw) -> list[str]:
    return [list_of([o.cite + ("" if o.verified else " (not verified)") for o in law.offences], "and")]


def _missing_facts(corpus: Corpus, law: ConductUnderLaw) -> str:
    return list_of([" and ".join(labels(corpus, way)) for way in law.missing[:3]])


def _route(number: int, route: Route) -> Section:
    blocks: list[Block] = [
        Paragraph(line(badge(route.availability.value), f" {route.says} ", cite(", ".join(route.cites)))),
        Facts(tuple(_practical(route))),
        *_conditions(route),
    ]
    if route.authorities:
        blocks.append(Listing("Whom to ask", tuple(_authority(a) for a in route.authorities)))
    if route.agreements and len(route.agreements) > 1:
        listed = tuple(Entry(line(f"{a.title} ({a.reference or 'no reference'})")) for a in route.agreements)
        blocks.append(Listing("Agreements read together", listed))
    if route.provisional:
        blocks.append(Notice(line(strong("Provisional: "), "; ".join(route.provisional))))
    return Section(f"{number}. {route.title}", f"route-{number}", tuple(blocks))


def _practical(route: Route) -> list[tuple[str, Line]]:
    found: list[tuple[str, Line]] = [("Why here", line(route.why_here))]
    named: tuple[tuple[str, Practical | None], ...] = (
        ("Channel", route.channel),
        ("Languages", route.languages),
        ("Form", route.form),
        ("Costs", route.costs),
    )
    found += [(name, line(f"{p.says} ", cite(", ".join(p.cites)))) for name, p in named if p]
    if route.time_limits:
        found.append(("Time limits", line("; ".join(_limit(limit) for limit in route.time_limits))))
    if route.note:
        found.append(("Note", line(route.note)))
    return found


def _limit(limit: Limit) -> str:
    within = f"within {limit.term} of {limit.counted_from}" if limit.term else limit.says or ""
    more = f" ({limit.says})" if limit.term and limit.says else ""
    cited = f" ({', '.join(limit.cites)})" if limit.cites else ""
    return f"{limit.what}: {within}{more}{cited}"


def _conditions(route: Route) -> list[Block]:
    met = [c for c in route.conditions if c.outcome is Outcome.SATISFIED]
    rest = [c for c in route.conditions if c.outcome is not Outcome.SATISFIED]
    found: list[Block] = []
    if rest:
        found.append(Listing("Conditions", tuple(_condition(c) for c in _by_weight(rest))))
    if met:
        found.append(Listing("Conditions satisfied", tuple(_condition(c) for c in met), folded=True))
    return found


def _by_weight(conditions: Sequence[ConditionTested]) -> list[ConditionTested]:
    order = [Outcome.OBSTACLE, Outcome.OPEN, Outcome.PROMISE]
    return sorted(conditions, key=lambda condition: order.index(condition.outcome))


def _condition(condition: ConditionTested) -> Entry:
    head = line(
        badge(condition.outcome.value),
        f" {GROUNDS[condition.ground]} ({FORCE[condition.force]}): {condition.says} ",
        cite(", ".join(condition.cites)),
    )
    below = [Entry(line(strong("Here: "), condition.why))]
    below += [Entry(line(muted("requesting State: "), _cited(c))) for c in condition.requesting]
    below += [Entry(line(muted("requested State: "), _cited(c))) for c in condition.requested]
    if condition.cure:
        below.append(Entry(line(strong("What helps: "), f"{condition.cure} ", cite(", ".join(condition.cure_cites)))))
    return Entry(head, tuple(below))


def _cited(cited: Cited) -> str:
    return f"{cited.cite}{f': {cited.says}' if cited.says else ''}{'' if cited.verified else ' (not verified)'}"


def _authority(authority: WhomToAsk) -> Entry:
    part = f" ({authority.part})" if authority.part else ""
    below = []
    if authority.languages:
        below.append(Entry(line(f"languages: {', '.join(authority.languages)}")))
    if authority.channel:
        below.append(Entry(line(authority.channel)))
    dated = f", {day(authority.as_at)}" if authority.as_at else ""
    mark = "" if authority.verified else " (not verified)"
    below.append(Entry(line(muted(f"{', '.join(authority.source)}{dated}{mark}"))))
    if authority.note:
        below.append(Entry(line(muted(authority.note))))
    return Entry(line(f"{authority.name}{part}"), tuple(below))


def _missing(missing: MissingBasis) -> tuple[Line, ...]:
    return (line(missing.title), line(TIERS[missing.tier]), line(missing.why), line(missing.would_take))
