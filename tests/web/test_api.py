"""The interface for programs: what it answers is what the library answers, and conforms to its own description."""

from __future__ import annotations

import json
import os

import jsonschema
import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

import palermo

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.web.settings")
from palermo.web.wsgi import application

described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
# what takes seconds for every new question is tried by hand below
QUICK = described.exclude(path_regex="/models$|/network/|/compare/|/verdicts$")


@QUICK.parametrize()
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_is_answered_as_described(case: schemathesis.Case) -> None:
    # a bill that is text but no bill is refused, as it should be
    but = [positive_data_acceptance] if case.operation.path.endswith("/bills") else []
    case.call_and_validate(headers={"Host": "localhost", "Accept-Encoding": "identity"}, excluded_checks=but)


def test_the_answer_is_the_librarys(client: Client, law: palermo.Law) -> None:
    answer = client.get("/api/v1/states/NOR/findings/palermo-protocol?on=2020-01-01").json()
    assert answer["schema"] == "assessment-1"
    found = law.assess("NOR", "palermo-protocol", __import__("datetime").date(2020, 1, 1))
    verdicts = [f["verdict"] for f in answer["answer"]["systems"][0]["findings"]]
    assert verdicts == [f.verdict.value for f in found.systems[0].findings]


def test_a_slow_answer_conforms_as_well(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    for path, template in (
        ("/api/v1/compare/NOR/SWE", "/api/v1/compare/{first}/{second}"),
        ("/api/v1/network/extradition", "/api/v1/network/{form}"),
        (
            "/api/v1/instruments/palermo-protocol/provisions/6(3)/verdicts",
            "/api/v1/instruments/{instrument}/provisions/{provision}/verdicts",
        ),
        (
            "/api/v1/instruments/palermo-protocol/provisions/6(3)/models?near=NOR",
            "/api/v1/instruments/{instrument}/provisions/{provision}/models",
        ),
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        schema = document["paths"][template]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(answer.json(), {**schema, "components": document["components"]})


def test_a_mistaken_name_is_offered_the_nearest(client: Client) -> None:
    answer = client.get("/api/v1/states/Norwey/bonds")
    assert answer.status_code == 404
    assert answer.json()["offers"] == [{"name": "Norway", "page": "/states/NOR/bonds"}]


def test_a_case_is_identified_and_nothing_more_is_asked_than_wanted(client: Client) -> None:
    case = {"facts": {"act.recruitment": True, "person.child": True}, "under": ["palermo-protocol"]}
    answer = client.post("/api/v1/identify", json.dumps(case), content_type="application/json").json()
    assert answer["answer"]["laws"][0]["truth"] == "open"
    assert answer["answer"]["next_question"].startswith("purpose.")


def test_the_faults_of_a_bill_come_with_their_place(client: Client) -> None:
    bill = {"state": "NOR", "bill": "id: NOR\nstate: NOR\noffences: [1]\n"}
    answer = client.post("/api/v1/bills", json.dumps(bill), content_type="application/json")
    assert answer.status_code == 400
    assert "bill.yaml:3" in answer.json()["error"]


def test_a_program_is_refused_in_its_own_language(client: Client) -> None:
    too_large = client.post("/api/v1/bills", "x" * (1024 * 1024 + 1), content_type="application/json")
    assert too_large.status_code == 400
    assert too_large.json()["error"] == "The request is larger than the 1024 kB it may be."
    nowhere = client.get("/api/v1/no-such-question")
    assert nowhere.status_code == 404
    assert "no page" in nowhere.json()["error"]
    assert client.get("/no-such-page").headers["Content-Type"].startswith("text/html")


def test_a_question_that_takes_too_long_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("palermo.web.api.operations.SECONDS", 0.0)
    answer = client.post("/api/v1/identify", json.dumps({"facts": {}}), content_type="application/json")
    assert answer.status_code == 400
    assert "longer than one question" in answer.json()["error"]
