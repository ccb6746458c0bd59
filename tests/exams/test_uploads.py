"""Results that people upload: rehearsed, kept, and in effect only when another person confirms them."""

from typing import Any

import httpx
import pytest

from tests.exams import make, second_persons, sheets
from tests.exams.desk import Desk

Json = dict[str, Any]
PATH = "/v1/result-uploads"


@pytest.fixture
async def two(desk: Desk) -> Desk:
    await second_persons.add(desk)
    return desk


async def _upload(
    desk: Desk, plan: make.Plan, rows: list[Json], *, kind: str = "xlsx", who: str = "org_staff", **query: str
) -> httpx.Response:
    media, write = sheets.FORMATS[kind]
    asked = {"exam_plan_id": str(plan.id), "reason": "补录", **query}
    return await desk.client.post(
        PATH, params=asked, content=write(rows), headers=desk.sign_in(who) | {"Content-Type": media}
    )


async def _decide(desk: Desk, upload: Json, deed: str, *, who: str = "second_staff") -> httpx.Response:
    return await desk.client.post(
        f"{PATH}/{upload['id']}:{deed}", json={"reason": "核对无误"}, headers=desk.sign_in(who)
    )


@pytest.mark.parametrize("kind", sheets.FORMATS)
async def test_an_upload_tells_what_it_would_do_and_does_it_when_another_person_confirms(two: Desk, kind: str) -> None:
    await two.rule()
    plan = await two.plan()
    await two.open_accounts(0, 1)
    rows = [two.row(plan, 0), two.row(plan, 1), two.row(plan, 2, admission_number="nobody")]
    answer = await _upload(two, plan, rows, kind=kind)
    assert answer.status_code == 201, answer.text
    upload = await two.get(answer.headers["Location"], who="org_staff")
    assert upload == answer.json()
    assert (upload["state"], upload["preview"]["accepted"], upload["preview"]["rejected"]) == ("waiting", 2, 1)
    assert upload["preview"]["downstream"]["awards_issued"] == 2
    assert [row["code"] for row in upload["preview"]["refusals"]] == ["unknown_candidate"]
    assert (await two.awards(None), upload["allowed_deeds"]) == ([], [])
    seen = await two.get(f"{PATH}/{upload['id']}", who="second_staff")
    assert seen["allowed_deeds"] == ["confirm", "refuse"]
    confirmed = await _decide(two, upload, "confirm")
    assert (confirmed.status_code, confirmed.json()["state"]) == (200, "confirmed")
    assert len(await two.awards(None)) == 2
    assert (await two.account())["accumulated"] == "3.00"
    batch = await two.get(f"/v1/partner/result-batches/{confirmed.json()['batch_id']}", who="machine")
    assert (batch["accepted"], batch["rejected"]) == (2, 1)


async def test_nobody_confirms_or_refuses_what_they_uploaded(two: Desk) -> None:
    plan = await two.plan()
    upload = (await _upload(two, plan, [two.row(plan)])).json()
    for deed in ("confirm", "refuse"):
        refused = await _decide(two, upload, deed, who="org_staff")
        assert (refused.status_code, refused.json()["code"]) == (409, "result_second_person_needed")
    assert (await _decide(two, upload, "refuse")).json()["state"] == "refused"
    again = await _decide(two, upload, "confirm")
    assert (again.status_code, again.json()["code"]) == (409, "deed_not_allowed")
    assert await two.awards(None) == []


async def test_a_correction_by_hand_takes_two_persons_too(two: Desk) -> None:
    plan = await two.plan()
    await two.push(plan, two.row(plan))
    corrected = two.row(plan, revision=2, reason="复核", **make.FAILED)
    upload = (await _upload(two, plan, [corrected], kind="ndjson")).json()
    assert upload["preview"]["downstream"]["awards_revoked"] == 1
    assert [award["state"] for award in await two.awards()] == ["valid"]
    assert (await _decide(two, upload, "confirm")).status_code == 200
    assert [award["state"] for award in await two.awards()] == ["revoked"]


async def test_whoever_uploaded_or_confirmed_a_row_does_not_settle_its_doubt(two: Desk) -> None:
    plan = await two.plan()
    upload = (await _upload(two, plan, [two.row(plan, passed=False)])).json()
    await _decide(two, upload, "confirm")
    (found,) = (await two.get("/v1/quarantined-results", who="registrar", exam_plan_id=str(plan.id)))["items"]
    for who, done in (("org_staff", "push"), ("second_staff", "confirm_upload")):
        refused = await two.client.post(
            f"/v1/quarantined-results/{found['id']}:propose",
            json={"decision": "confirm_ours", "reason": "核对"},
            headers=two.sign_in(who),
        )
        assert (refused.status_code, refused.json()["figures"]["done"]) == (409, done)


async def test_an_upload_is_seen_by_its_own_organisation_alone(two: Desk) -> None:
    plan = await two.plan()
    upload = (await _upload(two, plan, [two.row(plan)])).json()
    assert [it["id"] for it in (await two.get(PATH, who="second_staff", state="waiting"))["items"]] == [upload["id"]]
    assert (await two.get(PATH, who="org_staff_2"))["items"] == []
    assert await two.status(f"{PATH}/{upload['id']}", who="org_staff_2") == 404
    assert (await _upload(two, plan, [two.row(plan)], who="org_staff_2")).status_code == 404
    assert (await _upload(two, plan, [two.row(plan)], who="registrar")).status_code == 403


async def test_what_is_no_file_of_results_is_refused(two: Desk) -> None:
    plan = await two.plan()
    asked = {"exam_plan_id": str(plan.id), "reason": "补录"}
    headers = two.sign_in("org_staff") | {"Content-Type": "application/json"}
    answer = await two.client.post(PATH, params=asked, content=b"{}", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "file_kind_unknown")


async def test_the_staffs_template_is_the_partners(two: Desk) -> None:
    plan = await two.plan()
    answers = [
        await two.client.get(path, headers=two.sign_in(who))
        for path, who in (
            (f"/v1/exam-plans/{plan.id}/results-template", "org_staff"),
            (f"/v1/partner/exam-plans/{plan.id}/results-template", "machine"),
        )
    ]
    assert sheets.first_row(answers[0].content) == sheets.first_row(answers[1].content)
