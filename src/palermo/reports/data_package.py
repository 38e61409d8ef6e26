"""Everything in tables: a Data Package (https://datapackage.org, version 2), described for catalogues by DCAT 3.

Each table is a CSV whose columns are described, typed and tied to each other. Where a cell is empty, nothing is known
or there is nothing to know; it never says no. Lists and formulas are JSON within a cell.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec

from palermo.conformity.authorities import of_measure
from palermo.corpus.folders import corpus_files
from palermo.corpus.models import Corpus, InForce, Language, LegalSystem
from palermo.ledger.ledger import Ledger
from palermo.ledger.parties import names_in_un_languages

Kind = Literal["string", "date", "integer", "boolean", "array", "object"]
Row = tuple[Any, ...]
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FOLDER = "tables"
_NO_TIME = (1980, 1, 1, 0, 0, 0)
TITLE = "Palermo: the law against trafficking in persons"
DESCRIPTION = (
    "Instruments with their provisions, acts and statements of States, and national law: offences as formulas and "
    "answers to questions, each with its citation, its days of force and whether somebody read it in a text of the "
    "law. What is not there is unknown."
)


@dataclass(frozen=True)
class Column:
    """A column of a table. `to` is the table and column that its values come from."""

    name: str
    means: str
    kind: Kind = "string"
    needed: bool = False
    to: tuple[str, str] | None = None


@dataclass(frozen=True)
class DataTable:
    """A table of the package. `key`: columns whose values together name one row."""

    name: str
    title: str
    means: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    key: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where its CSV lies in the package."""
        return f"{FOLDER}/{self.name}.csv"

    def csv(self) -> str:
        """The rows under a head, as the columns say: days as 2012-01-31, true and false, JSON."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(column.name for column in self.columns)
        for row in self.rows:
            writer.writerow(_cell(column.kind, value) for column, value in zip(self.columns, row, strict=True))
        return out.getvalue()


_need = partial(Column, needed=True)
_day = partial(Column, kind="date")
_SOURCES = Column("sources", "ids of the sources that say so (table sources), as a JSON array", "array")
_NOTE = Column("note", "what a reader should know besides")
_FROM = _day("in_force_from", "first day of force")
_TO = _day("in_force_to", "last day of force")
_STATE = ("parties", "code")
_OF_SYSTEM = _need("legal_system", "id of the legal system", to=("legal_systems", "legal_system"))
_STATEMENTS = "reservation, interpretative_declaration, declaration, notification, opt_in, opt_out or objection"
_VERIFIED = _need("verified", "whether somebody read it in a text of the law", "boolean")
_AS_JSON = "in JSON as in the published schema provision-1"
_FORMULA = f"as a formula of concepts, {_AS_JSON}"


def data_tables(ledger: Ledger, on: date) -> tuple[DataTable, ...]:
    """Every table; the standing of parties is that of the day."""
    corpus = ledger.corpus
    return (
        _parties(corpus),
        _instruments(corpus),
        _provisions(corpus),
        _acts(corpus),
        _standings(ledger, on),
        _statements(corpus),
        _agreements(corpus),
        _legal_systems(corpus),
        _statutes(corpus),
        _offences(corpus),
        _aggravated(corpus),
        _questions(corpus),
        _measures(corpus),
        _concepts(corpus),
        _sources(corpus),
    )


def descriptor(tables: Iterable[DataTable], on: date, version: str) -> dict[str, Any]:
    """The datapackage.json of these tables."""
    found = tuple(tables)
    named = next(table for table in found if table.name == "sources")
    return {
        "$schema": PROFILE,
        "name": "palermo",
        "title": TITLE,
        "description": DESCRIPTION,
        "version": version,
        "created": f"{on}T00:00:00Z",
        "licenses": [LICENCE],
        **({"sources": [_as_source(row) for row in named.rows]} if named.rows else {}),
        "resources": [_resource(table) for table in found],
    }


def data_package(tables: Iterable[DataTable], on: date, version: str, home: str = "") -> bytes:
    """The package as a zip: datapackage.json, catalog.jsonld, the tables. The same law and day give the same bytes."""
    found = tuple(tables)
    files = {"datapackage.json": _json(descriptor(found, on, version))}
    files["catalog.jsonld"] = _json(catalogue(found, on, version, home))
    files |= {table.path: table.csv() for table in found}
    return _zipped({name: text.encode() for name, text in files.items()})


def corpus_package(folder: Path, licence: Path) -> bytes:
    """The files of a corpus folder with their licence, as a zip."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in corpus_files(folder)}
    return _zipped({f"corpus/{name}": content for name, content in {**files, "LICENSE": licence.read_bytes()}.items()})


