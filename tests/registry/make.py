"""Rows and actors for tests of the register."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.conftest import DATA_KEY
from tests.world import World, identity_number
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import PERMISSIONS
from x_pilot_api.registry.commands import Bounds, Desk, Outcome, RowOutcome
from x_pilot_api.registry.schemas.rows import StudentRow

TODAY = date(2026, 9, 1)
DESK = Desk(sealer=Sealer(DATA_KEY), today=TODAY)


def office(world: World, *, school: int = 0) -> Actor:
    """Act as the registrar of a school."""
    caller = world.callers["registrar" if school == 0 else "registrar_2"]
    return _actor(world, caller.id, Role.REGISTRAR, school=school)


def college(world: World, number: int = 0) -> Actor:
    """Act as the coordinator of one of the first school's colleges."""
    caller = world.callers["coordinator" if number == 0 else "sibling_coordinator"]
    actor = _actor(world, caller.id, Role.COORDINATOR, school=0)
    return Actor(
        id=actor.id,
        kind=actor.kind,
        name=actor.name,
        permissions=actor.permissions,
        roles=actor.roles,
        institution_id=actor.institution_id,
        college_ids=frozenset({world.schools[0].colleges[number]}),
    )


def _actor(world: World, person_id: Any, role: Role, *, school: int) -> Actor:  # noqa: ANN401
    return Actor(
        id=person_id,
        kind=ActorKind.PERSON,
        name="a test",
        permissions=frozenset(PERMISSIONS[role]),
        roles=frozenset({role}),
        institution_id=world.schools[school].id,
    )


def bounds(actor: Actor, *, creates: bool = False) -> Bounds:
    """Bound the rows of an actor."""
    return Bounds.of(actor, creates=creates)


def student(serial: int, **values: object) -> StudentRow:
    """Write one row of a student of the first programme."""
    known: dict[str, Any] = {
        "place": serial,
        "student_number": f"2026{serial:06d}",
        "name": f"新生{serial}",
        "document_number": identity_number(serial % 1000, region=f"{320103 + serial // 1000:06d}"),
        "programme_code": "530301",
        "class_name": "会计2601",
        "entry_year": 2026,
    }
    return StudentRow.model_validate(known | values)


def told(outcomes: Sequence[RowOutcome]) -> list[tuple[int, Outcome, str | None, str | None]]:
    """Say in short what became of rows."""
    return [(row.place, row.outcome, row.code, row.column) for row in outcomes]
