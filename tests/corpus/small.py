"""A corpus small enough to be seen whole: one instrument, one legal system."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

CONCEPTS = """\
act.recruitment: {label: {en: recruitment}, meaning: drawing a person in}
act.transport: {label: {en: transport}, meaning: moving a person, entails: [circumstance.travel]}
means.coercion: {label: {en: coercion}, meaning: bending a will}
means.force: {label: {en: force}, meaning: physical force, narrower_than: [means.coercion]}
person.child: {label: {en: child}, meaning: under eighteen}
purpose.forced-labour: {label: {en: forced labour}, meaning: work under threat}
purpose.organ-removal: {label: {en: removal of organs}, meaning: taking an organ}
circumstance.travel: {label: {en: travel}, meaning: somebody travels}
"""
MEASURES = """\
criminal.attempt: {kind: yes_no, meaning: attempt is punishable}
victim.reflection-period: {kind: duration, meaning: length of the reflection period}
"""
TOPICS = """\
criminalisation: criminalisation
attempt: attempt
reflection-period: reflection period
"""
PARTIES = """\
code,name,kind,un_member,part_of,aliases,note
ITA,Italy,state,yes,,,
NGA,Nigeria,state,yes,,Federal Republic of Nigeria,
"""
INSTRUMENT = """\
id: treaty
title: A treaty against trafficking
short: Treaty
kind: convention
adopted: 2000-01-01
entry_into_force:
  general: {days_after: 90, instruments: 2, cite: art 10(1)}
  later_party: {days_after: 30, cite: art 10(2)}
denunciation: {months_after: 12, cite: art 11}
text: {source: the treaty itself, language: en, verified: true}
provisions:
  - id: "1"
    title: trafficking
    kind: definition
    pillar: prosecution
    topic: criminalisation
    meaning: an act, a means and a purpose
    conduct:
      all:
        - any: [act.recruitment, act.transport]
        - any: [person.child, means.coercion]
        - any: [purpose.forced-labour, purpose.organ-removal]
  - id: "2"
    title: criminalisation
    kind: duty
    pillar: prosecution
    topic: criminalisation
    modality: shall
    duty: punish the conduct of art 1
    test: {criminalises: "1"}
  - id: "3"
    title: attempt
    kind: duty
    pillar: prosecution
    topic: attempt
    modality: shall
    softener: basic-concepts
    duty: punish the attempt
    test: {measure: criminal.attempt}
  - id: "4"
    title: reflection period
    kind: duty
    pillar: protection
    topic: reflection-period
    modality: shall
    duty: give at least thirty days
    test: {measure: victim.reflection-period, at_least: 30 days}
"""
SYSTEM = """\
id: ITA
state: ITA
legal_system: Italy
as_at: 2024-01-01
offences_known_from: 2010-01-01
acts:
  code: {title: Code, source: the gazette, verified: true}
offences:
  - id: code/1
    title: trafficking
    cite: Code art 1
    in_force: {from: 2010-01-01}
    conduct:
      all:
        - any: [act.recruitment, act.transport]
        - {concept: means.coercion, cite: art 1(2)}
        - purpose.forced-labour
    penalty: {min: 8 years, max: 20 years, cite: art 1(3)}
measures:
  criminal.attempt: {value: yes, cite: art 56, act: code}
  victim.reflection-period: {value: 20 days, cite: art 2, act: code, in_force: {from: 2015-01-01}}
"""
ACTIONS = """\
party,action,date,entry_into_force,note,source,as_at
ITA,ratification,2001-01-01,,,register,2024-01-01
NGA,accession,2001-02-01,,,register,2024-01-01
"""
SOURCES = """\
register: {title: the register of treaties}
"""


def write(folder: Path, **changes: str) -> Path:
    """Write the small corpus; a keyword replaces the text of a file (`system`, `concepts`, ...)."""
    texts = {
        "concepts.yaml": changes.get("concepts", CONCEPTS),
        "measures.yaml": changes.get("measures", MEASURES),
        "topics.yaml": changes.get("topics", TOPICS),
        "sources.yaml": changes.get("sources", SOURCES),
        "parties.csv": changes.get("parties", PARTIES),
        "instruments/treaty.yaml": changes.get("instrument", INSTRUMENT),
        "jurisdictions/ITA.yaml": changes.get("system", SYSTEM),
        "actions/treaty.csv": changes.get("actions", ACTIONS),
    }
    if "statements" in changes:
        texts["reservations/treaty.yaml"] = changes["statements"]
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return folder
