"""Notices of rules with their objections, and limits of policy, as the ground needs them."""

from datetime import date, timedelta
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz import makings
from tests.authz.canaries import mark
from tests.authz.makings import Made
from tests.world import World
from x_pilot_api.mappings.models import MappingNotice, MappingObjection, PolicyLimit


async def notice(
    session: AsyncSession, world: World, made: Made, *, school: int, college: int, organisation: int
) -> None:
    """Show a filed rule for objections, with one by the registrar that waits for an answer."""
    there, owner = world.schools[school], f"s{school + 1}p{college}o{organisation + 1}"
    registrar = world.callers["registrar" if school == 0 else "registrar_2"].id
    notice_id, objection_id = uuid4(), uuid4()
    session.add(
        MappingNotice(
            institution_id=there.id,
            id=notice_id,
            mapping_id=made.mappings[school, college, organisation, makings.ON_NOTICE],
            starts_on=makings.today() - timedelta(days=1),
            ends_on=makings.today() + timedelta(days=9),
            opened_by=registrar,
        )
    )
    await session.flush()
    session.add(
        MappingObjection(
            institution_id=there.id,
            id=objection_id,
            notice_id=notice_id,
            raised_by=registrar,
            text=f"学分过多{mark(owner)}",
            state="raised",
        )
    )
    await session.flush()
    made.notices[school, college, organisation] = (notice_id, objection_id)
    made.owners |= {notice_id: owner, objection_id: owner}


async def limits(session: AsyncSession, world: World, made: Made) -> None:
    """Load at each school a limit that takes effect long after the test."""
    for serial, school in enumerate(world.schools):
        owner, limit_id = f"s{serial + 1}", uuid4()
        session.add(
            PolicyLimit(
                institution_id=school.id,
                id=limit_id,
                code="highest_level",
                certificate_id=world.organisations[0].certificate_id,
                family=f"相近{mark(owner)}",
                document_number=f"文{mark(owner)}",
                note=f"注{mark(owner)}",
                effective_from=date(2099, 1, 1),
            )
        )
        made.limits[serial], made.owners[limit_id] = limit_id, owner
    await session.flush()
