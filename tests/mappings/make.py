"""Conversion rules for tests, brought as far on their way as a test needs them."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from tests.world import World
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.pagination import PageWish
from x_pilot_api.core.settings import Settings
from x_pilot_api.identity import queries as identity
from x_pilot_api.mappings import commands
from x_pilot_api.mappings.models import Direction, Mapping, MappingState
from x_pilot_api.mappings.schemas import FilingIn, MappingCourseIn, MappingIn, MappingOffsetIn, PublicationIn

TODAY = date(2026, 11, 24)
STARTS = date(2025, 9, 1)
PAGE = PageWish(size=100, after=None)
WAY = (MappingState.DRAFT, MappingState.AGREED, MappingState.APPROVED, MappingState.FILED, MappingState.PUBLISHED)


async def actor_of(session: AsyncSession, world: World, who: str) -> Actor:
    """Find a caller of the world as a request would."""
    caller = world.callers[who]
    claims: dict[str, object] = {"sub": str(caller.id), "sid": str(caller.id), "kind": ActorKind.PERSON.value}
    actor = await identity.actor_finder(Settings())(session, claims)
    assert actor is not None
    return actor


def wish(
    world: World,
    *,
    organisation: int = 0,
    programme_id: UUID | None = None,
    courses: tuple[UUID, ...] | None = None,
    credit: str = "2.00",
    direction: Direction = Direction.CERTIFICATE_TO_COURSE,
    years: tuple[int, int] = (2024, 2026),
) -> MappingIn:
    """Wish for a rule of the first school's first programme and the first level of an organisation's certificate."""
    school = world.schools[0]
    course_ids = courses or (school.courses[0][0],)
    return MappingIn(
        programme_id=programme_id or school.programmes[0],
        certificate_level_id=world.organisations[organisation].levels["1"],
        direction=direction,
        entry_year_from=years[0],
        entry_year_to=years[1],
        courses=[
            MappingCourseIn.model_validate({"course_id": course_id, "credit": credit, "grade": "良好"})
            for course_id in course_ids
        ],
        offsets=[
            MappingOffsetIn(component_code="theory", course_id=course_id, share_percent=100 // len(course_ids))
            for course_id in course_ids
            if direction is Direction.COURSE_TO_ASSESSMENT
        ],
    )


async def bring(
    session: AsyncSession,
    world: World,
    state: MappingState,
    *,
    rule: MappingIn | None = None,
    organisation: int = 0,
    starts: date = STARTS,
    ends: date | None = None,
) -> Mapping:
    """Propose a rule and take it as far as a state by the right people."""
    registrar = await actor_of(session, world, "registrar")
    coordinator = await actor_of(session, world, "coordinator")
    staff = await actor_of(session, world, "org_staff" if organisation == 0 else f"org_staff_{organisation + 1}")
    steps = WAY.index(state)
    mapping = await commands.propose_mapping(session, coordinator, wish=rule or wish(world, organisation=organisation))
    if steps >= 1:
        for party in (coordinator, staff):
            await commands.agree_mapping(session, party, mapping_id=mapping.id, content_hash=mapping.content_hash)
    if steps >= 2:
        await commands.approve_mapping(session, registrar, mapping_id=mapping.id, today=TODAY)
    if steps >= 3:
        filing = FilingIn(filing_number="备〔2026〕1号", filed_on=TODAY)
        await commands.file_mapping(session, registrar, mapping_id=mapping.id, filing=filing, today=TODAY)
    if steps >= 4:
        publication = PublicationIn(effective_from=starts, effective_to=ends)
        await commands.publish_mapping(session, registrar, mapping_id=mapping.id, publication=publication, today=TODAY)
    return mapping
