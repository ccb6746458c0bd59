"""What the ground has of imports: each coordinator has one that waits to be confirmed, and one that is applied."""

from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.makings import HASH, Made
from tests.world import World
from x_pilot_api.core import clock
from x_pilot_api.core.jobs import JobRecord
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.imports.commands.sending import CONTEXT
from x_pilot_api.imports.models import ImportRow, TableImport


async def imports(session: AsyncSession, sealer: Sealer, world: World, made: Made) -> None:
    """Make them."""
    for school in range(len(world.schools)):
        for college, who in enumerate(("coordinator", "sibling_coordinator")):
            for state in ("previewed", "applied"):
                await _import(session, sealer, world, made, school=school, college=college, who=who, state=state)


async def _import(
    session: AsyncSession, sealer: Sealer, world: World, made: Made, *, school: int, college: int, who: str, state: str
) -> None:
    there, owner = world.schools[school], f"s{school + 1}i{college}"
    asker = world.callers[who if school == 0 else f"{who}_2"].id
    ended_at = clock.now() if state == "applied" else None
    job = JobRecord(
        id=uuid4(),
        kind=f"import_table {mark(f's{school + 1}j')}",
        institution_id=there.id,
        requested_by=asker,
        arguments={},
        state="succeeded" if state == "applied" else "awaiting_confirmation",
        ended_at=ended_at,
    )
    found = TableImport(
        institution_id=there.id,
        id=uuid4(),
        kind="courses",
        mode="delta",
        state=state,
        file_hash=bytes(32),
        sealed_body=sealer.seal(b"-", context=CONTEXT),
        sealed_error_file=sealer.seal(mark(owner).encode(), context=CONTEXT),
        key_id=sealer.key_id,
        bounds={"colleges": [str(there.colleges[college])], "programmes": []},
        uploaded_by=asker,
        job_id=job.id,
        found={"sheet": mark(owner)},
        counts={"created": 1, "changed": 0, "unchanged": 0, "removed": 0, "blocked": 1},
        digest=HASH,
        applied_at=ended_at,
    )
    session.add_all([job, found])
    await session.flush()
    fault: dict[str, object] = {"column": mark(owner), "code": "cell_missing", "figures": {}}
    session.add(
        ImportRow(
            institution_id=there.id,
            import_id=found.id,
            sequence=1,
            row_number=2,
            outcome="blocked",
            faults=[fault],
            remarks=[],
        )
    )
    await session.flush()
    made.imports[school, college, state] = found.id
    made.owners |= {found.id: owner, job.id: f"s{school + 1}j"}
