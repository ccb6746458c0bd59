"""Reading people."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.identity.models import Institution, Membership, Person


async def find_person(session: AsyncSession, username: str) -> Person | None:
    """Find who signs in under a name."""
    statement = select(Person).where(Person.username == username, Person.disabled_at.is_(None))
    return (await session.scalars(statement)).one_or_none()


async def is_still(session: AsyncSession, person: Person) -> bool:
    """Tell whether a person still has the password that was checked and may sign in, and keep it so until the end."""
    statement = select(Person.id).where(
        Person.id == person.id, Person.password_hash == person.password_hash, Person.disabled_at.is_(None)
    )
    return (await session.scalars(statement.with_for_update(read=True))).one_or_none() is not None


async def list_institutions_of(session: AsyncSession, person_id: UUID) -> Sequence[Institution]:
    """List the institutions a person works in."""
    statement = (
        select(Institution)
        .where(Institution.id.in_(select(Membership.institution_id).where(Membership.person_id == person_id)))
        .order_by(Institution.code)
    )
    return (await session.scalars(statement)).all()
