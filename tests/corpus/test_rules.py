"""An error planted for every rule of `palermo check` is reported by that rule, at the very character, and alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

import palermo
from palermo.corpus.curation import LANGUAGES, warnings_of
from palermo.corpus.problems import CorpusError, Problem
from palermo.corpus.reading import check_corpus
from palermo.corpus.rules import RULES
from palermo.corpus.shipped import shipped_folder
from palermo.monitoring.own_answers import read_answers
from palermo.screening.mapping import read_mapping

from .small import ACTIONS, CONCEPTS, INSTRUMENT, MEASURES, PARTIES, SYSTEM, TOPICS

ON = date(2024, 6, 1)
SIX = ", ".join(f"{language}: a" for language in LANGUAGES)
DATED_SYSTEM = SYSTEM.replace("as_at: 2024-01-01", "as_at: 2024-01-01\nreview_by: 2025-01-01").replace(
    "{value: yes, cite: art 56, act: code}",
    "{value: yes, cite: art 56, act: code, in_force: {from: 2010-01-01}}",
)
INDICATORS = """\
victims:
  label: victims
  meaning: victims whom the authorities detected
  kind: count
  unit: persons
  source: [register]
  terms: facts
  ships: "yes"
  missing: not looked up
tier:
  label: tier
  meaning: where a report placed the State
  kind: category
  unit: code
  source: [register]
  terms: facts
  ships: "yes"
  missing: not looked up
  words: {first: {label: first, value: 1}, unranked: {label: no rank, status: not_reported}}
law:
  label: law
  meaning: what the law says
  kind: yes_no
  unit: code
  source: [register]
  terms: facts
  ships: derived
  missing: not encoded
"""
WHOLE = {
    "concepts.yaml": re.sub(r"label: \{.*?\}", f"label: {{{SIX}}}", CONCEPTS),
    "measures.yaml": MEASURES,
    "topics.yaml": TOPICS,
    "parties.csv": PARTIES,
    "sources/registers.yaml": "register: {title: the register of treaties, as_at: 2024-01-01}\n",
    "readings.yaml": "fear:\n  {taken_in: means.force, by: means.coercion, whose: a court, why: said so, cite: s 1}\n",
    "instruments/treaty.yaml": INSTRUMENT.replace("adopted: 2000-01-01", "adopted: 2000-01-01\nreview_by: 2025-01-01"),
    "jurisdictions/ITA.yaml": DATED_SYSTEM.replace(
        "offences:\n",
        "formulas:\n  code/2: {any: [act.recruitment, {formula: treaty 1}]}\noffences:\n",
    ).replace("- any: [act.recruitment, act.transport]", "- {formula: code/2}"),
    "actions/treaty.csv": ACTIONS,
    "reservations/treaty.yaml": """\
instrument: treaty
as_at: 2024-01-01
review_by: 2025-01-01
statements:
  - {id: ITA-1, party: ITA, kind: reservation, provisions: ["3"], says: "no", source: register, verified: true}
  - {id: NGA-1, party: NGA, kind: objection, answers: ITA-1, says: objects, source: register, verified: true}
""",
    "agreements/extradition.csv": """\
id,first,second,kind,title,signed,entry_into_force,ended,superseded_by,reference,note,source,as_at
ita-nga,ITA,NGA,extradition,"Extradition, and more",2001-01-01,2002-01-01,2010-01-01,treaty,,,register,2024-01-01
""",
    "forms.yaml": "extradition: {label: {en: extradition}, meaning: surrender, family: extradition}\n",
    "cooperation/treaty.yaml": """\
id: treaty
tier: regional
as_at: 2024-01-01
source: the gazette
verified: true
ways:
  - {forms: extradition, provisions: "3", says: surrender, contents: {authority: "3"}}
""",
    "request_elements.yaml": "authority: {label: {en: authority}, asks: who asks}\n",
    "request_phrases.yaml": "thanks: {en: we thank you}\n",
    "request_kinds.yaml": """\
letter:
  forms: [extradition]
  title: {en: request}
  elements: [authority]
  opening: {en: we ask}
  closing: [thanks]
""",
    "phrases/en.yaml": """\
language: en
name: English
section: [section]
skip: [the, of]
concepts: {act.recruitment: [recruits]}
""",
    "authorities.csv": """\
id,party,name,families,instrument,languages,part,channel,note,source,as_at,verified
ita-mg,ITA,Ministry of Justice,extradition,treaty,,,,,register,2024-01-01,yes
""",
    "monitoring/reports.yaml": """\
