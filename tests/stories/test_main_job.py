"""The main job, end to end: results pushed, rows checked, certificates, credits, and one truth read by all."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.world import World
from x_pilot_api.core import clock

SignIn = Callable[[str], dict[str, str]]
Json = dict[str, Any]


class Walk:
    """The people of the story, each calling the service as themselves."""

    def __init__(self, client: httpx.AsyncClient, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
        self.client, self.sign_in, self.monkeypatch = client, sign_in, monkeypatch

    def on(self, year: int, month: int, day: int) -> None:
        """Let it be noon in China on a day."""
        now = datetime(year, month, day, 4, tzinfo=UTC)
        self.monkeypatch.setattr(clock, "now", lambda: now)

    async def post(self, who: str, path: str, body: Json, *, status: int = 201) -> Json:
        headers = self.sign_in(who) | {"Idempotency-Key": uuid4().hex}
        answer = await self.client.post(f"/v1{path}", json=body, headers=headers)
        assert answer.status_code == status, answer.text
        answered: Json = answer.json()
        return answered

    async def get(self, who: str, path: str) -> Any:  # noqa: ANN401 - decoded JSON
        answer = await self.client.get(f"/v1{path}", headers=self.sign_in(who))
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def walk(client: httpx.AsyncClient, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> Walk:
    return Walk(client, sign_in, monkeypatch)


async def publish_rule(walk: Walk, world: World) -> Json:
    """Propose 3.50 credits for the certificate's second level, agree on both sides, approve, file, publish."""
    school, organised = world.schools[0], world.organisations[0]
    rule = await walk.post(
        "coordinator",
        "/mappings",
        {
            "programme_id": str(school.programmes[0]),
            "certificate_level_id": str(organised.levels["2"]),
            "direction": "certificate_to_course",
            "entry_year_from": 2023,
            "entry_year_to": 2025,
            "courses": [{"course_id": str(school.courses[0][0]), "credit": "3.50", "grade": "良好"}],
        },
    )
    agreed = {"content_hash": rule["content_hash"]}
    for who, deed, body in (
        ("coordinator", "agree", agreed),
        ("org_staff", "agree", agreed),
        ("registrar", "approve", {}),
        ("registrar", "file", {"filing_number": "苏学分银行备〔2025〕1号", "filed_on": "2025-09-01"}),
        ("registrar", "publish", {"effective_from": "2025-09-02"}),
    ):
        headers = walk.sign_in(who)
        answer = await walk.client.post(f"/v1/mappings/{rule['id']}:{deed}", json=body or None, headers=headers)
        assert answer.status_code == 200, answer.text
        rule = answer.json()
    assert rule["state"] == "published"
    return rule


async def register(walk: Walk, world: World) -> tuple[str, list[str]]:
    """Announce the exam as the organisation, register nine students as the college, read the candidates back."""
    level_id = str(world.organisations[0].levels["2"])
    plan = await walk.post(
        "org_staff",
        "/exam-plans",
        {
            "institution_id": str(world.schools[0].id),
            "code": "ZNCS-2026",
            "name": "智能财税中级 2026 年上半年",
            "certificate_level_ids": [level_id],
            "registration_opens_on": "2026-05-01",
            "registration_closes_on": "2026-05-31",
            "exam_on": "2026-06-20",
        },
    )
    students = [str(student) for student in world.schools[0].students[:9]]
    made = await walk.post(
        "coordinator",
        f"/exam-plans/{plan['id']}/registrations",
        {"registrations": [{"student_id": student, "certificate_level_id": level_id} for student in students]},
    )
    numbers = {it["student_id"]: it["admission_number"] for it in made["registrations"]}
    candidates = await walk.get("machine", f"/partner/exam-plans/{plan['id']}/candidates")
    assert [it["admission_number"] for it in candidates["items"]] == sorted(numbers.values())
    assert not any(document in str(candidates) for document in world.schools[0].documents)
    return plan["id"], [numbers[student] for student in students]


