"""A draft of a legal system's file from a statute that was read: every value a proposal with its sentence beside it."""

from __future__ import annotations

import json
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from palermo.corpus.duty_tests import Measured, leaves
from palermo.corpus.models import Corpus, LegalSystem
from palermo.ledger.parties import UnknownName
from palermo.logic.formula import nearest
from palermo.reports.new_jurisdiction import in_a_year
from palermo.statutes.penalties import PenaltyRead
from palermo.statutes.proposals import ConceptRead, MeasureRead, SectionRead, StatuteRead, Support

WIDTH = 110
CHILD = "person.child"
HEAD = """\
# yaml-language-server: $schema=../../docs/schema/jurisdiction-file.json
# A draft, read by vocabulary from {file} on {today}. Nothing in it is verified and nothing was concluded from silence.
# Hold every value against the sentence above it, correct it, and take the sentence out: the corpus cites and does
# not copy.
# Then write verified: true where you read the provision, and check with `palermo --corpus FOLDER check`.
id: {id}
state: {state}
legal_system: {name}
as_at: {today}
review_by: {in_a_year}

acts:
  {slug}:
    title: {title}
    source: {source}
    version: text of the file, as read on {today}
    verified: false
"""


def statute_draft(corpus: Corpus, read: StatuteRead, id: str, slug: str, today: date) -> str:
    """The draft for the legal system `id`, the act named by `slug`.

    What the corpus already holds of that legal system is left as a comment, so that a draft laid over it hides
    nothing. Raises UnknownName for a State that the corpus does not know.
    """
    state, _, part = id.partition("-")
    known = corpus.legal_systems.get(id)
    if state not in corpus.parties:
        raise UnknownName(f"no State has the code {state!r}{nearest(state, corpus.parties)}")
    name = known.legal_system if known else corpus.parties[state].name + (f", {part}" if part else "")
    text = HEAD.format(
        file=read.file,
        today=today,
        in_a_year=in_a_year(today),
        id=id,
        state=state,
        name=_quoted(name),
        slug=slug,
        title=_quoted(read.title),
        source=_quoted(f"{read.file}, to be replaced by the public place where the text is found"),
    )
    draft = _Draft(corpus, read, slug, known)
    return text + draft.formulas() + draft.offences() + draft.measures() + draft.look_up()


