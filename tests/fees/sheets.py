"""Cost sheets for tests."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from tests.fees.persons import registrar
from tests.world import World
from x_pilot_api.fees import commands
from x_pilot_api.fees.models import CostSheet
from x_pilot_api.fees.schemas import CostSheetIn


def line(**changes: object) -> dict[str, Any]:
    """Write two assessors for 200 yuan each."""
    body = {"element": "assessors", "quantity": "2.00", "unit_cost_fen": 20_000, "basis": "合同第 3 条"}
    return body | changes


def sheet_body(world: World, **changes: object) -> dict[str, Any]:
    """Write the sheet of the first college for the first organisation's intermediate level in 2026."""
    body: dict[str, Any] = {
        "college_id": str(world.schools[0].colleges[0]),
        "certificate_level_id": str(world.organisations[0].levels["2"]),
        "exam_form": "computer",
        "year": 2026,
        "machine_marked": True,
        "candidates": 100,
        "lines": [line(), line(element="venue", in_kind="venue", quantity="1.00", unit_cost_fen=50_000)],
    }
    return body | changes


async def drawn_up(session: AsyncSession, world: World, **changes: object) -> CostSheet:
    """Draw up a sheet as the office does."""
    wish = CostSheetIn.model_validate(sheet_body(world, **changes))
    return await commands.draw_up_cost_sheet(session, registrar(world), wish=wish)
