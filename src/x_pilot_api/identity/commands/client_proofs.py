"""What a machine client proves by a key: who it is, and that a new key is its own. Each proof counts once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import tokens
from x_pilot_api.core.db import Database
from x_pilot_api.core.tokens import TokenError
from x_pilot_api.identity import queries
from x_pilot_api.identity.models import KeyUse, MachineClient
from x_pilot_api.identity.queries import LiveKey

ASSERTION_LIFETIME = timedelta(seconds=60)
_ASSERTION_TYPES = frozenset({"JWT", "client-authentication+jwt"})
_ROTATION_TYPES = frozenset({"key-rotation+jwt"})
# A little longer than the proof itself, for processes whose clocks differ.
_MARGIN = timedelta(seconds=60)
_REMOVED_AT_ONCE = 100


@dataclass(frozen=True)
class _Proof:
    key: LiveKey
    claims: Mapping[str, object]

    @property
    def jti(self) -> str:
        return str(self.claims["jti"])

    @property
    def expires_at(self) -> datetime:
        return datetime.fromtimestamp(int(str(self.claims["exp"])), tz=UTC)


async def prove_client(
    database: Database, assertion: str, *, client_id: str | None, audience: str, now: datetime
) -> LiveKey | None:
    """Find the key, and with it the client, that an assertion proves; None if it proves nothing, or did so before."""
    async with database.transaction(read_only=True) as session:
        proof = await _read(session, assertion, types=_ASSERTION_TYPES, audience=audience, now=now)
    if proof is None or client_id not in {None, proof.key.client.client_id}:
        return None
    async with database.transaction() as session:
        return proof.key if await _counts_once(session, proof, now=now) else None


async def vouches(
    session: AsyncSession, proof: str, *, client: MachineClient, new_key: str, audience: str, now: datetime
) -> bool:
    """Tell whether a key of the client that counts now vouches for a new one."""
    found = await _read(session, proof, types=_ROTATION_TYPES, audience=audience, now=now)
    if found is None or found.key.client.id != client.id or found.claims.get("new_key") != new_key:
        return False
    return await _counts_once(session, found, now=now)


async def _read(
    session: AsyncSession, token: str, *, types: frozenset[str], audience: str, now: datetime
) -> _Proof | None:
    try:
        kid = tokens.key_named_by(token, types=types)
        key = await queries.find_live_key(session, kid, at=now)
        if key is None:
            return None
        claims = tokens.verify_foreign(
            token,
            key=key.public_key,
            subject=key.client.client_id,
            audience=audience,
            now=now,
            max_lifetime=ASSERTION_LIFETIME,
        )
    except TokenError:
        return None
    return _Proof(key, claims)


async def _counts_once(session: AsyncSession, proof: _Proof, *, now: datetime) -> bool:
    return await use_once(session, proof.key.id, use="assertion", nonce=proof.jti, expires_at=proof.expires_at, now=now)


async def use_once(
    session: AsyncSession, key_id: UUID, *, use: str, nonce: str, expires_at: datetime, now: datetime
) -> bool:
    """Take note of what a key proved; False if it was noted before, by whichever process."""
    noted = await session.execute(
        insert(KeyUse)
        .values(client_key_id=key_id, use=use, nonce=nonce, expires_at=expires_at + _MARGIN)
        .on_conflict_do_nothing()
        .returning(KeyUse.nonce)
    )
    if noted.first() is None:
        return False
    # What is over can be forgotten; whatever another request is forgetting right now is left to it.
    over = select(KeyUse.client_key_id, KeyUse.use, KeyUse.nonce).where(KeyUse.expires_at < now)
    some = over.limit(_REMOVED_AT_ONCE).with_for_update(skip_locked=True).cte("over")
    await session.execute(
        delete(KeyUse).where(
            KeyUse.client_key_id == some.c.client_key_id, KeyUse.use == some.c.use, KeyUse.nonce == some.c.nonce
        )
    )
    return True