class _Draft:
    """The parts of a draft, each as YAML text."""

    def __init__(self, corpus: Corpus, read: StatuteRead, slug: str, known: LegalSystem | None) -> None:
        self.corpus, self.read, self.slug, self.known = corpus, read, slug, known
        self.word = next(iter(corpus.phrases[read.language].section), "section")
        self.definitions = [s for s in read.sections if s.role == "definition" and _conduct(s)]
        self.punished = [s for s in read.sections if s.role == "offence" and (_conduct(s) or self.definitions)]
        self.ids = _ids(slug, [*self.definitions, *self.punished])

    def cite(self, number: str) -> str:
        return f"{self.word} {number}" if number else "whole text"

    def formulas(self) -> str:
        """What definitions say of the conduct, to be named by the offences."""
        if not self.definitions:
            return ""
        text = "\nformulas:\n"
        for section in self.definitions:
            text += f"  # {_heading(self, section)}\n  {_quoted(self.ids[id(section)])}:\n"
            text += self._formula(section, "    ", None)
        return text

    def offences(self) -> str:
        """The sections that punish, with their conduct, penalty and what makes them graver."""
        if not self.punished:
            return ""
        text = "\noffences:\n"
        graver = self._graver()
        for section in self.punished:
            text += f"  # {_heading(self, section)}\n{_comment(section.because, '  ')}"
            text += f"  - id: {_quoted(self.ids[id(section)])}\n"
            text += f"    title: {_quoted(section.heading or ', '.join(section.matters))}\n"
            text += f"    cite: {_quoted(self.cite(section.number))}\n    act: {self.slug}\n    conduct:\n"
            text += self._formula(section, "      ", self.ids[id(self.definitions[0])] if self.definitions else None)
            if section.penalty:
                penalty = _penalty(section.penalty.penalty, self.cite(section.penalty.support.section))
                text += _comment(section.penalty.support, "    ") + f"    penalty: {penalty}\n"
            text += self._aggravated(section, graver[id(section)])
            text += "    verified: false\n"
        return text

    def _graver(self) -> dict[int, list[SectionRead]]:
        """The sections of aggravation, each with the last offence before it (else with the first)."""
        found: dict[int, list[SectionRead]] = defaultdict(list)
        last = self.punished[0]
        for section in self.read.sections:
            if section in self.punished:
                last = section
            elif section.role == "aggravation":
                found[id(last)].append(section)
        return found

    def _aggravated(self, section: SectionRead, further: Sequence[SectionRead]) -> str:
        text = ""
        for source in (section, *further):
            terms = source.penalty if source.role == "aggravation" else None
            for concept, comment in _with_comments(source.aggravated, "      "):
                said = [f"when: {concept.concept}", *(_terms(terms.penalty) if terms else [])]
                text += comment
                text += f"      - {{{', '.join([*said, f'cite: {_quoted(self.cite(source.number))}'])}}}\n"
        return f"    aggravated:\n{text}" if text else ""

    def _formula(self, section: SectionRead, indent: str, defined: str | None) -> str:
        """All of: any act, any means (or a child), any purpose; a definition where the section leaves these out."""
        acts, means = section.of("act"), section.of("means")
        aims = (*section.of("purpose"), *section.of("result"))
        child = next((c for c in section.of("person") if c.concept == CHILD), None)
        asked = (child,) if child and not means and _names_child(section) else ()
        limbs = [limb for limb in (acts, (*means, *((child,) if child and means else ())), asked, aims) if limb]
        if child and means and not section.child_needs_no_means:
            limbs = [tuple(c for c in limb if c is not child) if limb[-1] is child else limb for limb in limbs]
        placed = {c.concept for limb in limbs for c in limb}
        left = [c for c in section.concepts if c.concept not in placed]
        text = "".join(
            f"{comment}{indent}# also named there, not placed in the formula: {c.concept}\n"
            for c, comment in _with_comments(left, indent)
        )
        from_definition = defined is not None and not (acts and aims) and not section.of("result")
        text += f"{indent}all:\n"
        for limb in limbs:
            text += f"{indent}  - any:\n" if len(limb) > 1 else ""
            inner = f"{indent}      " if len(limb) > 1 else f"{indent}  "
            for c, comment in _with_comments(limb, inner):
                text += f"{comment}{inner}- {{concept: {c.concept}, cite: {self._cite_of(c)}}}\n"
        if from_definition:
            text += f"{indent}  # the section itself leaves acts or purposes to the definition\n"
            text += f"{indent}  - {{formula: {_quoted(defined or '')}}}\n"
        return text

    def _cite_of(self, concept: ConceptRead) -> str:
        return _quoted(self.cite(concept.support.section))

    def measures(self) -> str:
        """Each measure with its value; those that the corpus already holds as comments."""
        if not self.read.measures:
            return ""
        order = {measure: i for i, measure in enumerate(self.corpus.measures)}
        text = "\nmeasures:\n"
        free = 0
        for found in sorted(self.read.measures, key=lambda m: order[m.measure]):
            there = self.known is not None and found.measure in self.known.measures
            text += _comment(found.support, "  ")
            text += f"  {'# encoded already: ' if there else ''}{found.measure}: {self._value(found)}\n"
            free += not there
        return text if free else text.replace("\nmeasures:", "\n# measures:", 1)

    def _value(self, found: MeasureRead) -> str:
        cite = _quoted(self.cite(found.support.section))
        return f"{{value: {found.value}, cite: {cite}, act: {self.slug}, verified: false}}"

    def look_up(self) -> str:
        """What was not found, by topic, and offences whose penalty was not found."""
        lines = [
            f"  - {{topic: penalty, what: {_quoted(f'the penalty of {self.cite(s.number)}, not found there')}}}"
            for s in self.punished
            if s.penalty is None
        ]
        if not self.punished:
            lines.append(
                f"  - {{topic: criminalisation, what: {_quoted(f'no offence was found in {self.read.file}')}}}"
            )
        found = {m.measure for m in self.read.measures}
        for topic, measures in _measures_by_topic(self.corpus).items():
            missing = [m for m in measures if m not in found]
            if missing and not found & set(measures) and not (self.known and set(measures) & set(self.known.measures)):
                what = f"not found in {self.read.file}: {', '.join(missing)}"
                lines.append(f"  - {{topic: {topic}, what: {_quoted(what)}}}")
        return "\nlook_up:\n" + "\n".join(lines) + "\n" if lines else ""


