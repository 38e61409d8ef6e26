"""The law of a legal system as it is encoded: offences act by act, measures, readings, what is missing."""

from __future__ import annotations

from palermo.conformity.authorities import of_measure, penalty_text
from palermo.conformity.law_on_day import LawOnDay, OffenceOnDay
from palermo.corpus.lookup import readings_for
from palermo.corpus.models import Act, Corpus, InForce, LegalSystem, MeasureValue
from palermo.documents.report import (
    Block,
    Entry,
    Facts,
    Line,
    Listing,
    Paragraph,
    Report,
    Section,
    Table,
    cite,
    entries,
    line,
    muted,
    strong,
)
from palermo.reports.provision import formula_entry
from palermo.reports.sources import source_line
from palermo.reports.words import NOT_ADVICE, day, known, label, list_of


def legal_system_report(corpus: Corpus, law: LawOnDay) -> Report:
    """What of a legal system's law is encoded, as it stood on a day."""
    system = law.system
    blocks: list[Block] = [_about(corpus, law)]
    acts: dict[str, list[OffenceOnDay]] = {}
    for of in law.offences:
        acts.setdefault(_act_id(of), []).append(of)
    for id, offences in acts.items():
        act = system.acts.get(id)
        heading = act.title if act else "Offences"
        shown = tuple(_offence(corpus, system, of) for of in offences)
        blocks.append(Section(heading, act_anchor(id), (*_act(act), *shown)))
    blocks += [_measures(corpus, law), *_unknown_measures(corpus, law)]
    readings = readings_for(corpus, system)
    if readings:
        said = tuple(
            Entry(
                line(
                    strong(f"“{label(corpus, r.by)}” takes in “{label(corpus, r.taken_in)}”"),
                    f" ({r.whose}{'' if r.verified else '; not verified'}): {r.why}",
                )
            )
            for r in readings.values()
        )
        blocks.append(Section("Readings", "readings", (Listing("", said),)))
    if system.look_up:
        missing = entries(f"{corpus.topics.get(entry.topic, entry.topic)}: {entry.what}" for entry in system.look_up)
        blocks.append(Section("Known not to be encoded", "look-up", (Listing("", missing),)))
    if system.comments:
        blocks.append(Section("What the State itself says", "comments", (_comments(corpus, system),)))
    title = f"{system.legal_system}: the law as encoded, on {day(law.on)}"
    return Report(title, tuple(blocks), NOT_ADVICE, known=known((system.as_at,)))


def offence_anchor(offence: str) -> str:
    """The place of an offence in the report on its law."""
    return f"o-{_slug(offence)}"


def act_anchor(act: str) -> str:
    """The place of an act in the report on its law, where offences of it are encoded."""
    return f"act-{_slug(act)}"


def _slug(id: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in id)


def _act_id(of: OffenceOnDay) -> str:
    return of.offence.act or of.offence.id.split("/", 1)[0]


def _about(corpus: Corpus, law: LawOnDay) -> Facts:
    system = law.system
    pairs: list[tuple[str, Line]] = [
        ("State", line(corpus.parties[system.state].name)),
        ("Looked at up to", line(day(system.as_at))),
    ]
    if system.offences_known_from:
        pairs.append(("Offences known from", line(day(system.offences_known_from))))
    if not law.offences_complete:
        pairs.append(("On that day", line("offences encoded are not the whole story; what is missing is unknown")))
    if system.tradition:
        pairs.append(("Tradition", line(list_of([s.replace("_", " ") for s in system.tradition.systems], "and"))))
    if system.note:
        pairs.append(("Remark", line(system.note)))
    return Facts(tuple(pairs))


def _act(act: Act | None) -> tuple[Block, ...]:
    if act is None:
        return ()
    read = "" if act.verified else " (not verified)"
    pairs: list[tuple[str, Line]] = [("Text", (*source_line(act.source), *line(read)))]
    optional = (("Citation", act.citation), ("Version", act.version), ("Remark", act.note))
    pairs += [(name, line(text)) for name, text in optional if text]
    return (Facts(tuple(pairs)),)


def _offence(corpus: Corpus, system: LegalSystem, of: OffenceOnDay) -> Section:
    offence = of.offence
    pairs: list[tuple[str, Line]] = []
    if offence.in_force:
        pairs.append(("In force", line(_force(offence.in_force))))
    if offence.penalty:
        pairs.append(("Penalty", line(penalty_text(offence.penalty))))
    optional = (("Mental element", offence.mental), ("Consent", offence.consent), ("Remark", offence.note))
    pairs += [(name, line(text)) for name, text in optional if text]
    read = "" if system.is_verified(offence) else " (not verified)"
    pairs.append(("Text", (*source_line(system.source_of(offence) or "no source"), *line(read))))
    conduct = Listing("Conduct", (formula_entry(corpus, of.conduct),))
    graver = tuple(
        Entry(line(strong(penalty_text(form))), (formula_entry(corpus, form.when),)) for form in offence.aggravated
    )
    blocks: tuple[Block, ...] = (conduct, Facts(tuple(pairs)))
    if graver:
        blocks = (*blocks, Listing("Graver where", graver))
    return Section(f"{offence.cite}: {offence.title}", offence_anchor(offence.id), blocks)


def _force(force: InForce) -> str:
    start = f"from {day(force.from_)}" if force.from_ else "since a day not encoded"
    return f"{start} to {day(force.to)}" if force.to else start


def _measures(corpus: Corpus, law: LawOnDay) -> Block:
    rows = tuple(
        _measure(corpus, law.system, id, value) for id, value in sorted({**law.undated, **law.measures}.items())
    )
    if not rows:
        return Paragraph(line(muted("No measure is encoded.")))
    heads = ("Question", "Answer", "Section", "In force", "Remark")
    return Section("Measures", "measures", (Table("Measures", heads, rows),))


def _measure(corpus: Corpus, system: LegalSystem, id: str, value: MeasureValue) -> tuple[Line, ...]:
    authority = of_measure(system, id, value)
    undated = "" if value.in_force and value.in_force.from_ else f"as it stood on {day(system.as_at)}"
    read = "" if authority.verified else " (not verified)"
    return (
        line(corpus.measures[id].meaning),
        line(str(value.value)),
        line(cite(authority.cite), read),
        line(_force(value.in_force) if value.in_force and value.in_force.from_ else undated),
        line(value.note or ""),
    )


def _unknown_measures(corpus: Corpus, law: LawOnDay) -> list[Block]:
    unknown = [m.meaning for id, m in corpus.measures.items() if id not in law.measures and id not in law.undated]
    if not unknown:
        return []
    lead = f"Not encoded: {len(unknown)} further questions"
    return [Listing(lead, entries(sorted(unknown)), folded=True)]


def _comments(corpus: Corpus, system: LegalSystem) -> Listing:
    said = tuple(
        Entry(
            line(
                cite(f"{corpus.instruments[c.instrument].short} {c.provision}"),
                f": {c.says} ({c.by}, {day(c.date)}; {c.source})",
            )
        )
        for c in system.comments
    )
    return Listing("", said)
