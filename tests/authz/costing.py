"""Cost sheets in each state, and fee standards on their way, on the ground."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.made import Made
from tests.fees import make
from tests.world import World
from x_pilot_api.core import clock
from x_pilot_api.core.row_security import act_within
from x_pilot_api.fees.models import CostSheet, CostSheetLine

PLACES = ((0, 0, 0), (0, 1, 0), (1, 0, 0), (0, 0, 1))
YEARS = {"draft": 2040, "submitted": 2041, "accepted": 2042}
STANDARDS = {"agreed": 2040, "approved": 2041}


async def lay(session: AsyncSession, world: World, made: Made) -> None:
    """Draw up sheets at each place, and bring fees of each school and organisation to each state."""
    for place in PLACES:
        await act_within(session, institution_id=world.schools[place[0]].id)
        made.fees[place] = {state: await _sheet(session, world, made, place, state) for state in YEARS}
    for place in PLACES:
        school, college, organisation = place
        if college:
            made.fees[place] |= {state: made.fees[school, 0, organisation][state] for state in STANDARDS}
            continue
        for state, year in STANDARDS.items():
            made.fees[place][state] = await _standard(session, world, made, place, state=state, year=year)


async def _sheet(session: AsyncSession, world: World, made: Made, place: tuple[int, int, int], state: str) -> UUID:
    """Draw up a sheet; an organisation sees what is settled."""
    school, college, organisation = place
    there, sheet_id = world.schools[school], uuid4()
    of_both = state == "accepted"
    owner = f"s{school + 1}p{college}e{organisation + 1}" if of_both else f"s{school + 1}p{college}q"
    now = clock.now()
    session.add(
        CostSheet(
            institution_id=there.id,
            id=sheet_id,
            college_id=there.colleges[college],
            organisation_id=world.organisations[organisation].id,
            certificate_level_id=world.organisations[organisation].levels["2"],
            exam_form="computer",
            year=YEARS[state],
            version=1,
            machine_marked=True,
            candidates=100,
            cash_fen=100,
            in_kind_fen=0,
            state=state,
            drawn_up_by=uuid4(),
            submitted_by=None if state == "draft" else uuid4(),
            submitted_at=None if state == "draft" else now,
            decided_by=uuid4() if of_both else None,
            decided_at=now if of_both else None,
        )
    )
    await session.flush()
    session.add(
        CostSheetLine(
            institution_id=there.id,
            cost_sheet_id=sheet_id,
            position=1,
            element="assessors",
            payer="institution",
            quantity_hundredths=100,
            unit_cost_fen=10_000,
            basis=f"依据{mark(owner)}",
        )
    )
    await session.flush()
    made.owners[sheet_id] = owner
    return sheet_id


async def _standard(
    session: AsyncSession, world: World, made: Made, place: tuple[int, int, int], *, state: str, year: int
) -> UUID:
    school, _, organisation = place
    owner = f"s{school + 1}o{organisation + 1}"
    standard_id = await make.store_standard(
        session,
        world,
        ceiling_id=made.ceiling_id,
        school=school,
        certificate_level_id=world.organisations[organisation].levels["2"],
        basis=f"测算{mark(owner)}",
        state=state,
        effective_from=date(year, 1, 1),
        effective_to=date(year + 1, 1, 1),
    )
    made.owners[standard_id] = owner
    return standard_id
