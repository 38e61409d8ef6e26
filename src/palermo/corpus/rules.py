"""The rules by which `palermo check` finds faults and gives warnings: one catalogue, nothing outside it.

A *fault* keeps the corpus from being used. A *warning* is for whoever looks after the files: the corpus can be
used as it is, and somebody should look.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Level = Literal["fault", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its name: what breaks it, and how that is mended."""

    name: str
    level: Level
    means: str
    mend: str


def _catalogue(level: Level, rules: Iterable[tuple[str, str, str]]) -> dict[str, Rule]:
    return {name: Rule(name, level, means, mend) for name, means, mend in rules}


_FAULTS = (
    # files
    ("no-such-folder", "the corpus folder is not there, or is a file", "give the folder that holds the YAML and CSV"),
    ("empty-folder", "the folder holds no corpus file", "give a folder as docs/corpus.md shows it"),
    ("misplaced-file", "no file of that name or place belongs to a corpus", "move it to the folder of its kind"),
    ("unreadable-file", "the file cannot be opened, or is not UTF-8 text", "save it as UTF-8"),
    ("not-yaml", "the text is not YAML", "close the bracket or quote, or mend the indent, at that place"),
    ("not-csv", "a line is not CSV", "close the quote; double a quote inside quotes"),
    ("wrong-columns", "the first line of a table is not its columns", "copy the columns from docs/corpus.md"),
    ("wrong-cells", "a row has more or fewer cells than there are columns", "put a cell that holds a comma in quotes"),
    ("key-not-text", "a key is a number, a truth value or nothing", "put the key in quotes"),
    ("duplicate-key", "a key stands twice in one mapping", "keep one of them"),
    ("wrong-file-name", "the id inside a file is not the file's name", "rename the file or correct the id"),
    # shape
    ("unknown-key", "nothing of that kind has such a key", "correct the spelling; quote a text that holds a comma"),
    ("missing-key", "a key that everything of that kind has is not there", "add it"),
    ("empty-text", "a text is empty", "write it, or leave the key out"),
    ("wrong-type", "a text, number, list or mapping was expected and something else found", "write what is expected"),
    ("unknown-word", "a word is not of the closed list of its key", "take a word of the list"),
    ("not-a-date", "a date is not written YYYY-MM-DD or is no day", "write the day, or leave it out if not known"),
    ("not-a-report-year", "a year is not that of a report on trafficking", "write the year, from 2001 on"),
    ("not-a-term", "a length of time is not one", "write 30 days, 6 months, 5 years, life or death"),
    ("wrong-value", "the answer to a measure is not of the measure's kind", "see the measure's kind in measures.yaml"),
    ("malformed-formula", "a formula is not of the grammar", "see Formulas in docs/corpus.md"),
    ("malformed-test", "the test of a duty is not of the grammar", "see the table of tests in docs/corpus.md"),
    # what a name leads to
    ("unknown-concept", "a concept is not in concepts.yaml", "correct it, or add the concept there"),
    ("unknown-measure", "a measure is not in measures.yaml", "correct it, or add the measure there"),
    ("unknown-topic", "a topic is not in topics.yaml", "correct it, or add the topic there"),
    ("unknown-party", "a State or other party is not in parties.csv", "write its code, or add its row"),
    ("unknown-source", "a source is not in sources/", "correct the id, or add the source"),
    ("unknown-instrument", "an instrument has no file", "correct the id, or add instruments/ID.yaml"),
    ("unknown-provision", "the instrument has no such provision", "write the provision's id as its file has it"),
    ("unknown-act", "the act is not under acts of the file", "write its slug, or add the act"),
    ("unknown-legal-system", "no file has the law of that legal system", "write the id of a file of jurisdictions/"),
    ("unknown-formula", "neither the file nor an instrument has a formula of that name", "correct the name"),
    ("unknown-statement", "an objection answers a statement that is not there", "write the id of the statement"),
    ("unknown-form", "a form of cooperation is not in forms.yaml", "correct it, or add the form there"),
    ("unknown-basis", "a basis of cooperation has no file in cooperation/", "write the id of one"),
    ("unknown-element", "a request has no such element", "write one of request_elements.yaml"),
    ("unknown-fixed-part", "a letter has no such fixed part", "write one of request_phrases.yaml"),
    ("unknown-mechanism", "a monitoring mechanism has no file in monitoring/", "write the id of one"),
    ("unknown-clock", "a mechanism has no such clock", "write the id of one of its clocks"),
    ("unknown-group", "a mechanism has no such group of States", "write the id of one of its groups"),
    ("unknown-severity", "a mechanism does not say what that word of severity means", "add it under its severities"),
    ("malformed-clock", "by when something is due is not said in one of the forms", "see Monitoring in docs/corpus.md"),
    (
        "unknown-question",
        "an answer is to a question that no questionnaire has",
        "write the id of one",
    ),
    ("unlinked-entry", "a recommendation or question leads to no duty and no measure", "name what it is about"),
    ("unknown-indicator", "a figure is of no indicator that takes figures", "write one of evidence/indicators.yaml"),
    ("malformed-code", "the code of a data standard is not FIELD=VALUE", "write it so"),
    ("unfindable-phrase", "a phrase cannot be found in any text as it is written", "see Phrases in docs/corpus.md"),
    # what the law asks of its description
    ("circular-concept", "a concept is by way of others narrower than itself", "take one of the steps away"),
    ("circular-formula", "a formula is by way of others a part of itself", "write out one of the formulas"),
    ("no-conduct", "a provision is named for its conduct and has none", "name the provision that defines the conduct"),
    ("not-comparable", "a length is asked of a measure that has none", "take at_least away, or test another measure"),
    ("duplicate-id", "two entries have the same id", "keep one, or put @ and a year after the id of a version"),
    ("shared-name", "two instruments go by one name", "keep it for the one that everybody means, or leave it out"),
    ("duplicate-action", "the same act of a party on the same day stands twice", "keep one row with both sources"),
    ("duplicate-figure", "a cell of the panel stands twice", "keep one; say in its note where the other was found"),
    ("wrong-figure", "a figure is not one that its indicator or its status can have", "see Evidence in docs/corpus.md"),
    ("wrong-unit", "a figure is in another unit than its indicator", "convert it, or make it another indicator"),
    (
        "duplicate-placement",
        "a country is placed twice in the report of one year",
        "keep the row that its sources bear",
    ),
    ("date-out-of-order", "something ends, or is done, before it begins", "look the two days up"),
    ("missing-citation", "a value does not say where in the law it stands", "give the pinpoint in cite"),
    ("missing-source", "a value does not say where it was read", "give a source, or the act it comes from"),
    ("incomplete-duty", "a duty lacks its modality, its words, its test or what would show it", "add what is missing"),
    ("missing-meaning", "a definition or rule does not say what it means", "add meaning, in own words"),
    ("wrong-for-kind", "a key belongs to another kind of entry, or is missing in this kind", "see the key's meaning"),
    ("contradictory-value", "one value of a column is mapped to opposite facts", "map each value once"),
)

_WARNINGS = (
    ("review-overdue", "the day by which the file should be looked at again is past", "look, then set review_by"),
    ("review-missing", "the file does not say by when to look at it again", "add review_by"),
    ("as-at-in-future", "the law is said to have been looked at as of a day to come", "correct as_at"),
    ("source-without-date", "a source does not say up to which day it knows", "add as_at"),
    ("label-missing", "a concept lacks its name in one of the six languages", "add it under label"),
    ("unverified-value", "nobody has read this in a text of the law", "read it there, then write verified: true"),
    ("offence-without-penalty", "the penalty of an offence is not encoded", "look it up; duties on penalties need it"),
    ("force-date-missing", "the first day of force is not known", "look up the commencement"),
    ("unused-act", "no offence or value comes from the act", "encode what it says, or take it away"),
    ("unused-formula", "no offence names the formula", "name it where it belongs, or take it away"),
)

RULES: Mapping[str, Rule] = MappingProxyType({**_catalogue("fault", _FAULTS), **_catalogue("warning", _WARNINGS)})
"""Every rule by its name, faults first."""
