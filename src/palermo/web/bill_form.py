"""The form in which a law is changed element by element, and the bill that its fields stand for.

The form is painted from a bill (the field `base`) and posted whole: the bill it stands for is that bill with what was
unticked dropped and what was ticked or named added. Places in a formula keep their names until it is painted anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from palermo.conformity.drafting import Data, Edits, NoBill, OffenceDraft, bill_with
from palermo.corpus.bills import read_bill
from palermo.corpus.documents import File, laid_over
from palermo.corpus.duty_tests import Measured, leaves
from palermo.corpus.lookup import UnknownFormula
from palermo.corpus.models import Corpus, Instrument
from palermo.corpus.problems import CorpusError, Problem
from palermo.corpus.yaml_files import written_yaml
from palermo.logic.formula import AllOf, AnyOf, AtLeast, Fact, Formula, FormulaError, Named, NoneOf, concepts_in, expand
from palermo.logic.widening import Place
from palermo.reports.words import label
from palermo.web.language import language
from palermo.web.the_law import the_law

MOST_CHARACTERS, MOST_PARTS, MOST_DEPTH = 200_000, 20_000, 40
BILL = Path("bill.yaml")
OF_THE_BILL = "the bill"
KINDS = ("act", "means", "person", "purpose", "result", "circumstance")


class TooLarge(ValueError):
    """A bill that is longer, or nested deeper, than one is."""


@dataclass(frozen=True)
class Element:
    """An element of an offence as the form shows it.

    `key` names it in the form. `kind`: fact, all, any, none, at_least or named. `words` are a fact's label or a named
    formula's name. `offered` are concepts that could be added as alternatives, with their labels.
    """

    key: str
    kind: str
    words: str
    cite: str
    parts: tuple[Element, ...] = ()
    offered: tuple[tuple[str, str], ...] = ()
    n: int = 0

    def keys(self) -> Iterator[str]:
        """The names of the element and of all within it."""
        yield self.key
        for part in self.parts:
            yield from part.keys()


@dataclass(frozen=True)
class MeasureField:
    """A measure that the instrument asks for: as the law stands, and as the bill has it (empty: as it stands)."""

    id: str
    kind: str
    meaning: str
    stands: str
    bill: str


def checked_size(text: str) -> str:
    """The text of a bill with plain line ends. Raises TooLarge."""
    if len(text) > MOST_CHARACTERS:
        raise TooLarge(_("A bill may have %(most)d characters at most.") % {"most": MOST_CHARACTERS})
    return text.replace("\r\n", "\n")


def plain_data(text: str) -> Data:
    """A bill as plain data. Raises CorpusError with its faults, TooLarge."""
    data = read_bill(the_law().corpus, text, BILL)
    if sum(1 for _part in _parts(data, 0)) > MOST_PARTS:
        raise TooLarge(_("The bill is larger than a law."))
    return data


def _parts(data: object, depth: int) -> Iterator[object]:
    """All values within a value, as often as they stand there, up to one more than a bill may have."""
    waiting, count = [(data, 0)], 0
    while waiting and count <= MOST_PARTS:
        value, depth = waiting.pop()
        count += 1
        yield value
        if depth > MOST_DEPTH:
            raise TooLarge(_("The bill is nested deeper than a law."))
        if isinstance(value, dict | list):
            waiting += [(part, depth + 1) for part in (value.values() if isinstance(value, dict) else value)]


def law_with(bill: Data, text: str) -> Mapping[str, Any]:
    """The law's file with the bill laid over it, as plain data. Raises CorpusError."""
    document, problems = laid_over(the_law().written(bill["id"]), File(BILL, text, BILL.parent))
    if problems:
        raise CorpusError(problems)
    found: Mapping[str, Any] = document.data
    return found


def draft_of(bill: Data, text: str, offence: str) -> OffenceDraft:
    """An offence of the law with the bill. Raises NoBill where the form cannot show it."""
    try:
        return OffenceDraft(the_law().corpus, law_with(bill, text), offence)
    except (FormulaError, UnknownFormula, KeyError, TypeError, AttributeError) as error:
        raise NoBill(str(error)) from None


def element_of(draft: OffenceDraft) -> Element:
    """The conduct of an offence as the form shows it."""
    return _element(draft, "", (), draft.roots[""], set())


