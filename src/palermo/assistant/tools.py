"""The tools: one for each question, with the library's answer as data and the same in words, cited and dated.

Arguments are held for the time of the answer. Nothing of them is stored or logged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Annotated, Any, Literal, ParamSpec

import msgspec
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent
from pydantic import Field

from palermo.citations.names import Citation
from palermo.citations.styles import Style
from palermo.cooperation.facts import CaseFacts, unknown_names
from palermo.corpus.lookup import provision_named
from palermo.corpus.models import Language, Pillar
from palermo.corpus.problems import CorpusError
from palermo.corpus.shapes import Day
from palermo.documents.markdown import markdown
from palermo.documents.report import Notice, Paragraph, Report, line
from palermo.law import Law
from palermo.ledger.parties import find_instrument, find_legal_systems, find_party
from palermo.ledger.standing import Standing, Status
from palermo.logic.formula import nearest
from palermo.mistakes import mistakes
from palermo.reports.words import NOT_ADVICE, day, known, list_of
from palermo.schemas import enveloped
from palermo.search.entries import Kind

P = ParamSpec("P")

State = Annotated[str, Field(description="A State: its code (GBR, GB) or its name in any of the six UN languages.")]
StateOrLaw = Annotated[
    str, Field(description="A State by code or name, or the id of one of its legal systems, such as GBR-SCT.")
]
Instrument = Annotated[
    str,
    Field(
        description="An instrument by id (palermo-protocol), short title or title; palermo://instruments lists them."
    ),
]
On = Annotated[
    Day | None,
    Field(description="The day asked about, written 2012-01-01. Left out: today. Any day in the past can be asked."),
]
YesNoUnknown = Literal["yes", "no", "unknown"]
Facts = Annotated[
    dict[str, YesNoUnknown],
    Field(description="Facts of the case by concept id (palermo://concepts). What is left out is unknown, never no."),
]

SCHEMAS: dict[str, str] = {
    "assess": "assessment-1",
    "status": "standings-1",
    "parties": "standings-1",
    "between": "between-1",
    "compare": "comparison-1",
    "try_bill": "bill-1",
    "identify": "identification-1",
    "routes": "routes-1",
    "calendar": "calendar-1",
    "search": "search-1",
    "provision": "provision-1",
    "models": "models-1",
    "section": "sections-1",
    "cite": "citation-1",
}
"""The published schema of each tool's answer."""
_UNKNOWN: dict[Status, str] = {
    "no_act_known": "No act known: the table of acts, as far as it goes, names none. That is not proof that there is "
    "none; look it up with the depositary.",
    "not_known": "Not known whether bound: a source lists a party without the day, or a State's consent may or may not "
    "reach a territory. Look up the day or the declaration with the depositary.",
}
_ONE_AT_A_TIME = Lock()
"""The server asks tools from several threads; diagrams are made for one."""
_WITHIN = "palermo-protocol 3"
_BILL = "bill.yaml"
_BILL_FORM = (
    "The bill as YAML in the form of a legal system's file (docs/corpus.md): its entries replace those with the same "
    "id and add to the others."
)


def asked(tool: Callable[P, CallToolResult]) -> Callable[P, CallToolResult]:
    """A mistake of the one who asks becomes the tool's error, in the words of the command line."""

    @wraps(tool)
    def answer(*args: P.args, **kwargs: P.kwargs) -> CallToolResult:
        try:
            with _ONE_AT_A_TIME:
                return tool(*args, **kwargs)
        except CorpusError as error:
            raise ToolError(str(error)) from None
        except mistakes() as error:
            raise ToolError(str(error)) from None

    return answer


