"""Seed teachers, a consortium, and what a teacher of each college may do, on the ground."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.made import Made
from tests.world import World
from x_pilot_api.core import clock
from x_pilot_api.qualifications.models import (
    CertificateCategory,
    ConsortiumMember,
    SeedTeacher,
    TeacherQualification,
    TrainingConsortium,
)

PLACES = ((0, 0, 0), (0, 1, 0), (1, 0, 0), (0, 0, 1))
_FROM, _UNTIL = date(2026, 1, 1), date(2090, 12, 31)


async def lay(session: AsyncSession, world: World, made: Made) -> None:
    """Give each institution a category with a consortium, and each college seed teachers and somebody who examines."""
    shared = {school: await _consortium(session, world, made, school) for school in range(2)}
    seeds = {
        (school, college): await _seeds(session, world, made, shared[school]["category"], school, college)
        for school, college in ((0, 0), (0, 1), (1, 0))
    }
    for place in PLACES:
        school, college, organisation = place
        held = await _held(session, world, made, school=school, college=college, organisation=organisation)
        made.qualifications[place] = shared[school] | seeds[school, college] | {"held": held}


async def _consortium(session: AsyncSession, world: World, made: Made, school: int) -> dict[str, UUID]:
    owner = f"s{school + 1}"
    found = {name: uuid4() for name in ("category", "consortium", "member")}
    key = {"institution_id": world.schools[school].id}
    made.owners |= dict.fromkeys(found.values(), owner)
    session.add(CertificateCategory(**key, id=found["category"], code=f"C{mark(owner)}", name=f"类别{mark(owner)}"))
    await session.flush()
    session.add(
        TrainingConsortium(
            **key,
            id=found["consortium"],
            certificate_category_id=found["category"],
            name=f"联合体{mark(owner)}",
            purpose=mark(owner),
            document_number=f"教{mark(owner)}",
            from_on=_FROM,
        )
    )
    await session.flush()
    for role, member_id in (("lead", uuid4()), ("member", found["member"])):
        session.add(
            ConsortiumMember(
                **key,
                id=member_id,
                consortium_id=found["consortium"],
                kind="partner",
                partner_name=f"{role}{mark(owner)}",
                role=role,
                from_on=_FROM,
            )
        )
    await session.flush()
    return found


async def _seeds(
    session: AsyncSession, world: World, made: Made, category_id: UUID, school: int, college: int
) -> dict[str, UUID]:
    owner, found = f"s{school + 1}p{college}n8", {"nominated": uuid4(), "active": uuid4()}
    suffix = "_2" if school else ""
    coordinator = "sibling_coordinator" if college else f"coordinator{suffix}"
    for tier, (state, seed_id) in enumerate(found.items(), start=1):
        certified = state == "active"
        session.add(
            SeedTeacher(
                institution_id=world.schools[school].id,
                id=seed_id,
                teacher_id=made.register[school, college]["who_teaches"],
                certificate_category_id=category_id,
                tier=str(tier),
                state="certified" if certified else "nominated",
                evidence=f"业绩{mark(owner)}",
                evidence_references=[mark(owner)],
                nominated_by=world.callers[coordinator].id,
                nominated_at=clock.now(),
                decided_by=world.callers[f"registrar{suffix}"].id if certified else None,
                decided_at=clock.now() if certified else None,
                document_number=f"教{mark(owner)}" if certified else None,
                valid_from=_FROM if certified else None,
                valid_until=_UNTIL if certified else None,
            )
        )
        made.owners[seed_id] = owner
    await session.flush()
    return found


async def _held(
    session: AsyncSession, world: World, made: Made, *, school: int, college: int, organisation: int
) -> UUID:
    """Let a college's free teacher examine the organisation's first level."""
    owner, held = f"s{school + 1}p{college}n8", uuid4()
    session.add(
        TeacherQualification(
            institution_id=world.schools[school].id,
            id=held,
            teacher_id=made.register[school, college]["who_teaches"],
            certificate_level_id=world.organisations[organisation].levels["1"],
            kind="examine",
            valid_from=_FROM,
            document_number=f"培{mark(owner)}",
            granted_by=world.callers["registrar_2" if school else "registrar"].id,
            granted_at=clock.now(),
        )
    )
    await session.flush()
    made.owners[held] = owner
    return held
