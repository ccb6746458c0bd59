"""Reading people with their roles; who may see which person is decided here."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, exists, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity import rules
from x_pilot_api.identity.errors import RoleBeyond
from x_pilot_api.identity.models import Membership, Person, PlatformRole, Role

Held = Membership | PlatformRole


def people_visible_to(actor: Actor) -> Select[Person]:
    """Select the people an actor may see: who grants roles everybody, an institution's office and auditor its own."""
    if Role.SECURITY_ADMIN in actor.roles:
        return select(Person)
    if actor.institution_id is None or not actor.roles & {Role.REGISTRAR, Role.AUDITOR}:
        return select(Person).where(false())
    here = exists().where(Membership.person_id == Person.id, Membership.institution_id == actor.institution_id)
    return select(Person).where(here)


async def get_person(session: AsyncSession, actor: Actor, person_id: UUID) -> Person:
    """Read one person the actor may see."""
    return await lookups.get_one(
        session, people_visible_to(actor).where(Person.id == person_id), what="person", zh="人员"
    )


async def list_people(
    session: AsyncSession, actor: Actor, *, role: Role | None, wish: PageWish
) -> tuple[Sequence[Person], str | None]:
    """List the people an actor may see by user name, or those of them who hold a role that the actor may see."""
    statement = people_visible_to(actor)
    if role is not None:
        held = _memberships(actor).where(Membership.role == role).with_only_columns(Membership.person_id)
        on_platform = _platform_roles(actor).where(PlatformRole.role == role)
        statement = statement.where(
            or_(Person.id.in_(held), Person.id.in_(on_platform.with_only_columns(PlatformRole.person_id)))
        )
    return await page_of(session, statement, order=(Person.username, Person.id), wish=wish)


def _memberships(actor: Actor) -> Select[Membership]:
    memberships = select(Membership)
    if Role.SECURITY_ADMIN in actor.roles:
        return memberships
    return memberships.where(Membership.institution_id == actor.institution_id)


def _platform_roles(actor: Actor) -> Select[PlatformRole]:
    roles = select(PlatformRole)
    return roles if Role.SECURITY_ADMIN in actor.roles else roles.where(false())


async def list_roles_of(session: AsyncSession, actor: Actor, person_ids: Collection[UUID]) -> Sequence[Held]:
    """List the roles of people as far as the actor may see them, those in institutions first, oldest first."""
    memberships = _memberships(actor).where(Membership.person_id.in_(person_ids)).order_by(Membership.id)
    platform = _platform_roles(actor).where(PlatformRole.person_id.in_(person_ids)).order_by(PlatformRole.id)
    return [*await session.scalars(memberships), *await session.scalars(platform)]


async def list_all_roles_of(session: AsyncSession, person_id: UUID) -> Sequence[Held]:
    """List all roles of a person, wherever they are held, for a rule that has to know them all."""
    memberships = select(Membership).where(Membership.person_id == person_id)
    platform = select(PlatformRole).where(PlatformRole.person_id == person_id)
    return [*await session.scalars(memberships), *await session.scalars(platform)]


async def lock_person_of(session: AsyncSession, actor: Actor, person_id: UUID) -> Person:
    """Lock one person the actor may see, and with them whoever grants roles, in the order of their ids.

    Two deeds that each leave one security administrator would together leave none; locked, they follow one another.
    """
    admins = select(PlatformRole.person_id).where(PlatformRole.role == Role.SECURITY_ADMIN)
    rows = Person.id == person_id
    if Role.SECURITY_ADMIN in actor.roles:
        rows = or_(rows, Person.id.in_(admins))
    await session.execute(select(Person.id).where(rows).order_by(Person.id).with_for_update(key_share=True))
    found = people_visible_to(actor).where(Person.id == person_id).execution_options(populate_existing=True)
    return await lookups.get_one(session, found, what="person", zh="人员")


async def lock_managed_person(session: AsyncSession, actor: Actor, person_id: UUID) -> Person:
    """Lock a person whose account the actor decides on: an office on those alone whose every role it grants."""
    person = await lock_person_of(session, actor, person_id)
    if Role.SECURITY_ADMIN in actor.roles:
        return person
    for held in await list_all_roles_of(session, person.id):
        is_here = isinstance(held, Membership) and held.institution_id == actor.institution_id
        if not is_here or held.role not in rules.GRANTED_BY_OFFICE:
            raise RoleBeyond
    return person


async def is_security_admin_beside(session: AsyncSession, person_id: UUID) -> bool:
    """Tell whether somebody else who can sign in grants roles."""
    others = exists().where(
        PlatformRole.person_id == Person.id,
        PlatformRole.role == Role.SECURITY_ADMIN,
        Person.id != person_id,
        Person.disabled_at.is_(None),
        Person.password_hash.is_not(None),
    )
    return bool(await session.scalar(select(others)))
