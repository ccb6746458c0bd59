"""Rows that do not follow the schema: each is rejected by itself, whatever is in it."""

import json
from typing import Any

import pytest

from tests.exams import make
from tests.exams.desk import Desk, Json

NUL, SURROGATE = "\x00", "\ud800"


@pytest.fixture
async def plan(desk: Desk) -> make.Plan:
    return await desk.plan()


def without(row: Json, name: str) -> Json:
    return {key: value for key, value in row.items() if key != name}


async def rejected_alone(desk: Desk, plan: make.Plan, row: Any) -> Json:  # noqa: ANN401 - anything may be pushed
    """Push a bad row between two good ones and read what became of it."""
    found = await desk.outcomes(plan, desk.row(plan, 1), row, desk.row(plan, 2))
    assert [found[0]["outcome"], found[2]["outcome"]] == ["accepted", "accepted"]
    assert found[1]["outcome"] == "rejected"
    return found[1]


@pytest.mark.parametrize(
    "name", ["org_result_id", "revision", "admission_number", "document_number", "activity", "grading"]
)
async def test_a_missing_field_is_named(desk: Desk, plan: make.Plan, name: str) -> None:
    found = await rejected_alone(desk, plan, without(desk.row(plan), name))
    assert (found["code"], found["column"]) == ("row_malformed", name)
    assert found["detail"] == "该行格式不正确：Field required"


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"revision": "1"}, "revision"),
        ({"revision": 1.0}, "revision"),
        ({"revision": True}, "revision"),
        ({"revision": 0}, "revision"),
        ({"revision": 2**31}, "revision"),
        ({"revision": 10**30}, "revision"),
        ({"passed": "true"}, "passed"),
        ({"passed": 1}, "passed"),
        ({"total": 80}, "total"),
        ({"admission_number": 7}, "admission_number"),
        ({"admission_number": ""}, "admission_number"),
        ({"document_number": "1" * 65}, "document_number"),
        ({"components": {"theory": 80, "practical": "80"}}, "components.theory"),
        ({"components": None}, "components"),
        ({"components": ["80"]}, "components"),
        ({"components": {str(at): "1" for at in range(21)}}, "components"),
        ({"reason": "x" * 2_001}, "reason"),
        ({"remark": "not asked for"}, "remark"),
        ({"org_result_id": f"R{NUL}1"}, "org_result_id"),
        ({"org_result_id": f"R{SURROGATE}"}, "org_result_id"),
        ({"reason": f"because{NUL}"}, "reason"),
        ({"activity": SURROGATE}, "activity"),
        ({"certificate_number": "a\nb"}, "certificate_number"),
    ],
    ids=str,
)
async def test_a_field_of_another_kind_is_named(desk: Desk, plan: make.Plan, change: Json, column: str) -> None:
    found = await rejected_alone(desk, plan, desk.row(plan, **change))
    assert (found["code"], found["column"]) == ("row_malformed", column)
    assert found["detail"].startswith("该行格式不正确：")


@pytest.mark.parametrize("name", [f"x{NUL}y", SURROGATE, "x" * 5_000, "\u202eabc"], ids=["nul", "half", "long", "bidi"])
async def test_whatever_a_field_is_called_it_harms_no_other_row(desk: Desk, plan: make.Plan, name: str) -> None:
    found = await rejected_alone(desk, plan, desk.row(plan, **{name: "1"}))
    assert found["code"] == "row_malformed"
    assert len(found["column"]) <= 200
    found = await rejected_alone(desk, await desk.plan(), desk.row(plan, components={name: "1"}))
    assert found["outcome"] == "rejected"


@pytest.mark.parametrize("row", [None, 7, "row", [], {}, [{}]], ids=str)
async def test_what_is_no_row_at_all_is_rejected(desk: Desk, plan: make.Plan, row: Any) -> None:  # noqa: ANN401
    assert (await rejected_alone(desk, plan, row))["code"] == "row_malformed"


async def test_a_malformed_row_does_not_use_up_the_result_id_of_a_good_one(desk: Desk, plan: make.Plan) -> None:
    good = desk.row(plan)
    found = await desk.outcomes(plan, without(good, "revision"), good | {"total": "many"}, good, {})
    assert [row["code"] for row in found] == ["row_malformed", "score_malformed", None, "row_malformed"]
    assert [row["org_result_id"] for row in found] == [*[good["org_result_id"]] * 3, None]


@pytest.mark.parametrize(
    "score", ["eighty", "80.001", "8e1", " 80", "80,5", "+80", "1000000", "NaN", "８０", "--1", "."]
)
async def test_a_score_is_a_plain_decimal(desk: Desk, plan: make.Plan, score: str) -> None:
    found = await rejected_alone(desk, plan, desk.row(plan, components=make.scores(score, "80")))
    assert (found["code"], found["column"]) == ("score_malformed", "components")
    assert "86.50" in found["detail"]


async def test_a_total_that_is_no_number_is_named(desk: Desk, plan: make.Plan) -> None:
    found = await rejected_alone(desk, plan, desk.row(plan, total="80.005"))
    assert (found["code"], found["column"]) == ("score_malformed", "total")


@pytest.mark.parametrize(("field", "value"), [("activity", "asleep"), ("grading", "secret"), ("grading", "FINAL")])
async def test_an_unknown_word_is_told_back(desk: Desk, plan: make.Plan, field: str, value: str) -> None:
    found = await rejected_alone(desk, plan, desk.row(plan, **{field: value}))
    assert (found["code"], found["column"]) == (f"unknown_{field}", field)
    assert value in found["detail"]


async def test_a_body_that_is_no_batch_is_refused_whole(desk: Desk, plan: make.Plan) -> None:
    good = json.dumps({"exam_plan_id": str(plan.id), "rows": [desk.row(plan)]})
    headers = desk.sign_in("machine") | {"Idempotency-Key": "k", "Content-Type": "application/json"}
    for body, status in (
        (good[:-1], 400),
        (b"\xff\xfe", 400),
        ("[]", 422),
        (good.replace("exam_plan_id", "plan"), 422),
        (good.replace('"rows"', '"rows": [], "more"'), 422),
        (good.replace(str(plan.id), "nobody"), 422),
    ):
        answer = await desk.client.post("/v1/partner/result-batches", content=body, headers=headers)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
    assert await desk.awards(None) == []
