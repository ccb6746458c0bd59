"""Granting and withdrawing roles; what was changed acts on the person's next request."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import attempt
from x_pilot_api.core.errors import NotFound
from x_pilot_api.identity import queries, rules
from x_pilot_api.identity.errors import (
    LastSecurityAdmin,
    NotOneself,
    RoleBeyond,
    RoleHeld,
    RolesApart,
    RoleScopeUnfit,
    RoleScopeUnknown,
)
from x_pilot_api.identity.models import Membership, Person, PlatformRole, Role
from x_pilot_api.identity.queries import Held
from x_pilot_api.identity.rules import RoleScope
from x_pilot_api.identity.schemas import RoleIn

_NO_SUCH_ROW = "23503"


async def grant_role(session: AsyncSession, actor: Actor, *, person_id: UUID, wish: RoleIn) -> Held:
    """Give a person one role more."""
    person = await queries.lock_person_of(session, actor, person_id)
    if person.id == actor.id:
        raise NotOneself
    return await add_role(session, actor, person, wish)


async def add_role(session: AsyncSession, actor: Actor, person: Person, wish: RoleIn) -> Held:
    """Give a role to a person who is locked or new."""
    scope = _scope_of(actor, wish)
    if not rules.scope_fits(wish.role, scope):
        raise RoleScopeUnfit(role=wish.role)
    _refuse_apart(await queries.list_all_roles_of(session, person.id), wish.role, scope)
    held = _row(actor, person, wish.role, scope)
    try:
        async with attempt(session):
            session.add(held)
            await session.flush()
    except IntegrityError as refused:
        raise (RoleScopeUnknown if _state(refused) == _NO_SUCH_ROW else RoleHeld) from None
    await record(session, actor, "grant_role", held)
    return held


def _state(refused: IntegrityError) -> str:
    return str(getattr(refused.orig, "sqlstate", ""))


def _scope_of(actor: Actor, wish: RoleIn) -> RoleScope:
    """Find where the role is to be held; an office grants its own institution's roles, and not all of them."""
    institution_id = wish.institution_id
    if Role.SECURITY_ADMIN not in actor.roles:
        if institution_id not in {None, actor.institution_id}:
            raise NotFound(what="institution", zh="院校")
        if wish.role not in rules.GRANTED_BY_OFFICE:
            raise RoleBeyond
        institution_id = actor.institution_id
    return RoleScope(institution_id, wish.college_id, wish.programme_id, wish.student_id, wish.organisation_id)


def _refuse_apart(others: Sequence[Held], role: Role, scope: RoleScope) -> None:
    """Refuse a role outside institutions beside any other; the same one again is refused as such by its key."""
    for other in others:
        if isinstance(other, Membership) and scope.institution_id is not None:
            continue
        is_same = isinstance(other, PlatformRole) and scope.institution_id is None and other.role == role
        if not is_same or getattr(other, "organisation_id", None) != scope.organisation_id:
            raise RolesApart


def _row(actor: Actor, person: Person, role: Role, scope: RoleScope) -> Held:
    granted = {"granted_by": actor.id, "granted_at": clock.now()}
    if scope.institution_id is None:
        return PlatformRole(person_id=person.id, role=role, organisation_id=scope.organisation_id, **granted)
    return Membership(
        institution_id=scope.institution_id,
        person_id=person.id,
        role=role,
        college_id=scope.college_id,
        programme_id=scope.programme_id,
        student_id=scope.student_id,
        **granted,
    )


async def withdraw_role(session: AsyncSession, actor: Actor, *, person_id: UUID, role_id: UUID) -> None:
    """Take one role from a person."""
    person = await queries.lock_person_of(session, actor, person_id)
    if person.id == actor.id:
        raise NotOneself
    held = next((it for it in await queries.list_roles_of(session, actor, [person.id]) if it.id == role_id), None)
    if held is None:
        raise NotFound(what="role", zh="角色")
    if Role.SECURITY_ADMIN not in actor.roles and held.role not in rules.GRANTED_BY_OFFICE:
        raise RoleBeyond
    if held.role == Role.SECURITY_ADMIN:
        await refuse_last(session, person)
    await record(session, actor, "withdraw_role", held)
    await session.delete(held)
    await session.flush()


async def refuse_last(session: AsyncSession, person: Person) -> None:
    """Refuse to take the power to grant roles from the last person who can use it."""
    if not await queries.is_security_admin_beside(session, person.id):
        raise LastSecurityAdmin


async def record(session: AsyncSession, actor: Actor, deed: str, held: Held) -> None:
    """Write down a role that came or went, with its whole scope."""
    institution_id = held.institution_id if isinstance(held, Membership) else None
    names = ("college_id", "programme_id", "student_id", "organisation_id")
    scope = {name: str(value) for name in names if (value := getattr(held, name, None)) is not None}
    fields = {"role": str(held.role), **scope}
    before, after = (None, fields) if deed == "grant_role" else (fields, None)
    await audit.record(
        session,
        actor,
        deed,
        institution_id=institution_id,
        object_kind="person",
        object_id=held.person_id,
        detail={"role_id": str(held.id), "before": before, "after": after},
    )