id: reports
name: Reports
body: the committee
binds: {parties_to: treaty}
as_at: 2024-01-01
review_by: 2025-01-01
source: the treaty
verified: true
severities: {urge: presses}
clocks:
  - {id: first, what: first report, duty: treaty 2, due: {after_entry: 2 years}, cite: art 9(1)}
  - {id: yearly, what: figures, due: {each_year: 06-30}, cite: art 9(2), verified: true}
  - {id: along, what: annex, due: {with_clock: reports/first}, cite: art 9(3), only_party: treaty}
groups:
  - {id: one, what: the first by lot, states: ITA, source: letter, verified: true}
known:
  - {what: visit, states: ITA, from: 2020-01-06, to: 2020-01-10, source: news, verified: true}
  - {step: questionnaire, round: 2, states: ITA, from: 2021-01-01, source: letter, verified: true}
  - {step: reply, round: 2, states: ITA, from: 2021-05-01, source: letter, verified: true}
  - {what: a talk, group: one, under: treaty, says: in June, source: letter, verified: true}
  - {what: day named, clock: yearly, says: in May, source: letter, verified: true}
""",
    "monitoring/recommendations/reports-ITA.yaml": """\
id: reports-ITA
mechanism: reports
state: ITA
as_at: 2024-01-01
review_by: 2025-01-01
recommendations:
  - id: "1"
    document: report of 2020
    date: 2020-06-01
    severity: urge
    says: punish the attempt
    duties: [treaty 3]
    measures: [criminal.attempt]
    source: the report
    verified: true
""",
    "monitoring/questionnaires/round.yaml": """\
id: round
mechanism: reports
title: what the committee asks
as_at: 2024-01-01
review_by: 2025-01-01
source: the form
verified: true
questions:
  - {id: "1", part: law, asks: is the attempt punished, kind: law, cite: question 1, duties: [treaty 3]}
  - {id: "2", part: law, asks: how many, kind: figures, cite: question 2, verified: true}
""",
    "evidence/indicators.yaml": INDICATORS,
    "evidence/counts.csv": """\
state,year,indicator,value,word,status,low,high,unit,source,as_at,note
ITA,2010,victims,0,,reported,,,persons,register,2024-01-01,
ITA,2011,victims,,,suppressed,0,4,,,,
NGA,2010,tier,,first,reported,,,,register,,
NGA,2011,tier,,unranked,not_reported,,,,register,,
""",
    "evidence/existence.csv": """\
state,first_day,last_day,source,note
NGA,1960-10-01,,register,
""",
    "disagreements/acts.csv": """\
instrument,party,action,kept,kept_source,other,other_source,reason
treaty,ITA,ratification,2001-01-01,register,2001-01-02,register,the first is the day of the deposit
""",
    "evidence/tip-tiers.csv": """\
party,year,tier,source,note
ITA,2005,tier_1,register,
NGA,2005,tier_2_watch_list,register,
""",
}
BASIS, KINDS, PHRASES = "cooperation/treaty.yaml", "request_kinds.yaml", "phrases/en.yaml"
ITA, TREATY, STATEMENTS = "jurisdictions/ITA.yaml", "instruments/treaty.yaml", "reservations/treaty.yaml"
COUNTS, EXISTENCE, CODEBOOK = "evidence/counts.csv", "evidence/existence.csv", "evidence/indicators.yaml"
ACTS, AGREEMENTS, DISAGREEMENTS = "actions/treaty.csv", "agreements/extradition.csv", "disagreements/acts.csv"
MECHANISM, QUESTIONS = "monitoring/reports.yaml", "monitoring/questionnaires/round.yaml"
MADE = "monitoring/recommendations/reports-ITA.yaml"
TIERS = "evidence/tip-tiers.csv"
MAPPING = """\
id: m
title: m
columns:
  age:
    facts:
      - {concept: act.transport, "true": ["1"], "false": ["1"]}
