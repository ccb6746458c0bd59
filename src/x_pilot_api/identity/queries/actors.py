"""Finding who asks: the actor behind a token, with the roles and scopes of this moment."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, exists, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import auth, clock
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.identity.models import ClientKey, MachineClient, Membership, Person, PlatformRole, Role
from x_pilot_api.identity.permissions import PERMISSIONS, SCOPES, Permission

Grants = list[list[str | None]]


_memberships = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_array(Membership.role, Membership.college_id, Membership.student_id), Membership.id
            )
        )
    )
    .where(Membership.person_id == Person.id, Membership.institution_id == bindparam("institution_id"))
    .scalar_subquery()
)


_platform_roles = (
    select(func.json_agg(func.json_build_array(PlatformRole.role, PlatformRole.organisation_id)))
    .where(PlatformRole.person_id == Person.id)
    .scalar_subquery()
)


_person = select(Person.id, Person.name, _memberships.label("memberships"), _platform_roles.label("platform")).where(
    Person.id == bindparam("person_id"), Person.disabled_at.is_(None)
)


_client = select(
    MachineClient.id, MachineClient.name, MachineClient.organisation_id, MachineClient.scopes, MachineClient.is_test
).where(MachineClient.id == bindparam("client_id"), MachineClient.revoked_at.is_(None))

# What a key brought ends with the key.
_client_by_key = _client.where(
    exists().where(
        ClientKey.id == bindparam("key_id"),
        ClientKey.machine_client_id == MachineClient.id,
        ClientKey.revoked_at.is_(None),
        ClientKey.not_after > bindparam("at"),
    )
)


async def find_actor(session: AsyncSession, claims: Mapping[str, object]) -> Actor | None:
    """Find who a token speaks for, with the roles and scopes of this moment."""
    subject, institution = claims.get("sub"), claims.get("institution")
    try:
        subject_id = UUID(str(subject))
        institution_id = UUID(str(institution)) if institution is not None else None
    except ValueError:
        return None
    if claims.get("kind") == ActorKind.MACHINE:
        return await _find_client(session, subject_id, claims)
    if claims.get("aud") in auth.MACHINE_AUDIENCES.values():
        return None
    found = await session.execute(_person, {"person_id": subject_id, "institution_id": institution_id})
    row = found.one_or_none()
    return _person_actor(row, institution_id) if row is not None else None


def _person_actor(row: Row[UUID, str, Any, Any], institution_id: UUID | None) -> Actor:
    memberships: Grants = row.memberships or []
    platform: Grants = row.platform or []
    roles = frozenset(Role(str(grant[0])) for grant in (*memberships, *platform))
    permissions = frozenset[Permission]().union(*(PERMISSIONS[role] for role in roles))
    return Actor(
        id=row.id,
        kind=ActorKind.PERSON,
        name=row.name,
        roles=roles,
        permissions=permissions,
        institution_id=institution_id if memberships else None,
        college_ids=frozenset(UUID(college) for _, college, _ in memberships if college),
        student_id=next((UUID(student) for _, _, student in memberships if student), None),
        organisation_id=next((UUID(organisation) for _, organisation in platform if organisation), None),
    )


async def _find_client(session: AsyncSession, client_id: UUID, claims: Mapping[str, object]) -> Actor | None:
    key = claims.get("key")
    if key is None:
        found = await session.execute(_client, {"client_id": client_id})
    else:
        found = await session.execute(
            _client_by_key, {"client_id": client_id, "key_id": UUID(str(key)), "at": clock.now()}
        )
    row = found.one_or_none()
    if row is None or claims.get("aud") != auth.MACHINE_AUDIENCES[row.is_test]:
        return None
    granted = str(claims.get("scope", "")).split()
    return Actor(
        id=row.id,
        kind=ActorKind.MACHINE,
        name=row.name,
        permissions=frozenset(row.scopes) & frozenset(granted) & SCOPES | {Permission.ME_READ},
        organisation_id=row.organisation_id,
        is_test=row.is_test,
    )
