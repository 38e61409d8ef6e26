"""The first draft of a legal system's file: every question the duties put to a law, unanswered, with who asks."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from datetime import date

from palermo.corpus.duty_tests import Measured, leaves
from palermo.corpus.models import Corpus, MeasureKind
from palermo.ledger.parties import UnknownName
from palermo.logic.formula import nearest

HEAD = """\
# yaml-language-server: $schema=../../docs/schema/jurisdiction-file.json
# {name}. Written down from the text of the law; docs/corpus.md says what each key means.
# Where to look: the official gazette or consolidated laws; UNODC SHERLOC and ILO NATLEX for the texts that exist;
# reports of the monitoring bodies for what to look for, not for what the law says.
# What nobody has read stays out: a question left as a comment is unknown, never no.
id: {id}
state: {state}
legal_system: {name}
# tradition: {{systems: [common_law, customary_law], origin: english, source: [juriglobe], verified: false}}
# languages: [en]                   # in which statutes are published
# region: eastern_africa            # of the UN's M49 list
as_at: {today}                    # the law was looked at as it stood up to this day
review_by: {in_a_year}                # by this day somebody should look at it again

# acts:
#   {slug}-act:                         # a short name; offences and values point to it
#     title: Trafficking in Persons Act
#     citation: number and year
#     source: public place where the text is found
#     version: state of the text that was read
#     verified: true                # only if somebody read the text

# offences_known_from: 2000-01-01   # from this day the offences below are all there are
# offences:
#   - id: {slug}-act/3                  # the act and the section
#     title: trafficking in persons
#     cite: Trafficking in Persons Act s 3
#     in_force: {{from: 2000-01-01, cite: notice of commencement}}
#     conduct:
#       all:
#         - any: [act.recruitment, act.transport, act.transfer, act.harbouring, act.receipt]
#         - any: [means.threat, means.force, means.deception]     # leave out where no means is asked
#         - any: [purpose.forced-labour, purpose.sexual-exploitation]
#     penalty: {{max: 10 years, cite: s 3}}
#     aggravated:
#       - {{when: person.child, max: life, cite: s 4}}

# measures:                         # take the hash off here and before each answer
"""

ANSWERS: dict[MeasureKind, str] = {"yes_no": "yes | partial | no", "duration": "30 days", "age": "18"}
WIDTH = 110


def new_jurisdiction(corpus: Corpus, id: str, today: date) -> str:
    """The draft for the legal system `id`: a party's code, or one with a part behind a hyphen (`USA-CA`).

    Raises UnknownName for a State the corpus does not know, and for a legal system it holds already.
    """
    state, _, part = id.partition("-")
    if id in corpus.legal_systems:
        raise UnknownName(f"{id} is encoded already: change its file, or lay a folder over the corpus")
    if state not in corpus.parties:
        raise UnknownName(f"no State has the code {state!r}{nearest(state, corpus.parties)}")
    name = corpus.parties[state].name + (f", {part}" if part else "")
    asked = _asked_by(corpus, state)
    text = HEAD.format(id=id, state=state, name=name, today=today, in_a_year=in_a_year(today), slug=id.lower())
    section = ""
    for measure, what in corpus.measures.items():
        if measure.partition(".")[0] != section:
            section = measure.partition(".")[0]
            text += f"\n  # ---- {section} ----"
        text += "\n"
        lines = [what.meaning]
        if asked[measure]:
            lines.append("asked by " + "; ".join(asked[measure]))
        for line in lines:
            text += textwrap.fill(line, WIDTH, initial_indent="  # ", subsequent_indent="  #   ") + "\n"
        text += f"  # {measure}: {{value: {ANSWERS[what.kind]}, cite: , act: {id.lower()}-act}}\n"
    text += "\n# look_up:                        # what is known and not yet encoded\n"
    return text + "#   - {topic: criminalisation, what: the penal code's offences of slavery}\n"


def in_a_year(day: date) -> date:
    """The same day of the next year, the last of February where there is none."""
    return day.replace(year=day.year + 1, day=min(day.day, 28 if day.month == 2 else day.day))


def _asked_by(corpus: Corpus, state: str) -> dict[str, list[str]]:
    """The duties that test each measure; a statute of another State used as a lens is left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for instrument in corpus.instruments.values():
        if instrument.state not in (None, state):
            continue
        for provision in instrument.provisions:
            if provision.test is None:
                continue
            for _, leaf in leaves(provision.test):
                cite = instrument.cite(provision)
                if isinstance(leaf, Measured) and cite not in found[leaf.measure]:
                    found[leaf.measure].append(cite)
    return found