"""


@dataclass(frozen=True)
class Planted:
    """A text put for another in a file. `at` is a part of the new text; a `¦` in it says where the error begins."""

    file: str
    old: str
    new: str
    at: str

    def place(self, text: str) -> tuple[int, int]:
        """Line and column of the error."""
        before, _, after = self.at.rpartition("¦")
        assert text.count(before + after) == 1, f"{self.at!r} does not stand once in {self.file}"
        lines = text[: text.index(before + after) + len(before)].split("\n")
        return len(lines), len(lines[-1]) + 1


PLANTED: dict[str, list[Planted]] = {
    # files
    "not-yaml": [
        Planted(ITA, "acts:", "acts: [", "¦formulas:"),
        Planted(ITA, "\nstate: ITA", "\nstate: ITA\x07", "state: ITA\x07"),
    ],
    "not-csv": [Planted(ACTS, "NGA,accession", 'NGA,"acc"ession', 'NGA,"acc"ession')],
    "wrong-columns": [Planted(ACTS, "party,action,date", "party,date,action", "party,date")],
    "wrong-cells": [Planted(ACTS, "NGA,accession", "NGA,accession,,", "NGA,accession")],
    "key-not-text": [Planted(TREATY, "denunciation:", "1: x\ndenunciation:", "1: x")],
    "duplicate-key": [Planted(ITA, "as_at:", "state: NGA\nas_at:", "state: NGA")],
    "wrong-file-name": [
        Planted(ITA, "id: ITA", "id: ITB", "ITB"),
        Planted(TREATY, "id: treaty", "id: pact", "pact"),
        Planted(MADE, "state: ITA", "state: NGA", "reports-ITA"),
    ],
    # shape
    "unknown-key": [
        Planted(ITA, "legal_system: Italy", "legal_system: Italy\nlegal_sytem: Italy", "¦legal_sytem: Italy"),
        Planted(ITA, "cite: art 2, act", "cite: art 2, last, act", "last, act"),
    ],
    "missing-key": [
        Planted(ITA, "    title: trafficking\n", "", "id: code/1"),
        Planted(MADE, "    date: 2020-06-01\n", "", '¦id: "1"'),
        Planted(MECHANISM, ", says: in May", "", "{what: day named"),
        Planted(MECHANISM, "{step: reply,", "{step: reply, what: answer,", "{step: reply"),
    ],
    "empty-text": [Planted(ITA, "legal_system: Italy", 'legal_system: ""', '""')],
    "wrong-type": [
        Planted(ITA, "source: the gazette, verified: true", "source: the gazette, verified: maybe", "maybe"),
        Planted(TREATY, "instruments: 2", "instruments: two", "two"),
        Planted("topics.yaml", TOPICS, "- attempt\n", "- attempt"),
    ],
    "unknown-word": [
        Planted(TREATY, "softener: basic-concepts", "softener: basic-concept", "basic-concept"),
        Planted(ACTS, "ITA,ratification", "ITA,ratified", "ratified"),
        Planted(TIERS, "tier_1", "tier_one", "tier_one"),
    ],
    "not-a-date": [
        Planted(ITA, "from: 2015-01-01", "from: 1 January 2015", "1 January 2015"),
        Planted(ACTS, "2001-02-01,,", "2001-02-30,,", "2001-02-30"),
        Planted(AGREEMENTS, "2002-01-01", "soon", "soon"),
    ],
    "not-a-report-year": [Planted(TIERS, "NGA,2005", "NGA,1999", "1999")],
    "not-a-term": [
        Planted(ITA, "min: 8 years", "min: eight years", "eight years"),
        Planted(TREATY, "at_least: 30 days", "at_least: thirty", "at_least: ¦thirty"),
    ],
    "wrong-value": [
        Planted(ITA, "value: yes", "value: ja", "ja"),
        Planted(ITA, "value: 20 days", "value: many", "many"),
    ],
    "malformed-formula": [
        Planted(ITA, "- {concept: means.coercion, cite: art 1(2)}", "- {some: [means.coercion]}", "some: ¦[means"),
        Planted(TREATY, "- any: [act.recruitment, act.transport]", "- any: []", "[]"),
    ],
    "malformed-test": [
        Planted(TREATY, 'test: {criminalises: "1"}', "test: {criminalises: 1}", "criminalises: ¦1}"),
        Planted(TREATY, "test: {measure: criminal.attempt}", "test: {}", "test: ¦{}"),
    ],
    # what a name leads to
    "unknown-concept": [
        Planted(ITA, "- purpose.forced-labour", "- purpose.forced-labor", "purpose.forced-labor"),
        Planted("concepts.yaml", "[means.coercion]", "[means.coertion]", "means.coertion"),
        Planted("readings.yaml", "taken_in: means.force", "taken_in: means.fear", "means.fear"),
    ],
    "unknown-measure": [
        Planted(ITA, "  criminal.attempt:", "  criminal.atempt:", "criminal.atempt"),
        Planted(TREATY, "measure: criminal.attempt", "measure: criminal.atempt", "criminal.atempt"),
        Planted(MADE, "[criminal.attempt]", "[criminal.atempt]", "criminal.atempt"),
    ],
    "unknown-topic": [Planted(TREATY, "topic: attempt", "topic: atempt", "atempt")],
    "unknown-party": [
        Planted(ITA, "state: ITA", "state: ITB", "ITB"),
        Planted(ACTS, "NGA", "NGB", "NGB"),
        Planted(AGREEMENTS, ",NGA,", ",NGB,", "NGB"),
        Planted(STATEMENTS, "party: NGA", "party: NGB", "NGB"),
        Planted(COUNTS, "ITA,2010", "ITB,2010", "ITB"),
        Planted(EXISTENCE, "NGA", "NGB", "NGB"),
        Planted(DISAGREEMENTS, "ITA", "ITB", "ITB"),
        Planted(TIERS, "NGA", "NGB", "NGB"),
        Planted("authorities.csv", ",ITA,", ",ITB,", "ITB"),
        Planted(MECHANISM, "states: ITA, from: 2020", "states: ITB, from: 2020", "ITB"),
        Planted(MECHANISM, "states: ITA, source", "states: ITB, source", "ITB"),
    ],
    "unknown-source": [
        Planted(ACTS, "2001-01-01,,,register", "2001-01-01,,,registry", "registry"),
        Planted(AGREEMENTS, "register", "registry", "registry"),
        Planted(COUNTS, "persons,register", "persons,registry", "registry"),
        Planted(EXISTENCE, "register", "registry", "registry"),
        Planted(
            CODEBOOK,
            "source: [register]\n  terms: facts\n  ships: derived",
            "source: [registry]\n  terms: facts\n  ships: derived",
            "registry",
        ),
        Planted(STATEMENTS, '"no", source: register', '"no", source: registry', "registry"),
        Planted(DISAGREEMENTS, "2001-01-02,register", "2001-01-02,registry", "registry"),
        Planted(TIERS, "tier_1,register", "tier_1,registry", "registry"),
    ],
    "unknown-instrument": [
        Planted(TREATY, "short: Treaty", "short: Treaty\nsupplements: pact", "pact"),
        Planted(AGREEMENTS, "treaty", "pact", "pact"),
        Planted(MECHANISM, "only_party: treaty", "only_party: pact", "pact"),
        Planted(MECHANISM, "parties_to: treaty", "parties_to: pact", "pact"),
        Planted(MECHANISM, "under: treaty", "under: pact", "pact"),
    ],
    "unknown-provision": [
        Planted(TREATY, 'criminalises: "1"', 'criminalises: "9"', '"9"'),
        Planted(STATEMENTS, '["3"]', '["33"]', '"33"'),
        Planted(MECHANISM, "duty: treaty 2", "duty: treaty 22", "treaty 22"),
        Planted(MADE, "duties: [treaty 3]", "duties: [treaty 33]", "treaty 33"),
        Planted(QUESTIONS, "duties: [treaty 3]", "duties: [treaty art 3]", "treaty art 3"),
    ],
    "unknown-act": [
        Planted(ITA, "id: code/1", "id: codex/1", "codex/1"),
        Planted(ITA, "art 2, act: code,", "art 2, act: codex,", "codex,"),
    ],
    "unknown-legal-system": [Planted("readings.yaml", "whose:", "in: [ITB], whose:", "ITB")],
    "unknown-formula": [Planted(ITA, "{formula: code/2}", "{formula: code/3}", "{formula: ¦code/3}")],
    "unknown-statement": [Planted(STATEMENTS, "answers: ITA-1", "answers: ITA-2", "ITA-2")],
    # what the law asks of its description
    "circular-concept": [
        Planted("concepts.yaml", "means.coercion: {", "means.coercion: {entails: [means.force], ", "means.coercion: {")
    ],
    "circular-formula": [
        Planted(ITA, "{formula: treaty 1}", "{formula: code/2}", "act.recruitment, {formula: ¦code/2}")
    ],
    "no-conduct": [Planted(TREATY, 'criminalises: "1"', 'criminalises: "3"', 'criminalises: ¦"3"')],
    "not-comparable": [
        Planted(TREATY, "{measure: criminal.attempt}", "{measure: criminal.attempt, at_least: 1 day}", "1 day")
    ],
    "duplicate-id": [
        Planted(TREATY, 'id: "4"', 'id: "2"', '¦"2"\n    title: reflection'),
        Planted(STATEMENTS, "id: NGA-1", "id: ITA-1", "ITA-1, party: NGA"),
        Planted("parties.csv", "NGA,Nigeria", "ITA,Nigeria", "ITA,Nigeria"),
        Planted(MECHANISM, "id: along", "id: yearly", "¦yearly, what: annex"),
        Planted(QUESTIONS, 'id: "2"', 'id: "1"', '¦"1", part: law, asks: how'),
    ],
    "unknown-form": [
        Planted(BASIS, "forms: extradition", "forms: extraditon", "extraditon"),
        Planted(KINDS, "[extradition]", "[extraditon]", "extraditon"),
    ],
    "unknown-indicator": [
        Planted(COUNTS, "2010,victims", "2010,victim", "victim,"),
        Planted(COUNTS, "2010,victims,0", "2010,law,0", "law"),
    ],
    "duplicate-figure": [Planted(COUNTS, "NGA,2011,tier", "NGA,2010,tier", "¦NGA,2010,tier,,unranked")],
    "wrong-figure": [
        Planted(COUNTS, "victims,0", "victims,0.5", "0.5"),
        Planted(COUNTS, "victims,0", "victims,-1", "-1"),
        Planted(COUNTS, "victims,0", "victims,", "¦,,reported,,,persons"),
        Planted(COUNTS, "victims,0,,reported", "victims,7,,unknown", "7"),
        Planted(COUNTS, "0,4", ",4", "¦,4"),
        Planted(COUNTS, "0,4", "5,4", "5,¦4"),
        Planted(COUNTS, "victims,0,,reported,,", "victims,0,,reported,1,", "1,,persons"),
        Planted(COUNTS, "victims,0,", "victims,0,many", "many"),
        Planted(COUNTS, ",first,", ",second,", "second"),
        Planted(COUNTS, ",,first,", ",2,first,", "2,first"),
        Planted(COUNTS, ",unranked,not_reported", ",unranked,reported", "unranked,¦reported"),
    ],
    "wrong-unit": [Planted(COUNTS, "persons", "thousands", "thousands")],
    "unknown-basis": [Planted(BASIS, "verified: true", "verified: true\nread_with: pact", "pact")],
    "unknown-element": [Planted(KINDS, "[authority]", "[autority]", "autority")],
    "unknown-fixed-part": [Planted(KINDS, "[thanks]", "[thank]", "thank")],
    "unknown-mechanism": [Planted(QUESTIONS, "mechanism: reports", "mechanism: report", "mechanism: ¦report")],
    "unknown-clock": [
        Planted(MECHANISM, "with_clock: reports/first", "with_clock: reports/frist", "reports/frist"),
        Planted(MECHANISM, "clock: yearly", "clock: monthly", "monthly"),
    ],
    "unknown-group": [Planted(MECHANISM, "group: one", "group: won", "won")],
    "unknown-severity": [Planted(MADE, "severity: urge", "severity: invite", "invite")],
    "malformed-clock": [
        Planted(MECHANISM, "after_entry: 2 years", "after_entry: 2 years, on_day: 2020-01-01", "¦{after_entry"),
        Planted(MECHANISM, "{after_entry: 2 years}", "{}", "{}"),
        Planted(MECHANISM, "each_year: 06-30", "each_year: 06-31", "¦{each_year"),
        Planted(MECHANISM, "each_year: 06-30", "each_year: 06-30, every: 2 years", "¦{each_year"),
        Planted(MECHANISM, "after_entry: 2 years", "after_entry: life", "¦{after_entry"),
        Planted(MECHANISM, "after_entry: 2 years", "after_step: visit", "¦{after_step"),
        Planted(MECHANISM, "each_year: 06-30", "each_year: 06-30, within: 2 months", "¦{each_year"),
    ],
    "unlinked-entry": [
        Planted(QUESTIONS, ", duties: [treaty 3]", "", '¦{id: "1"'),
        Planted(MADE, "    duties: [treaty 3]\n    measures: [criminal.attempt]\n", "", '¦id: "1"'),
    ],
    "malformed-code": [Planted("concepts.yaml", "act.transport: {", "act.transport: {htcds: moved, ", "¦moved,")],
    "unfindable-phrase": [Planted(PHRASES, "[recruits]", "[of the]", "of the")],
    "duplicate-action": [
        Planted(
            ACTS,
            "NGA,accession,2001-02-01",
            "ITA,ratification,2001-01-01",
            "2024-01-01\n¦ITA,ratification",
        )
    ],
    "duplicate-placement": [Planted(TIERS, "NGA,2005", "ITA,2005", "¦ITA,2005,tier_2_watch_list")],
    "date-out-of-order": [
        Planted(ITA, "{from: 2015-01-01}", "{from: 2015-01-01, to: 2014-01-01}", "2014-01-01"),
        Planted(ITA, "review_by: 2025-01-01", "review_by: 2023-01-01", "2023-01-01"),
        Planted(AGREEMENTS, "2010-01-01", "2000-01-01", "2000-01-01"),
        Planted(STATEMENTS, '["3"],', '["3"], made: 2001-01-01, withdrawn: 1999-01-01,', "1999-01-01"),
        Planted(EXISTENCE, "1960-10-01,", "1960-10-01,1950-01-01", "1950-01-01"),
        Planted(TREATY, "cite: art 10(1)", "cite: art 10(1), official: 1999-01-01", "1999-01-01"),
        Planted(MECHANISM, "to: 2020-01-10", "to: 2020-01-05", "2020-01-05"),
        Planted(MECHANISM, "from: 2021-05-01", "from: 2020-05-01", "2020-05-01"),
        Planted(MADE, "date: 2020-06-01", "date: 2024-06-01", "2024-06-01"),
        Planted(QUESTIONS, "review_by: 2025-01-01", "review_by: 2023-01-01", "2023-01-01"),
    ],
    "missing-citation": [
        Planted(ITA, "    cite: Code art 1\n", "", "id: code/1"),
        Planted(ITA, "cite: Code art 1\n", 'cite: ""\n', '""'),
        Planted(ITA, "{value: 20 days, cite: art 2,", "{value: 20 days,", "{value: 20 days,"),
        Planted(ITA, ", cite: art 1(3)}", "}", "{min: 8 years"),
        Planted(TREATY, ", cite: art 10(2)}", "}", "{days_after: 30}"),
        Planted(TREATY, ", cite: art 11}", "}", "{months_after: 12}"),
        Planted("readings.yaml", ", cite: s 1}", "}", "fear:"),
    ],
    "missing-source": [
        Planted(ITA, "{title: Code, source: the gazette,", "{title: Code,", "{title: Code,"),
        Planted(ITA, "cite: art 56, act: code", "cite: art 56", "¦{value: yes"),
        Planted(ACTS, "2001-02-01,,,register", "2001-02-01,,,", "NGA,accession,2001-02-01,,,¦,"),
        Planted(STATEMENTS, "says: objects, source: register", "says: objects", "{id: NGA-1"),
        Planted(AGREEMENTS, "register", "", "treaty,,,¦,2024-01-01"),
        Planted(DISAGREEMENTS, "2001-01-01,register", "2001-01-01,", "2001-01-01,¦,2001-01-02"),
        Planted("authorities.csv", "register", "", "treaty,,,,,¦,2024-01-01"),
        Planted(TIERS, "watch_list,register", "watch_list,", "NGA,2005,tier_2_watch_list,¦,"),
    ],
    "incomplete-duty": [
        Planted(TREATY, "    duty: punish the attempt\n", "", 'id: "3"'),
        Planted(TREATY, "test: {measure: criminal.attempt}", "test: practice", 'id: "3"'),
    ],
    "missing-meaning": [Planted(TREATY, "    meaning: an act, a means and a purpose\n", "", 'id: "1"')],
    "wrong-for-kind": [
        Planted(TREATY, "kind: convention", "kind: convention\nstate: ITA", "ITA"),
        Planted(STATEMENTS, ", answers: ITA-1", "", "{id: NGA-1"),
        Planted(CODEBOOK, "no rank, status", "no rank, value: 9, status", "¦{label: no rank, "),
        Planted(STATEMENTS, 'says: "no",', 'says: "no", opposes_entry_into_force: false,', "false"),
        Planted("parties.csv", "Nigeria,state,yes,", "Nigeria,state,yes,ITA", "ITA,Federal"),
        Planted(MECHANISM, "{parties_to: treaty}", "{parties_to: treaty, un_members: true}", "binds: ¦{"),
    ],
    # warnings
    "review-overdue": [Planted(ITA, "review_by: 2025-01-01", "review_by: 2024-05-31", "2024-05-31")],
    "review-missing": [
        Planted(ITA, "review_by: 2025-01-01\n", "", "id: ITA"),
        Planted(TREATY, "review_by: 2025-01-01\n", "", "id: treaty"),
        Planted(STATEMENTS, "review_by: 2025-01-01\n", "", "instrument: treaty"),
        Planted(MADE, "review_by: 2025-01-01\n", "", "id: reports-ITA"),
        Planted(MECHANISM, "review_by: 2025-01-01\n", "", "¦id: reports\n"),
    ],
    "as-at-in-future": [Planted(ITA, "as_at: 2024-01-01", "as_at: 2024-06-02", "2024-06-02")],
    "source-without-date": [Planted("sources/registers.yaml", ", as_at: 2024-01-01", "", "register: {")],
    "label-missing": [
        Planted(
            "concepts.yaml", f"person.child: {{label: {{{SIX}}}", "person.child: {label: {en: child}", "{en: child}"
        )
    ],
    "unverified-value": [
        Planted(ITA, "    penalty:", "    verified: false\n    penalty:", "id: code/1"),
        Planted(TREATY, "verified: true", "verified: false", "{source: the treaty"),
        Planted(STATEMENTS, "source: register, verified: true}\n  -", "source: register}\n  -", "{id: ITA-1"),
        Planted(MADE, "verified: true", "verified: false", '¦id: "1"'),
        Planted(MECHANISM, "cite: art 9(2), verified: true", "cite: art 9(2), verified: false", "{id: yearly"),
        Planted(MECHANISM, "source: news, verified: true", "source: news", "{what: visit"),
        Planted(QUESTIONS, "question 2, verified: true", "question 2, verified: false", '{id: "2"'),
    ],
    "offence-without-penalty": [
        Planted(ITA, "    penalty: {min: 8 years, max: 20 years, cite: art 1(3)}\n", "", "id: code/1")
    ],
    "force-date-missing": [
        Planted(ITA, "    in_force: {from: 2010-01-01}\n", "", "id: code/1"),
        Planted(ITA, ", in_force: {from: 2015-01-01}", "", "{value: 20 days"),
    ],
    "unused-act": [Planted(ITA, "acts:\n", "acts:\n  other: {title: x, source: y, verified: true}\n", "other:")],
    "unused-formula": [Planted(ITA, "{formula: code/2}", "act.recruitment", "code/2:")],
}


def texts_with(planted: Planted) -> dict[str, str]:
    assert WHOLE[planted.file].count(planted.old) == 1, f"{planted.old!r} does not stand once in {planted.file}"
    return {**WHOLE, planted.file: WHOLE[planted.file].replace(planted.old, planted.new)}


def found_in(folder: Path, texts: dict[str, str], level: str) -> list[Problem]:
    """Everything of a level that is found in a corpus of these texts."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    checked = check_corpus([folder])
    return checked.faults if level == "fault" else list(warnings_of(checked.corpus, checked.documents, ON))


