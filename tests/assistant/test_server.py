"""The server for assistants answers as the library does, cited and dated, and keeps nothing."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError

import palermo
from palermo.assistant.tools import SCHEMAS
from palermo.cooperation.facts import CaseFacts
from palermo.reports.words import NOT_ADVICE
from palermo.schemas import enveloped, schema, schema_text

from .asking import COMMAND, Call, all_of, over_stdio, text_of

if TYPE_CHECKING:
    from mcp.types import CallToolResult

DAY = "2024-03-01"
ON = date(2024, 3, 1)
DAY_IN_WORDS = "1 March 2024"
BILL = """\
id: GBR-SCT
acts:
  bill: {title: Marked Draft Bill 2024, source: the bill, verified: true}
offences:
  - id: bill/1
    title: organ trafficking of a marked draft
    cite: Marked Draft Bill 2024 s 1
    in_force: {from: 2024-01-01}
    conduct:
      all:
        - any: [act.recruitment, act.transport, act.transfer, act.harbouring, act.receipt]
        - purpose.organ-removal
"""


def _facts() -> CaseFacts:
    from palermo.cooperation.facts import PersonSought

    return CaseFacts(transnational=True, person=PersonSought(age=40))


def _models(law: palermo.Law) -> Any:
    from palermo.conformity.models_of import models_of

    return models_of(law.corpus, "palermo-protocol 6(3)", ON)


def _sections(law: palermo.Law) -> Any:
    from palermo.conformity.sections import sections

    return sections(law.corpus, "GBR-EAW", "s 45")


Answer = Callable[[palermo.Law], Any]
GOLDEN: list[tuple[str, dict[str, Any], Answer]] = [
    ("assess", {"state": "KOR", "on": DAY}, lambda law: law.assess("KOR", on=ON).without_reasons()),
    (
        "assess",
        {"state": "GBR-SCT", "on": DAY, "provisions": ["5(1)", "6(3)"]},
        lambda law: law.assess("GBR-SCT", on=ON).only(["5(1)", "6(3)"]),
    ),
    ("status", {"state": "Nigeria", "on": DAY}, lambda law: law.ledger.bonds("NGA", ON)),
    (
        "status",
        {"state": "NGA", "on": DAY, "instrument": "untoc"},
        lambda law: [law.ledger.standing("NGA", "untoc", ON)],
    ),
    (
        "parties",
        {"instrument": "cets-197", "on": DAY, "standing": "in_force"},
        lambda law: [s for s in law.ledger.parties("cets-197", ON) if s.status == "in_force"],
    ),
    ("between", {"first": "ITA", "second": "NGA", "on": DAY}, lambda law: law.ledger.between("ITA", "NGA", ON)),
    ("compare", {"first": "IND", "second": "PHL", "on": DAY}, lambda law: law.compare("IND", "PHL", ON)),
    (
        "identify",
        {
            "facts": {"act.recruitment": "yes", "person.child": "no", "means.threat": "unknown"},
            "under": ["palermo-protocol", "GBR-SCT"],
            "on": DAY,
        },
        lambda law: law.identify(
            {"act.recruitment": True, "person.child": False},
            ["palermo-protocol", "GBR-SCT"],
            ON,
            not_to_ask=["means.threat"],
        ),
    ),
    (
        "routes",
        {
            "requesting": "ITA",
            "requested": "ALB",
            "form": "extradition",
            "facts": {"transnational": "yes", "person": {"age": 40}},
            "on": DAY,
        },
        lambda law: law.routes("ITA", "ALB", "extradition", _facts(), ON),
    ),
    ("calendar", {"state": "DEU", "on": DAY}, lambda law: law.calendar("DEU", ON)),
    (
        "search",
        {"query": "traite des personnes", "kinds": ["provision"], "limit": 3},
        lambda law: law.search("traite des personnes", kinds=("provision",), limit=3),
    ),
    (
        "provision",
        {"instrument": "palermo-protocol", "provision": "6(3)"},
        lambda law: law.corpus.instruments["palermo-protocol"].provision("6(3)"),
    ),
    ("models", {"instrument": "palermo-protocol", "provision": "6(3)", "on": DAY}, _models),
    ("section", {"law": "GBR-EAW", "section": "s 45"}, _sections),
]


def published(tool: str, answer: Any) -> Any:
    """An answer of the library as JSON carries it."""
    return json.loads(json.dumps(enveloped(SCHEMAS[tool], answer)))


@pytest.fixture(scope="module")
def answers() -> list[CallToolResult]:
    """The golden questions, put to a server over standard input and output."""
    calls: list[Call] = [(name, arguments) for name, arguments, _ in GOLDEN]
    return over_stdio(lambda client: all_of(client, calls))


@pytest.mark.parametrize("i", range(len(GOLDEN)), ids=[f"{name}-{i}" for i, (name, *_) in enumerate(GOLDEN)])
def test_an_answer_is_the_library_s_in_its_published_shape(
    answers: list[CallToolResult], law: palermo.Law, i: int
) -> None:
    name, _, expected = GOLDEN[i]
    result = answers[i]
    assert not result.is_error, text_of(result)
    assert result.structured_content == published(name, expected(law))
    jsonschema.validate(result.structured_content, schema(SCHEMAS[name]))


@pytest.mark.parametrize("i", range(len(GOLDEN)), ids=[f"{name}-{i}" for i, (name, *_) in enumerate(GOLDEN)])
def test_the_words_are_dated_and_say_once_that_they_are_no_advice(answers: list[CallToolResult], i: int) -> None:
    name, arguments, _ = GOLDEN[i]
    text = text_of(answers[i])
    assert text.count(NOT_ADVICE) == 1
    assert text.startswith("# ")
    if "on" in arguments:
        assert DAY_IN_WORDS in text.splitlines()[0]
        assert re.search(r"as known at|known up to", text), name


def test_the_command_line_says_the_same(answers: list[CallToolResult]) -> None:
    command = [sys.executable, *COMMAND, "assess", "GBR-SCT", "--on", DAY, "--format", "json"]
    printed = subprocess.run(
        [*command, "--provision", "5(1)", "--provision", "6(3)"], capture_output=True, text=True, check=True
    )
    assert answers[1].structured_content == json.loads(printed.stdout)


def test_findings_carry_their_sections_and_what_to_look_up(answers: list[CallToolResult], law: palermo.Law) -> None:
    text = text_of(answers[0])
    (system,) = law.assess("KOR", on=ON).systems
    for finding in system.findings:
        assert finding.cite in text
        for what in finding.look_up:
            assert what in text
        if finding.answer and finding.answer.authority:
            assert finding.answer.authority.cite in text
    assert "It is not a no" in text


def test_an_unknown_standing_is_explained(answers: list[CallToolResult]) -> None:
    assert any(s["status"] == "no_act_known" for s in answers[2].structured_content["answer"])
    assert "That is not proof that there is none; look it up with the depositary" in text_of(answers[2])
    assert "No act known" not in text_of(answers[3]), "Nigeria is bound by the Convention"


def test_a_bill_shows_what_it_changes_and_nothing_of_it_stays(law: palermo.Law, tmp_path: Path) -> None:
    bill = tmp_path / "bill.yaml"
    bill.write_text(BILL, encoding="utf-8")
    expected = law.try_bill("GBR-SCT", bill, on=ON)
    assert expected.changed
    kept = {name: str(tmp_path / name) for name in ("PALERMO_CACHE", "HOME", "TMPDIR", "XDG_CACHE_HOME")}
    for folder in kept.values():
        Path(folder).mkdir()
    errors = tmp_path / "errors.txt"
    calls: list[Call] = [
        ("try_bill", {"state": "GBR-SCT", "bill": BILL, "on": DAY}),
        ("try_bill", {"state": "GBR-SCT", "bill": BILL.replace("act.transfer", "act.marked-slip"), "on": DAY}),
        ("identify", {"facts": {"means.marked-slip": "yes"}}),
        ("identify", {"facts": {"means.threat": "marked-slip"}}),
    ]
    found, *refused = over_stdio(lambda client: all_of(client, calls), errors=errors, env=kept)
    assert found.structured_content == published("try_bill", expected)
    assert all(result.is_error for result in refused)
    assert text_of(refused[0]).startswith("bill.yaml:")
    assert "act.marked-slip" in text_of(refused[0])
    assert errors.read_text(encoding="utf-8") == ""
    for folder in kept.values():
        for path in Path(folder).rglob("*"):
            assert not path.is_file() or not re.search(rb"marked.(draft|slip)", path.read_bytes(), re.IGNORECASE), path
        assert not list(Path(folder).glob("palermo-*"))


def test_unknown_names_are_told_with_the_nearest() -> None:
    wrong: list[tuple[Call, str]] = [
        (("status", {"state": "Nigerria"}), "did you mean NGA (Nigeria)?"),
        (("assess", {"state": "GBR", "against": "palermo-protocl"}), "did you mean palermo-protocol?"),
        (("assess", {"state": "GBR", "provisions": ["5(11)"]}), "did you mean 5(1)?"),
        (("provision", {"instrument": "untoc", "provision": "16(55)"}), "did you mean 16(15)?"),
        (("identify", {"facts": {"act.recruitmnt": "yes"}}), "did you mean act.recruitment?"),
        (("identify", {"facts": {"purpose.slavery": "no", "purpose.slavry": "no"}}), "purpose.slavry"),
        (("routes", {"requesting": "ITA", "requested": "ALB", "form": "extraditon"}), "did you mean extradition?"),
        (
            (
                "routes",
                {"requesting": "ITA", "requested": "ALB", "form": "extradition", "facts": {"committed_in": ["NGR"]}},
            ),
            "facts.committed_in.0: expected the code of a State such as NGA, not 'NGR'",
        ),
        (("section", {"law": "USA", "section": "18 USC 1591x"}), "did you mean 18 USC"),
        (("cite", {"name": "palermo-protocol 33"}), "has no provision '33'"),
        (("assess", {"State": "GBR"}), "did you mean state?"),
        (("status", {"state": "GBR", "on": "1.3.2024"}), "expected a date such as"),
        (("identify", {"facts": {"act.recruitment": True}}), "facts.act.recruitment: Input should be 'yes', 'no' or"),
    ]
    results = over_stdio(lambda client: all_of(client, [call for call, _ in wrong]))
    for result, (call, told) in zip(results, wrong, strict=True):
        assert result.is_error, call
        assert told in text_of(result), call
        assert "Traceback" not in text_of(result)


def test_every_tool_has_a_schema_of_its_arguments_and_of_its_answer(law: palermo.Law) -> None:
    async def listed(client: Client) -> Any:
        return (await client.list_tools()).tools

    tools = over_stdio(listed)
    assert {tool.name for tool in tools} == set(SCHEMAS)
    for tool in tools:
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        jsonschema.Draft202012Validator.check_schema(tool.output_schema)
        assert tool.input_schema["additionalProperties"] is False
        assert tool.output_schema == json.loads(schema_text(SCHEMAS[tool.name]))
        assert tool.description
        assert tool.annotations.read_only_hint
        for name, parameter in tool.input_schema["properties"].items():
            assert parameter.get("description") or name in ("readings", "limit", "pillar"), (tool.name, name)
    by_name = {tool.name: tool.input_schema["properties"] for tool in tools}
    assert by_name["identify"]["facts"]["propertyNames"]["enum"] == list(law.corpus.concepts)
    assert by_name["routes"]["form"]["enum"] == list(law.corpus.forms)


def test_resources_hold_every_instrument_and_law(law: palermo.Law) -> None:
    async def read(client: Client) -> dict[str, str]:
        addresses = [str(resource.uri) for resource in (await client.list_resources()).resources]
        addresses += ["palermo://instrument/untoc", "palermo://law/GBR-EAW", "palermo://law/gbr-sct"]
        texts = {}
        for address in addresses:
            (content,) = (await client.read_resource(address)).contents
            texts[address] = content.text  # type: ignore[union-attr]
        with pytest.raises(MCPError, match="did you mean untoc"):
            await client.read_resource("palermo://instrument/untac")
        return texts

    texts = over_stdio(read)
    for id in law.corpus.instruments:
        assert f"| {id} |" in texts["palermo://instruments"]
    for id in law.corpus.legal_systems:
        assert f"| {id} |" in texts["palermo://laws"]
    for id in law.corpus.concepts:
        assert f"| {id} |" in texts["palermo://concepts"]
    untoc = law.corpus.instruments["untoc"]
    for provision in untoc.provisions:
        assert f"| {untoc.cite(provision)} |" in texts["palermo://instrument/untoc"]
    for offence in law.corpus.legal_systems["GBR-EAW"].offences:
        assert offence.cite in texts["palermo://law/GBR-EAW"]
    assert "as known at" in texts["palermo://law/gbr-sct"]


def test_prompts_name_only_tools_that_there_are() -> None:
    async def prompted(client: Client) -> list[str]:
        texts = []
        for prompt in (await client.list_prompts()).prompts:
            arguments = {argument.name: "GBR" for argument in prompt.arguments or ()}
            (message,) = (await client.get_prompt(prompt.name, arguments)).messages
            texts.append(message.content.text)  # type: ignore[union-attr]
        return texts

    texts = over_stdio(prompted)
    assert len(texts) == 3
    words = {"not encoded", "rather not say", "provisions", "not_to_ask"}
    for text in texts:
        assert set(re.findall(r"`([^`]+)`", text)) - words <= set(SCHEMAS)
        assert "not legal advice" in " ".join(text.split())


def test_folders_laid_over_the_corpus_are_asked_too(tmp_path: Path) -> None:
    (tmp_path / "jurisdictions").mkdir()
    (tmp_path / "jurisdictions" / "GBR-SCT.yaml").write_text(BILL, encoding="utf-8")
    calls: list[Call] = [("section", {"law": "GBR-SCT", "section": "bill/1"})]
    (found,) = over_stdio(lambda client: all_of(client, calls), "--corpus", str(tmp_path))
    assert "Marked Draft Bill 2024 s 1" in text_of(found)


@contextmanager
def _http_server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (tmp_path / "errors.txt").open("w", encoding="utf-8") as errors:
        server = subprocess.Popen(
            [sys.executable, *COMMAND, "mcp", "--http", str(port)], stderr=errors, stdout=errors, env=os.environ
        )
        try:
            for _ in range(600):
                with socket.socket() as knock:
                    if knock.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert server.poll() is None
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/mcp"
        finally:
            server.terminate()
            server.wait(timeout=30)


def test_over_http_the_answers_are_the_same_and_only_this_machine_is_heard(
    answers: list[CallToolResult], tmp_path: Path
) -> None:
    async def asked(address: str) -> list[CallToolResult]:
        async with Client(address) as client:
            return await all_of(client, [(name, arguments) for name, arguments, _ in GOLDEN[:4]])

    with _http_server(tmp_path) as address:
        found = asyncio.run(asked(address))
        strange = urllib.request.Request(  # noqa: S310 (http on this machine)
            address, data=b"{}", headers={"Host": "elsewhere.example", "Content-Type": "application/json"}
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(strange, timeout=30)  # noqa: S310
        refused.value.close()
        assert refused.value.code == 421
    assert [result.structured_content for result in found] == [r.structured_content for r in answers[:4]]
    said = (tmp_path / "errors.txt").read_text(encoding="utf-8").splitlines()
    assert said == [f"Serving assistants at {address}; Ctrl+C ends it."]
