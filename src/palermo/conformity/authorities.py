"""Sections of national law as a finding cites them."""

from __future__ import annotations

from palermo.conformity.findings import Authority
from palermo.corpus.models import Aggravated, LegalSystem, MeasureValue, Offence, Penalty


def of_offence(system: LegalSystem, offence: Offence) -> Authority:
    """The section an offence stands in."""
    return Authority(
        cite=offence.cite,
        verified=system.is_verified(offence),
        id=offence.id,
        title=offence.title,
        source=system.source_of(offence),
        in_force_from=offence.in_force.from_ if offence.in_force else None,
        in_force_to=offence.in_force.to if offence.in_force else None,
        mental=offence.mental,
        consent=offence.consent,
        penalty=penalty_text(offence.penalty) if offence.penalty else None,
        note=offence.note,
    )


def of_measure(system: LegalSystem, id: str, value: MeasureValue) -> Authority:
    """The section a measure's value was found in; its act is named where the pinpoint does not."""
    act = system.act_of(value)
    cite = value.cite
    if act and not _names(cite, act.title):
        cite = f"{act.title} {cite}"
    return Authority(
        cite=cite,
        verified=system.is_verified(value),
        id=id,
        value=str(value.value),
        source=system.source_of(value),
        in_force_from=value.in_force.from_ if value.in_force else None,
        in_force_to=value.in_force.to if value.in_force else None,
        note=value.note,
    )


def _names(cite: str, title: str) -> bool:
    """Whether a pinpoint already names an act: `s 45` and `art 5(1)` do not."""
    first = cite.split(maxsplit=1)[0].rstrip(".").casefold()
    return title.casefold() in cite.casefold() or first not in {"s", "ss", "art", "arts", "section", "sections", "para"}


def penalty_text(penalty: Penalty | Aggravated) -> str:
    """A penalty in a few words: `5 years to life, with a fine (s 5)`."""
    if penalty.fine == "only":
        words = "a fine"
    elif penalty.min and penalty.max and penalty.min != penalty.max:
        words = f"{penalty.min} to {penalty.max}"
    elif penalty.max:
        words = str(penalty.max) if penalty.min else f"up to {penalty.max}"
    elif penalty.min:
        words = f"at least {penalty.min}"
    else:
        words = "not encoded"
    words = words.replace("up to life", "up to imprisonment for life").replace("up to death", "up to death")
    if penalty.fine in ("added", "alternative"):
        words += ", and a fine" if penalty.fine == "added" else ", or a fine instead"
    return f"{words} ({penalty.cite})" if penalty.cite else words
