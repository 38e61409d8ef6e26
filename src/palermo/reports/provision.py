"""A provision of an instrument, explained."""

from __future__ import annotations

from palermo.corpus.duty_tests import AllTests, AnyTest, Criminalises, DutyTest, Measured
from palermo.corpus.lookup import provision_named
from palermo.corpus.models import Corpus, Instrument, Provision
from palermo.documents.report import Block, Entry, Facts, Line, Listing, Paragraph, Report, cite, line, strong
from palermo.logic.formula import AllOf, AnyOf, AtLeast, Fact, Formula, Named, NoneOf
from palermo.reports.sources import source_line
from palermo.reports.words import NOT_ADVICE, asked_in_words, day, label

_HEADS = {"all": "all of", "any": "any of", "none": "none of"}


def provision_report(corpus: Corpus, instrument: Instrument, provision: Provision) -> Report:
    """What a provision asks or says, how national law is tested against it, and where it was read."""
    blocks = list(asked(corpus, instrument, provision))
    if provision.conduct is not None:
        blocks.append(Listing("Conduct", (formula_entry(corpus, provision.conduct),)))
    if provision.test is not None:
        blocks.append(tested_by(corpus, instrument, provision.test))
    return Report(f"{instrument.cite(provision)}: {provision.title}", tuple(blocks), NOT_ADVICE)


def asked(corpus: Corpus, instrument: Instrument, provision: Provision) -> tuple[Block, ...]:
    """What a provision asks or says, and where it was read."""
    said = provision.duty or provision.meaning or ""
    sentence = asked_in_words(provision.modality, provision.softener, said)
    blocks: list[Block] = [Paragraph(line(f"{sentence}.".replace("..", ".")))]
    pairs: list[tuple[str, Line]] = [
        ("Instrument", line(instrument.title)),
        ("Kind", line(provision.kind)),
        ("Pillar", line(provision.pillar)),
        ("Topic", line(corpus.topics.get(provision.topic, provision.topic))),
    ]
    optional = (
        ("Condition", provision.condition),
        ("Addressee", provision.addressee),
        ("Note", provision.note),
        ("Evidence", provision.evidence),
    )
    pairs += [(name, line(text)) for name, text in optional if text]
    if provision.in_force and (provision.in_force.from_ or provision.in_force.to):
        end = f" to {day(provision.in_force.to)}" if provision.in_force.to else ""
        pairs.append(("In force", line(f"from {day(provision.in_force.from_)}{end}")))
    verified = provision.verified if provision.verified is not None else instrument.text.verified
    read = "" if verified else " (not verified)"
    pairs.append(("Text", (*source_line(provision.source or instrument.text.source), *line(read))))
    return (*blocks, Facts(tuple(pairs)))


def tested_by(corpus: Corpus, instrument: Instrument, test: DutyTest) -> Listing:
    """How national law would show that a duty is met."""
    return Listing("Tested by", (_test(corpus, instrument, test),))


def formula_entry(corpus: Corpus, formula: Formula) -> Entry:
    """A formula as a list within a list, each node with its pinpoint."""
    place = line(" ", cite(formula.cite)) if formula.cite else ()
    if isinstance(formula, Fact):
        return Entry((*line(label(corpus, formula.concept)), *place))
    if isinstance(formula, Named):
        return Entry((*line(f"the conduct of {formula.name}"), *place))
    assert isinstance(formula, AllOf | AnyOf | NoneOf | AtLeast)
    head = f"at least {formula.n} of" if isinstance(formula, AtLeast) else _HEADS[str(formula.__struct_config__.tag)]
    return Entry((*line(strong(head)), *place), tuple(formula_entry(corpus, part) for part in formula.parts))


def _test(corpus: Corpus, instrument: Instrument, test: DutyTest) -> Entry:
    if isinstance(test, AllTests | AnyTest):
        head = "all of" if isinstance(test, AllTests) else "any of"
        return Entry(line(strong(head)), tuple(_test(corpus, instrument, part) for part in test.tests))
    if isinstance(test, Measured):
        least = f", at least {test.at_least}" if test.at_least else ""
        return Entry(line(f"measure {test.measure}: {corpus.measures[test.measure].meaning}{least}"))
    if isinstance(test, Criminalises):
        home, id = provision_named(corpus, instrument, test.provision)
        least = f" with a maximum of at least {test.max_penalty_at_least}" if test.max_penalty_at_least else ""
        below = (formula_entry(corpus, test.when),) if test.when is not None else ()
        narrowed = ", narrowed to" if below else ""
        return Entry(
            line("an offence for all conduct of ", cite(home.cite(home.provision(id))), least, narrowed), below
        )
    return Entry(line("practice: not decidable from law"))
