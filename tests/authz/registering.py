"""Registrations on the ground: at each place a student's draft, one that is confirmed, and an offered seat."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.makings import Made, today
from tests.exams import make, places
from tests.world import World
from x_pilot_api.exams.models import ExamPlan, ExamPlanLevel, ExamSitting, Registration


async def lay(session: AsyncSession, world: World, made: Made, *, school: int) -> None:
    """Announce a plan of both levels for each organisation, with registrations of both colleges' students."""
    there, siblings = world.schools[school], made.siblings[school]
    # Whoever is registered for the plans that take results finds a site that is open to all.
    for organisation in range(2):
        announced = made.plans[school, organisation]
        await _sitting(session, world, made, announced, school=school, organisation=organisation, seats=100)
    first, second = await _plan(session, world, made, school, 0), await _plan(session, world, made, school, 1)
    for college, organisation, plan, people in (
        (0, 0, first, (0, 7, 8)),
        (1, 0, first, (0, 1, 2)),
        (0, 1, second, (1, 7, 8)),
    ):
        students = there.students if college == 0 else siblings
        sitting_id = await _sitting(session, world, made, plan, school=school, organisation=organisation)
        found = made.registrations[school, college, organisation] = {"plan": plan.id}
        for state, index in zip(("draft", "confirmed", "offered"), people, strict=True):
            owner = f"s{school + 1}p{college}n{index}" if organisation == 0 else f"s{school + 1}o2"
            found[state] = await _registration(
                session,
                plan,
                student_id=students[index],
                college_id=there.colleges[college],
                level_id=world.organisations[organisation].levels["2" if state == "offered" else "1"],
                state=state,
                sitting_id=sitting_id if state == "offered" else None,
            )
            made.owners[found[state]] = owner


async def _plan(session: AsyncSession, world: World, made: Made, school: int, organisation: int) -> make.Plan:
    there, organised, owner = (
        world.schools[school],
        world.organisations[organisation],
        f"s{school + 1}o{organisation + 1}",
    )
    plan = make.Plan(uuid4(), there.id, list(organised.levels.values()), [], f"R{mark(owner)}")
    session.add(
        ExamPlan(
            institution_id=there.id,
            id=plan.id,
            organisation_id=organised.id,
            code=plan.code,
            name=f"考核计划{mark(owner)}",
            registration_opens_on=today() - timedelta(days=30),
            # A run may go on past midnight.
            registration_closes_on=today() + timedelta(days=1),
            exam_on=today() + timedelta(days=7),
        )
    )
    await session.flush()
    for level, level_id in organised.levels.items():
        session.add(
            ExamPlanLevel(
                institution_id=there.id,
                exam_plan_id=plan.id,
                certificate_level_id=level_id,
                scheme_id=organised.schemes[level],
            )
        )
    await session.flush()
    made.owners[plan.id] = owner
    return plan


async def _sitting(
    session: AsyncSession,
    world: World,
    made: Made,
    plan: make.Plan,
    *,
    school: int,
    organisation: int,
    seats: int = 1,
) -> UUID:
    """Hold a sitting of the second level; where there is one seat an offer holds it."""
    there, organised = world.schools[school], world.organisations[organisation]
    owner, sitting_id = f"s{school + 1}o{organisation + 1}", uuid4()
    # One student is registered with both organisations, and cannot sit in two places at once.
    starts_at = datetime.now(UTC) + timedelta(days=7 + organisation)
    site_id = await places.approved(
        session,
        institution_id=there.id,
        organisation_id=organised.id,
        college_id=there.colleges[0],
        level_id=organised.levels["2"],
        capacity=seats,
        valid=(today(), today() + timedelta(days=30)),
        at=starts_at,
        mark=mark(owner),
    )
    session.add(
        ExamSitting(
            institution_id=there.id,
            id=sitting_id,
            exam_plan_id=plan.id,
            certificate_level_id=organised.levels["2"],
            site_id=site_id,
            code=f"S{sitting_id.hex[:6]}{mark(owner)}",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            seats=seats,
            taken=int(seats == 1),
        )
    )
    await session.flush()
    made.owners |= {site_id: owner, sitting_id: owner}
    return sitting_id


async def _registration(
    session: AsyncSession,
    plan: make.Plan,
    *,
    student_id: UUID,
    college_id: UUID,
    level_id: UUID,
    state: str,
    sitting_id: UUID | None,
) -> UUID:
    registration_id, now = uuid4(), datetime.now(UTC)
    session.add(
        Registration(
            institution_id=plan.institution_id,
            id=registration_id,
            exam_plan_id=plan.id,
            certificate_level_id=level_id,
            candidate_id=await make._candidate(session, plan.institution_id, student_id),  # pyright: ignore[reportPrivateUsage]
            college_id=college_id,
            state=state,
            confirmed_at=None if state == "draft" else now,
            sitting_id=sitting_id,
            offered_until=now + timedelta(days=2) if state == "offered" else None,
        )
    )
    await session.flush()
    return registration_id
