"""The data: a package that reads back as it says, a catalogue entry, schemas, and the interface described."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jsonschema
import pytest
from django.test import Client
from playwright.sync_api import Page, expect

import palermo
from palermo.cli.main import run
from palermo.corpus.file_schemas import FILES
from palermo.corpus.load import load_corpus
from palermo.logic.formula import concepts_in
from palermo.reports.data_package import data_package, data_tables
from palermo.schemas import NAMES
from tests.web.conftest import Serious, Sideways

PAGES = ("/data", "/data/coverage", "/data/sources", "/data/texts", "/data/stale", "/data/api")
ON = date(2012, 1, 1)
DESCRIPTION: dict[str, Any] = {
    "type": "object",
    "required": ["$schema", "resources"],
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": {"type": "string", "pattern": "^[a-z0-9._/-]+$"},
        "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "required": ["name", "path"]},
        },
        "sources": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["title"]}},
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "path", "type", "schema"],
                "properties": {
                    "name": {"type": "string", "pattern": "^[a-z0-9._/-]+$"},
                    "path": {"type": "string", "pattern": r"^(?!/)(?!.*\.\.)(?!.*://).+\.csv$"},
                    "type": {"const": "table"},
                    "bytes": {"type": "integer", "minimum": 1},
                    "mediatype": {"const": "text/csv"},
                    "schema": {
                        "type": "object",
                        "required": ["fields"],
                        "properties": {
                            "fields": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": "object",
                                    "required": ["name", "type", "description"],
                                    "properties": {
                                        "type": {"enum": ["string", "date", "integer", "boolean", "array", "object"]},
                                        "constraints": {"type": "object"},
                                    },
                                },
                            },
                            "missingValues": {"type": "array", "items": {"type": "string"}},
                            "primaryKey": {"type": "array", "items": {"type": "string"}},
                            "foreignKeys": {
                                "type": "array",
                                "items": {
                                    "type": "object",
                                    "required": ["fields", "reference"],
                                    "properties": {"reference": {"type": "object", "required": ["resource", "fields"]}},
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What the published profile of a Data Package (version 2) and of a Table Schema ask, as far as it is used here."""

READ: dict[str, Any] = {
    "string": str,
    "date": date.fromisoformat,
    "integer": int,
    "boolean": {"true": True, "false": False}.__getitem__,
    "array": json.loads,
    "object": json.loads,
}
Rows = dict[str, list[dict[str, Any]]]


def _read(package: bytes) -> tuple[dict[str, Any], Rows]:
    """A package as any reader would read it: every cell by the type that its column declares."""
    with ZipFile(io.BytesIO(package)) as files:
        described = json.loads(files.read("datapackage.json"))
        found: Rows = {}
        for resource in described["resources"]:
            content = files.read(resource["path"])
            assert len(content) == resource["bytes"]
            fields = resource["schema"]["fields"]
            reader = csv.reader(io.StringIO(content.decode(), newline=""))
            assert next(reader) == [field["name"] for field in fields]
            found[resource["name"]] = [
                {f["name"]: READ[f["type"]](cell) if cell else None for f, cell in zip(fields, row, strict=True)}
                for row in reader
            ]
    return described, found


@pytest.fixture(scope="module")
def package(law: palermo.Law) -> tuple[dict[str, Any], Rows]:
    return _read(data_package(data_tables(law.ledger, ON), ON, law.version))


def test_the_description_is_one_of_a_data_package(package: tuple[dict[str, Any], Rows]) -> None:
    jsonschema.validate(package[0], DESCRIPTION)
    assert package[0]["licenses"][0]["name"] == "CC-BY-4.0"


def test_every_cell_is_of_its_type_and_none_that_is_needed_is_empty(package: tuple[dict[str, Any], Rows]) -> None:
    described, rows = package
    for resource in described["resources"]:
        assert rows[resource["name"]], resource["name"]
        for field in resource["schema"]["fields"]:
            cells = [row[field["name"]] for row in rows[resource["name"]]]
            assert any(cell is not None for cell in cells), (resource["name"], field["name"], "says nothing at all")
            if field.get("constraints", {}).get("required"):
                assert None not in cells, (resource["name"], field["name"])
            if field["type"] == "array":
                assert all(cell is None or isinstance(cell, list) for cell in cells)
            if field["type"] == "object":
                assert all(cell is None or isinstance(cell, dict) for cell in cells)


def test_keys_name_one_row_and_lead_to_one(package: tuple[dict[str, Any], Rows]) -> None:
    described, rows = package
    for resource in described["resources"]:
        schema, found = resource["schema"], rows[resource["name"]]
        key = schema.get("primaryKey")
        if key:
            named = [tuple(row[column] for column in key) for row in found]
            assert len(named) == len(set(named)), resource["name"]
        for tie in schema.get("foreignKeys", ()):
            (column,), there = tie["fields"], tie["reference"]
            known = {row[there["fields"][0]] for row in rows[there["resource"]]}
            assert {row[column] for row in found} - {None} <= known, (resource["name"], column)


