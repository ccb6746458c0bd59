"""Results on the ground: large files, quarantine, uploads, a notice and objections, in each place."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz import makings
from tests.authz.canaries import mark
from tests.authz.makings import Made
from tests.exams import make
from tests.world import World
from x_pilot_api.core import clock
from x_pilot_api.core.jobs import JobRecord
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.exams.models import (
    ExamPlan,
    ExamPlanLevel,
    Registration,
    Result,
    ResultNotice,
    ResultObjection,
    ResultReview,
    ResultUpload,
)

_END = datetime(2099, 1, 1, tzinfo=UTC)
_PLACES = ((0, 0, 0), (0, 1, 0), (1, 0, 0), (0, 0, 1))
_RAISED_BY = {(0, 0, 0): "student", (0, 1, 0): "sibling_coordinator", (1, 0, 0): "registrar_2", (0, 0, 1): "registrar"}


async def lay(
    session: AsyncSession, sealer: Sealer, world: World, made: Made, batches: Mapping[tuple[int, int], UUID]
) -> None:
    """Lay everything that the deeds on results need."""
    for place in _PLACES:
        school, _, organisation = place
        await act_within(session, institution_id=world.schools[school].id)
        found = made.results[place] = {"org_result_id": f"R0{mark(f's{school + 1}o{organisation + 1}')}"}
        found["job"] = await _job(session, world, made, school=school, organisation=organisation)
        batch_id = batches[school, organisation]
        found["plan"], found["quarantined"] = await _result(session, world, made, place, batch_id, waits=True)
        _, found["proposed"] = await _result(session, world, made, place, batch_id, waits=True)
        found["notice_plan"], found["result"] = await _result(session, world, made, place, batch_id)
        found["objection_plan"], raised = await _result(session, world, made, place, batch_id)
        _, reviewed = await _result(session, world, made, place, batch_id)
        await _review(session, world, place, UUID(found["proposed"]))
        await _notice(session, world, place, UUID(found["notice_plan"]))
        found["upload"] = await _upload(session, sealer, world, made, place, UUID(found["plan"]))
        found["raised"] = await _objection(session, world, made, place, UUID(raised), state="raised")
        found["reviewed"] = await _objection(session, world, made, place, UUID(reviewed), state="reviewed")


def _holder(place: tuple[int, int, int]) -> tuple[str, int]:
    school, college, organisation = place
    who = organisation if college == 0 else 0
    return f"s{school + 1}p{college}n{who}", who


async def _job(session: AsyncSession, world: World, made: Made, *, school: int, organisation: int) -> str:
    owner = f"s{school + 1}k{organisation + 1}"
    job = JobRecord(
        id=uuid4(),
        kind=f"count {mark(owner)}",
        institution_id=world.schools[school].id,
        requested_by=world.organisations[organisation].machine_client_id,
        arguments={},
        state="queued",
    )
    session.add(job)
    await session.flush()
    made.owners[job.id] = owner
    return str(job.id)


async def _plan(session: AsyncSession, world: World, made: Made, place: tuple[int, int, int]) -> UUID:
    school, _, organisation = place
    there, organised, owner = (
        world.schools[school],
        world.organisations[organisation],
        f"s{school + 1}o{organisation + 1}",
    )
    plan_id = uuid4()
    session.add(
        ExamPlan(
            institution_id=there.id,
            id=plan_id,
            organisation_id=organised.id,
            code=f"Q{plan_id.hex[:6]}{mark(owner)}",
            name=f"考核计划{mark(owner)}",
            registration_opens_on=makings.today() - timedelta(days=30),
            registration_closes_on=makings.today() - timedelta(days=1),
            exam_on=makings.today(),
            objections_until=_END,
        )
    )
    await session.flush()
    level = {"certificate_level_id": organised.levels["2"], "scheme_id": organised.schemes["2"]}
    session.add(ExamPlanLevel(institution_id=there.id, exam_plan_id=plan_id, **level))
    await session.flush()
    made.owners[plan_id] = owner
    return plan_id


async def _result(
    session: AsyncSession,
    world: World,
    made: Made,
    place: tuple[int, int, int],
    batch_id: UUID,
    *,
    waits: bool = False,
) -> tuple[str, str]:
    """Make a plan with one result in it, of the student that the place is about."""
    school, college, organisation = place
    there, (holder, who) = world.schools[school], _holder(place)
    students = there.students if college == 0 else made.siblings[school]
    plan_id = await _plan(session, world, made, place)
    candidate_id = await make._candidate(session, there.id, students[who])  # pyright: ignore[reportPrivateUsage]
    registration = Registration(
        institution_id=there.id,
        id=uuid4(),
        exam_plan_id=plan_id,
        certificate_level_id=world.organisations[organisation].levels["2"],
        candidate_id=candidate_id,
        college_id=there.colleges[college],
        state="accepted",
        admission_number=f"A{plan_id.hex[:6]}{mark(holder)}",
        confirmed_at=datetime.now(UTC) - timedelta(days=3),
    )
    session.add(registration)
    await session.flush()
    result = Result(
        institution_id=there.id,
        id=uuid4(),
        organisation_id=world.organisations[organisation].id,
        registration_id=registration.id,
        org_result_id=f"Q{plan_id.hex[:6]}{mark(holder)}",
        revision=1,
        activity="present",
        grading="final",
        components={"theory": 8_000, "practical": 8_000},
        total_hundredths=8_000,
        passed=True,
        claimed_passed=not waits,
        standing="quarantined" if waits else "effective",
        quarantine_code="pass_flag_disagrees" if waits else None,
        batch_id=batch_id,
    )
    session.add(result)
    await session.flush()
    made.owners[result.id] = holder
    return str(plan_id), str(result.id)


async def _review(session: AsyncSession, world: World, place: tuple[int, int, int], result_id: UUID) -> None:
    session.add(
        ResultReview(
            institution_id=world.schools[place[0]].id,
            organisation_id=world.organisations[place[2]].id,
            result_id=result_id,
            decision="confirm_ours",
            reason="核对",
            state="proposed",
            proposed_by=uuid4(),
        )
    )
    await session.flush()


async def _notice(session: AsyncSession, world: World, place: tuple[int, int, int], plan_id: UUID) -> None:
    session.add(
        ResultNotice(
            institution_id=world.schools[place[0]].id,
            exam_plan_id=plan_id,
            published_by=uuid4(),
            published_at=clock.now() - timedelta(days=1),
        )
    )
    await session.flush()


async def _upload(
    session: AsyncSession, sealer: Sealer, world: World, made: Made, place: tuple[int, int, int], plan_id: UUID
) -> str:
    body = b'{"org_result_id": "U-1", "revision": 1}'
    upload = ResultUpload(
        institution_id=world.schools[place[0]].id,
        id=uuid4(),
        exam_plan_id=plan_id,
        organisation_id=world.organisations[place[2]].id,
        file_kind="ndjson",
        is_atomic=False,
        reason="补录",
        sealed_body=sealer.seal(body, context="result_uploads"),
        key_id=sealer.key_id,
        row_count=1,
        state="waiting",
        uploaded_by=uuid4(),
    )
    session.add(upload)
    await session.flush()
    made.owners[upload.id] = f"s{place[0] + 1}o{place[2] + 1}"
    return str(upload.id)


async def _objection(
    session: AsyncSession, world: World, made: Made, place: tuple[int, int, int], result_id: UUID, *, state: str
) -> str:
    """Let one of those who may have objected to a result; where it is reviewed, somebody else did so."""
    there, (holder, _) = world.schools[place[0]], _holder(place)
    result = await session.get(Result, (there.id, result_id))
    assert result is not None
    is_reviewed = state == "reviewed"
    objection = ResultObjection(
        institution_id=there.id,
        id=uuid4(),
        organisation_id=world.organisations[place[2]].id,
        result_id=result_id,
        registration_id=result.registration_id,
        complaint=f"有误{mark(holder)}",
        state=state,
        raised_by=world.callers[_RAISED_BY[place]].id,
        due_on=makings.today() + timedelta(days=15),
        answer=f"无误{mark(holder)}" if is_reviewed else None,
        reviewed_by=uuid4() if is_reviewed else None,
        reviewed_at=clock.now() if is_reviewed else None,
    )
    session.add(objection)
    await session.flush()
    made.owners[objection.id] = holder
    return str(objection.id)
