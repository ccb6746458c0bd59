"""Machine clients of evaluation organisations, and their keys."""

from uuid import UUID

from fastapi import Request, Response

from x_pilot_api.core import clock, etags, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity import commands, queries
from x_pilot_api.identity.models import ClientKey, MachineClient
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.identity.schemas import (
    ClientKeyIn,
    ClientKeyOut,
    MachineClientChange,
    MachineClientIn,
    MachineClientMadeOut,
    MachineClientOut,
)

router = AreaRouter(prefix="/machine-clients", tags=["machine clients"])


@router.get("", dependencies=[require(Permission.CLIENTS_READ)])
async def list_machine_clients(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[MachineClientOut]:
    """List the machine clients of one's organisation; security administrators and the platform's auditors see all."""
    rows, token = await queries.list_clients(session, actor, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[MachineClientOut](items=[queries.describe_client(row) for row in rows], next_page_token=token)


@router.post("", status_code=201, dependencies=[require(Permission.CLIENTS_CREATE)])
async def create_machine_client(
    body: MachineClientIn, response: Response, session: Session, actor: CurrentActor
) -> MachineClientMadeOut:
    """Make a client of one's organisation, for test data or for live data.

    A secret is only for a test client, and is shown this once. A live client can do nothing before its first key is
    approved by a security administrator.
    """
    client, secret = await commands.create_client(session, actor, wish=body)
    response.headers["Location"] = f"/v1/machine-clients/{client.id}"
    response.headers["Cache-Control"] = "no-store"
    return MachineClientMadeOut(**queries.describe_client(client).model_dump(), client_secret=secret)


@router.get("/{client_id}", response_model=MachineClientOut, dependencies=[require(Permission.CLIENTS_READ)])
async def get_machine_client(client_id: UUID, session: Session, actor: CurrentActor) -> Response:
    """Read one machine client; its `ETag` does not change by its being used."""
    return _tagged(await queries.get_client(session, actor, client_id))


@router.patch(
    "/{client_id}",
    response_model=MachineClientOut,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.CLIENTS_CHANGE)],
)
async def change_machine_client(
    client_id: UUID, body: MachineClientChange, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> Response:
    """Change a client's scopes, or whether it must sign what it pushes, at once."""
    return _tagged(await commands.change_client(session, actor, client_id=client_id, change=body, if_match=if_match))


@router.post("/{client_id}:revoke", dependencies=[require(Permission.CLIENTS_REVOKE)])
async def revoke_machine_client(client_id: UUID, session: Session, actor: CurrentActor) -> MachineClientOut:
    """Revoke a client for ever; tokens given out before are refused from the next request on."""
    return queries.describe_client(await commands.revoke_client(session, actor, client_id=client_id))


@router.get("/{client_id}/keys", dependencies=[require(Permission.CLIENTS_READ)])
async def list_client_keys(
    client_id: UUID, request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[ClientKeyOut]:
    """List a client's public keys, oldest first, those that are over too."""
    client = await queries.get_client(session, actor, client_id)
    rows, token = await queries.list_keys(session, client, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[ClientKeyOut](items=[_key(row) for row in rows], next_page_token=token)


@router.post("/{client_id}/keys", status_code=201, dependencies=[require(Permission.CLIENT_KEYS_ADD)])
async def add_client_key(
    client_id: UUID, body: ClientKeyIn, session: Session, actor: CurrentActor, service: CurrentService
) -> ClientKeyOut:
    """Add a public key; at most two hold at any moment, so that one can follow the other.

    A live client's key counts at once if a key that counts now vouches for it (`rotation_proof`); else it waits for a
    security administrator. A test client's key counts at once.
    """
    issuer = service.settings.issuer
    return _key(await commands.add_key(session, actor, client_id=client_id, wish=body, audience=issuer))


@router.post("/{client_id}/keys/{key_id}:approve", dependencies=[require(Permission.CLIENT_KEYS_APPROVE)])
async def approve_client_key(client_id: UUID, key_id: UUID, session: Session, actor: CurrentActor) -> ClientKeyOut:
    """Let a waiting key count, after its thumbprint was compared with what the organisation named on another way."""
    return _key(await commands.approve_key(session, actor, client_id=client_id, key_id=key_id))


@router.post("/{client_id}/keys/{key_id}:revoke", dependencies=[require(Permission.CLIENTS_REVOKE)])
async def revoke_client_key(client_id: UUID, key_id: UUID, session: Session, actor: CurrentActor) -> ClientKeyOut:
    """Revoke a key for ever; tokens it brought are refused from the next request on."""
    return _key(await commands.revoke_key(session, actor, client_id=client_id, key_id=key_id))


def _tagged(client: MachineClient) -> Response:
    """Answer with a client, and with the tag that a change has to name."""
    tag = etags.answer(queries.describe_lasting(client), if_none_match=None).headers["ETag"]
    content = queries.describe_client(client).model_dump_json()
    return Response(content, media_type="application/json", headers={"ETag": tag})


def _key(key: ClientKey) -> ClientKeyOut:
    return ClientKeyOut(
        id=key.id,
        kid=key.kid,
        public_jwk=key.public_jwk,
        state=queries.state_of_key(key, at=clock.now()),
        not_before=key.not_before,
        not_after=key.not_after,
        added_at=key.added_at,
        approved_at=key.approved_at,
        revoked_at=key.revoked_at,
    )