def test_the_tables_hold_the_law(package: tuple[dict[str, Any], Rows], law: palermo.Law) -> None:
    rows = package[1]
    corpus = law.corpus
    assert len(rows["acts"]) == sum(map(len, corpus.actions.values()))
    assert len(rows["offences"]) == sum(len(system.offences) for system in corpus.legal_systems.values())
    assert len(rows["provisions"]) == sum(len(i.provisions) for i in corpus.instruments.values())
    norway = next(r for r in rows["offences"] if (r["legal_system"], r["offence"]) == ("NOR", "nor-strl/257"))
    assert norway["most"] == "6 years", "Norwegian Penal Code s 257: imprisonment up to six years"
    written = json.dumps(norway["conduct"])
    offence = next(o for o in corpus.legal_systems["NOR"].offences if o.id == "nor-strl/257")
    assert all(concept in written for concept in concepts_in(offence.conduct))


def test_standings_are_those_of_the_day(package: tuple[dict[str, Any], Rows]) -> None:
    """Norway was bound by CETS 197 from 1 May 2008, Belarus not before 1 March 2014."""
    bound = {(r["instrument"], r["party"]): r for r in package[1]["standings"]}
    assert bound["cets-197", "NOR"]["bound"] is True
    assert bound["cets-197", "NOR"]["since"] == date(2008, 5, 1)
    assert not bound.get(("cets-197", "BLR"), {"bound": False})["bound"]


def test_the_same_law_and_day_give_the_same_bytes(law: palermo.Law) -> None:
    first, second = (data_package(data_tables(law.ledger, ON), ON, law.version) for _ in range(2))
    assert first == second


def test_the_command_writes_the_same_package(tmp_path: Path, law: palermo.Law) -> None:
    out = tmp_path / "palermo-data.zip"
    assert run(["export", "--out", str(out), "--on", str(ON)]) == 0
    assert out.read_bytes() == data_package(data_tables(law.ledger, ON), ON, law.version)


def test_a_day_chosen_is_that_of_the_download(client: Client) -> None:
    rows = _read(client.get("/data/palermo-data.zip?on=2005-01-01").content)[1]["standings"]
    found = {(r["instrument"], r["party"]) for r in rows if r["bound"]}
    assert ("cets-197", "NOR") not in found
    assert ("palermo-protocol", "NOR") in found


def test_the_description_on_the_site_names_what_lies_beside_it(client: Client) -> None:
    described = json.loads(client.get("/data/datapackage.json").content)
    jsonschema.validate(described, DESCRIPTION)
    for resource in described["resources"]:
        answer = client.get(f"/data/{resource['path']}")
        assert len(answer.content) == resource["bytes"], resource["name"]
        assert answer.headers["Content-Type"].startswith("text/csv")
    assert client.get("/data/tables/none.csv").status_code == 404


def test_the_corpus_downloaded_is_a_corpus(client: Client, tmp_path: Path, law: palermo.Law) -> None:
    with ZipFile(io.BytesIO(client.get("/data/palermo-corpus.zip").content)) as files:
        files.extractall(tmp_path)
    assert "Creative Commons" in (tmp_path / "corpus/LICENSE").read_text(encoding="utf-8")
    assert load_corpus(base=tmp_path / "corpus").legal_systems == law.corpus.legal_systems


def _expanded(value: Any, context: dict[str, str]) -> Any:
    """Names with their prefixes written out, as JSON-LD expands them; a prefix that is not declared is an error."""
    if isinstance(value, list):
        return [_expanded(one, context) for one in value]
    if not isinstance(value, dict):
        return value
    found = {}
    for name, inner in value.items():
        if name.startswith("@"):
            is_type = name == "@type"
            found[name] = _full(inner, context) if is_type else _expanded(inner, context)
        else:
            found[_full(name, context)] = _expanded(inner, context)
    return found


def _full(name: str, context: dict[str, str]) -> str:
    prefix, _, rest = name.partition(":")
    return context[prefix] + rest


def test_the_catalogue_entry_has_what_dcat_asks(client: Client) -> None:
    """DCAT 3 with what the European profile makes mandatory: title, description, publisher; access to each file."""
    written = json.loads(client.get("/data/catalog.jsonld").content)
    dcat, dct = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
    graph = _expanded(written["@graph"], written["@context"])
    catalogue, publisher = graph
    assert catalogue["@type"] == f"{dcat}Catalog"
    (dataset,) = catalogue[f"{dcat}dataset"]
    assert dataset["@type"] == f"{dcat}Dataset"
    for one in (catalogue, dataset):
        for name in ("title", "description"):
            assert one[f"{dct}{name}"]["@value"]
            assert one[f"{dct}{name}"]["@language"] == "en"
        assert one[f"{dct}publisher"]["@id"] == publisher["@id"]
    assert publisher["http://xmlns.com/foaf/0.1/name"]
    for distribution in dataset[f"{dcat}distribution"]:
        address = distribution[f"{dcat}accessURL"]["@id"]
        assert address.startswith("http://localhost/data/")
        assert distribution[f"{dct}license"]["@id"].startswith("https://creativecommons.org/")
        assert client.get(address.removeprefix("http://localhost")).status_code == 200
    (service,) = catalogue[f"{dcat}service"]
    assert client.get(service[f"{dcat}endpointDescription"]["@id"].removeprefix("http://localhost")).status_code == 200


