"""Trying a push before it counts, and taking a batch whole or not at all."""

import pytest

from tests.exams import make
from tests.exams.desk import Desk, Json


@pytest.fixture
async def plan(desk: Desk) -> make.Plan:
    await desk.rule()
    await desk.open_accounts(0, 1, 2)
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1))
    return plan


def mixed(desk: Desk, plan: make.Plan) -> list[Json]:
    """Write rows of every outcome, with something issued, revoked, deposited, reversed and waiting."""
    return [
        desk.row(plan, 0),
        desk.row(plan, 1, revision=2, **make.FAILED),
        desk.row(plan, 2),
        desk.row(plan, 3),
        desk.row(plan, 4, passed=False),
        desk.row(plan, 5, components=make.scores("101", "80")),
        desk.row(plan, 6, admission_number="nobody"),
        {"org_result_id": "R-bare"},
    ]


def without_ids(rows: list[Json]) -> list[Json]:
    """Leave out the ids of results that a rehearsal makes up anew."""
    return [row | {"result_id": row["result_id"] is not None} for row in rows]


async def test_a_rehearsal_tells_what_the_push_then_does_and_keeps_nothing(desk: Desk, plan: make.Plan) -> None:
    rows = mixed(desk, plan)
    before = await desk.sizes()
    answer = await desk.send(plan, *rows, query="?validate_only=true")
    assert answer.status_code == 200
    assert "Location" not in answer.headers
    rehearsed = answer.json()
    assert await desk.sizes() == before
    assert (await desk.account(1))["accumulated"] == "3.00"
    real = await desk.push(plan, *rows)
    own = {"id", "received_at", "row_outcomes", "row_outcomes_url", "corrections"}
    assert {rehearsed[name] for name in own - {"row_outcomes", "corrections"}} == {None}
    assert len(rehearsed["corrections"]) == real["corrected"]
    assert {name: rehearsed[name] for name in rehearsed if name not in own} == {
        name: real[name] for name in real if name not in own
    }
    assert without_ids(rehearsed["row_outcomes"]) == without_ids(await desk.rows_of(real))
    assert real["downstream"] == {
        "results_held": 0,
        **dict.fromkeys(("grades_entered", "grades_revised", "grades_flagged"), 0),
        "awards_issued": 2,
        "awards_revoked": 1,
        "deposits_posted": 1,
        "deposits_pending": 0,
        "deposits_reversed": 1,
        "credit_deposited": "3.00",
        "outcomes": {"account_not_open": 1, "deposited": 1},
    }


async def test_a_rehearsal_needs_no_key_and_uses_none_up(desk: Desk, plan: make.Plan) -> None:
    path = "/v1/partner/result-batches?validate_only=true"
    body = {"exam_plan_id": str(plan.id), "rows": [desk.row(plan, 2)]}
    headers = desk.sign_in("machine")
    for key in ({}, {"Idempotency-Key": "k"}, {"Idempotency-Key": "k"}):
        answer = await desk.client.post(path, json=body, headers=headers | key)
        assert (answer.status_code, answer.json()["accepted"]) == (200, 1)
        assert "Idempotency-Hit" not in answer.headers
    assert (await desk.send(plan, desk.row(plan, 3), key="k")).status_code == 201


async def test_a_rehearsal_is_refused_for_what_the_push_would_be(desk: Desk, plan: make.Plan) -> None:
    rows = mixed(desk, plan)
    answer = await desk.send(plan, *rows, query="?validate_only=true&atomic=true")
    assert (answer.status_code, answer.json()["code"]) == (409, "batch_refused")
    answer = await desk.send(plan, *rows, query="?validate_only=true", who="machine_2")
    assert answer.status_code == 404


async def test_an_atomic_batch_with_a_bad_row_keeps_nothing_and_names_each(desk: Desk, plan: make.Plan) -> None:
    before = await desk.sizes()
    answer = await desk.send(plan, *mixed(desk, plan), query="?atomic=true")
    assert (answer.status_code, answer.json()["code"]) == (409, "batch_refused")
    problem = answer.json()
    assert problem["figures"] == {"rows": 8, "rejected": 3, "quarantined": 1}
    assert [(error["row"], error["column"], error["code"]) for error in problem["errors"]] == [
        (5, "passed", "pass_flag_disagrees"),
        (6, "components", "score_out_of_range"),
        (7, "admission_number", "unknown_candidate"),
        (8, "revision", "row_malformed"),
    ]
    assert all(error["detail"] for error in problem["errors"])
    assert await desk.sizes() == before


async def test_a_clean_atomic_batch_is_taken(desk: Desk, plan: make.Plan) -> None:
    batch = await desk.push(plan, *mixed(desk, plan)[:4], query="?atomic=true")
    counts = {name: batch[name] for name in ("unchanged", "corrected", "accepted", "quarantined", "rejected")}
    assert counts == {"unchanged": 1, "corrected": 1, "accepted": 2, "quarantined": 0, "rejected": 0}


async def test_a_misspelt_wish_is_refused_rather_than_overheard(desk: Desk, plan: make.Plan) -> None:
    for query in ("?atomik=true", "?validate=true", "?atomic=perhaps"):
        answer = await desk.send(plan, desk.row(plan, 2), query=query)
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert await desk.awards(2) == []