def test_nothing_is_found_where_nothing_is_planted(tmp_path: Path) -> None:
    assert found_in(tmp_path, WHOLE, "fault") == []
    assert found_in(tmp_path, WHOLE, "warning") == []


CASES = [(rule, i) for rule, planted in PLANTED.items() for i in range(len(planted))]


@pytest.mark.parametrize(("rule", "i"), CASES)
def test_a_planted_error_is_found_by_its_rule_at_its_place(tmp_path: Path, rule: str, i: int) -> None:
    planted = PLANTED[rule][i]
    texts = texts_with(planted)
    found = found_in(tmp_path, texts, RULES[rule].level)
    assert [(p.file, p.line, p.column, p.rule) for p in found] == [
        (tmp_path / planted.file, *planted.place(texts[planted.file]), rule)
    ], "\n".join(map(str, found))
    assert str(found[0]).endswith(f" [{rule}]")


def caught(folder: Path) -> list[Problem]:
    """The faults of a folder, as whoever loads it is told."""
    with pytest.raises(CorpusError) as told:
        palermo.load(base=folder)
    return told.value.problems


def no_such_folder(folder: Path) -> tuple[list[Problem], Path]:
    return caught(folder / "laws"), folder / "laws"


def empty_folder(folder: Path) -> tuple[list[Problem], Path]:
    return caught(folder), folder