def _zipped(files: dict[str, bytes]) -> bytes:
    """Files in a zip that says nothing of when it was made."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in files.items():
            entry = ZipInfo(name, _NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            package.writestr(entry, content)
    return out.getvalue()


def catalogue(tables: Iterable[DataTable], on: date, version: str, home: str = "") -> dict[str, Any]:
    """What a catalogue needs to know, by DCAT 3 in JSON-LD. `home` is the address of the site, empty in a file."""
    at = f"{home}/data/" if home else ""
    publisher = {"@id": f"{at}#publisher", "@type": "foaf:Agent", "foaf:name": "Palermo"}
    about: dict[str, Any] = {
        "dct:title": {"@language": "en", "@value": TITLE},
        "dct:description": {"@language": "en", "@value": DESCRIPTION},
        "dct:publisher": {"@id": publisher["@id"]},
        "dct:license": {"@id": LICENCE["path"]},
        "dct:modified": {"@type": "xsd:date", "@value": str(on)},
        "dct:language": {"@id": "http://id.loc.gov/vocabulary/iso639-1/en"},
    }
    files = [_distribution(f"{at}{table.path}", table.title, "text/csv") for table in tables]
    if home:
        files.insert(
            0, _distribution(f"{at}palermo-data.zip", "All tables, as a Data Package", "application/zip", PROFILE)
        )
    dataset = {
        "@id": f"{at}#dataset",
        "@type": "dcat:Dataset",
        **about,
        "dcat:version": version,
        "dcat:keyword": ["trafficking in persons", "treaties", "legislation", "mutual legal assistance"],
        "dct:conformsTo": {"@id": PROFILE},
        "dcat:distribution": files,
    }
    found: dict[str, Any] = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": f"{at}#catalogue",
        "@type": "dcat:Catalog",
        **about,
        "dcat:dataset": [dataset],
    }
    if home:
        found["dcat:service"] = [
            {
                "@id": f"{home}/api/v1/#service",
                "@type": "dcat:DataService",
                "dct:title": {"@language": "en", "@value": "Palermo, the interface for programs"},
                "dcat:endpointURL": {"@id": f"{home}/api/v1/"},
                "dcat:endpointDescription": {"@id": f"{home}/api/v1/openapi.json"},
                "dcat:servesDataset": {"@id": dataset["@id"]},
            }
        ]
    return {"@context": found.pop("@context"), "@graph": [found, publisher]}


def _distribution(address: str, title: str, media: str, conforms: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {
        "@id": f"{address}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": {"@language": "en", "@value": title},
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
        "dct:license": {"@id": LICENCE["path"]},
    }
    return found | ({"dct:conformsTo": {"@id": conforms}} if conforms else {})


def _as_source(row: Row) -> dict[str, str]:
    named = dict(zip(("id", "title", "publisher", "where"), row, strict=False))
    said = ", ".join(filter(None, (named["title"], named["publisher"], named["where"])))
    return {"title": f"{named['id']}: {said}"}


def _resource(table: DataTable) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    keys = [
        {"fields": [column.name], "reference": {"resource": column.to[0], "fields": [column.to[1]]}}
        for column in table.columns
        if column.to
    ]
    if keys:
        schema["foreignKeys"] = keys
    content = table.csv().encode()
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.means,
        "path": table.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name, "type": column.kind, "description": column.means}
    return found | ({"constraints": {"required": True}} if column.needed else {})


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _cell(kind: Kind, value: Any) -> str:
    if value in (None, (), ""):
        return ""
    if kind == "boolean":
        return "true" if value else "false"
    if kind in ("array", "object"):
        return msgspec.json.encode(value).decode()
    return str(value)


def _force(in_force: InForce | None) -> tuple[date | None, date | None]:
    return (in_force.from_, in_force.to) if in_force else (None, None)


def _parties(corpus: Corpus) -> DataTable:
    others = tuple(code for code in get_args(Language) if code != "en")
    names: dict[str, dict[str, str]] = {}
    for party, language, name in names_in_un_languages(corpus):
        names.setdefault(party.code, {}).setdefault(language, name)
    return DataTable(
        "parties",
        "States, organisations and territories",
        "The register: everybody whose acts, law or agreements the other tables speak of.",
        (
            _need("code", "the code, ISO 3166-1 alpha-3 for States"),
            _need("name", "the name in English"),
            *(Column(f"name_{code}", f"the name in the language {code} (ISO 639-1)") for code in others),
            _need("kind", "state, observer, organisation, territory, former_state or other"),
            _need("un_member", "whether it is a Member of the United Nations", "boolean"),
            Column("part_of", "the State that answers for a territory today", to=_STATE),
            Column("aliases", "other names and codes, as a JSON array", "array"),
            _NOTE,
        ),
        tuple(
            (
                code,
                p.name,
                *(names.get(code, {}).get(other) for other in others),
                p.kind,
                p.un_member == "yes",
                p.part_of,
                p.aliases,
                p.note,
            )
            for code, p in corpus.parties.items()
        ),
        ("code",),
    )


def _instruments(corpus: Corpus) -> DataTable:
    return DataTable(
        "instruments",
        "Instruments",
        "Treaties, directives, and statutes that law is held against.",
        (
            _need("instrument", "the id"),
            _need("short", "the short title by which it is cited"),
            _need("title", "the title in English"),
            _need("kind", "convention, protocol, directive or domestic"),
            Column("state", "the State whose statute it is", to=_STATE),
            Column("supplements", "the instrument that it supplements", to=("instruments", "instrument")),
            _day("adopted", "the day of its adoption"),
            Column("depositary", "the depositary"),
            Column("reservations", "whether it allows any, none or listed reservations, or does not say"),
            _need("source", "the text that was read"),
            _VERIFIED,
            Column("acts_complete", "how much of its acts the table acts holds: dates (all), names or partial"),
            _NOTE,
        ),
        tuple(
            (
                id,
                i.short,
                i.title,
                i.kind,
                i.state,
                i.supplements,
                i.adopted,
                i.depositary,
                i.reservations.allowed if i.reservations else None,
                i.text.source,
                i.text.verified,
                i.acts.complete if i.acts else None,
                i.note,
            )
            for id, i in corpus.instruments.items()
        ),
        ("instrument",),
    )


def _provisions(corpus: Corpus) -> DataTable:
    return DataTable(
        "provisions",
        "Provisions",
        "Definitions, duties and rules of instruments.",
        (
            _need("instrument", "id of the instrument", to=("instruments", "instrument")),
            _need("provision", "the id within the instrument, such as 3(a)"),
            _need("cite", "how it is cited"),
            _need("title", "what it is about"),
            _need("kind", "definition, duty or rule"),
            _need("pillar", "prevention, protection, prosecution or partnership"),
            _need("topic", "the topic"),
            Column("modality", "of a duty: shall, shall_endeavour, shall_consider or may"),
            Column("softener", "words that soften a duty"),
            Column("condition", "under which condition it is asked"),
            Column("duty", "what is asked, in short"),
            Column("meaning", "what is defined, in short"),
            Column("conduct", f"the conduct defined, {_FORMULA}", "object"),
            Column("test", f"how national law is held against it, {_AS_JSON}", "object"),
            _FROM,
            _TO,
            _VERIFIED,
            Column("source", "the text that was read"),
            _NOTE,
        ),
        tuple(
            (
                i.id,
                p.id,
                i.cite(p),
                p.title,
                p.kind,
                p.pillar,
                p.topic,
                p.modality,
                p.softener,
                p.condition,
                p.duty,
                p.meaning,
                p.conduct,
                p.test,
                *_force(p.in_force),
                i.text.verified if p.verified is None else p.verified,
                p.source or i.text.source,
                p.note,
            )
            for i in corpus.instruments.values()
            for p in i.provisions
        ),
        ("instrument", "provision"),
    )


def _acts(corpus: Corpus) -> DataTable:
    return DataTable(
        "acts",
        "Acts of States on instruments",
        "Signatures, ratifications, accessions, denunciations and the like, as sources print them.",
        (
            _need("instrument", "id of the instrument", to=("instruments", "instrument")),
            _need("party", "code of the party", to=_STATE),
            _need("act", "signature, ratification, accession, denunciation, ..."),
            _day("date", "the day of the act"),
            _day("entry_into_force", "the day of entry into force for the party, where a source prints it"),
            _SOURCES,
            _day("known_on", "the day up to which the latest of the sources is current"),
            _NOTE,
        ),
        tuple(
            (id, act.party, act.action, act.date, act.entry_into_force, act.source, act.as_at, act.note)
            for id, acts in corpus.actions.items()
            for act in acts
        ),
    )


def _standings(ledger: Ledger, on: date) -> DataTable:
    treaties = [id for id, instrument in ledger.corpus.instruments.items() if instrument.kind != "domestic"]
    found = [standing for id in treaties for standing in ledger.parties(id, on)]
    return DataTable(
        "standings",
        f"Who is bound on {on}",
        f"How each party that the table acts names stands to each instrument on {on}.",
        (
            _need("instrument", "id of the instrument", to=("instruments", "instrument")),
            _need("party", "code of the party", to=_STATE),
            _need("status", "in_force, not_yet_in_force, signed, left, not_known, ..."),
            _need("bound", "whether it is bound that day, as far as is known", "boolean"),
            _day("since", "the day of entry into force for the party"),
            Column("basis", "whether a source prints that day, the instrument's rule gives it, or it is unknown"),
            _day("consent", "the day of its consent to be bound"),
            _day("known_by", "the earliest day on which a source lists the party, where no day is known"),
            _day("until", "the last day on which it is bound"),
            _day("signed", "the day of signature"),
            _day("known_up_to", "past this day the sources say nothing of the party"),
        ),
        tuple(
            (
                s.instrument,
                s.party,
                s.status,
                s.binding,
                *(
                    (s.bond.since, s.bond.basis, s.bond.consent, s.bond.known_by, s.bond.until)
                    if s.bond
                    else (None,) * 5
                ),
                s.signed,
                s.known_up_to,
            )
            for s in found
        ),
        ("instrument", "party"),
    )


def _statements(corpus: Corpus) -> DataTable:
    return DataTable(
        "statements",
        "Reservations, declarations, notifications and objections",
        "What parties said on instruments, in short, with the effect on provisions.",
        (
            _need("instrument", "id of the instrument", to=("instruments", "instrument")),
            _need("statement", "the id within the instrument"),
            _need("party", "code of the party", to=_STATE),
            _need(
                "kind",
                _STATEMENTS,
            ),
            Column("effect", "excludes, limits, modifies, accepts or informs"),
            Column("provisions", "ids of the provisions it touches, as a JSON array; empty: the whole of it", "array"),
            _need("says", "what it says, in short"),
            _day("made", "the day it was made"),
            _day("withdrawn", "the day it was withdrawn"),
            Column("answers", "the id of the statement that an objection is made to"),
            _SOURCES,
            _day("known_on", "the day up to which statements on the instrument are known"),
            _VERIFIED,
            _NOTE,
        ),
        tuple(
            (
                of.instrument,
                s.id,
                s.party,
                s.kind,
                s.effect,
                s.provisions,
                s.says,
                s.made,
                s.withdrawn,
                s.answers,
                s.source,
                s.as_at or of.as_at,
                s.verified,
                s.note,
            )
            for of in corpus.statements.values()
            for s in of.statements
        ),
        ("instrument", "statement"),
    )


def _agreements(corpus: Corpus) -> DataTable:
    return DataTable(
        "agreements",
        "Agreements between two parties",
        "Bilateral agreements as sources list them: that they were concluded, not that they are in force today.",
        (
            _need("agreement", "the id"),
            _need("first", "code of one party", to=_STATE),
            _need("second", "code of the other", to=_STATE),
            _need("kind", "extradition, mutual_legal_assistance, ..."),
            _need("title", "the title"),
            _day("signed", "the day of signature"),
            _day("entry_into_force", "the day of entry into force"),
            _day("ended", "the day it ended"),
            Column("superseded_by", "the agreement or instrument that took its place"),
            Column("reference", "how it is cited"),
            _SOURCES,
            _day("known_on", "the day up to which the source is current"),
            _NOTE,
        ),
        tuple(
            (
                id,
                a.first,
                a.second,
                a.kind,
                a.title,
                a.signed,
                a.entry_into_force,
                a.ended,
                a.superseded_by,
                a.reference,
                a.source,
                a.as_at,
                a.note,
            )
            for id, a in corpus.agreements.items()
        ),
        ("agreement",),
    )


def _legal_systems(corpus: Corpus) -> DataTable:
    return DataTable(
        "legal_systems",
        "Legal systems",
        "The law of a State, or of a part of it that has a law of its own.",
        (
            _need("legal_system", "the id"),
            _need("state", "code of the State", to=_STATE),
            _need("name", "the name"),
            _need("as_at", "the day up to which the law was looked at", "date"),
            _day("offences_known_from", "before this day offences may be missing"),
            Column("region", "the region by the United Nations' M49 list"),
            Column("languages", "languages of its statutes (ISO 639), as a JSON array", "array"),
            Column("tradition", "the systems of law it is made of, as a JSON array", "array"),
            _day("review_by", "the day by which somebody should look again"),
            _NOTE,
        ),
        tuple(
            (
                id,
                s.state,
                s.legal_system,
                s.as_at,
                s.offences_known_from,
                s.region,
                s.languages,
                s.tradition.systems if s.tradition else (),
                s.review_by,
                s.note,
            )
            for id, s in corpus.legal_systems.items()
        ),
        ("legal_system",),
    )


def _statutes(corpus: Corpus) -> DataTable:
    return DataTable(
        "statutes",
        "Statutes and codes",
        "The acts that offences and answers come from, and the texts that were read.",
        (
            _OF_SYSTEM,
            _need("statute", "the id within the legal system"),
            _need("title", "the title"),
            Column("citation", "how it is cited"),
            Column("version", "the version that was read"),
            _need("source", "where the text was read"),
            _VERIFIED,
            _NOTE,
        ),
        tuple(
            (system.id, id, a.title, a.citation, a.version, a.source, a.verified, a.note)
            for system in corpus.legal_systems.values()
            for id, a in system.acts.items()
        ),
        ("legal_system", "statute"),
    )


def _systems(corpus: Corpus, rows: Callable[[LegalSystem], Iterator[Row]]) -> tuple[Row, ...]:
    return tuple(row for system in corpus.legal_systems.values() for row in rows(system))


def _offences(corpus: Corpus) -> DataTable:
    def rows(system: LegalSystem) -> Iterator[Row]:
        for o in system.offences:
            penalty = o.penalty
            yield (
                system.id,
                o.id,
                o.cite,
                o.title,
                o.act or o.id.split("/", 1)[0],
                o.conduct,
                *((penalty.min, penalty.max, penalty.fine) if penalty else (None,) * 3),
                o.mental,
                o.consent,
                *_force(o.in_force),
                system.source_of(o),
                system.is_verified(o),
                o.note,
            )

    return DataTable(
        "offences",
        "Offences",
        "Conduct that a legal system punishes, with its days of force.",
        (
            _OF_SYSTEM,
            _need("offence", "the id within the legal system"),
            _need("cite", "how it is cited"),
            _need("title", "what it is called"),
            _need("statute", "the id of the statute within the legal system"),
            _need("conduct", f"the conduct, {_FORMULA}", "object"),
            Column("least", "the least imprisonment, such as 5 years, or life"),
            Column("most", "the most imprisonment, such as 5 years, life or death"),
            Column("fine", "whether a fine is added, an alternative, or the only penalty"),
            Column("mental", "the mental element"),
            Column("consent", "what the law says of the victim's consent"),
            _FROM,
            _TO,
            Column("source", "where the text was read"),
            _VERIFIED,
            _NOTE,
        ),
        _systems(corpus, rows),
        ("legal_system", "offence"),
    )


def _aggravated(corpus: Corpus) -> DataTable:
    def rows(system: LegalSystem) -> Iterator[Row]:
        for o in system.offences:
            for number, form in enumerate(o.aggravated, start=1):
                yield (system.id, o.id, number, form.when, form.min, form.max, form.fine, form.cite, form.note)

    return DataTable(
        "aggravated",
        "Graver forms of offences",
        "What makes an offence graver, and the penalty then.",
        (
            _OF_SYSTEM,
            _need("offence", "the id of the offence within the legal system"),
            _need("number", "the number within the offence", "integer"),
            _need("when", f"what makes it graver, {_FORMULA}", "object"),
            Column("least", "the least imprisonment"),
            Column("most", "the most imprisonment"),
            Column("fine", "whether a fine is added, an alternative, or the only penalty"),
            Column("cite", "how it is cited"),
            _NOTE,
        ),
        _systems(corpus, rows),
        ("legal_system", "offence", "number"),
    )


def _questions(corpus: Corpus) -> DataTable:
    return DataTable(
        "questions",
        "Questions about a law",
        "What is asked of each legal system besides offences.",
        (
            _need("measure", "the id"),
            _need("kind", "the kind of answer: yes_no, duration or age"),
            _need("question", "what is asked"),
        ),
        tuple((id, m.kind, m.meaning) for id, m in corpus.measures.items()),
        ("measure",),
    )


def _measures(corpus: Corpus) -> DataTable:
    def rows(system: LegalSystem) -> Iterator[Row]:
        for id, values in system.measures.items():
            for v in values:
                cite = of_measure(system, id, v).cite
                source, read = system.source_of(v), system.is_verified(v)
                yield (system.id, id, str(v.value), cite, v.act, *_force(v.in_force), source, read, v.note)

    return DataTable(
        "measures",
        "Answers of laws",
        "What each legal system answers to the questions, in each version. A question without a row is unknown.",
        (
            _OF_SYSTEM,
            _need("measure", "the id of the question", to=("questions", "measure")),
            _need("answer", "yes, no, another word, a length of time or an age"),
            _need("cite", "the section that says so"),
            Column("statute", "the id of the statute within the legal system"),
            _FROM,
            _TO,
            Column("source", "where the text was read"),
            _VERIFIED,
            _NOTE,
        ),
        _systems(corpus, rows),
    )


def _concepts(corpus: Corpus) -> DataTable:
    codes = get_args(Language)
    return DataTable(
        "concepts",
        "Concepts",
        "The facts that formulas are made of, with their names in six languages.",
        (
            _need("concept", "the id"),
            *(Column(f"label_{code}", f"the name in the language {code} (ISO 639-1)") for code in codes),
            _need("meaning", "what it means"),
            Column("cite", "the provision whose term it is"),
            Column("narrower_than", "ids of the concepts it stands below, as a JSON array", "array"),
            Column("entails", "ids of the concepts that are always there with it, as a JSON array", "array"),
            Column("htcds", "the code in the Human Trafficking Case Data Standard 2.0"),
        ),
        tuple(
            (
                id,
                *(c.label.get(code) for code in codes),
                c.meaning,
                c.cite,
                c.narrower_than,
                c.entails,
                c.htcds,
            )
            for id, c in corpus.concepts.items()
        ),
        ("concept",),
    )


def _sources(corpus: Corpus) -> DataTable:
    return DataTable(
        "sources",
        "Sources",
        "Where acts, statements and agreements were found.",
        (
            _need("source", "the id"),
            _need("title", "the title"),
            Column("publisher", "the publisher"),
            Column("where", "where it is to be found"),
            Column("as_at", "the day or year up to which it is current"),
            _NOTE,
        ),
        tuple((id, s.title, s.publisher, s.where, str(s.as_at or ""), s.note) for id, s in corpus.sources.items()),
        ("source",),
    )
