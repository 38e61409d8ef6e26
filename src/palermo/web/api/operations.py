"""The operations. Each asks the library one question; the words of its answers are the library's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema
from pydantic import BeforeValidator, Field

from palermo.conformity.bills import tried
from palermo.corpus.lookup import provision_named
from palermo.corpus.problems import CorpusError
from palermo.ledger.parties import find_instrument, find_legal_systems, find_party
from palermo.logic.patience import at_most
from palermo.search.query import NothingAsked
from palermo.web.api.answers import ApiOfPalermo, InstrumentNamed, Party, described, given, tell_mistakes
from palermo.web.days import FIRST, LAST
from palermo.web.limits import SECONDS
from palermo.web.mistakes import Mistake
from palermo.web.the_law import assessment, bonds, models, registered, the_law

api = ApiOfPalermo(
    title="Palermo",
    version="1",
    description=(
        "The law against trafficking in persons as dated, cited answers. Every answer is for a day (`on`, today if not "
        "given) and stands under the name of its schema. It is no legal advice."
    ),
    openapi_url="/openapi.json",
    docs_url=None,
    urls_namespace="api",
)
tell_mistakes(api)
Name = Annotated[str, Field(max_length=200)]
DAY_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Asked = Callable[..., HttpResponse]
_T = TypeVar("_T", bound=Asked)


def _day_written(value: object) -> object:
    """A day as YYYY-MM-DD; a number or a moment is none. Raises ValueError."""
    if value is None or (isinstance(value, str) and DAY_WRITTEN.fullmatch(value)):
        return value
    raise ValueError("expected a day such as 2012-01-01")


Day = Annotated[date | None, BeforeValidator(_day_written)]


def get(path: str, name: str, summary: str) -> Callable[[_T], _T]:
    """An operation that reads, with the schema of its answer."""
    made: Callable[[_T], _T] = api.get(
        path, summary=summary, openapi_extra=described(name), operation_id=_id(path), tags=[path.split("/")[1]]
    )
    return made


def post(path: str, name: str, summary: str) -> Callable[[_T], _T]:
    """An operation that takes a case or a bill; nothing of it is kept."""
    made: Callable[[_T], _T] = api.post(
        path, summary=summary, openapi_extra=described(name), operation_id=_id(path), tags=[path.split("/")[1]]
    )
    return made


def _id(path: str) -> str:
    return "_".join(part.strip("{}") for part in path.strip("/").split("/")).replace("-", "_")


def _day(on: date | None) -> date:
    if on is not None and not FIRST <= on <= LAST:
        raise Mistake(404, f"{on} is no day between {FIRST} and {LAST}")
    return on or date.today()


@get("/states", "parties-1", "Every State, organisation and territory")
def states(request: HttpRequest) -> HttpResponse:
    """The register of parties, with the legal systems that are encoded."""
    corpus = the_law().corpus
    found = [
        Party(code, party.name, party.kind, tuple(system.id for system in corpus.systems_of(code)))
        for code, party in corpus.parties.items()
    ]
    return given("parties-1", found)


@get("/states/{state}/bonds", "standings-1", "What binds a State")
def bonds_of(request: HttpRequest, state: Name, on: Day = None) -> HttpResponse:
    """How a State stands to every instrument on a day, with the acts it rests on."""
    return given("standings-1", bonds(find_party(the_law().corpus, state).code, _day(on)))


@get("/states/{state}/history", "events-1", "Everything known of a State")
def history(request: HttpRequest, state: Name) -> HttpResponse:
    """Acts, entries into force, departures, statements and agreements in order of time."""
    return given("events-1", the_law().ledger.history(state))


@get("/states/{state}/calendar", "calendar-1", "What is to come for a State")
def calendar(request: HttpRequest, state: Name, on: Day = None) -> HttpResponse:
    """Entries into force, departures, provisions that begin to apply, and what is due under monitoring mechanisms."""
    return given("calendar-1", the_law().calendar(state, _day(on)))


@get("/states/{state}/recommendations", "recommendations-1", "What bodies recommended to a State")
def recommendations(request: HttpRequest, state: Name, on: Day = None) -> HttpResponse:
    """Each recommendation with what the law gave then and gives now."""
    return given("recommendations-1", registered(find_party(the_law().corpus, state).code, _day(on)))


@get("/states/{state}/findings/{instrument}", "assessment-1", "A State's law held against an instrument")
def findings(request: HttpRequest, state: Name, instrument: Name, on: Day = None) -> HttpResponse:
    """One finding for each provision and legal system, with all it rests on."""
    corpus = the_law().corpus
    system = corpus.legal_systems.get(state.upper())
    code = system.id if system else find_party(corpus, state).code
    return given("assessment-1", assessment(code, find_instrument(corpus, instrument).id, _day(on)))


@get("/states/{state}/between/{other}", "between-1", "What is in force between two States")
def between(request: HttpRequest, state: Name, other: Name, on: Day = None) -> HttpResponse:
    """Instruments between two States, and which statements change which provisions."""
    return given("between-1", the_law().ledger.between(state, other, _day(on)))


@get("/legal-systems/{system}", "legal-system-1", "A legal system's law as encoded")
def legal_system(request: HttpRequest, system: Name) -> HttpResponse:
    """Offences as formulas, measures, readings, what is known to be missing; every version with its dates."""
    found = find_legal_systems(the_law().corpus, system)
    if len(found) > 1:
        raise Mistake(404, f"{system} has several legal systems: {', '.join(one.id for one in found)}")
    return given("legal-system-1", found[0])


@get("/instruments", "instruments-1", "Every instrument")
def instruments(request: HttpRequest) -> HttpResponse:
    """The instruments with the ids of their provisions."""
    found = [
        InstrumentNamed(i.id, i.short, i.title, i.kind, tuple(p.id for p in i.provisions))
        for i in the_law().corpus.instruments.values()
    ]
    return given("instruments-1", found)


@get("/instruments/{instrument}/parties", "standings-1", "Who is bound by an instrument")
def parties(request: HttpRequest, instrument: Name, on: Day = None) -> HttpResponse:
    """The standing of every party that the table of acts names."""
    return given("standings-1", the_law().ledger.parties(instrument, _day(on)))


@get("/instruments/{instrument}/timeline", "events-1", "Everything that happened to an instrument")
def timeline(request: HttpRequest, instrument: Name) -> HttpResponse:
    """Acts, entries into force, departures and statements in order of time."""
    return given("events-1", the_law().ledger.timeline(instrument))


@get("/instruments/{instrument}/provisions/{provision}", "provision-1", "A provision")
def provision(request: HttpRequest, instrument: Name, provision: Name) -> HttpResponse:
    """What a provision asks or says, and how national law is tested against it."""
    home, id = provision_named(the_law().corpus, find_instrument(the_law().corpus, instrument), provision)
    return given("provision-1", home.provision(id))


@get("/instruments/{instrument}/provisions/{provision}/verdicts", "verdicts-1", "What all laws answer to a duty")
def verdicts(request: HttpRequest, instrument: Name, provision: Name, on: Day = None) -> HttpResponse:
    """The bare verdict of every legal system, whether or not the instrument binds."""
    home, id = provision_named(the_law().corpus, find_instrument(the_law().corpus, instrument), provision)
    return given("verdicts-1", the_law().verdicts.on(f"{home.id} {id}", _day(on)))


@get("/instruments/{instrument}/provisions/{provision}/models", "models-1", "Which laws meet a duty, and how")
def models_of(
    request: HttpRequest, instrument: Name, provision: Name, near: Name | None = None, on: Day = None
) -> HttpResponse:
    """Every law's answer with the sections it rests on; nearest to a State first, if one is given."""
    home, id = provision_named(the_law().corpus, find_instrument(the_law().corpus, instrument), provision)
    return given("models-1", models(f"{home.id} {id}", near or "", _day(on)))


