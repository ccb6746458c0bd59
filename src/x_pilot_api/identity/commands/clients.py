"""The deeds on machine clients: making one, changing what it may do, revoking it."""

import base64
import os
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import JsonObject
from x_pilot_api.core.errors import Forbidden
from x_pilot_api.identity import passwords, queries
from x_pilot_api.identity.errors import SignatureStillRequired
from x_pilot_api.identity.models import MachineClient
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.identity.schemas import MachineClientChange, MachineClientIn

_NAME_BYTES = 10


async def create_client(
    session: AsyncSession, actor: Actor, *, wish: MachineClientIn
) -> tuple[MachineClient, str | None]:
    """Make a client of the actor's organisation; a live one can do nothing until it has an approved key."""
    if actor.organisation_id is None:
        raise Forbidden(permission=Permission.CLIENTS_CREATE)
    secret = passwords.draw() if wish.with_secret else None
    name = base64.b32encode(os.urandom(_NAME_BYTES)).decode().lower()
    made = await session.scalars(
        insert(MachineClient)
        .values(
            client_id=f"{'test' if wish.is_test else 'live'}_{name}",
            organisation_id=actor.organisation_id,
            name=wish.name,
            is_test=wish.is_test,
            secret_hash=passwords.digest_of(secret) if secret else None,
            scopes=sorted(set(wish.scopes)),
        )
        .returning(MachineClient)
    )
    client = made.one()
    await _record(session, actor, "create_client", client, {"scopes": client.scopes, "is_test": client.is_test})
    return client, secret


async def change_client(
    session: AsyncSession, actor: Actor, *, client_id: UUID, change: MachineClientChange, if_match: str | None
) -> MachineClient:
    """Change a client's scopes, or whether it must sign; tokens given out before have no more than what is left."""
    client = await queries.lock_client(session, actor, client_id)
    etags.check(queries.describe_lasting(client), if_match=if_match)
    values: JsonObject = {"name": change.name} if change.name is not None else {}
    if change.scopes is not None:
        values["scopes"] = sorted(set(change.scopes))
    if change.signature_required is not None:
        if client.signature_required and not change.signature_required and actor.organisation_id is not None:
            raise SignatureStillRequired
        values["signature_required"] = change.signature_required
    if not values:
        return client
    before = {name: getattr(client, name) for name in values}
    await session.execute(update(MachineClient).where(MachineClient.id == client.id).values(values))
    await session.refresh(client)
    await _record(session, actor, "change_client", client, {"before": before, "after": values})
    return client


async def revoke_client(session: AsyncSession, actor: Actor, *, client_id: UUID) -> MachineClient:
    """Revoke a client for ever; its tokens are worth nothing from the next request on."""
    client = await queries.lock_client(session, actor, client_id)
    await session.execute(update(MachineClient).where(MachineClient.id == client.id).values(revoked_at=clock.now()))
    await session.refresh(client)
    await _record(session, actor, "revoke_client", client, {})
    return client


async def _record(session: AsyncSession, actor: Actor, deed: str, client: MachineClient, detail: JsonObject) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=None,
        object_kind="machine_client",
        object_id=client.id,
        detail=detail | {"client_id": client.client_id},
    )