def results(world: World, numbers: list[str]) -> list[Json]:
    """Write ten rows: five passes, a fail, an absence, and three that something is wrong with."""

    def row(index: int, score: str, *, passed: bool | None, **changes: Any) -> Json:  # noqa: ANN401
        return {
            "org_result_id": f"2026-{index:04d}",
            "revision": 1,
            "admission_number": numbers[index],
            "document_number": world.schools[0].documents[index],
            "activity": "present",
            "grading": "final",
            "components": {"theory": score, "practical": score},
            "passed": passed,
        } | changes

    return [
        *(row(index, "82.50", passed=True) for index in range(5)),
        row(5, "41.00", passed=False),
        row(6, "0", passed=None, activity="absent", components={}),
        row(7, "59.00", passed=True),
        row(8, "105.00", passed=True),
        row(0, "90.00", passed=True, org_result_id="2026-9999", admission_number="ZNCS-2026-99999"),
    ]


async def test_the_main_job_from_the_push_to_one_truth_for_all(walk: Walk, world: World) -> None:
    walk.on(2026, 5, 10)
    rule = await publish_rule(walk, world)
    school = world.schools[0]
    students = [str(student) for student in school.students[:9] if student != school.students[4]]
    opened = await walk.post("registrar", "/credit-accounts:open", {"student_ids": students})
    assert (opened["opened"], opened["already_open"], opened["credit_posted"]) == (8, 0, "0.00")
    plan_id, numbers = await register(walk, world)

    walk.on(2026, 6, 25)
    batch = await walk.post(
        "machine", "/partner/result-batches", {"exam_plan_id": plan_id, "rows": results(world, numbers)}
    )
    assert [batch[it] for it in ("rows", "accepted", "quarantined", "rejected")] == [10, 7, 1, 2]
    assert batch["codes"] == {"pass_flag_disagrees": 1, "score_out_of_range": 1, "unknown_candidate": 1}
    assert batch["downstream"]["awards_issued"] == 5
    assert batch["downstream"]["outcomes"] == {"account_not_open": 1, "deposited": 4}
    assert batch["downstream"]["credit_deposited"] == "14.00"

    # The organisation reads what became of each row, and the batch as it was answered.
    assert await walk.get("machine", f"/partner/result-batches/{batch['id']}") == batch
    rows = (await walk.get("machine", f"/partner/result-batches/{batch['id']}/rows"))["items"]
    assert [row["outcome"] for row in rows] == ["accepted"] * 7 + ["quarantined", "rejected", "rejected"]
    assert "105.00" in rows[8]["detail"]
    assert rows[9]["column"] == "admission_number"

    # The college sees five certificates, the student theirs, the public whether one is genuine.
    awards = (await walk.get("coordinator", "/awards"))["items"]
    assert len(awards) == 5
    (own,) = (await walk.get("student", "/awards"))["items"]
    verified = (await walk.client.get(f"/v1/verify/{own['verification_code']}")).json()
    assert (verified["state"], verified["level"]) == ("valid", "2")
    assert own["holder_name"] not in str(verified)
    assert school.documents[0] not in str(verified)

    # The student sees the credits and why; the office sees the same, and books that add up to nothing.
    account = await walk.get("student", f"/students/{school.students[0]}/credit-account")
    assert account == await walk.get("registrar", f"/students/{school.students[0]}/credit-account")
    assert account["accumulated"] == "3.50"
    assert account["outcomes"][0]["mapping_id"] == rule["id"]
    assert "3.50" in account["outcomes"][0]["explanation"]
    (entry,) = (await walk.get("student", f"/credit-accounts/{account['id']}/entries"))["items"]
    assert (entry["seq"], entry["amount"], entry["available_after"]) == (1, "3.50", "3.50")
    await assert_book(walk, deposits=4)

    # Opening the missing account later brings what had waited for it.
    late = await walk.post("coordinator", "/credit-accounts:open", {"student_ids": [str(school.students[4])]})
    assert (late["outcomes_recognised"], late["credit_posted"]) == (1, "3.50")
    await assert_book(walk, deposits=5)


async def assert_book(walk: Walk, *, deposits: int) -> None:
    """Read the sum of all transfers: 0 over all accounts, and what was deposited is what the students hold."""
    (unit,) = (await walk.get("registrar", "/ledger/summary"))["units"]
    balances = {kind["kind"]: kind["balance"] for kind in unit["kinds"]}
    assert (unit["unit"], unit["transfers"], unit["sum"]) == ("credit", deposits, 0)
    assert balances == {"accumulated": 350 * deposits, "recognition": -350 * deposits}
    assert all(kind["disagreeing"] == 0 for kind in unit["kinds"])
