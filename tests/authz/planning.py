"""Sites in each state, a draft plan, tasks and a sitting on the ground."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

from sqlalchemy import null
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz import makings
from tests.authz.canaries import mark
from tests.authz.makings import Made
from tests.world import World
from x_pilot_api.exams.models import ExamPlan, ExamPlanLevel, ExamSitting, PlanTask, SittingExaminer, SittingRoom
from x_pilot_api.sites.models import AssessmentSite, Room, SiteLevel

STATES = ("applied", "approved", "refused", "suspended")
PLACES = ((0, 0, 0), (0, 1, 0), (1, 0, 0), (0, 0, 1))


async def lay(session: AsyncSession, world: World, made: Made) -> None:
    """Offer sites in each state, draft a plan, and let the announced one have tasks and a sitting."""
    for place in PLACES:
        made.sites[place] = found = {}
        for state in STATES:
            found[state], found[f"{state}_room"] = await _site(session, world, made, place, state)
    for school, college, organisation in PLACES:
        found = made.sites[school, college, organisation]
        if college:
            found |= {name: made.sites[school, 0, organisation][name] for name in ("draft", "sitting")}
            continue
        found["draft"] = await _draft(session, world, made, school=school, organisation=organisation)
        found["sitting"] = await _sitting(session, made, school=school, organisation=organisation)


async def _site(
    session: AsyncSession, world: World, made: Made, place: tuple[int, int, int], state: str
) -> tuple[UUID, UUID]:
    school, college, organisation = place
    there, organised = world.schools[school], world.organisations[organisation]
    owner, site_id, room_id = f"s{school + 1}p{college}e{organisation + 1}", uuid4(), uuid4()
    session.add(
        AssessmentSite(
            institution_id=there.id,
            id=site_id,
            organisation_id=organised.id,
            college_id=there.colleges[college],
            code=f"{state}{mark(owner)}",
            name=f"考点{mark(owner)}",
            address=f"地址{mark(owner)}",
            is_shared=False,
        )
    )
    await session.flush()
    decided = state != "applied"
    session.add(
        Room(
            institution_id=there.id,
            id=room_id,
            site_id=site_id,
            code=f"A1{mark(owner)}",
            name=f"考场{mark(owner)}",
            kind="ordinary",
            seats=40,
        )
    )
    session.add(
        SiteLevel(
            institution_id=there.id,
            site_id=site_id,
            certificate_level_id=organised.levels["2"],
            state=state,
            capacity=40,
            valid_from=makings.today() - timedelta(days=30),
            valid_to=makings.today() + timedelta(days=300),
            reason=f"理由{mark(owner)}",
            applied_by=uuid4(),
            applied_at=datetime.now(UTC),
            decided_by=uuid4() if decided else None,
            decided_at=datetime.now(UTC) if decided else None,
        )
    )
    await session.flush()
    made.owners |= {site_id: owner, room_id: owner}
    return site_id, room_id


async def _draft(session: AsyncSession, world: World, made: Made, *, school: int, organisation: int) -> UUID:
    there, organised, owner = (
        world.schools[school],
        world.organisations[organisation],
        f"s{school + 1}o{organisation + 1}",
    )
    plan_id, day = uuid4(), makings.today() + timedelta(days=30)
    session.add(
        ExamPlan(
            institution_id=there.id,
            id=plan_id,
            organisation_id=organised.id,
            code=f"D{mark(owner)}",
            name=f"草稿{mark(owner)}",
            registration_opens_on=day,
            registration_closes_on=day,
            exam_on=day,
            published_at=null(),
        )
    )
    await session.flush()
    session.add(
        ExamPlanLevel(
            institution_id=there.id,
            exam_plan_id=plan_id,
            certificate_level_id=organised.levels["2"],
            scheme_id=organised.schemes["2"],
        )
    )
    await session.flush()
    made.owners[plan_id] = owner
    return plan_id


async def _sitting(session: AsyncSession, made: Made, *, school: int, organisation: int) -> UUID:
    announced, owner = made.plans[school, organisation], f"s{school + 1}o{organisation + 1}"
    place = made.sites[school, 0, organisation]
    starts_at = datetime.combine(makings.today() + timedelta(days=3), time(1), tzinfo=UTC)
    at = {"institution_id": announced.institution_id, "during": Range(starts_at, starts_at + timedelta(hours=2))}
    sitting_id = uuid4()
    session.add(
        ExamSitting(
            institution_id=announced.institution_id,
            id=sitting_id,
            exam_plan_id=announced.id,
            certificate_level_id=announced.level_ids[0],
            site_id=place["approved"],
            code=f"S{mark(owner)}",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            seats=40,
        )
    )
    await session.flush()
    session.add(SittingRoom(**at, sitting_id=sitting_id, room_id=place["approved_room"], seats=40))
    session.add(
        SittingExaminer(
            **at,
            sitting_id=sitting_id,
            outsider_name=f"考官{mark(owner)}",
            outsider_employer=f"某单位{mark(owner)}",
            duty="chief",
        )
    )
    session.add(
        PlanTask(
            institution_id=announced.institution_id,
            exam_plan_id=announced.id,
            kind="issue_tickets",
            due_on=makings.today() - timedelta(days=1),
        )
    )
    await session.flush()
    made.owners[sitting_id] = owner
    return sitting_id
