"""Joint exams to test with, laid down through the API."""

from typing import Any

import httpx

from tests.exams import make
from tests.exams.desk import Desk, Json

PATH = "/v1/joint-exams"
TERM = "2025-2026-02"
TABLE: list[Json] = [
    {"from_total": "0.00", "passed": False},
    {"from_total": "60.00", "grade_word": "合格", "passed": True},
    {"from_total": "85.00", "score": "95.00", "passed": True},
]
"""Failing is the total itself, a pass is a word, and from 85 on it is a score."""


def wish(desk: Desk, plan: make.Plan, **changes: Any) -> Json:  # noqa: ANN401 - JSON
    """Write a joint exam of the first programme's first course."""
    body: Json = {
        "exam_plan_id": str(plan.id),
        "certificate_level_id": str(plan.level_ids[0]),
        "course_id": str(desk.world.schools[0].courses[0][0]),
        "term": TERM,
        "document_number": "教务〔2026〕12号",
        "bands": TABLE,
    }
    return body | changes


async def draft(desk: Desk, plan: make.Plan, *, who: str = "registrar", **changes: Any) -> httpx.Response:  # noqa: ANN401
    """Draft a joint exam."""
    return await desk.client.post(PATH, json=wish(desk, plan, **changes), headers=desk.sign_in(who))


async def deed(desk: Desk, exam_id: str, name: str, *, who: str = "registrar") -> httpx.Response:
    """Lay a joint exam down, or withdraw it, as it is now."""
    headers = desk.sign_in(who)
    etag = (await desk.client.get(f"{PATH}/{exam_id}", headers=headers)).headers["ETag"]
    return await desk.client.post(f"{PATH}/{exam_id}:{name}", headers=headers | {"If-Match": etag})


async def laid_down(desk: Desk, plan: make.Plan, **changes: Any) -> Json:  # noqa: ANN401
    """Lay a joint exam down."""
    made = await draft(desk, plan, **changes)
    assert made.status_code == 201, made.text
    answer = await deed(desk, made.json()["id"], "lay_down")
    assert answer.status_code == 200, answer.text
    exam: Json = answer.json()
    return exam


async def grades(desk: Desk, index: int = 0, *, who: str = "registrar") -> list[Json]:
    """List the grades a student has in the course, of each attempt the revision that counts."""
    school = desk.world.schools[0]
    found: list[Json] = (
        await desk.get(
            "/v1/course-grades",
            who=who,
            student_id=str(school.students[index]),
            course_id=str(school.courses[0][0]),
        )
    )["items"]
    return found


async def links(desk: Desk, **query: str) -> list[Json]:
    """List what ties results to grades."""
    found: list[Json] = (await desk.get("/v1/joint-grades", page_size=100, **query))["items"]
    return found


async def correct_by_hand(desk: Desk, grade_id: str, **changes: Any) -> Json:  # noqa: ANN401
    """Correct a grade as a registrar does."""
    body = {"score": "88.00", "passed": True, "reason": "平时成绩补录"} | changes
    answer = await desk.client.post(
        f"/v1/course-grades/{grade_id}:correct", json=body, headers=desk.sign_in("registrar")
    )
    assert answer.status_code == 201, answer.text
    corrected: Json = answer.json()
    return corrected


async def settle(desk: Desk, link_id: str, decision: str, *, who: str = "registrar") -> httpx.Response:
    """Settle what is flagged."""
    body = {"decision": decision, "reason": "教务会议决定", "document_number": "教务纪要7"}
    return await desk.client.post(f"/v1/joint-grades/{link_id}:settle", json=body, headers=desk.sign_in(who))