def _conduct(section: SectionRead) -> bool:
    return any(section.of(dimension) for dimension in ("act", "means", "purpose", "result"))


def _names_child(section: SectionRead) -> bool:
    """Whether the section is about children as a whole: its first words name one."""
    child = next(c for c in section.concepts if c.concept == CHILD)
    return section.heading != "" and child.support.sentence.startswith(section.heading[:40])


def _ids(slug: str, sections: Iterable[SectionRead]) -> dict[int, str]:
    """An id for each section, by its number; a number that comes twice is counted on."""
    taken: dict[str, int] = defaultdict(int)
    found: dict[int, str] = {}
    for section in sections:
        number = "-".join(section.number.split()) or "text"
        taken[number] += 1
        found[id(section)] = f"{slug}/{number}" + (f"-{taken[number]}" if taken[number] > 1 else "")
    return found


def _heading(draft: _Draft, section: SectionRead) -> str:
    heading = f", {' '.join(section.heading.split())}" if section.heading else ""
    return f"{draft.cite(section.number)}{heading} ({section.place}): {', '.join(section.matters)}"


def _comment(support: Support, indent: str) -> str:
    plain = " ".join("".join(c if c.isprintable() else " " for c in support.sentence).split())
    lines = textwrap.wrap(plain, WIDTH, break_long_words=False) or [""]
    return "".join(f"{indent}#   {line}\n" for line in lines)


def _with_comments(found: Iterable[ConceptRead], indent: str) -> Iterator[tuple[ConceptRead, str]]:
    """Each concept with its sentence as a comment, given once where several in a row rest on the same."""
    last: Support | None = None
    for concept in found:
        yield concept, "" if concept.support == last else _comment(concept.support, indent)
        last = concept.support


def _terms(penalty: PenaltyRead) -> list[str]:
    parts = [f"{key}: {term}" for key, term in (("min", penalty.min), ("max", penalty.max)) if term]
    return [*parts, *(["fine: added"] if penalty.fine else [])]


def _penalty(penalty: PenaltyRead, cite: str) -> str:
    fine = ", note: a fine is named too; say whether it is added or an alternative" if penalty.fine else ""
    parts = [part for part in _terms(penalty) if not part.startswith("fine")]
    return f"{{{', '.join([*parts, f'cite: {_quoted(cite)}'])}{fine}}}"


def _measures_by_topic(corpus: Corpus) -> dict[str, list[str]]:
    """The measures that duties of treaties ask for, by the topic of the duty."""
    found: dict[str, list[str]] = defaultdict(list)
    for instrument in corpus.instruments.values():
        for provision in instrument.provisions if instrument.state is None else ():
            for _, leaf in leaves(provision.test) if provision.test else ():
                if isinstance(leaf, Measured) and leaf.measure not in found[provision.topic]:
                    found[provision.topic].append(leaf.measure)
    return {topic: found[topic] for topic in corpus.topics if found.get(topic)}


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
