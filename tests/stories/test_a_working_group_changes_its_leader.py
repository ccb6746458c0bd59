"""A certificate is admitted that no group watches; a group takes it over, and later another person leads it."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.certificates import make
from tests.certificates.make import TODAY, Json, Office, SignIn
from tests.posts.make import teachers
from tests.world import World
from x_pilot_api.core.jobs import JobRecord
from x_pilot_api.posts import commands

FIRST, SECOND = "苏财院教〔2026〕22号", "苏财院教〔2026〕57号"
YESTERDAY, CHANGE = TODAY - timedelta(days=1), TODAY + timedelta(days=40)


@pytest.fixture
def office(client: httpx.AsyncClient, sign_in: SignIn, world: World) -> Office:
    return Office(client, sign_in, world)


async def admitted(office: Office, session: AsyncSession) -> str:
    """Let two experts admit a new certificate to the first college."""
    certificate = await office.certificate(levels=("2",))
    await make.expert(session, office.world, "second_expert")
    path = await office.propose(certificate["id"])
    await office.policy()
    await office.post("coordinator", f"{path}:submit")
    await office.post("registrar", f"{path}:begin", office.panel("expert", "second_expert"))
    await office.vote("expert", path)
    told = await office.vote("second_expert", path, recognition="90.00")
    assert told["state"] == "admitted"
    return str(certificate["id"])


async def uncovered(office: Office, college_id: str) -> set[str]:
    """List what no group of the college watches."""
    told = await office.get(f"/v1/uncovered-certificates?college_id={college_id}&page_size=100")
    return {it["certificate_id"] for it in told["items"]}


async def founded(office: Office, college_id: str, leader: Json, member: Json) -> str:
    """Let the college propose a group for what it runs, and the office establish it."""
    wish = {
        "name": "会计学院协作组",
        "college_id": college_id,
        "duties": ["监督各证书试点工作情况"],
        "opens_on": YESTERDAY.isoformat(),
        "leader": leader,
        "members": [member],
        "certificate_ids": [str(it.certificate_id) for it in office.world.organisations],
    }
    group = await office.post("coordinator", "/v1/working-groups", wish, status=201)
    path = f"/v1/working-groups/{group['id']}"
    await office.post("registrar", f"{path}:establish", {"document": FIRST, "established_on": YESTERDAY.isoformat()})
    return path


async def test_a_working_group_changes_its_leader(office: Office, session: AsyncSession) -> None:
    there = office.world.schools[0]
    college_id = str(there.colleges[0])
    hired = (await teachers(session, office.world))[0, 0]
    leader, member = ({"teacher_id": str(each)} for each in hired[:2])
    path = await founded(office, college_id, leader, member)
    assert await uncovered(office, college_id) == set()

    certificate_id = await admitted(office, session)
    assert await uncovered(office, college_id) == {certificate_id}
    await told_by_the_job(office, session)
    messages = (await office.get("/v1/me/messages", who="coordinator"))["items"]
    assert [it["kind"] for it in messages if it["kind"] == "certificate.uncovered"] == ["certificate.uncovered"]

    body = {"document": FIRST, "effective_on": TODAY.isoformat(), "cover": [certificate_id]}
    await office.post("registrar", f"{path}:adjust", body)
    assert await uncovered(office, college_id) == set()

    change = {"leader": member, "held_from": CHANGE.isoformat(), "document": SECOND}
    changed = await office.post("registrar", f"{path}:change-leader", change)
    assert [(it["name"], it["held_from"], it["held_to"]) for it in changed["leaders"]] == [
        ("教师00", YESTERDAY.isoformat(), (CHANGE - timedelta(days=1)).isoformat()),
        ("教师01", CHANGE.isoformat(), None),
    ]
    for day, name, members in ((TODAY, "教师00", ["教师01"]), (CHANGE, "教师01", [])):
        told = await office.get(f"{path}?on={day}", who="teacher")
        assert (told["leader_name"], [it["name"] for it in told["joined"]]) == (name, members)
    assert [it["deed"] for it in changed["timeline"]] == ["propose", "establish", "adjust", "change_leader"]


async def told_by_the_job(office: Office, session: AsyncSession) -> None:
    """Do what the admission has asked for."""
    asked = JobRecord.kind == "tell_uncovered_certificate"
    (job,) = (await session.scalars(select(JobRecord).where(asked))).all()
    institution_id = office.world.schools[0].id
    told = await commands.tell_uncovered(
        session, institution_id=institution_id, admission_id=job.arguments["admission_id"], today=TODAY
    )
    assert told == 2
