"""What imports hand over, as the register's own deeds take it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.tables.kinds import CellFault, Decide, Ground, Remove, Write
from x_pilot_api.registry.commands import entering, lacking
from x_pilot_api.registry.commands.entering import Bounds, Fault, Sheet

SheetOf = Callable[[], Sheet]


def bounds_of(ground: Ground) -> Bounds:
    """Bound the register's deeds as the import is."""
    return Bounds(institution_id=ground.institution_id, colleges=ground.colleges, programmes=ground.programmes)


def faults_of(faults: Mapping[int, CellFault]) -> dict[int, Fault]:
    """Hand over what is wrong with rows by their cells alone."""
    return {place: Fault(fault.code, fault.column) for place, fault in faults.items()}


def decide_by(sheet: SheetOf) -> Decide:
    """Decide rows of a kind that needs nothing beside its own table."""

    async def decide(
        session: AsyncSession, ground: Ground, rows: Sequence[Any], faults: Mapping[int, CellFault]
    ) -> None:
        await entering.decide(session, sheet(), bounds=bounds_of(ground), rows=rows, faults=faults_of(faults))

    return decide


def write_by(sheet: SheetOf) -> Write:
    """Write rows of a kind that needs nothing beside its own table."""

    async def write(session: AsyncSession, ground: Ground) -> None:
        await entering.write(session, sheet(), bounds=bounds_of(ground))
        await lacking.write(session, sheet(), bounds=bounds_of(ground))

    return write


def remove_by(sheet: SheetOf, *, reach: str = "true") -> Remove:
    """Let go what a full file lacks; `reach` is a condition on `target` where not all of an institution's is meant."""

    async def remove(session: AsyncSession, ground: Ground, last: int) -> int:
        return await lacking.stage(session, sheet(), bounds=bounds_of(ground), last=last, reach=reach)

    return remove
