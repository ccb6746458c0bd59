"""Reading machine clients and their keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.core.tokens import PublicKey
from x_pilot_api.identity.errors import ClientRevoked
from x_pilot_api.identity.models import ClientKey, Institution, MachineClient, Role
from x_pilot_api.identity.schemas import MachineClientOut


@dataclass(frozen=True)
class LiveKey:
    """A key that counts at this moment, and the client it proves."""

    id: UUID
    client: MachineClient
    public_key: PublicKey


def clients_visible_to(actor: Actor) -> Select[MachineClient]:
    """Select the clients an actor may see: an organisation's people its own, who watches over the platform all."""
    if actor.organisation_id is not None:
        return select(MachineClient).where(MachineClient.organisation_id == actor.organisation_id)
    if Role.SECURITY_ADMIN in actor.roles or (Role.AUDITOR in actor.roles and actor.institution_id is None):
        return select(MachineClient)
    return select(MachineClient).where(false())


def describe_client(client: MachineClient) -> MachineClientOut:
    """Write a client as its organisation sees it."""
    return MachineClientOut(
        id=client.id,
        client_id=client.client_id,
        organisation_id=client.organisation_id,
        name=client.name,
        is_test=client.is_test,
        has_secret=client.secret_hash is not None,
        scopes=client.scopes,
        signature_required=client.signature_required,
        revoked_at=client.revoked_at,
        last_used_at=client.last_used_at,
    )


def describe_lasting(client: MachineClient) -> MachineClientOut:
    """Write what of a client people have decided: its being used is no change that another one could be lost over."""
    return describe_client(client).model_copy(update={"last_used_at": None})


def institutions_open_to(actor: Actor) -> Select[UUID]:
    """Select the institutions whose data an actor's mode reaches: a test client's are those marked so."""
    statement = select(Institution.id)
    return statement if actor.is_test is None else statement.where(Institution.is_test == actor.is_test)


async def find_client(session: AsyncSession, client_id: str) -> MachineClient | None:
    """Find a machine client that may still call."""
    statement = select(MachineClient).where(MachineClient.client_id == client_id, MachineClient.revoked_at.is_(None))
    return (await session.scalars(statement)).one_or_none()


async def get_client(session: AsyncSession, actor: Actor, client_id: UUID) -> MachineClient:
    """Read one visible client."""
    return await _one(session, clients_visible_to(actor).where(MachineClient.id == client_id))


async def lock_client(session: AsyncSession, actor: Actor, client_id: UUID) -> MachineClient:
    """Lock a visible client that is not revoked, so that deeds on it and its keys queue."""
    visible = clients_visible_to(actor).where(MachineClient.id == client_id)
    client = await _one(session, visible.with_for_update(key_share=True))
    if client.revoked_at is not None:
        raise ClientRevoked(client_id=client.client_id, revoked_at=client.revoked_at.isoformat())
    return client


async def _one(session: AsyncSession, statement: Select[MachineClient]) -> MachineClient:
    return await lookups.get_one(session, statement, what="machine client", zh="接口客户端")


async def list_clients(
    session: AsyncSession, actor: Actor, *, wish: PageWish
) -> tuple[Sequence[MachineClient], str | None]:
    """List visible clients by the name they sign in with."""
    return await page_of(session, clients_visible_to(actor), order=(MachineClient.client_id,), wish=wish)


async def get_key(session: AsyncSession, client: MachineClient, key_id: UUID) -> ClientKey:
    """Read one key of a client."""
    statement = select(ClientKey).where(ClientKey.machine_client_id == client.id, ClientKey.id == key_id)
    return await lookups.get_one(session, statement, what="client key", zh="客户端密钥")


async def list_keys(
    session: AsyncSession, client: MachineClient, *, wish: PageWish
) -> tuple[Sequence[ClientKey], str | None]:
    """List a client's keys, oldest first, the revoked ones too."""
    statement = select(ClientKey).where(ClientKey.machine_client_id == client.id)
    return await page_of(session, statement, order=(ClientKey.id,), wish=wish)


async def find_live_key(session: AsyncSession, kid: str, *, at: datetime) -> LiveKey | None:
    """Find a key by its name if it is approved, within its period, not revoked, and of a client that may call."""
    statement = (
        select(ClientKey, MachineClient)
        .join(MachineClient, MachineClient.id == ClientKey.machine_client_id)
        .where(
            ClientKey.kid == kid,
            ClientKey.approved_at.is_not(None),
            ClientKey.revoked_at.is_(None),
            ClientKey.not_before <= at,
            ClientKey.not_after > at,
            MachineClient.revoked_at.is_(None),
        )
    )
    row = (await session.execute(statement)).one_or_none()
    if row is None:
        return None
    key, client = row
    return LiveKey(id=key.id, client=client, public_key=PublicKey.from_jwk(key.public_jwk))


async def must_sign(session: AsyncSession, client_id: UUID) -> bool:
    """Tell whether a client is bound to sign what it pushes."""
    return bool(await session.scalar(select(MachineClient.signature_required).where(MachineClient.id == client_id)))


async def list_live_keys(session: AsyncSession, client_id: UUID, *, at: datetime) -> dict[str, LiveKey]:
    """List the keys of a client that count at an instant, by their names; there are at most two."""
    statement = select(ClientKey.kid).where(ClientKey.machine_client_id == client_id)
    found = [await find_live_key(session, kid, at=at) for kid in (await session.scalars(statement)).all()]
    return {key.public_key.kid: key for key in found if key is not None}


def state_of_key(key: ClientKey, *, at: datetime) -> str:
    """Tell where a key stands at an instant."""
    if key.revoked_at is not None:
        return "revoked"
    if key.not_after <= at:
        return "over"
    if key.approved_at is None:
        return "waiting"
    return "coming" if key.not_before > at else "live"