def test_an_instrument_and_a_law_are_legislation_for_programs(client: Client, law: palermo.Law) -> None:
    page = client.get("/instruments/cets-197").content.decode()
    to = re.search(r'<link rel="alternate" type="application/ld\+json" href="([^"]+)"', page)
    assert to
    found = json.loads(client.get(to[1]).content)
    instrument = law.corpus.instruments["cets-197"]
    assert (found["@context"], found["@type"]) == ("https://schema.org", "Legislation")
    assert found["legislationDate"] == "2005-05-16", "opened for signature in Warsaw on that day"
    assert len(found["hasPart"]) == len(instrument.provisions)
    system = json.loads(client.get("/law/NOR?as=jsonld").content)
    code = next(part for part in system["hasPart"] if any("257" in o["legislationIdentifier"] for o in part["hasPart"]))
    assert code["@type"] == "Legislation"
    assert code["legislationJurisdiction"]["identifier"] == "NOR"


@pytest.mark.parametrize("name", [*NAMES, *FILES])
def test_every_schema_can_be_had(client: Client, name: str) -> None:
    found = json.loads(client.get(f"/data/schema/{name}.json").content)
    jsonschema.Draft202012Validator.check_schema(found)


def test_an_answer_downloaded_is_of_its_schema(client: Client) -> None:
    found = json.loads(client.get("/data/coverage?as=json").content)
    jsonschema.validate(found, json.loads(client.get(f"/data/schema/{found['schema']}.json").content))


def test_every_operation_is_described_and_its_example_works(client: Client) -> None:
    document = json.loads(client.get("/api/v1/openapi.json").content)
    page = client.get("/data/api").content.decode()
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            assert f"<code>{method.upper()} {path}</code>" in page
            for parameter in told.get("parameters", ()):
                assert f"<code>{parameter['name']}</code>" in page
    examples = re.findall(r'curl "http://localhost([^"]+)"', page)
    assert len(examples) == sum("get" in methods for methods in document["paths"].values())
    for example in examples:
        assert client.get(example.replace("&amp;", "&")).status_code == 200, example
    anchors = set(re.findall(r'href="#(shape-[^"]+)"', page))
    assert anchors
    assert all(f'id="{anchor}"' in page for anchor in anchors)


def test_the_map_of_what_is_encoded_has_its_list(client: Client, law: palermo.Law) -> None:
    content = client.get("/data/coverage").content.decode()
    for system in law.corpus.legal_systems.values():
        assert system.legal_system in content or system.legal_system.replace("'", "&#39;") in content
    assert 'data-state="NOR"' in content


def test_pages_are_light(client: Client) -> None:
    """Under 150 kB each, the map aside."""
    for path in PAGES:
        content = re.sub(r"<svg.*?</svg>", "", client.get(path).content.decode(), flags=re.DOTALL)
        assert len(content.encode()) < 150 * 1024, path


def test_a_researcher_takes_the_package_home_and_reads_it(page: Page, tmp_path: Path) -> None:
    """From the front page to a question answered from the tables alone: how many were bound at the end of 2011?"""
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Data").click()
    page.get_by_label("As the law stood on").fill("2011-12-31")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Who is bound on 2011-12-31")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all tables").click()
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    assert kept.name == "palermo-data-2011-12-31.zip"
    described, rows = _read(kept.read_bytes())
    jsonschema.validate(described, DESCRIPTION)
    bound = [r["party"] for r in rows["standings"] if r["instrument"] == "palermo-protocol" and r["bound"]]
    assert "NOR" in bound
    assert "JPN" not in bound, "Japan accepted the protocol on 11 July 2017"
    names = {r["code"]: r["name_fr"] for r in rows["parties"]}
    assert names["NOR"] == "Norvège"


def test_a_programmer_finds_an_operation_by_keyboard(page: Page) -> None:
    page.goto("/data")
    tab = page.get_by_role("link", name="Interface for programs")
    for _step in range(60):
        page.keyboard.press("Tab")
        if tab.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Interface for programs")
    expect(page.get_by_text("GET /api/v1/search")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_has_a_serious_fault_for_anybody(page: Page, serious: Serious, language: str) -> None:
    for path in PAGES:
        page.goto(f"{path}?lang={language}")
        assert serious(page) == [], path


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_scrolls_sideways(page: Page, sideways: Sideways, width: int) -> None:
    assert sideways(page, width, tuple(PAGES)) == []
