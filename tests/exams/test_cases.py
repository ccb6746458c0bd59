"""A correction is one case: what set it off, everything that followed, previewed before it is confirmed."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from tests.awards import office
from tests.exams import make
from tests.exams.desk import Desk, Json
from x_pilot_api.outbox.models import OutboxEvent

Step = tuple[str, Any, Any]


@pytest.fixture
async def plan(desk: Desk) -> make.Plan:
    await desk.rule()
    await desk.open_accounts(0, 1)
    return await desk.plan()


async def cases(desk: Desk, who: str = "registrar", **query: str) -> list[Json]:
    found: list[Json] = (await desk.get("/v1/corrections", who=who, page_size=100, **query))["items"]
    return found


async def timeline(desk: Desk, case: Json, who: str = "registrar") -> list[Step]:
    told = await desk.get(f"/v1/corrections/{case['id']}", who=who)
    assert [step["number"] for step in told["steps"]] == list(range(1, len(told["steps"]) + 1))
    return [_short(step) for step in told["steps"]]


def _short(step: Json) -> Step:
    kept = {"state", "credit", "total", "passed", "entry"}

    def few(figures: Json | None) -> Json | None:
        return figures and {name: figures[name] for name in figures if name in kept}

    return step["kind"], few(step["before"]), few(step["after"])


FAILS: list[Step] = [
    ("result_changed", {"total": "80.00", "passed": True}, {"total": "40.00", "passed": False}),
    ("award_revoked", {"state": "valid"}, {"state": "revoked"}),
    ("credits_reversed", None, {"entry": "revoke", "credit": "-3.00"}),
]


async def test_a_corrected_score_opens_one_case_with_everything_that_followed(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1))
    assert await cases(desk) == []
    await desk.push(plan, desk.row(plan, revision=2, reason="复核改判", **make.FAILED), desk.row(plan, 1))
    (case,) = await cases(desk)
    assert re.fullmatch(r"C-20[0-9]{2}-000001", case["number"])
    assert (case["kind"], case["state"], case["reason"]) == ("result_corrected", "done", "复核改判")
    steps = await timeline(desk, case)
    assert steps[:-1] == FAILS
    assert steps[-1][0] == "parties_told"
    await desk.push(plan, desk.row(plan, revision=3))
    _, second = await cases(desk)
    assert second["number"].endswith("-000002")
    assert (await timeline(desk, second))[:-1] == [
        ("result_changed", {"total": "40.00", "passed": False}, {"total": "80.00", "passed": True}),
        ("award_issued", None, {"state": "valid"}),
        ("credits_posted", None, {"entry": "deposit", "credit": "3.00"}),
    ]


async def test_a_score_that_changes_nothing_is_a_case_without_consequences(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan))
    better: dict[str, Any] = {"components": make.scores("90", "90"), "total": "90"}
    await desk.push(plan, desk.row(plan, revision=2, **better))
    (case,) = await cases(desk)
    assert [step[0] for step in await timeline(desk, case)] == ["result_changed", "parties_told"]


async def test_what_never_counted_is_no_correction(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan, 0, passed=False), desk.row(plan, 1, grading="provisional"))
    await desk.push(plan, desk.row(plan, 0, revision=2), desk.row(plan, 1, revision=2))
    assert await cases(desk) == []
    assert len(await desk.awards(None)) == 2


async def test_a_lost_higher_level_lets_the_lower_one_count_again_in_the_same_case(desk: Desk) -> None:
    await desk.rule()
    await desk.rule(level="1", credit=200)
    await desk.open_accounts(0)
    low, high = await desk.plan(levels=("1",)), await desk.plan()
    await desk.push(low, desk.row(low))
    await desk.push(high, desk.row(high))
    await desk.push(high, desk.row(high, revision=2, **make.FAILED))
    (case,) = await cases(desk)
    moved = [step for step in await timeline(desk, case) if step[0].startswith("credits")]
    assert [(kind, after["credit"]) for kind, _, after in moved] == [
        ("credits_reversed", "-3.00"),
        ("credits_posted", "2.00"),
    ]
    assert (await desk.account())["accumulated"] == "2.00"


async def test_a_pushs_rehearsal_shows_the_whole_chain_and_keeps_nothing(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan))
    before = await desk.sizes()
    answer = await desk.send(plan, desk.row(plan, revision=2, **make.FAILED), query="?validate_only=true")
    (case,) = answer.json()["corrections"]
    assert (case["correction"]["id"], case["correction"]["number"]) == (None, None)
    assert [_short(step) for step in case["steps"]][:-1] == FAILS
    assert await desk.sizes() == before
    assert await cases(desk) == []


async def proposed(desk: Desk, award: Json, **changes: Any) -> Json:  # noqa: ANN401
    wish = {"award_id": award["id"], "reason": "冒名顶替", "evidence": "查字〔2026〕3号"}
    return await office.done(desk, "/v1/corrections", wish | changes)


async def test_a_certificate_is_revoked_by_hand_by_two_persons_as_it_was_previewed(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan))
    (award,) = await desk.awards()
    told = await proposed(desk, award)
    case, digest = told["correction"], told["correction"]["digest"]
    assert [_short(step) for step in told["steps"]][:-1] == FAILS[1:]
    assert (told["is_preview"], case["state"], case["allowed_deeds"]) == (True, "proposed", ["refuse"])
    assert ((await desk.awards())[0]["state"], (await desk.account())["accumulated"]) == ("valid", "3.00")
    path = f"/v1/corrections/{case['id']}:confirm"
    assert await office.refused(desk, path, {"digest": digest}) == (409, "correction_own_request")
    other = await office.colleague(desk)
    assert await office.refused(desk, path, {"digest": "0" * 64}, who=other) == (409, "correction_changed")
    done = await office.done(desk, path, {"digest": digest}, who=other)
    assert (done["is_preview"], done["correction"]["state"]) == (False, "done")
    assert [_short(step) for step in done["steps"]][:-1] == FAILS[1:]
    (award,) = await desk.awards()
    assert (award["state"], award["revoked_reason"]) == ("revoked", "冒名顶替")
    assert (await desk.account())["accumulated"] == "0.00"
    assert await office.refused(desk, path, {"digest": digest}, who=other) == (409, "deed_not_allowed")


async def test_what_changed_since_the_preview_is_not_confirmed(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan))
    (award,) = await desk.awards()
    told = await proposed(desk, award)
    await office.done(desk, f"/v1/awards/{award['id']}:suspend", {"reason": "复核"})
    other = await office.colleague(desk)
    path, wish = f"/v1/corrections/{told['correction']['id']}:confirm", {"digest": told["correction"]["digest"]}
    assert await office.refused(desk, path, wish, who=other) == (409, "correction_changed")
    assert (await desk.awards())[0]["state"] == "suspended"
    back = await office.done(desk, path.replace(":confirm", ":refuse"), {"reason": "重新提出"})
    assert (back["correction"]["state"], back["correction"]["decision_reason"]) == ("refused", "重新提出")
    again = await proposed(desk, award)
    await office.done(
        desk,
        f"/v1/corrections/{again['correction']['id']}:confirm",
        {"digest": again["correction"]["digest"]},
        who=other,
    )
    assert (await desk.awards())[0]["state"] == "revoked"


async def test_a_certificate_is_issued_by_hand_by_two_persons_and_brings_its_credits(
    desk: Desk, plan: make.Plan
) -> None:
    wish: Json = {"exam_plan_id": str(plan.id), "admission_number": plan.admission_numbers[1], "reason": "漏报"}
    wish |= {"evidence": "补字〔2026〕1号", "certificate_number": "ZS-7"}
    shown = await office.done(desk, "/v1/corrections?validate_only=true", wish)
    assert (shown["correction"]["id"], await cases(desk)) == (None, [])
    told = await office.done(desk, "/v1/corrections", wish)
    assert told["correction"]["digest"] == shown["correction"]["digest"]
    assert await office.refused(desk, "/v1/corrections", wish) == (409, "correction_open")
    other = await office.colleague(desk)
    path = f"/v1/corrections/{told['correction']['id']}:confirm"
    done = await office.done(desk, path, {"digest": told["correction"]["digest"]}, who=other)
    (award,) = await desk.awards(1)
    assert (award["number"], award["issued_on"], award["state"]) == ("ZS-7", make.EXAM_ON.isoformat(), "valid")
    assert done["correction"]["award_id"] == award["id"]
    assert [_short(step) for step in done["steps"]][:-1] == [
        ("award_issued", None, {"state": "valid"}),
        ("credits_posted", None, {"entry": "deposit", "credit": "3.00"}),
    ]
    assert (await desk.account(1))["accumulated"] == "3.00"
    assert await office.refused(desk, "/v1/corrections", wish) == (409, "award_held")


async def test_each_sees_the_cases_that_are_theirs(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1))
    await desk.push(plan, *(desk.row(plan, index, revision=2, grading="voided") for index in (0, 1)))
    counts = {
        who: len(await cases(desk, who))
        for who in (
            "registrar", "auditor", "coordinator", "sibling_coordinator", "student", "org_staff", "registrar_2",
            "org_staff_2", "student_2",
        )
    }  # fmt: skip
    assert counts == {
        "registrar": 2, "auditor": 2, "coordinator": 2, "sibling_coordinator": 0, "student": 1, "org_staff": 2,
        "registrar_2": 0, "org_staff_2": 0, "student_2": 0,
    }  # fmt: skip
    (own,) = await cases(desk, "student")
    for who in ("student", "org_staff"):
        assert [step[0] for step in await timeline(desk, own, who)] == [
            "result_changed", "award_revoked", "credits_reversed", "parties_told",
        ]  # fmt: skip


async def test_a_student_does_not_see_what_is_only_proposed(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan))
    (award,) = await desk.awards()
    told = await proposed(desk, award)
    assert await cases(desk, "student") == []
    assert await desk.status(f"/v1/corrections/{told['correction']['id']}", who="student") == 404
    assert len(await cases(desk, "registrar", state="proposed")) == 1


async def test_an_announcement_tells_the_organisation_how_many(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1))
    await desk.push(plan, *(desk.row(plan, index, revision=2, **make.FAILED) for index in (0, 1)))
    async with desk.service.database.transaction(read_only=True) as session:
        told = select(OutboxEvent.organisation_id, OutboxEvent.data).where(OutboxEvent.kind == "corrections.done")
        rows = [tuple(row) for row in (await session.execute(told)).all()]
    assert rows == [(desk.world.organisations[0].id, {"cases": 2})]
