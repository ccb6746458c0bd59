"""Signing in a machine client: by a key, or on test data by a secret; and noting when it was last at work."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, update

from x_pilot_api.core import auth, clock
from x_pilot_api.core.actors import ActorKind
from x_pilot_api.core.service import Service
from x_pilot_api.identity import passwords, queries
from x_pilot_api.identity.commands import client_proofs
from x_pilot_api.identity.errors import ClientRefused, ScopeRefused
from x_pilot_api.identity.models import MachineClient
from x_pilot_api.identity.schemas import TokenOut

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_NOTED_EVERY = timedelta(minutes=1)
# What this process noted last, so that a busy client does not cost a statement each request.
_noted: dict[UUID, datetime] = {}


async def sign_in_by_assertion(
    service: Service, *, client_id: str | None, assertion: str, scope: str | None
) -> tuple[UUID, TokenOut]:
    """Let in who proves by a key to be a client; the token lives no longer than the key counts."""
    key = await client_proofs.prove_client(
        service.database, assertion, client_id=client_id, audience=service.settings.issuer, now=clock.now()
    )
    if key is None:
        raise ClientRefused
    return key.client.id, _issue(service, key.client, scope=scope, key_id=key.id)


async def sign_in_by_secret(
    service: Service, *, client_id: str, client_secret: str, scope: str | None
) -> tuple[UUID, TokenOut]:
    """Let in a test client by its secret; live clients have none."""
    if not client_id.isprintable():
        raise ClientRefused
    async with service.database.transaction(read_only=True) as session:
        client = await queries.find_client(session, client_id)
    if client is None or not passwords.is_digest_of(client.secret_hash, client_secret):
        raise ClientRefused
    return client.id, _issue(service, client, scope=scope, key_id=None)


async def note_use(service: Service, client_id: UUID) -> None:
    """Note that a client was at work, in a transaction of its own and at most once a minute."""
    now = clock.now()
    last = _noted.get(client_id)
    if last is not None and timedelta(0) <= now - last < _NOTED_EVERY:
        return
    _noted[client_id] = now
    async with service.database.transaction() as session:
        await session.execute(
            update(MachineClient)
            .where(
                MachineClient.id == client_id,
                or_(MachineClient.last_used_at.is_(None), MachineClient.last_used_at <= now - _NOTED_EVERY),
            )
            .values(last_used_at=now)
        )


def _granted(scopes: Sequence[str], asked: str | None) -> str:
    wanted = asked.split() if asked else list(scopes)
    beyond = sorted(set(wanted) - set(scopes))
    if beyond:
        raise ScopeRefused(scope=" ".join(beyond))
    return " ".join(wanted)


def _issue(service: Service, client: MachineClient, *, scope: str | None, key_id: UUID | None) -> TokenOut:
    granted = _granted(client.scopes, scope)
    lifetime = auth.access_lifetime(service)
    claims = {"kind": ActorKind.MACHINE.value, "scope": granted} | ({"key": str(key_id)} if key_id else {})
    token = service.tokens.issue(
        typ=auth.ACCESS_TOKEN_TYPE,
        audience=auth.MACHINE_AUDIENCES[client.is_test],
        subject=str(client.id),
        lifetime=lifetime,
        now=clock.now(),
        claims=claims,
    )
    return TokenOut(
        access_token=token,
        token_type="Bearer",  # noqa: S106 - the kind of token
        expires_in=int(lifetime.total_seconds()),
        scope=granted,
        refresh_token=None,
    )
