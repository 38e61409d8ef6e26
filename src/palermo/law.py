"""The library's face: the corpus, with the questions that can be put to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from palermo.corpus.load import load_corpus
from palermo.corpus.models import Corpus

if TYPE_CHECKING:
    from palermo.casework.identify import Identification
    from palermo.conformity.assess import Coverers
    from palermo.conformity.bills import BillTried
    from palermo.conformity.compare import LawComparison
    from palermo.conformity.compare_all import AllLawsCompared
    from palermo.conformity.findings import Assessment
    from palermo.conformity.laws import Laws
    from palermo.conformity.verdicts import Verdicts
    from palermo.cooperation.answers import Routes
    from palermo.cooperation.facts import CaseFacts
    from palermo.cooperation.network import Network
    from palermo.cooperation.what_if import WhatIf
    from palermo.corpus.documents import Document
    from palermo.corpus.figures import Evidence
    from palermo.corpus.models import Language
    from palermo.evidence.cells import Panel
    from palermo.evidence.impact_study import Specification, Study
    from palermo.ledger.ledger import Ledger
    from palermo.monitoring.answers import QuestionnaireAnswered
    from palermo.monitoring.clocks import StateCalendar
    from palermo.monitoring.own_answers import GivenAnswer
    from palermo.monitoring.recommendations import Register
    from palermo.search.entries import Kind
    from palermo.search.find import Found
    from palermo.search.index import Index
    from palermo.statutes.proposals import StatuteRead


class Law:
    """A corpus with everything that is derived from it. Answers are for today unless `on` says another day."""

    def __init__(self, corpus: Corpus, overlays: Sequence[Path] = (), base: Path | None = None) -> None:
        self.corpus, self.overlays, self.base = corpus, tuple(overlays), base
        self._written: dict[str, Document] = {}
        self._coverers: Coverers = {}

    @cached_property
    def ledger(self) -> Ledger:
        """Who is bound by what on which day."""
        from palermo.ledger.ledger import Ledger

        return Ledger(self.corpus)

    @cached_property
    def laws(self) -> Laws:
        """National laws on the days asked for."""
        from palermo.conformity.laws import Laws

        return Laws(self.corpus)

    @cached_property
    def evidence(self) -> Evidence:
        """The country-year figures of the corpus."""
        from palermo.corpus.load import load_evidence

        return load_evidence(self.overlays, self.base)

    def panel(
        self,
        indicators: Iterable[str] = (),
        years: Iterable[int] = range(2000, 2025),
        states: Iterable[str] | None = None,
        treatment: Iterable[str] = (),
        with_: Iterable[str | PathLike[str]] = (),
        today: date | None = None,
    ) -> Panel:
        """One cell for every State, year and indicator asked for, each with its value or with why there is none.

        `treatment` names instruments: whether and since when each State is bound. `with_` are files of the user's own,
        see `palermo.evidence.own_figures`. `today` is the day after which nothing is known. Raises UnknownName,
        corpus.problems.CorpusError with every fault of the files, OSError, UnicodeDecodeError.
        """
        from palermo.evidence.panel import panel

        files = [Path(file) for file in with_]
        return panel(self.ledger, self.evidence, indicators, years, states, treatment, files, today)

    @cached_property
    def verdicts(self) -> Verdicts:
        """The bare verdicts of all laws on a duty."""
        from palermo.conformity.verdicts import Verdicts

        return Verdicts(self.laws)

    def impact_study(
        self,
        asked: Specification,
        panel: str | PathLike[str] | None = None,
        with_: Iterable[str | PathLike[str]] = (),
        dates: str | PathLike[str] | None = None,
        states: Collection[str] = (),
        years_given: bool = True,
    ) -> Study:
        """What `palermo.evidence.impact.estimate` answers: whether an outcome moved after a treatment.

        Figures are those of `panel`, a table of the user's own, or else those of the corpus with the files of `with_`.
        Dates are those of `dates`, or else of the acts of States. Where `years_given` is false the years are those of
        the figures. Raises UnknownName, evidence.impact_study.UnusableStudy, corpus.problems.CorpusError, OSError,
        UnicodeDecodeError.
        """
        from palermo.evidence import impact_questions as questions

        own_dates = Path(dates) if dates else None
        if panel is not None:
            return questions.study_of(self.ledger, asked, Path(panel), own_dates, states, years_given)
        years = range(asked.first_year, asked.last_year + 1) if years_given else range(1990, date.today().year + 1)
        found = self.panel(questions.indicators_of(self.corpus, asked), years, states or None, with_=with_)
        figures = questions.figures_of(found)
        return questions.study_of_figures(self.ledger, asked, figures, (), own_dates, states, years_given)

    def assess(self, state: str, against: str = "palermo-protocol", on: date | None = None) -> Assessment:
        """Findings on every testable provision of an instrument, for each legal system of a State."""
        from palermo.conformity.assess import assess

        return assess(self.ledger, state, against, on or date.today(), coverers=self._coverers)

    def try_bill(
        self,
        state: str,
        bill: str | PathLike[str],
        against: str = "palermo-protocol",
        on: date | None = None,
        keep: bool = True,
    ) -> BillTried:
        """Findings before and after a bill: a file or folder laid over this law, as its entries say.

        Without `keep` nothing of the bill stays in the cache of compiled corpora. Raises corpus.problems.CorpusError
        with every fault of the bill, UnknownName.
        """
        from palermo.conformity.bills import tried

        day, path = on or date.today(), Path(bill)
        after = self._with_file(path)
        if after is None:
            after = Law(load_corpus([*self.overlays, path], self.base, keep), self.overlays, self.base)
        return tried(self.assess(state, against, day), after.assess(state, against, day))

    def _with_file(self, bill: Path) -> Law | None:
        """The law with the bill of one file; None where it has to be laid over the whole corpus to be read."""
        if bill.suffix not in (".yaml", ".yml") or not bill.is_file():
            return None
        try:
            return self.with_bill(bill.read_text(encoding="utf-8-sig"), bill)
        except UnicodeDecodeError:
            return None

    def with_bill(self, text: str, file: Path = Path("bill.yaml")) -> Law:
        """The law with a bill laid over it, whose text is the file of one legal system; `file` names it in messages.

        Nothing is written anywhere. Raises corpus.problems.CorpusError with every fault of the bill.
        """
        from palermo.corpus.bills import corpus_with_bill
        from palermo.ledger.ledger import Ledger

        after = Law(corpus_with_bill(self.corpus, self.written, text, file), self.overlays, self.base)
        after.ledger = Ledger(after.corpus, self.ledger.acts)
        after._coverers = dict(self._coverers)
        return after

    def written(self, system: str) -> Document:
        """The file of a legal system as it is written, with the overlays laid over it; kept once it was read.

        Raises KeyError for a legal system that the corpus does not hold.
        """
        from palermo.corpus.documents import read_law_of
        from palermo.corpus.shipped import shipped_folder

        if system not in self._written:
            self._written[system] = read_law_of([self.base or shipped_folder(), *self.overlays], system)
        return self._written[system]

    def read(self, statute: str | PathLike[str], language: str | None = None) -> StatuteRead:
        """What a statute's text seems to say of trafficking, each proposal with the sentence it rests on.

        Raises statutes.source.UnreadableStatute.
        """
        from palermo.statutes.reading import read_statute

        return read_statute(self.corpus, Path(statute), language)

    def identify(
        self,
        facts: Mapping[str, bool],
        under: Iterable[str] = ("palermo-protocol",),
        on: date | None = None,
        readings: bool = True,
        not_to_ask: Collection[str] = (),
    ) -> Identification:
        """One case under laws and instruments: within, outside or open, with proofs and the next best question."""
        from palermo.casework.identify import identify

        return identify(self.corpus, facts, under, on or date.today(), readings, not_to_ask)

    def routes(
        self, requesting: str, requested: str, form: str, facts: CaseFacts | None = None, on: date | None = None
    ) -> Routes:
        """Every basis on which one State can ask another for a form of cooperation, with each condition on the facts.

        `facts` come from `palermo.cooperation.facts`. Raises UnknownName, cooperation.routes.UnknownForm.
        """
        from palermo.cooperation.facts import NO_FACTS
        from palermo.cooperation.routes import routes

        day = on or date.today()
        return routes(self.ledger.acts, self.laws, requesting, requested, form, day, facts or NO_FACTS)

    def what_if(
        self, requesting: str, requested: str, facts: CaseFacts | None = None, on: date | None = None
    ) -> WhatIf:
        """What one State can ask of another in every form, and the single changes that would open more.

        Raises UnknownName.
        """
        from palermo.cooperation.facts import NO_FACTS
        from palermo.cooperation.what_if import what_if

        day = on or date.today()
        return what_if(self.ledger.acts, self.laws, requesting, requested, day, facts or NO_FACTS)

    def network(self, form: str, on: date | None = None) -> Network:
        """Between which States a basis for a form of cooperation is on record, and the steps that would connect most.

        Raises cooperation.routes.UnknownForm.
        """
        from palermo.cooperation.network import network

        return network(self.ledger.acts, self.ledger.spans, self.laws, form, on or date.today())

    def calendar(self, state: str, on: date | None = None) -> StateCalendar:
        """What is to come for a State: entries into force, departures, and what is due under monitoring mechanisms.

        Raises UnknownName.
        """
        from palermo.monitoring.clocks import state_calendar

        return state_calendar(self.ledger, state, on or date.today())

    def recommendations(
        self,
        state: str,
        mechanisms: Collection[str] = (),
        severities: Collection[str] = (),
        on: date | None = None,
    ) -> Register:
        """What bodies recommended to a State, what its law gave then and gives now, and whether it changed since.

        Raises UnknownName.
        """
        from palermo.monitoring.recommendations import register

        return register(self.ledger, state, on or date.today(), mechanisms, severities)

    def answers(
        self, state: str, questionnaire: str, own: Sequence[GivenAnswer] = (), on: date | None = None
    ) -> QuestionnaireAnswered:
        """A questionnaire for a State, filled from its law and from answers given before; those of others beside.

        Raises UnknownName.
        """
        from palermo.monitoring.answers import answered

        return answered(self.ledger, state, questionnaire, on or date.today(), own)

    def compare(
        self,
        first: str,
        second: str,
        on: date | None = None,
        within: str = "palermo-protocol 3",
        readings: bool = True,
    ) -> LawComparison:
        """How what two States or legal systems punish differs within a definition, both ways, and their measures."""
        from palermo.conformity.compare import compare

        return compare(self.corpus, first, second, on or date.today(), within, readings)

    def cite(self, name: str, style: str = "oscola", on: date | None = None) -> str:
        """The citation to copy of an instrument, a provision or a section: `cite("palermo-protocol 3(a)")`.

        `style` is oscola, bluebook or un. What the corpus does not hold is left out. Raises UnknownName (its subclass
        citations.names.UnknownStyle too), UnknownFormula.
        """
        from palermo.citations.names import cite

        return cite(self.ledger.acts, name, style, on)

    @cached_property
    def version(self) -> str:
        """The version of the library and a mark of the corpus: the same for the same files read by the same code."""
        from importlib.metadata import version

        from palermo.corpus.cache import fingerprint
        from palermo.corpus.shipped import shipped_folder

        return f"{version('palermo')}-{fingerprint([self.base or shipped_folder(), *self.overlays])[:10]}"

    def search(
        self,
        query: str,
        kinds: Collection[Kind] = (),
        state: str | None = None,
        instrument: str | None = None,
        language: Language | None = None,
        on: date | None = None,
        limit: int = 20,
    ) -> Found:
        """What a query finds in provisions and laws, best first: words, "phrases", beginnings* or a citation.

        Without `on`, what was or will be law is found too. Raises search.query.NothingAsked, UnknownName.
        """
        from palermo.search.find import search

        return search(self.corpus, self._index, query, kinds, state, instrument, language, on, limit)

    @cached_property
    def _index(self) -> Index:
        from palermo.search.index import index_of

        return index_of(self.corpus)

    def compare_all(
        self, on: date | None = None, within: str = "palermo-protocol 3", readings: bool = True
    ) -> AllLawsCompared:
        """Every two legal systems of the corpus within a definition: scenarios only one reaches, and distances."""
        from palermo.conformity.compare_all import compare_all

        return compare_all(self.corpus, on or date.today(), within, readings)


def load(*overlays: str | PathLike[str], base: str | PathLike[str] | None = None) -> Law:
    """The shipped corpus (or `base`), with each folder of `overlays` laid over it by id.

    Raises corpus.problems.CorpusError with every fault of the files.
    """
    folders: Sequence[Path] = [Path(overlay) for overlay in overlays]
    below = Path(base) if base else None
    return Law(load_corpus(folders, below), folders, below)