def misplaced_file(folder: Path) -> tuple[list[Problem], Path]:
    return found_in(folder, {**WHOLE, "juridictions/FRA.yaml": "id: FRA\n"}, "fault"), folder / "juridictions/FRA.yaml"


def unreadable_file(folder: Path) -> tuple[list[Problem], Path]:
    (folder / "jurisdictions").mkdir()
    (folder / "jurisdictions/FRA.yaml").write_bytes("legal_system: République".encode("latin-1"))
    return found_in(folder, WHOLE, "fault"), folder / "jurisdictions/FRA.yaml"


PLANTED_AROUND = {
    "no-such-folder": no_such_folder,
    "empty-folder": empty_folder,
    "misplaced-file": misplaced_file,
    "unreadable-file": unreadable_file,
}


@pytest.mark.parametrize("rule", PLANTED_AROUND)
def test_an_error_around_the_texts_is_found_at_its_file(tmp_path: Path, rule: str) -> None:
    found, file = PLANTED_AROUND[rule](tmp_path)
    assert [(p.file, p.line, p.column, p.rule) for p in found] == [(file, 0, 0, rule)]


def test_a_contradictory_value_of_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    with pytest.raises(CorpusError) as told:
        read_mapping(path, {"act.transport"})
    (found,) = told.value.problems
    assert (found.line, found.column, found.rule) == (6, 9, "contradictory-value")


