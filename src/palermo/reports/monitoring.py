"""What is to come for a State, and the register of recommendations, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from palermo.corpus.models import Corpus
from palermo.documents.calendar_file import Dated
from palermo.documents.report import (
    Block,
    Facts,
    Line,
    Listing,
    Paragraph,
    Report,
    Table,
    badge,
    cite,
    entries,
    line,
    muted,
)
from palermo.ledger.chronicle import Event
from palermo.monitoring.clocks import KnownOfState, MonitoringDue, StateCalendar
from palermo.monitoring.law_changes import LawSince
from palermo.monitoring.recommendations import Register, Registered, ThenAndNow
from palermo.reports.chronicle import WHAT, detail_of, instrument_of
from palermo.reports.chronicle import dated as dated_events
from palermo.reports.words import NOT_ADVICE, day

CHANGED = {
    "changed": "changed since",
    "not_changed": "no change encoded",
    "not_known": "not known",
    "not_law": "not a matter of law alone",
}
BASES = {
    "text": "by the text",
    "named": "named by the body",
    "to_be_named": "to be named by the body",
    "not_known": "no day known",
}
COUNTED = (
    "Days by the text leave the day counted from out. A body may have named another day for the State: look where the "
    "row says. Whether something was done in time is not known here."
)
NOT_CARRIED_OUT = (
    "That law changed does not say that a recommendation is carried out, nor the reverse: that is for the body that "
    "made it. Findings are those of the law as it is encoded, whether or not the instrument binds."
)


def calendar_report(corpus: Corpus, title: str, found: StateCalendar) -> Report:
    """What is to come with a day, what is due without one, and what is known of rounds and reviews."""
    coming = [(event.date, _event_row(corpus, event)) for event in found.events if event.date]
    coming += [(entry.by, _due_row(corpus, entry)) for entry in found.due if entry.by]
    coming.sort(key=lambda pair: pair[0])
    blocks: list[Block] = []
    if coming:
        heads = ("Day", "What", "Whose", "Under", "Detail")
        blocks.append(Table("What is to come", heads, tuple(row for _, row in coming)))
    else:
        blocks.append(Paragraph(line("No day is known to come; acts after the horizon of the sources are not known.")))
    undated = [entry for entry in found.due if entry.by is None]
    if undated:
        heads = ("What", "Whose", "Under", "When", "Look at")
        blocks.append(Table("Due on a day that is not known", heads, tuple(_undated_row(corpus, e) for e in undated)))
    if found.known:
        heads = ("When", "What", "Of", "Mechanism", "Source")
        known = sorted(found.known, key=lambda entry: (entry.mechanism, entry.from_ or date.min))
        blocks.append(Table("Known of rounds, reviews and reports", heads, tuple(_known_row(found, e) for e in known)))
    blocks.append(Paragraph(line(muted(COUNTED))))
    if found.known_up_to:
        pairs = tuple(
            (corpus.mechanisms[id].name, line(f"known up to {day(up_to)}")) for id, up_to in found.known_up_to.items()
        )
        blocks.append(Facts(pairs))
    return Report(title, tuple(blocks), NOT_ADVICE)


def due_days(corpus: Corpus, found: StateCalendar) -> list[Dated]:
    """The days of a State's calendar as entries of a calendar file."""
    days = dated_events(corpus, found.events)
    for entry in found.due:
        if entry.by:
            key = "-".join(filter(None, (found.state, entry.mechanism, entry.clock, entry.under, str(entry.by))))
            title = f"{found.state_name}: {entry.what} ({entry.body if entry.owed_by == 'body' else entry.name})"
            days.append(Dated(entry.by, title, _detail(entry), key.replace(" ", "_")))
    return days


def _event_row(corpus: Corpus, event: Event) -> tuple[Line, ...]:
    return (
        line(str(event.date)),
        line(WHAT[event.what]),
        line(corpus.parties[event.party].name),
        line(instrument_of(corpus, event)),
        line(detail_of(event)),
    )


def _due_row(corpus: Corpus, entry: MonitoringDue) -> tuple[Line, ...]:
    span = f"{entry.earliest} to {entry.by}" if entry.earliest else str(entry.by)
    return line(span), line(entry.what), line(_whose(entry)), line(_under(corpus, entry)), line(_detail(entry))


def _undated_row(corpus: Corpus, entry: MonitoringDue) -> tuple[Line, ...]:
    return (
        line(entry.what),
        line(_whose(entry)),
        line(_under(corpus, entry)),
        line(_waits_for(entry), cite(entry.cite), _unread(entry)),
        line(entry.look_at or ""),
    )


def _waits_for(entry: MonitoringDue) -> str:
    by_text = f"the text gives {entry.by_text}" if entry.by_text else None
    told = "; ".join(filter(None, (entry.says, by_text)))
    return f"{told} " if told else ""


def _known_row(found: StateCalendar, entry: KnownOfState) -> tuple[Line, ...]:
    when = f"{entry.from_ or ''}{f' to {entry.to}' if entry.to else ''}" or (entry.says or "")
    says = f" ({entry.says})" if entry.from_ and entry.says else ""
    return (
        line(when),
        line(f"{entry.what}{says}"),
        line(f"group: {entry.group}" if entry.group else "all" if entry.of_all else found.state_name),
        line(entry.name),
        line(cite(entry.source), "" if entry.verified else " (not read in a text)"),
    )


