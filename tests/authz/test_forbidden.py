"""Each of the things nobody may do is tried, and lists are looked through for what they must not hold."""

from typing import Any

import pytest

from tests.authz.calls import Call
from tests.authz.forbidden import EXAMPLES, Example
from tests.authz.ground import Corner
from tests.authz.matrix import Desk


def _filled(part: Any, corners: dict[str, Corner]) -> Any:  # noqa: ANN401 - any part of a JSON document
    if isinstance(part, str):
        return part.format(**corners)
    if isinstance(part, list):
        return [_filled(one, corners) for one in part]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(part, dict):
        return {key: _filled(value, corners) for key, value in part.items()}  # pyright: ignore[reportUnknownVariableType]
    return part


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.says)
async def test_it_is_refused(desk: Desk, example: Example) -> None:
    at = desk.ground.corners
    corners = {
        "own": at["own"],
        "sibling": at["sibling_college"],
        "there": at["other_institution"],
        "others": at["other_organisation"],
        "fellow": at["fellow_student"],
    }
    method, _, path = example.asks.format(**corners).partition(" ")
    answer = await desk.ask(example.who, Call(method, path, body=_filled(example.body, corners) or None))
    assert answer.status_code == example.refused, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


async def test_lists_hold_one_s_own_and_nothing_else(desk: Desk) -> None:
    def owners(answer: Any) -> set[str]:  # noqa: ANN401 - JSON
        return {desk.ground.ids[item["id"]] for item in answer.json()["items"]}

    expected = {
        ("student", "/v1/awards"): {"s1p0n0"},
        ("coordinator", "/v1/awards"): {"s1p0n0", "s1p0n1"},
        ("sibling_coordinator", "/v1/awards"): {"s1p1n0"},
        ("registrar", "/v1/exam-plans"): {"s1o1", "s1o2"},
        ("org_staff", "/v1/exam-plans"): {"s1o1", "s2o1"},
        ("machine", "/v1/partner/exam-plans"): {"s1o1", "s2o1"},
        ("registrar", "/v1/fee-standards"): {"s1o1", "s1o2"},
        ("org_staff", "/v1/fee-standards"): {"s1o1", "s2o1"},
        ("teacher", "/v1/mappings"): {"s1p0o1", "s1p1o1", "s1p0o2"},
        ("org_staff", "/v1/mappings"): {"s1p0o1", "s1p1o1", "s2p0o1", "s2p1o1"},
        ("expert", "/v1/programmes"): {"s1p0", "s1p1", "s1p2"},
    }
    found = {
        (who, path): owners(await desk.ask(who, Call("GET", path, {"page_size": "100"}))) for who, path in expected
    }
    assert found == expected


async def test_a_verification_tells_what_is_printed_but_not_the_holder_s_name(desk: Desk) -> None:
    code = desk.ground.corners["other_institution"].verification_code
    answer = await desk.ask("anonymous", Call("GET", f"/v1/verify/{code}"))
    assert answer.status_code == 200
    assert "zq-s2-qz" in answer.text
    assert "zq-s2p0n0c-qz" in answer.text
    assert "zq-s2p0n0-qz" not in answer.text


async def test_a_pushed_row_about_another_plan_s_candidate_is_rejected_and_says_nothing_of_them(desk: Desk) -> None:
    at = desk.ground.corners
    row = {
        "org_result_id": "NEW-2",
        "revision": 1,
        "admission_number": at["other_organisation"].admission_number,
        "document_number": at["other_organisation"].document_number,
        "activity": "present",
        "grading": "final",
        "components": {"theory": "80.00", "practical": "80.00"},
    }
    body = {"exam_plan_id": str(at["own"].plan_id), "rows": [row]}
    answer = await desk.ask("machine", Call("POST", "/v1/partner/result-batches", body=body))
    assert answer.status_code == 201
    assert (answer.json()["accepted"], answer.json()["codes"]) == (0, {"unknown_candidate": 1})
