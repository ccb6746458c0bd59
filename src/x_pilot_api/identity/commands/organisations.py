"""The deeds on evaluation organisations."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, db, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.audit import State
from x_pilot_api.identity import queries
from x_pilot_api.identity.errors import OrganisationInUse, OrganisationKnown
from x_pilot_api.identity.models import Organisation
from x_pilot_api.identity.schemas import OrganisationChange, OrganisationIn, OrganisationOut

_FIELDS = ("name", "credit_code")


async def enter_organisation(session: AsyncSession, actor: Actor, *, wish: OrganisationIn) -> Organisation:
    """Enter an evaluation organisation."""
    organisation = Organisation(**wish.model_dump())
    async with _unless_known(session):
        session.add(organisation)
    after = changes.fields_of(organisation, *_FIELDS)
    await _record(session, actor, "enter_organisation", organisation.id, after=after)
    return organisation


async def change_organisation(
    session: AsyncSession, actor: Actor, *, organisation_id: UUID, change: OrganisationChange, if_match: str | None
) -> Organisation:
    """Correct an organisation's name or code."""
    organisation = await _lock(session, organisation_id, if_match)
    before = changes.fields_of(organisation, *_FIELDS)
    async with _unless_known(session):
        for name, value in change.model_dump(exclude_none=True).items():
            setattr(organisation, name, value)
    after = changes.fields_of(organisation, *_FIELDS)
    await _record(session, actor, "change_organisation", organisation.id, before=before, after=after)
    return organisation


async def delete_organisation(
    session: AsyncSession, actor: Actor, *, organisation_id: UUID, if_match: str | None
) -> None:
    """Take out an organisation entered by mistake, to which nothing refers."""
    organisation = await _lock(session, organisation_id, if_match)
    before = changes.fields_of(organisation, *_FIELDS)
    try:
        async with db.attempt(session):
            await session.execute(delete(Organisation).where(Organisation.id == organisation_id))
    except IntegrityError as error:
        raise OrganisationInUse(used_by=db.refused_by(error)[1]) from None
    await _record(session, actor, "delete_organisation", organisation_id, before=before)


async def _lock(session: AsyncSession, organisation_id: UUID, if_match: str | None) -> Organisation:
    organisation = await queries.lock_organisation(session, organisation_id)
    etags.check(OrganisationOut.model_validate(organisation, from_attributes=True), if_match=if_match)
    return organisation


@asynccontextmanager
async def _unless_known(session: AsyncSession) -> AsyncGenerator[None]:
    """Write what the block says, unless another organisation has the name or code."""
    try:
        async with db.attempt(session):
            yield
            await session.flush()
    except IntegrityError:
        raise OrganisationKnown from None


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    organisation_id: UUID,
    *,
    before: State | None = None,
    after: State | None = None,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=None,
        object_kind="organisation",
        object_id=organisation_id,
        before=before,
        after=after,
    )
