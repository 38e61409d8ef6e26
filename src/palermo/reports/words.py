"""Answers in words: dates, verbs, concepts and boxes of scenarios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from palermo.conformity.findings import Finding, Verdict
from palermo.corpus.models import Corpus
from palermo.ledger.standing import Bond, Standing
from palermo.logic.scenarios import Box, Choice

NOT_ADVICE = (
    "Palermo reads law as it is encoded, with its sources; it gives no legal advice and does not say that a State "
    "violates a treaty. Check every section cited before relying on it."
)

VERBS = {
    "shall": "shall",
    "shall_endeavour": "shall endeavour to",
    "shall_consider": "shall consider",
    "may": "may",
}
SOFTENERS = {
    "basic-concepts": "subject to the basic concepts of its legal system",
    "legal-principles": "consistent with its legal principles",
    "domestic-law": "in accordance with, or to the extent permitted by, domestic law",
    "within-means": "within available means",
    "to-extent-possible": "to the extent possible",
    "appropriate-cases": "in appropriate cases",
    "where-necessary": "where necessary",
    "where-appropriate": "where appropriate",
}
KINDS = {
    "bound": "as an addressee",
    "definitive_signature": "definitive signature",
    "party": "listed as a party",
    "territorial_application": "territorial application",
}
_NAMES = ("any act", "any means, or none for a child", "any purpose")
MEANS = 1


def day(value: date | None) -> str:
    """A date in words: `31 July 2015`; `day not known` where there is none."""
    return f"{value.day} {value:%B %Y}" if value else "day not known"


def known(laws: Iterable[date | None] = (), acts: Iterable[date | None] = ()) -> str:
    """Up to which day laws and acts of States are known: `Law as known at 2 May 2024 to 3 June 2026`."""
    parts = [(head, sorted({d for d in days if d})) for head, days in (("law", laws), ("acts of States", acts))]
    said = [
        f"{head} as known at {day(days[0])}{f' to {day(days[-1])}' if days[1:] else ''}" for head, days in parts if days
    ]
    whole = "; ".join(said)
    return whole[:1].upper() + whole[1:]


def list_of(words: Sequence[str], joiner: str = "or") -> str:
    """`a, b or c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joiner} {words[-1]}"


def label(corpus: Corpus, concept: str, language: str = "en") -> str:
    """A concept's label; in English where the language has none."""
    found = corpus.concepts.get(concept)
    if found is None:
        return concept
    return found.label.get(language) or found.label.get("en") or concept


def labels(corpus: Corpus, concepts: Iterable[str]) -> list[str]:
    """The labels of concepts, in the same order."""
    return [label(corpus, concept) for concept in concepts]


def box_in_words(corpus: Corpus, box: Box) -> str:
    """A box as one line: acts; means; purposes; circumstances, those that play no part left out."""
    sides = [
        side_in_words(corpus, side, box.all_of[i], i)
        for i, side in enumerate(box.choices())
        if any(side) or len(side) > 1
    ]
    return "; ".join(sides)


def side_in_words(corpus: Corpus, side: Sequence[Choice], whole: bool, dimension: int) -> str:
    """One dimension of a box: `any act`, or its choices."""
    if whole and dimension < len(_NAMES):
        named = {choice for choice in side if choice}
        if dimension != MEANS or ("person.child",) in named:
            return _NAMES[dimension]
        return "any means"
    choices = [" with ".join(labels(corpus, choice)) if choice else "no further fact" for choice in side]
    return list_of(sorted(choices, key=lambda words: (words == "no further fact", words)))


def with_softener(modality: str | None, softener: str | None) -> str:
    """A duty's verb with what softens it."""
    verb = VERBS.get(modality or "", "")
    return f"{verb} ({SOFTENERS[softener]})" if softener else verb


def asked_in_words(modality: str | None, softener: str | None, asks: str) -> str:
    """What a provision asks as one sentence without its stop: its verb with what softens it, and the duty."""
    if modality == "shall_consider":
        asks = asks.removeprefix("consider ")
    return f"{with_softener(modality, softener)} {asks}".strip()


def finding_in_words(finding: Finding) -> str:
    """A finding in one line: its word, what the law gives where it does not bind, and whether it is provisional."""
    marks = [finding.verdict.value]
    if finding.verdict is Verdict.NOT_BOUND:
        marks.append(f"law: {finding.law.value}")
    if finding.on_words:
        marks.append(f"on its words {finding.on_words.value}")
    if finding.provisional and finding.law not in (Verdict.NOT_ENCODED, Verdict.PRACTICE):
        marks.append("provisional")
    return ", ".join(marks)


def standing_in_words(standing: Standing, short: str, names: Mapping[str, str]) -> str:
    """How a party stands to an instrument, in a sentence."""
    own = standing.through is None or standing.status in ("in_force", "excluded", "not_known")
    code = standing.party if own or standing.through is None else standing.through
    name, bond = names.get(code, code), standing.bond
    if standing.status == "in_force" and bond:
        where = list_of([names.get(code, code) for code in standing.without], "and")
        return f"In force for {name} {_since(bond)}{_until(bond)}{f', not for {where}' if where else ''}."
    if standing.status == "not_yet_in_force" and bond:
        return f"{name} has consented ({_consent(bond)}); it enters into force for {name} on {day(bond.since)}."
    if standing.status == "left" and bond:
        return f"No longer in force for {name}: {_consent(bond)}, last day {day(bond.until)}."
    if standing.status == "not_known" and standing.through:
        state = names.get(standing.through, standing.through)
        return f"In force for {state}; whether its consent reaches {name} the record does not show (VCLT art 29)."
    if standing.status == "not_known" and bond:
        known = f"listed as a party on {day(bond.known_by)}" if bond.known_by else _consent(bond)
        return (
            f"{name} is a party ({known}); whether it was already bound on {day(standing.on)} the record does not show."
        )
    if standing.status == "signed":
        when = f"on {day(standing.signed)}" if standing.signed else "on a day not known"
        return f"{name} signed {when} and is not known to have consented to be bound."
    if standing.status == "excluded":
        state = names.get(standing.through or "", "Its State")
        return f"{state} does not apply it to {name}."
    if standing.status == "applied_provisionally":
        return f"{name} applies it provisionally."
    if standing.status == "not_bound":
        return f"{name} does not take part."
    if standing.status == "instrument_not_in_force":
        return f"{short} was not in force on {day(standing.on)}."
    if standing.status == "own_statute":
        return f"{short} is the statute of one State; for any other it is a lens and binds to nothing."
    return f"The table of acts, known up to {day(standing.known_up_to)}, names no act of {name}."


def _since(bond: Bond) -> str:
    if bond.since is None:
        known = f"; listed by {day(bond.known_by)}" if bond.known_by else ""
        return f"since a day not known ({_consent(bond)}{known})"
    how = {"rule": "; day by the instrument's rule", "printed": "; day as published"}.get(bond.basis, "")
    differs = f"; the rule gives {day(bond.by_rule)}" if bond.by_rule else ""
    return f"since {day(bond.since)} ({_consent(bond)}{how}{differs})"


def _until(bond: Bond) -> str:
    return f", until {day(bond.until)} ({bond.ended_by})" if bond.until else ""


def _consent(bond: Bond) -> str:
    kind = KINDS.get(bond.kind, bond.kind)
    return f"{kind} {day(bond.consent)}" if bond.consent else kind
