"""The deeds on machine clients' keys: adding one, approving it, revoking it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, jobs
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.tokens import PublicKey
from x_pilot_api.identity import queries
from x_pilot_api.identity.commands import client_proofs
from x_pilot_api.identity.errors import (
    ClientKeyApproved,
    ClientKeyKnown,
    ClientKeyOver,
    ClientKeyPeriod,
    ClientKeysFull,
    RotationProofRefused,
)
from x_pilot_api.identity.models import ClientKey, MachineClient
from x_pilot_api.identity.schemas import ClientKeyIn

_SLOTS = (1, 2)
_USUAL = timedelta(days=365)
_LONGEST = timedelta(days=400)


@dataclass(frozen=True)
class _Period:
    not_before: datetime
    not_after: datetime


async def add_key(
    session: AsyncSession, actor: Actor, *, client_id: UUID, wish: ClientKeyIn, audience: str
) -> ClientKey:
    """Add a public key; one that a key in use vouches for counts at once, another waits for a second person."""
    now = clock.now()
    client = await queries.lock_client(session, actor, client_id)
    public_key = PublicKey.from_jwk(wish.public_jwk)
    period = _period(wish, now)
    known = await session.scalar(select(ClientKey.id).where(ClientKey.kid == public_key.kid))
    if known is not None:
        raise ClientKeyKnown(kid=public_key.kid)
    slot = await _free_slot(session, client, period)
    if wish.rotation_proof is not None and not await client_proofs.vouches(
        session, wish.rotation_proof, client=client, new_key=public_key.kid, audience=audience, now=now
    ):
        raise RotationProofRefused(kid=public_key.kid)
    counts = client.is_test or wish.rotation_proof is not None
    added = await session.scalars(
        insert(ClientKey)
        .values(
            machine_client_id=client.id,
            slot=slot,
            kid=public_key.kid,
            public_jwk=public_key.jwk(),
            not_before=period.not_before,
            not_after=period.not_after,
            added_at=now,
            approved_at=now if counts else None,
            approved_by=actor.id if counts else None,
        )
        .returning(ClientKey)
    )
    key = added.one()
    await _record(session, actor, "add_client_key", client, key)
    return key


async def approve_key(session: AsyncSession, actor: Actor, *, client_id: UUID, key_id: UUID) -> ClientKey:
    """Let a waiting key count; who does it compares its thumbprint with what the organisation names otherwise."""
    now = clock.now()
    client = await queries.lock_client(session, actor, client_id)
    key = await queries.get_key(session, client, key_id)
    if key.revoked_at is not None or key.not_after <= now:
        raise ClientKeyOver(kid=key.kid)
    if key.approved_at is not None:
        raise ClientKeyApproved(kid=key.kid)
    approval = update(ClientKey).where(ClientKey.id == key.id).values(approved_at=now, approved_by=actor.id)
    await session.execute(approval)
    await session.refresh(key)
    await _record(session, actor, "approve_client_key", client, key)
    return key


async def revoke_key(session: AsyncSession, actor: Actor, *, client_id: UUID, key_id: UUID) -> ClientKey:
    """Revoke a key for ever; tokens it brought are worth nothing from the next request on."""
    client = await queries.lock_client(session, actor, client_id)
    key = await queries.get_key(session, client, key_id)
    if key.revoked_at is not None:
        raise ClientKeyOver(kid=key.kid)
    await session.execute(update(ClientKey).where(ClientKey.id == key.id).values(revoked_at=clock.now()))
    await session.refresh(key)
    await _record(session, actor, "revoke_client_key", client, key)
    # Whoever announces stands above this area, so it is asked to by name.
    told = {
        "organisation_id": str(client.organisation_id),
        "by_organisation_id": str(actor.organisation_id) if actor.organisation_id else None,
        "machine_client_id": str(client.id),
        "client_id": client.client_id,
        "key_id": str(key.id),
        "is_test": client.is_test,
    }
    await jobs.enqueue(session, "announce_revoked_key", arguments=told, requested_by=actor)
    return key


def _period(wish: ClientKeyIn, now: datetime) -> _Period:
    not_before = wish.not_before or now
    period = _Period(not_before, wish.not_after or not_before + _USUAL)
    if not (now < period.not_after and not_before < period.not_after <= not_before + _LONGEST):
        raise ClientKeyPeriod(
            not_before=period.not_before.isoformat(), not_after=period.not_after.isoformat(), limit_days=_LONGEST.days
        )
    return period


async def _free_slot(session: AsyncSession, client: MachineClient, period: _Period) -> int:
    """Find a place for a key; the client's row is locked, and an exclusion constraint stands behind that."""
    taken = await session.scalars(
        select(ClientKey.slot).where(
            ClientKey.machine_client_id == client.id,
            ClientKey.revoked_at.is_(None),
            func.tstzrange(ClientKey.not_before, ClientKey.not_after).op("&&")(
                func.tstzrange(period.not_before, period.not_after)
            ),
        )
    )
    held = list(taken)
    free = next((slot for slot in _SLOTS if slot not in held), None)
    if free is None:
        raise ClientKeysFull(
            keys=len(held), not_before=period.not_before.isoformat(), not_after=period.not_after.isoformat()
        )
    return free


async def _record(session: AsyncSession, actor: Actor, deed: str, client: MachineClient, key: ClientKey) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=None,
        object_kind="client_key",
        object_id=key.id,
        detail={"client_id": client.client_id, "kid": key.kid, "counts": key.approved_at is not None},
    )