def _element(draft: OffenceDraft, root: str, place: Place, formula: Formula, seen: set[str]) -> Element:
    key, cite = key_of(root, place), formula.cite or ""
    corpus = draft.corpus
    if isinstance(formula, Fact):
        offered = _offered(corpus, formula, (formula.concept,))
        return Element(key, "fact", label(corpus, formula.concept, language()), cite, offered=offered)
    if isinstance(formula, Named):
        again = formula.name in seen or formula.name not in draft.roots
        inner = () if again else (_element(draft, formula.name, (), draft.roots[formula.name], {*seen, formula.name}),)
        return Element(key, "named", formula.name, cite, inner)
    parts = tuple(_element(draft, root, (*place, i), part, seen) for i, part in enumerate(formula.parts))
    kind = {AllOf: "all", AnyOf: "any", NoneOf: "none", AtLeast: "at_least"}[type(formula)]
    flat = kind == "any" and all(part.kind == "fact" for part in parts)
    if flat:
        bare = tuple(Element(part.key, part.kind, part.words, part.cite) for part in parts)
        offered = _offered(corpus, formula, concepts_in(formula))
        return Element(key, kind, "", cite, bare, offered)
    return Element(key, kind, "", cite, parts, n=formula.n if isinstance(formula, AtLeast) else 0)