@pytest.mark.parametrize(("old", "new", "at"), [("round", "rond", (3, 20)), ('"1"', '"9"', (4, 15))])
def test_an_answer_to_no_question_is_named_at_its_place(
    tmp_path: Path, old: str, new: str, at: tuple[int, int]
) -> None:
    assert found_in(tmp_path / "laws", WHOLE, "fault") == []
    text = 'state: ITA\nanswers:\n  - questionnaire: round\n    question: "1"\n    by: Ministry\n    says: yes it is\n'
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    corpus = palermo.load(base=tmp_path / "laws").corpus
    assert read_answers(path, corpus, "ITA")[0].says == "yes it is"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CorpusError) as told:
        read_answers(path, corpus, "ITA")
    (found,) = told.value.problems
    assert (found.line, found.column, found.rule) == (*at, "unknown-question")


def test_two_instruments_of_one_name_are_told_at_its_place(tmp_path: Path) -> None:
    pact = INSTRUMENT.replace("id: treaty", "id: pact").replace("title: A treaty", "title: A pact")
    pact = pact.replace("short: Treaty", "short: Pact\naliases: [the-treaty]")
    assert found_in(tmp_path, {**WHOLE, "instruments/pact.yaml": pact}, "fault") == []
    texts = {**WHOLE, "instruments/pact.yaml": pact.replace("the-treaty", "treaty")}
    (found,) = found_in(tmp_path, texts, "fault")
    assert (found.file.name, found.line, found.rule) == ("pact.yaml", 4, "shared-name")