@dataclass(frozen=True, slots=True)
class Tools:
    """The questions that can be put to a law."""

    law: Law

    @asked
    def assess(
        self,
        state: StateOrLaw,
        against: Instrument = "palermo-protocol",
        on: On = None,
        pillar: Annotated[Pillar | None, Field(description="Only findings of this pillar.")] = None,
        provisions: Annotated[
            list[str] | None,
            Field(description="Only these provisions, such as 5(1), with all their reasons: gaps, readings, sections."),
        ] = None,
    ) -> CallToolResult:
        """Where does a State's law stand against an instrument? One finding for each provision and legal system.

        A finding says provided, provided in part, not provided, not encoded (nobody wrote it down; never a no),
        practice (law alone cannot show it) or not bound. Without `provisions` the reasons are left out of the data
        and the sections relied on stand in the text; ask again with `provisions` for gaps, scenarios and amendments.
        """
        found = self.law.assess(state, against, on)
        in_order = [finding for finding in found.systems[0].findings if pillar in (None, finding.pillar)]
        ids = [finding.provision for finding in in_order]
        for id in provisions or ():
            if id not in ids:
                of_pillar = f" in {pillar}" if pillar else ""
                told = f"{found.instrument} has no provision {id!r} with a finding on that day{of_pillar}"
                raise ToolError(f"{told}{nearest(id, ids)}")
        if not ids:
            raise ToolError(f"no provision of {found.instrument} on {pillar} is tested on that day")
        shown = found.only(provisions or ids)
        if provisions:
            from palermo.reports.assessment import assessment_report

            return _answer("assess", shown, assessment_report(self.law.corpus, found, provisions))
        from palermo.reports.findings import findings_report

        return _answer("assess", shown.without_reasons(), findings_report(self.law.corpus, shown))

    @asked
    def status(
        self,
        state: State,
        on: On = None,
        instrument: Annotated[str | None, Field(description="Only this instrument.")] = None,
    ) -> CallToolResult:
        """What binds a State on a day and since when: every instrument of the corpus, with the acts it rests on.

        `no_act_known` says that the table of acts names none, up to the day the sources know; it is no proof.
        """
        from palermo.reports.ledger import status_report

        ledger, asked_about = self.law.ledger, on or date.today()
        code = find_party(self.law.corpus, state).code
        found = ledger.bonds(state, asked_about)
        if instrument is not None:
            id = find_instrument(self.law.corpus, instrument).id
            found = [standing for standing in found if standing.instrument == id]
        return _answer("status", found, _explained(status_report(ledger, code, asked_about, found), found))

    @asked
    def parties(
        self,
        instrument: Instrument,
        on: On = None,
        standing: Annotated[Status | None, Field(description="Only parties with this standing.")] = None,
    ) -> CallToolResult:
        """Who is bound by an instrument on a day: every State and organisation that its table of acts names."""
        from palermo.reports.ledger import parties_report

        ledger, asked_about = self.law.ledger, on or date.today()
        found = [s for s in ledger.parties(instrument, asked_about) if standing in (None, s.status)]
        id = find_instrument(self.law.corpus, instrument).id
        return _answer("parties", found, _explained(parties_report(ledger, id, asked_about, found), found))

    @asked
    def between(self, first: State, second: State, on: On = None) -> CallToolResult:
        """What is in force between two States on a day, which reservations bite, and their own agreements."""
        from palermo.reports.between import between_report

        found = self.law.ledger.between(first, second, on or date.today())
        return _answer("between", found, between_report(self.law.corpus, found))

    @asked
    def compare(
        self,
        first: StateOrLaw,
        second: StateOrLaw,
        on: On = None,
        within: Annotated[
            str,
            Field(
                description="The definition they are compared within: an instrument's id and a provision with conduct."
            ),
        ] = _WITHIN,
        readings: Annotated[
            bool, Field(description="False takes each law on its words alone, without readings of umbrella terms.")
        ] = True,
    ) -> CallToolResult:
        """What does one law punish that the other does not? Both differences as scenarios, and the measures of both."""
        from palermo.reports.comparison import comparison_report

        found = self.law.compare(first, second, on, within, readings)
        return _answer("compare", found, comparison_report(self.law.corpus, found))

    @asked
    def try_bill(
        self,
        state: StateOrLaw,
        bill: Annotated[
            str,
            Field(description=_BILL_FORM),
        ],
        against: Instrument = "palermo-protocol",
        on: On = None,
    ) -> CallToolResult:
        """What would a bill change? Findings before and after, with the scenarios it reaches or no longer reaches.

        Nothing of the bill is kept.
        """
        from palermo.reports.assessment import known_of
        from palermo.reports.bills import bill_report

        before = self.law.assess(state, against, on)
        with TemporaryDirectory(prefix="palermo-") as folder:
            file = Path(folder) / _BILL
            file.write_text(bill, encoding="utf-8")
            try:
                found = self.law.try_bill(state, file, against, on, keep=False)
            except CorpusError as error:
                raise ToolError(str(error).replace(str(file), _BILL)) from None
        report = msgspec.structs.replace(bill_report(self.law.corpus, found), known=known_of(before))
        return _answer("try_bill", found, report)

    @asked
    def identify(
        self,
        facts: Facts,
        under: Annotated[
            list[str] | None,
            Field(
                description="States, legal systems, instruments or provisions. Left out: the UN Trafficking Protocol."
            ),
        ] = None,
        on: On = None,
        readings: Annotated[bool, Field(description="False takes each law on its words alone.")] = True,
        not_to_ask: Annotated[
            list[str] | None, Field(description="Facts the person does not know or would rather not say.")
        ] = None,
    ) -> CallToolResult:
        """May this be trafficking? One case under laws: within, outside or open, why, and the next best question.

        Give no names, places or dates of persons: the facts asked for are concepts. Nothing is stored.
        """
        from palermo.reports.identification import identification_report

        told = {fact: value == "yes" for fact, value in facts.items() if value != "unknown"}
        unknown = [fact for fact, value in facts.items() if value == "unknown"]
        names = under or ["palermo-protocol"]
        found = self.law.identify(told, names, on, readings, [*unknown, *(not_to_ask or ())])
        return _answer("identify", found, identification_report(self.law.corpus, found))

    @asked
    def routes(
        self,
        requesting: State,
        requested: State,
        form: Annotated[str, Field(description="What is asked for, such as extradition, hearing, documents.")],
        facts: Annotated[
            CaseFacts | None,
            Field(description="What is known of the case; what is left out is unknown. Give no names of persons."),
        ] = None,
        on: On = None,
    ) -> CallToolResult:
        """On what basis can one State ask another, would it refuse, and whom to ask? Routes in order of use.

        Each condition and ground of refusal is tested on the facts: satisfied, an obstacle, open, or a promise to keep.
        """
        from palermo.reports.routes import routes_report

        unknown = unknown_names(facts, self.law.corpus) if facts else []
        if unknown:
            raise ToolError("\n".join(f"facts.{'.'.join(map(str, path))}: {told}" for path, _, told in unknown))
        found = self.law.routes(requesting, requested, form, facts, on)
        report = msgspec.structs.replace(routes_report(self.law.corpus, found), known=known(acts=(found.known_up_to,)))
        return _answer("routes", found, report)

    @asked
    def calendar(self, state: State, on: On = None) -> CallToolResult:
        """What is to come for a State: law that begins, departures, what is due under monitoring mechanisms."""
        from palermo.reports.monitoring import calendar_report

        found = self.law.calendar(state, on)
        title = f"{found.state_name}: what is to come after {day(found.on)}"
        return _answer("calendar", found, calendar_report(self.law.corpus, title, found))

    @asked
    def search(
        self,
        query: Annotated[
            str, Field(description='Words, "phrases", beginnings* or a citation (18 USC 1591), in six languages.')
        ],
        kinds: Annotated[list[Kind] | None, Field(description="Only entries of these kinds.")] = None,
        state: Annotated[str | None, Field(description="Only of this State or legal system.")] = None,
        instrument: Annotated[str | None, Field(description="Only of this instrument.")] = None,
        language: Annotated[Language | None, Field(description="Take the words for this language's alone.")] = None,
        on: Annotated[Day | None, Field(description="Leave out what was not in force that day.")] = None,
        limit: Annotated[int, Field(ge=1, le=100)] = 10,
    ) -> CallToolResult:
        """Where does the law speak of this? Provisions, national law, statements, agreements, concepts and parties."""
        from palermo.reports.search import search_report

        found = self.law.search(query, kinds or (), state, instrument, language, on, limit)
        return _answer("search", found, search_report(found))

    @asked
    def provision(
        self,
        instrument: Instrument,
        provision: Annotated[str, Field(description="The provision's id, such as 6(3).")],
    ) -> CallToolResult:
        """What does a provision ask or say? With how national law is tested against it, and where it was read."""
        from palermo.reports.provision import provision_report

        home = find_instrument(self.law.corpus, instrument)
        home, id = provision_named(self.law.corpus, home, provision)
        found = home.provision(id)
        return _answer("provision", found, provision_report(self.law.corpus, home, found))

    @asked
    def models(
        self,
        instrument: Instrument,
        provision: Annotated[str, Field(description="The duty's id, such as 6(3).")],
        near: Annotated[
            str | None, Field(description="Laws nearest to this State's first: tradition, language, region.")
        ] = None,
        on: On = None,
    ) -> CallToolResult:
        """Which laws meet a duty, and by which sections, to borrow from? Nearness is no rank of quality."""
        from palermo.conformity.models_of import models_of
        from palermo.reports.concordance import models_report

        corpus, asked_about = self.law.corpus, on or date.today()
        home, id = provision_named(corpus, find_instrument(corpus, instrument), provision)
        found = models_of(corpus, f"{home.id} {id}", asked_about, near)
        whose = list_of([system.legal_system for system in find_legal_systems(corpus, near)], "and") if near else ""
        return _answer("models", found, models_report(corpus, home.cite(home.provision(id)), asked_about, found, whose))

    @asked
    def section(
        self,
        law: StateOrLaw,
        section: Annotated[
            str,
            Field(description="A citation as findings give it, or its end (s 45), or the id of an offence or measure."),
        ],
        on: Annotated[
            Day | None, Field(description="Only versions in force that day. Left out: every version.")
        ] = None,
    ) -> CallToolResult:
        """What is encoded of a section of national law: conduct, penalty, days of force, source, if it was read."""
        from palermo.conformity.sections import sections
        from palermo.reports.sections import sections_report

        found = sections(self.law.corpus, law, section, on)
        when = f", on {day(on)}" if on else ""
        return _answer("section", found, sections_report(self.law.corpus, f"{section}, {law}{when}", found))

    @asked
    def cite(
        self,
        name: Annotated[
            str,
            Field(description="palermo-protocol 3(a); GBR-EAW Modern Slavery Act 2015 s 2; an act: GBR-EAW msa-2015."),
        ],
        style: Annotated[
            Style, Field(description="oscola, bluebook, or un (as United Nations documents cite).")
        ] = "oscola",
        on: Annotated[Day | None, Field(description="As known that day.")] = None,
    ) -> CallToolResult:
        """How is an instrument, a provision, an act or a section cited? What the corpus does not hold is left out."""
        found = Citation(name, style, self.law.cite(name, style, on), self.law.version)
        report = Report(f"{name}, as cited in {style}", (Paragraph(line(found.citation)),))
        return _answer("cite", found, report)


def _explained(report: Report, found: Sequence[Standing]) -> Report:
    """The report with what an unknown standing means and where to look, if there is one."""
    told = [Notice(line(words)) for status, words in _UNKNOWN.items() if any(s.status == status for s in found)]
    return msgspec.structs.replace(report, blocks=(*told, *report.blocks))


def _answer(tool: str, answer: Any, report: Report) -> CallToolResult:
    """The answer as data in its published envelope and as Markdown, which says once that it is no advice."""
    text = markdown(msgspec.structs.replace(report, closing=report.closing or NOT_ADVICE))
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=enveloped(SCHEMAS[tool], answer)
    )