def _offered(corpus: Corpus, formula: Formula, there: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    kinds = {concept.split(".", 1)[0] for concept in concepts_in(formula)}
    found = [(id, label(corpus, id, language())) for id in corpus.concepts if id.split(".", 1)[0] in kinds]
    return tuple(sorted(((id, words) for id, words in found if id not in there), key=lambda both: both[1]))


def key_of(root: str, place: Place) -> str:
    """How an element is named in the form."""
    return f"{root}|{'.'.join(map(str, place))}"


def place_of(key: str) -> tuple[str, Place]:
    """The root and place that a name in the form stands for. Raises ValueError."""
    root, _bar, place = key.rpartition("|")
    return root, tuple(int(index) for index in place.split(".")) if place else ()


def measure_fields(instrument: Instrument, system: str, bill: Data) -> list[MeasureField]:
    """The measures that an instrument's provisions ask for, in their order."""
    corpus = the_law().corpus
    law, changed = corpus.legal_systems[system], bill.get("measures") or {}
    ids = dict.fromkeys(
        leaf.measure
        for provision in instrument.provisions
        for _path, leaf in (leaves(provision.test) if provision.test else ())
        if isinstance(leaf, Measured)
    )
    found = []
    for id in ids:
        stands = law.measures[id][-1].value if law.measures.get(id) else ""
        value = changed.get(id, {})
        written = str(value.get("value", "")) if isinstance(value, dict) else ""
        found.append(MeasureField(id, corpus.measures[id].kind, corpus.measures[id].meaning, str(stands), written))
    return found


def bill_posted(posted: QueryDict, on: date) -> str:
    """The text of the bill that posted fields stand for.

    Raises CorpusError for a base that cannot be read, NoBill for changes that leave nothing, TooLarge.
    """
    if posted.get("mode") != "form":
        return checked_size(posted.get("text", ""))
    base = checked_size(posted.get("base", ""))
    bill = plain_data(base)
    changed = bill_with(bill, *_changes(posted, bill, base, on))
    for id in _measures_taken_back(posted, bill):
        changed["measures"].pop(id)
    changed = {key: value for key, value in changed.items() if value}
    return base if changed == bill_with(bill) else written_yaml(changed)


def _changes(posted: QueryDict, bill: Data, base: str, on: date) -> tuple[list[Data], Data, Data]:
    offence = posted.get("painted", "")
    entry: Data | None = None
    formulas: Data = {}
    if offence:
        draft = draft_of(bill, base, offence)
        entry, formulas = draft.changed(_edits(posted, draft))
        fields = _fields(posted, entry or draft.entry, on)
        entry = fields if fields != draft.entry else entry
    measures = {
        name.removeprefix("m:"): _measure(str(posted[name]), bill, name.removeprefix("m:"))
        for name in posted
        if name.startswith("m:") and str(posted[name]).strip() and name.removeprefix("m:") in the_law().corpus.measures
    }
    return [entry] if entry else [], formulas, measures


def _edits(posted: QueryDict, draft: OffenceDraft) -> dict[str, Edits]:
    """What the ticks and names of the form change in each root."""
    edits = {root: Edits() for root in draft.roots}
    known = set(element_of(draft).keys())
    for key in known - set(posted.getlist("keep")):
        root, place = place_of(key)
        if place or not root:
            edits[root].dropped.add(place)
    if edits[""].dropped >= {()}:
        edits[""].dropped.remove(())
    for asked in posted.getlist("add"):
        key, _bar, concept = asked.rpartition("|")
        if key in known and concept in draft.corpus.concepts:
            _more(edits, key, "alternatives", concept)
    for name in posted:
        for field, what in (("more:", "alternatives"), ("further:", "further")):
            key = name.removeprefix(field)
            if name.startswith(field) and key in known:
                for words in posted.getlist(name):
                    for concept in _concepts_named(draft.corpus, words):
                        _more(edits, key, what, concept)
    return edits


def _more(edits: dict[str, Edits], key: str, what: str, concept: str) -> None:
    root, place = place_of(key)
    there: dict[Place, tuple[str, ...]] = getattr(edits[root], what)
    there[place] = (*there.get(place, ()), concept)


def _concepts_named(corpus: Corpus, words: str) -> list[str]:
    """The concepts that somebody named by id or label, parted by commas. Raises NoBill for one that is not known."""
    by_label = {
        concept.label.get(language(), concept.label["en"]).casefold(): id for id, concept in corpus.concepts.items()
    }
    found = []
    for word in filter(None, (part.strip() for part in words.split(","))):
        id = word if word in corpus.concepts else by_label.get(word.casefold())
        if id is None:
            raise NoBill(_("There is no concept “%(word)s”: choose one of the list.") % {"word": word[:80]})
        found.append(id)
    return found


def _fields(posted: QueryDict, entry: Data, on: date) -> Data:
    """The entry with its title, citation, penalty and end as the form has them."""
    entry = dict(entry)
    for name in ("title", "cite"):
        if posted.get(f"offence-{name}", "").strip():
            entry[name] = str(posted[f"offence-{name}"]).strip()
    penalty = dict(entry.get("penalty") or {})
    for name in ("min", "max"):
        if f"penalty-{name}" in posted:
            value = str(posted[f"penalty-{name}"]).strip()
            penalty.pop(name, None)
            if value:
                penalty = {name: value, **penalty}
    if penalty.get("min") or penalty.get("max") or entry.get("penalty"):
        penalty.setdefault("cite", OF_THE_BILL)
        if penalty != entry.get("penalty"):
            entry["penalty"] = penalty
    if posted.get("repeal"):
        entry["in_force"] = {**(entry.get("in_force") or {}), "to": str(on - timedelta(days=1)), "note": OF_THE_BILL}
    return entry


def _measure(value: str, bill: Data, id: str) -> Data:
    known = (bill.get("measures") or {}).get(id)
    written: str | int = int(value) if value.strip().isdecimal() else value.strip()
    if isinstance(known, dict) and known.get("value") == written:
        return known
    return {"value": written, "cite": OF_THE_BILL, "source": OF_THE_BILL, "verified": True}


def _measures_taken_back(posted: QueryDict, bill: Data) -> list[str]:
    return [id for id in bill.get("measures") or {} if f"m:{id}" in posted and not str(posted[f"m:{id}"]).strip()]


def with_new_offence(bill: Data, formula: Formula) -> tuple[Data, str]:
    """The bill with a further offence that punishes the conduct of a formula, and the id of that offence."""
    taken = {offence.get("id") for offence in bill.get("offences") or ()}
    number = next(i for i in range(1, len(taken) + 2) if f"bill/{i}" not in taken)
    id = f"bill/{number}"
    from palermo.logic.formula import written

    entry = {"id": id, "title": OF_THE_BILL, "cite": f"Bill cl {number}", "conduct": written(expand(formula, {}))}
    acts = {**(bill.get("acts") or {}), "bill": {"title": "The bill", "source": OF_THE_BILL, "verified": True}}
    return bill_with({**bill, "acts": acts}, [entry]), id


def place_in(problem: Problem) -> tuple[int, int]:
    """Line and column of a fault, from 1; of the beginning, where it has none."""
    return (problem.line or 1, problem.column or 1)
