"""The pilot year on the ground: participation in each state, a collection, and programme data in each state."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz import guidance_makings
from tests.authz.canaries import mark
from tests.authz.makings import Made
from tests.world import World
from x_pilot_api.participations.models import Participation, ParticipationDecision
from x_pilot_api.programme_data.models import (
    CollectionRound,
    ProgrammeReturn,
    ProgrammeReturnDecision,
    ProgrammeReturnLevel,
    ProgrammeReturnVersion,
)

STATES = ("asked", "approved", "refused", "ended")
RETURNS = ("draft", "submitted", "accepted")


async def lay(session: AsyncSession, world: World, made: Made) -> None:
    """Mark the participation that everybody has, and add what each deed of the year needs."""
    for serial, there in enumerate(world.schools):
        rounds = await _rounds(session, made, school=serial, institution_id=there.id)
        for college in range(2):
            owner = f"s{serial + 1}p{college}q"
            found = made.pilot[serial, college] = dict(rounds)
            await _mark(session, made, there.colleges[college], owner)
            for number, state in enumerate(STATES):
                found[state] = await _participation(
                    session,
                    year=f"{2050 + number}-{2051 + number}",
                    institution_id=there.id,
                    college_id=there.colleges[college],
                    level_id=world.organisations[0].levels["1"],
                    state=state,
                    owner=owner,
                )
            for state in RETURNS:
                found[f"{state}_return"] = await _return(
                    session,
                    institution_id=there.id,
                    round_id=rounds[f"round_of_{state}"],
                    college_id=there.colleges[college],
                    programme_id=there.programmes[college],
                    level_id=world.organisations[0].levels["2"],
                    state=state,
                    owner=owner,
                )
            made.owners |= {key: owner for name, key in found.items() if name not in rounds}
    await guidance_makings.lay(session, world, made)


async def _mark(session: AsyncSession, made: Made, college_id: UUID, owner: str) -> None:
    of_college = Participation.college_id == college_id
    await session.execute(update(Participation).where(of_college).values(decision_document=f"教{mark(owner)}"))
    made.owners |= dict.fromkeys((await session.scalars(select(Participation.id).where(of_college))).all(), owner)


async def _rounds(session: AsyncSession, made: Made, *, school: int, institution_id: UUID) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    names = ("closed", *(f"of_{state}" for state in RETURNS))
    for number, name in enumerate(names):
        found[f"round_{name}"] = round_id = uuid4()
        session.add(
            CollectionRound(
                institution_id=institution_id,
                id=round_id,
                academic_year=f"{2060 + number}-{2061 + number}",
                title=f"填报{mark(f's{school + 1}')}",
                due_on=date(2061, 1, 1),
                state="closed" if name == "closed" else "open",
            )
        )
        made.owners[round_id] = f"s{school + 1}"
    await session.flush()
    return found


async def _participation(
    session: AsyncSession, *, year: str, institution_id: UUID, college_id: UUID, level_id: UUID, state: str, owner: str
) -> UUID:
    participation_id = uuid4()
    granted = state in {"approved", "ended"}
    session.add(
        Participation(
            institution_id=institution_id,
            id=participation_id,
            academic_year=year,
            certificate_level_id=level_id,
            college_id=college_id,
            state=state,
            quota_asked=10,
            quota=10 if granted else None,
            decision_document=f"教{mark(owner)}" if granted else None,
            asked_by=uuid4(),
            decisions=1,
        )
    )
    await session.flush()
    session.add(
        ParticipationDecision(
            institution_id=institution_id,
            participation_id=participation_id,
            number=1,
            deed="ask",
            state="asked",
            quota_asked=10,
            taken=0,
            reason=f"申报{mark(owner)}",
            decision_document=f"教{mark(owner)}",
            actor_id=uuid4(),
        )
    )
    await session.flush()
    return participation_id


async def _return(
    session: AsyncSession,
    *,
    institution_id: UUID,
    round_id: UUID,
    college_id: UUID,
    programme_id: UUID,
    level_id: UUID,
    state: str,
    owner: str,
) -> UUID:
    return_id = uuid4()
    there = {"institution_id": institution_id, "programme_return_id": return_id}
    session.add(
        ProgrammeReturn(
            institution_id=institution_id,
            id=return_id,
            collection_round_id=round_id,
            programme_id=programme_id,
            college_id=college_id,
            state=state,
            classes=1,
            students=10,
            teachers=0,
            remark=f"说明{mark(owner)}",
            comment=f"意见{mark(owner)}",
            version=0 if state == "draft" else 1,
            is_late=None if state == "draft" else False,
            submitted_by=None if state == "draft" else uuid4(),
        )
    )
    await session.flush()
    session.add(ProgrammeReturnLevel(**there, certificate_level_id=level_id, quota_asked=5))
    if state != "draft":
        _submitted(session, there, owner)
    await session.flush()
    return return_id


def _submitted(session: AsyncSession, there: dict[str, UUID], owner: str) -> None:
    session.add(
        ProgrammeReturnVersion(
            **there, number=1, figures={"remark": mark(owner)}, known={}, is_late=False, submitted_by=uuid4()
        )
    )
    session.add(
        ProgrammeReturnDecision(
            **there,
            version=1,
            state="accepted",
            comment=f"意见{mark(owner)}",
            decision_document=f"教{mark(owner)}",
            granted={},
            decided_by=uuid4(),
        )
    )