def test_a_bill_of_an_unknown_legal_system_is_named_at_its_id(tmp_path: Path) -> None:
    bill = tmp_path / "bill.yaml"
    bill.write_text("id: ITB\n", encoding="utf-8")
    found = [problem for problem in check_corpus([shipped_folder(), bill]).faults if problem.file == bill]
    assert (found[0].line, found[0].column, found[0].rule) == (1, 5, "unknown-legal-system")


def test_an_entry_in_two_files_of_one_folder_is_named_at_the_second(tmp_path: Path) -> None:
    texts = {**WHOLE, "sources/tables.yaml": "other: {title: x}\nregister: {title: another register}\n"}
    (found,) = found_in(tmp_path, texts, "fault")
    assert (found.file, found.line, found.column) == (tmp_path / "sources/tables.yaml", 2, 1)
    assert found.rule == "duplicate-id"
    assert "sources/registers.yaml" in found.message


def test_acts_of_an_instrument_without_a_file_are_named_at_their_table(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, {**WHOLE, "actions/pact.csv": ACTIONS}, "fault")
    assert (found.file, found.line, found.rule) == (tmp_path / "actions/pact.csv", 1, "unknown-instrument")


def test_a_cell_behind_quotes_and_line_breaks_is_found_at_its_place(tmp_path: Path) -> None:
    old, new = "NGA,accession,2001-02-01,,,register", 'NGA,accession,2001-02-01,,"a ""note"",\nof two lines",x'
    (found,) = found_in(tmp_path, {**WHOLE, ACTS: ACTIONS.replace(old, new)}, "fault")
    assert (found.line, found.column, found.rule) == (4, len('of two lines",') + 1, "unknown-source")


