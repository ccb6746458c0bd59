"""Taking a client's signature on a request: it holds, and its nonce was not used before."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock, signatures
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.signatures import SignatureFault, SignedRequest
from x_pilot_api.identity import queries
from x_pilot_api.identity.commands import client_proofs
from x_pilot_api.identity.errors import SignatureMissing, SignatureRefused


@dataclass(frozen=True)
class Taken:
    """A signature that held when it came, as it is kept with what was signed."""

    client_key_id: UUID
    value: bytes
    base: str


async def take_signature(session: AsyncSession, caller: Actor, *, request: SignedRequest) -> Taken | None:
    """Check the signature of a request, if there is one or must be one; what is there and wrong is always refused."""
    if not request.headers.get("signature") and not request.headers.get("signature-input"):
        if await queries.must_sign(session, caller.id):
            raise SignatureMissing
        return None
    now = clock.now()
    keys = await queries.list_live_keys(session, caller.id, at=now)
    try:
        found = signatures.verify(request, keys={kid: key.public_key for kid, key in keys.items()}, now=now)
    except SignatureFault as fault:
        raise SignatureRefused(reason=fault.reason) from None
    key_id = keys[found.kid].id
    if not await client_proofs.use_once(
        session, key_id, use="signature", nonce=found.nonce, expires_at=found.expires_at, now=now
    ):
        raise SignatureRefused(reason="nonce_used")
    return Taken(client_key_id=key_id, value=found.value, base=found.base)
