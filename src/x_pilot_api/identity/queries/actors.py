"""Finding who asks: the actor behind a token, with the roles and scopes of this moment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Row, Select, bindparam, exists, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import auth, clock
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.service import FindActor
from x_pilot_api.core.settings import PasswordProfile, Settings
from x_pilot_api.identity import password_policy, rules
from x_pilot_api.identity.models import ClientKey, MachineClient, Membership, Person, PlatformRole, Role, SignInSession
from x_pilot_api.identity.permissions import PERMISSIONS, SCOPES, WHILE_OWING, Permission
from x_pilot_api.identity.queries import sessions

Grants = list[list[str | None]]
_PersonRow = Row[UUID, str, UUID, UUID | None, datetime, datetime | None, datetime | None, Any, Any]

ENROL_SECOND_FACTOR = "enrol_second_factor"
CHANGE_PASSWORD = "change_password"  # noqa: S105 - a deed


_memberships = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_array(
                    Membership.role, Membership.college_id, Membership.student_id, Membership.programme_id
                ),
                Membership.id,
            )
        )
    )
    .where(Membership.person_id == Person.id, Membership.institution_id == SignInSession.institution_id)
    .scalar_subquery()
)


_platform_roles = (
    select(func.json_agg(func.json_build_array(PlatformRole.role, PlatformRole.organisation_id)))
    .where(PlatformRole.person_id == Person.id)
    .scalar_subquery()
)


def person_of_a_session() -> Select[UUID, str, UUID, UUID | None, datetime, datetime | None, datetime | None, Any, Any]:
    """Write the one question asked for each request of a person: who they are, if their session lives."""
    return (
        select(
            Person.id,
            Person.name,
            SignInSession.id.label("session_id"),
            SignInSession.institution_id,
            SignInSession.authenticated_at,
            SignInSession.second_factor_at,
            Person.password_changed_at,
            _memberships.label("memberships"),
            _platform_roles.label("platform"),
        )
        .join(SignInSession, SignInSession.person_id == Person.id)
        .where(
            SignInSession.id == bindparam("session_id"),
            sessions.lives_at(bindparam("now", type_=DateTime(timezone=True))),
            Person.id == bindparam("person_id"),
            Person.disabled_at.is_(None),
        )
    )


_person = person_of_a_session()


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


@dataclass(frozen=True)
class Demands:
    """What the installation demands of people before they may do anything else."""

    second_factor_roles: frozenset[Role]
    password_profile: PasswordProfile

    def of(self, roles: frozenset[Role], row: _PersonRow, now: datetime) -> Iterator[str]:
        """Name what a person who is signed in still owes."""
        if roles & self.second_factor_roles and row.second_factor_at is None:
            yield ENROL_SECOND_FACTOR
        if password_policy.is_outdated(row.password_changed_at, profile=self.password_profile, now=now):
            yield CHANGE_PASSWORD


def actor_finder(settings: Settings) -> FindActor:
    """Make the function that finds who asks, by the rules of an installation."""
    demands = Demands(frozenset(Role(name) for name in settings.second_factor_roles), settings.password_profile)

    async def find(session: AsyncSession, claims: Mapping[str, object]) -> Actor | None:
        return await _find_actor(session, claims, demands=demands)

    return find


async def _find_actor(session: AsyncSession, claims: Mapping[str, object], *, demands: Demands) -> Actor | None:
    """Find who a token speaks for, with the roles and scopes of this moment; nobody once its session has ended."""
    try:
        subject_id = UUID(str(claims.get("sub")))
        if claims.get("kind") == ActorKind.MACHINE:
            return await _find_client(session, subject_id, claims)
        if claims.get("aud") in auth.MACHINE_AUDIENCES.values():
            return None
        session_id = UUID(str(claims.get("sid")))
    except ValueError:
        return None
    now = clock.now()
    row = (
        await session.execute(_person, {"person_id": subject_id, "session_id": session_id, "now": now})
    ).one_or_none()
    return _person_actor(row, demands, now) if row is not None else None


def _person_actor(row: _PersonRow, demands: Demands, now: datetime) -> Actor:
    memberships: Grants = row.memberships or []
    # Who acts for an institution has no powers over the platform meanwhile: its auditor would else see all of one.
    outside: Grants = row.platform or []
    platform = [grant for grant in outside if not memberships or grant[0] not in rules.POWERS]
    roles = frozenset(Role(str(grant[0])) for grant in (*memberships, *platform))
    permissions = frozenset[Permission]().union(*(PERMISSIONS[role] for role in roles))
    owes = frozenset(demands.of(roles, row, now))
    return Actor(
        id=row.id,
        kind=ActorKind.PERSON,
        name=row.name,
        roles=roles,
        permissions=permissions & WHILE_OWING if owes else permissions,
        owes=owes,
        institution_id=row.institution_id if memberships else None,
        college_ids=frozenset(UUID(college) for _, college, _, _ in memberships if college),
        programme_ids=frozenset(
            UUID(programme) for role, _, _, programme in memberships if programme and role == Role.COORDINATOR
        ),
        seen_programme_ids=_seen(memberships),
        student_id=next((UUID(student) for _, _, student, _ in memberships if student), None),
        organisation_id=next((UUID(organisation) for _, organisation in platform if organisation), None),
        session_id=row.session_id,
        authenticated_at=row.authenticated_at,
    )


def _seen(memberships: Grants) -> frozenset[UUID] | None:
    if not memberships or not all(programme for _, _, _, programme in memberships):
        return None
    return frozenset(UUID(programme) for _, _, _, programme in memberships if programme)


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