def test_every_rule_has_a_planted_error() -> None:
    assert {*PLANTED, *PLANTED_AROUND, "contradictory-value", "unknown-question", "shared-name"} == set(RULES)


def test_there_is_no_problem_without_a_rule() -> None:
    with pytest.raises(ValueError, match="there is no rule 'bad-luck'"):
        Problem(Path("x"), 1, 1, "told", "bad-luck")


def test_the_catalogue_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        RULES["bad-luck"] = RULES["not-yaml"]  # type: ignore[index]


def test_every_value_of_the_shipped_corpus_says_where_it_stands_and_where_it_was_read(law: palermo.Law) -> None:
    """Counted over the values themselves, not over what the check reports."""
    corpus = law.corpus
    cited = [
        (system.id, value.cite, system.source_of(value))
        for system in corpus.legal_systems.values()
        for value in (*system.offences, *(value for values in system.measures.values() for value in values))
    ]
    cited += [
        (i.id, i.cite(p) if i.kind in ("convention", "protocol") else p.cite or "", p.source or i.text.source)
        for i in corpus.instruments.values()
        for p in i.provisions
    ]
    readings = [*corpus.readings.items(), *(r for s in corpus.legal_systems.values() for r in s.readings.items())]
    cited += [(id, reading.cite or reading.whose, reading.why) for id, reading in readings]
    sourced = [
        *(statement for statements in corpus.statements.values() for statement in statements.statements),
        *(action for actions in corpus.actions.values() for action in actions),
        *corpus.agreements.values(),
    ]
    assert len(cited) > 5000
    assert [entry for entry in cited if not (entry[1] and entry[2])] == []
    assert [entry for entry in sourced if not entry.source] == []
    assert {source for entry in sourced for source in entry.source} <= set(corpus.sources)
    assert [
        (system.id, offence.id)
        for system in corpus.legal_systems.values()
        for offence in system.offences
        for penalty in (offence.penalty, *offence.aggravated)
        if penalty and not penalty.cite
    ] == []
