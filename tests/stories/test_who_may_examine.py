"""Who may examine, over HTTP alone: a seed teacher vouches, a sitting is warned about until somebody may examine it."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.certificates.make import TODAY, Json
from tests.exams.desk import Desk, SignIn
from tests.exams.planning import EXAM_ON, Planner
from tests.qualifications.make import EVIDENCE, Staffroom, vouched
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
def planner(client: httpx.AsyncClient, sign_in: SignIn, world: World) -> Planner:
    return Planner(client, sign_in, world)


@pytest.fixture
def staffroom(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Staffroom:
    return Staffroom(Desk(client, sign_in, world, service))


def booked(teacher: str, duty: str = "assessor") -> Json:
    """Book a teacher for a sitting."""
    return {"teacher_id": teacher, "duty": duty}


def days(before: int = 0, after: int = 365) -> Json:
    """Name a time around the exam."""
    return {"valid_from": str(TODAY - timedelta(days=before)), "valid_until": str(TODAY + timedelta(days=after))}


async def covered(planner: Planner, sitting: str) -> tuple[int, list[Any], list[str]]:
    """Tell how a sitting is covered: how many may examine it, who of them, and what is warned of."""
    told = await planner.get(f"/v1/exam-sittings/{sitting}/examiner-coverage", who="coordinator")
    return told["qualified"], [it["is_qualified"] for it in told["examiners"]], told["warnings"]


async def certified(staffroom: Staffroom, category: str) -> Json:
    """Let a college nominate an experienced teacher, and the office certify them for the second tier."""
    nominated = await staffroom.nominated(await staffroom.teacher(), category)
    term = {"document_number": "苏财院教〔2026〕21号"} | days()
    seed = await staffroom.done(f"/seed-teachers/{nominated['id']}:certify", term)
    assert (seed["state"], seed["evidence"]) == ("active", EVIDENCE["evidence"])
    return seed


async def test_a_sitting_is_warned_about_until_somebody_may_examine_it(planner: Planner, staffroom: Staffroom) -> None:
    category = await staffroom.category(staffroom.certificate())
    seed = await certified(staffroom, category)
    one, two = await staffroom.teacher(), await staffroom.teacher()
    site, plan = await planner.approved(), await planner.plan()
    guest = {"name": "外聘甲", "employer": "某职业学院", "duty": "assessor"}
    sitting = await planner.arranged(plan, site, examiners=[booked(one, "chief"), booked(two, "invigilator"), guest])
    path = f"/v1/exam-sittings/{sitting['id']}"
    # It is warned about and arranged all the same; whom the register does not know nothing is said of.
    (told,) = (await planner.get(f"{plan}/examiner-coverage"))["items"]
    assert told["warnings"] == ["no_qualified_examiner", "examiner_not_qualified"]
    assert {it["name"]: it["is_qualified"] for it in told["examiners"]} == {"徐老师": False, "外聘甲": None}
    assert told["held_on"] == str(EXAM_ON)

    # The elementary level and teaching are not what this sitting takes, and what ends before its day is too short.
    too_short: Json = {"valid_from": str(TODAY), "valid_until": str(EXAM_ON - timedelta(days=1))}
    await staffroom.granted(one, levels=("1",), **(days() | vouched(seed)))
    await staffroom.granted(one, kind="teach", **(days() | vouched(seed)))
    await staffroom.granted(one, **(too_short | vouched(seed)))
    assert (await covered(planner, sitting["id"]))[0] == 0

    # Somebody who keeps order may examine: there is one, though the chief still may not.
    last_day: Json = {"valid_from": str(EXAM_ON), "valid_until": str(EXAM_ON)} | vouched(seed)
    granted = await staffroom.granted(one, two, **last_day)
    assert granted["granted"] == 2
    assert await covered(planner, sitting["id"]) == (2, [None, True, True], [])
    held = {row["teacher_id"]: row["qualification_id"] for row in granted["rows"]}
    revoked = await staffroom.done(f"/teacher-qualifications/{held[one]}:revoke", {"reason": "评价组织通知"})
    assert revoked["revoked_on"] == str(EXAM_ON)
    assert (await covered(planner, sitting["id"]))[2] == ["examiner_not_qualified"]

    # What is revoked of the seed teacher takes nothing from whom they vouched for.
    await staffroom.done(f"/seed-teachers/{seed['id']}:revoke", {"reason": "调离"})
    assert (await covered(planner, sitting["id"]))[0] == 1

    await planner.post("registrar", f"{path}:cancel", {"reason": "停电"})
    assert (await covered(planner, sitting["id"]))[2] == []


async def test_a_higher_level_covers_the_sitting_of_a_lower_one(planner: Planner, staffroom: Staffroom) -> None:
    teacher = await staffroom.teacher()
    site = await planner.offer(levels=[planner.application("1")])
    await planner.post("org_staff", f"{planner.at(site, '1')}:approve", {})
    plan = await planner.plan(certificate_level_ids=[staffroom.level("1")])
    sitting = await planner.arranged(plan, site, certificate_level_id=staffroom.level("1"), examiners=[booked(teacher)])
    assert (await covered(planner, sitting["id"]))[2] == ["no_qualified_examiner", "examiner_not_qualified"]
    await staffroom.granted(teacher, levels=("2",), **days())
    assert await covered(planner, sitting["id"]) == (1, [True], [])