@get("/compare/{first}/{second}", "comparison-1", "Two laws side by side")
def compare(request: HttpRequest, first: Name, second: Name, on: Day = None) -> HttpResponse:
    """The conduct that only one of two laws punishes, both ways, and their measures."""
    return given("comparison-1", the_law().compare(first, second, _day(on)))


@get("/routes/{requesting}/{requested}", "routes-1", "On what basis one State can ask another")
def routes(request: HttpRequest, requesting: Name, requested: Name, form: Name, on: Day = None) -> HttpResponse:
    """Every basis for a form of cooperation, with what it turns on. Without facts of a case, conditions stay open."""
    return given("routes-1", the_law().routes(requesting, requested, form, None, _day(on)))


@get("/network/{form}", "network-1", "Between whom there is a basis")
def network(request: HttpRequest, form: Name, on: Day = None) -> HttpResponse:
    """All pairs of States with a basis for a form of cooperation, and what would connect most."""
    return given("network-1", the_law().network(form, _day(on)))


Kinds = Literal["provision", "offence", "measure", "statement", "agreement", "concept", "party"]


@get("/search", "search-1", "Find words, phrases and citations")
def search(
    request: HttpRequest,
    q: Name,
    state: Name | None = None,
    instrument: Name | None = None,
    language: Literal["en", "fr", "es", "ru", "ar", "zh"] | None = None,
    on: Day = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> HttpResponse:
    """What words find in provisions and laws, in six languages."""
    day = _day(on) if on else None
    try:
        found = the_law().search(q, (), state, instrument, language, day, limit)
    except NothingAsked as error:
        raise Mistake(404, str(error)) from None
    return given("search-1", found)


class Case(Schema):
    """What is known of a case: facts that are so, facts that are not; all others are unknown."""

    facts: Annotated[dict[str, bool], Field(max_length=200)]
    under: Annotated[tuple[Name, ...], Field(min_length=1, max_length=80)] = ("palermo-protocol",)
    on: Day = None
    not_to_ask: Annotated[tuple[Name, ...], Field(max_length=200)] = ()


@post("/identify", "identification-1", "May this be trafficking?")
def identify(request: HttpRequest, case: Case) -> HttpResponse:
    """A case under laws and instruments: within, outside or open, and the next best question. Nothing is kept."""
    with at_most(SECONDS):
        found = the_law().identify(case.facts, case.under, _day(case.on), not_to_ask=case.not_to_ask)
    return given("identification-1", found)


class Bill(Schema):
    """A bill as a corpus file of one legal system, to be laid over the law of a State."""

    state: Name
    bill: Annotated[str, Field(max_length=200_000)]
    against: Name = "palermo-protocol"
    on: Day = None


@post("/bills", "bill-1", "What a bill would change")
def bills(request: HttpRequest, bill: Bill) -> HttpResponse:
    """Findings before and after a bill. Nothing is kept. Faults of the bill come with line and column."""
    corpus, day = the_law().corpus, _day(bill.on)
    asked = (find_party(corpus, bill.state).code, find_instrument(corpus, bill.against).id, day)
    text = bill.bill.encode("utf-8", "replace").decode()
    try:
        with at_most(SECONDS):
            after = the_law().with_bill(text).assess(*asked)
    except CorpusError as error:
        raise Mistake(400, str(error)) from None
    return given("bill-1", tried(assessment(*asked), after))
