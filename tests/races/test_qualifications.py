"""Many at once, with real commits: one grant of overlapping ones, one next lead, one term."""

import asyncio
from collections import Counter
from datetime import UTC, datetime

import pytest

from tests.exams.desk import Desk, set_clock
from tests.qualifications.make import DOCUMENT, TERM, Staffroom

MANY = 6


@pytest.fixture
async def staffroom(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Staffroom:
    set_clock(monkeypatch, datetime(2026, 5, 10, tzinfo=UTC))
    return Staffroom(desk)


async def test_overlapping_grants_of_the_same_teachers_make_one_each(staffroom: Staffroom) -> None:
    teachers = [await staffroom.teacher() for _ in range(5)]
    # The lists come in different orders, and the periods differ: only the constraint can tell.
    answers = await asyncio.gather(
        *(
            staffroom.send(
                "/teacher-qualifications:grant",
                staffroom.grant(
                    *(teachers if n % 2 else reversed(teachers)), levels=("1", "2"), valid_from=f"2026-05-{10 + n}"
                ),
            )
            for n in range(MANY)
        )
    )
    assert {answer.status_code for answer in answers} == {201}
    assert sum(answer.json()["granted"] for answer in answers) == len(teachers) * 2
    held = await staffroom.list("teacher-qualifications")
    assert Counter((it["teacher_id"], it["level"]) for it in held) == Counter(
        {(teacher, level): 1 for teacher in teachers for level in ("1", "2")}
    )


async def test_a_lead_is_handed_over_once_however_many_try(staffroom: Staffroom) -> None:
    body = {
        "certificate_category_id": await staffroom.category(),
        "name": "联合体",
        "purpose": "培训",
        "document_number": DOCUMENT,
        "from_on": "2026-01-01",
        "lead": {"college_id": staffroom.college()},
    }
    told = await staffroom.done("/training-consortia", body, status=201)
    path = f"/training-consortia/{told['id']}"
    answers = await asyncio.gather(
        *(
            staffroom.send(f"{path}:hand-over-lead", {"partner_name": f"公司{n}", "from_on": "2026-05-10"})
            for n in range(MANY)
        )
    )
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: MANY - 1}
    (after,) = await staffroom.list("training-consortia")
    leads = [it for it in after["members"] if it["role"] == "lead"]
    assert [(it["from_on"], it["until_on"]) for it in leads] == [("2026-01-01", "2026-05-09"), ("2026-05-10", None)]


async def test_a_nomination_is_answered_once_and_made_once(staffroom: Staffroom) -> None:
    teacher, category = await staffroom.teacher(), await staffroom.category()
    nominated = await staffroom.nominated(teacher, category)
    path = f"/seed-teachers/{nominated['id']}"
    answers = await asyncio.gather(
        *(staffroom.send(f"{path}:certify", TERM) for _ in range(3)),
        *(staffroom.send(f"{path}:decline", {"reason": "材料不足"}) for _ in range(3)),
    )
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 5}
