"""A machine client's own keys, and what it signs with them: with real keys, so that only the one fault is refused."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy.ext.asyncio import AsyncSession

from tests.core.hostile_tokens import b64, raw, written
from x_pilot_api.core import clock
from x_pilot_api.core.tokens import PublicKey, SigningKey
from x_pilot_api.identity.commands.client_sign_in import ASSERTION_TYPE
from x_pilot_api.identity.models import ClientKey

ISSUER = "https://x-pilot.test"
LEFT_OUT = object()


@dataclass
class Holder:
    """Somebody with a private key, and the client they say they are."""

    client_id: str
    key: SigningKey = field(default_factory=SigningKey.generate)

    @property
    def kid(self) -> str:
        """Name the key as the service does."""
        return self.public.kid

    @property
    def public(self) -> PublicKey:
        """Give the public half."""
        return PublicKey(self.key.private_key.public_key())

    def head(self, **changes: object) -> bytes:
        """Write a header."""
        return _document({"alg": "ES256", "kid": self.kid, "typ": "JWT"} | changes)

    def claims(self, **changes: object) -> bytes:
        """Write the claims of an assertion that is good now."""
        now = int(clock.now().timestamp())
        own = {"iss": self.client_id, "sub": self.client_id, "aud": ISSUER, "jti": uuid4().hex}
        return _document({**own, "iat": now, "exp": now + 60} | changes)

    def sign(self, head: bytes, claims: bytes) -> str:
        """Sign whatever it is."""
        text = f"{b64(head)}.{b64(claims)}"
        return f"{text}.{b64(raw(self.key.private_key.sign(text.encode(), ec.ECDSA(hashes.SHA256()))))}"

    def assertion(self, **changes: object) -> str:
        """Make an assertion that is good but for what is changed in its claims."""
        return self.sign(self.head(), self.claims(**changes))

    def vouch(self, new: "Holder", **changes: object) -> str:
        """Vouch for the key that is to follow."""
        return self.sign(self.head(typ="key-rotation+jwt"), self.claims(new_key=new.kid, **changes))


def _document(members: dict[str, object]) -> bytes:
    return written({name: value for name, value in members.items() if value is not LEFT_OUT})


async def register(
    session: AsyncSession,
    machine_client_id: UUID,
    holder: Holder,
    *,
    slot: int = 1,
    approved: bool = True,
    **changes: Any,  # noqa: ANN401 - columns of a key
) -> UUID:
    """Put a key where the deeds would have put it."""
    now = datetime.now(UTC)
    key_id = uuid4()
    values: dict[str, Any] = {
        "not_before": now - timedelta(days=1),
        "not_after": now + timedelta(days=1),
        "added_at": now,
        "approved_at": now if approved else None,
        "approved_by": uuid4() if approved else None,
    }
    session.add(
        ClientKey(
            id=key_id,
            machine_client_id=machine_client_id,
            slot=slot,
            kid=holder.kid,
            public_jwk=holder.public.jwk(),
            **values | changes,
        )
    )
    await session.flush()
    return key_id


async def ask(client: httpx.AsyncClient, assertion: str, **fields: str) -> httpx.Response:
    """Ask for a token with an assertion."""
    form = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}
    return await client.post("/v1/auth/token", data=form | fields)