def _whose(entry: MonitoringDue) -> str:
    return "State" if entry.owed_by == "state" else entry.body


def _under(corpus: Corpus, entry: MonitoringDue) -> str:
    if entry.under is None:
        return entry.name
    since = f", in force since {entry.bound_since}" if entry.bound_since else ", since a day not known"
    return f"{entry.name}: {corpus.instruments[entry.under].short}{since}"


def _detail(entry: MonitoringDue) -> str:
    parts = [f"{entry.cite}; {BASES[entry.basis]}"]
    if entry.by_text:
        parts.append(f"the text gives {entry.by_text}")
    parts += [part for part in (entry.again, entry.says, entry.note) if part]
    if entry.set_by:
        parts.append(f"another day may be set by {entry.set_by}")
    if entry.look_at:
        parts.append(f"look at {entry.look_at}")
    return "; ".join(parts) + _unread(entry)


def _unread(entry: MonitoringDue) -> str:
    return " (not read in a text)" if entry.unverified else ""


def register_report(corpus: Corpus, found: Register) -> Report:
    """The recommendations to a State, the latest first, each with what the law gave then and gives now."""
    title = f"{found.state_name}: recommendations, and the law since, on {day(found.on)}"
    if not found.recommendations:
        none = "No recommendation to this State is encoded, which is not proof that there is none."
        return Report(title, (Paragraph(line(none)),))
    heads = ("Document", "Weight", "What it asks", "Law then", "Law now", "Changed since")
    rows = tuple(_register_row(entry) for entry in found.recommendations)
    blocks: list[Block] = [Table("Recommendations", heads, rows)]
    meant = {
        f"{corpus.mechanisms[entry.mechanism].name}, {entry.severity}": line(entry.severity_means)
        for entry in found.recommendations
    }
    blocks.append(Facts(tuple(meant.items())))
    noted: dict[str, list[str]] = {}
    for entry in found.recommendations:
        if entry.note:
            noted.setdefault(entry.note, []).append(_place(entry))
    if noted:
        blocks.append(Listing("Notes", entries(f"{'; '.join(places)}: {note}" for note, places in noted.items())))
    own = [comment for entry in found.recommendations for comment in _comments(entry)]
    if own:
        words = ("Duty", "Whose", "Day", "The State's own words")
        blocks.append(Table("Comments of the State", words, tuple(dict.fromkeys(own))))
    blocks.append(Paragraph(line(muted(NOT_CARRIED_OUT))))
    pairs = tuple(
        (corpus.mechanisms[id].name, line(f"known up to {day(up_to)}")) for id, up_to in found.known_up_to.items()
    )
    blocks.append(Facts(pairs))
    return Report(title, tuple(blocks), NOT_ADVICE)


def _place(entry: Registered) -> str:
    return f"{entry.document}, {entry.paragraph}" if entry.paragraph else entry.document


def _register_row(entry: Registered) -> tuple[Line, ...]:
    when = str(entry.date or entry.year)
    unread = "" if entry.verified else " (not read in a text)"
    duties = ", ".join(dict.fromkeys(found.cite for found in entry.findings))
    return (
        line(f"{_place(entry)}; {when}{unread}"),
        line(badge(entry.severity)),
        line(f"{entry.says} (", cite(duties), ")") if duties else line(entry.says),
        line(_by_system(entry, then=True)),
        line(_by_system(entry, then=False)),
        line(_changed(entry)),
    )


def _by_system(entry: Registered, then: bool) -> str:
    """The answers of each legal system; where all give one, or where there is but one system, without its name."""
    said: dict[str, list[str]] = {}
    several = len({found.duty for found in entry.findings}) > 1
    for found in entry.findings:
        words = _then(found) if then else found.now.value
        said.setdefault(f"{found.cite}: {words}" if several else words, []).append(found.system_name)
    if len(said) == 1 or len({found.system for found in entry.findings}) == 1:
        return "; ".join(said)
    return "; ".join(f"{', '.join(systems)}: {words}" for words, systems in said.items()) or "no duty tested"


def _then(found: ThenAndNow) -> str:
    return found.then.value if found.then else "not one answer in that year"


def _changed(entry: Registered) -> str:
    if not entry.encoded:
        return "not known: no law of the State is encoded"
    said: dict[str, list[str]] = {}
    for of in entry.systems:
        said.setdefault(_law_since(of.law), []).append(of.system_name)
    if len(said) == 1:
        return next(iter(said))
    return "; ".join(f"{', '.join(systems)}: {words}" for words, systems in said.items())


def _law_since(law: LawSince) -> str:
    words = CHANGED[law.state]
    if law.changes:
        shown = [
            f"{change.cite} {change.what} {change.day}{'' if change.verified else ', not read in a text'}"
            for change in law.changes[:SHOWN]
        ]
        more = len(law.changes) - SHOWN
        words += f" ({'; '.join(shown)}{f'; and {more} more' if more > 0 else ''})"
    elif law.why and law.state == "not_known":
        words += f": {law.why}"
    known = f"; law known up to {law.known_up_to}" if law.known_up_to and law.state == "not_changed" else ""
    return words + known


SHOWN = 3
"""How many changes of law a row names; JSON names all."""


def _comments(entry: Registered) -> Iterator[tuple[Line, ...]]:
    for found in entry.findings:
        for comment in found.comments:
            yield line(cite(found.cite)), line(comment.by), line(str(comment.date)), line(comment.says)
