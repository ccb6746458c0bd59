"""Signing in, and who one is."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from x_pilot_api.core.auth import CurrentActor, public, require
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity import commands, rules
from x_pilot_api.identity.errors import GrantUnsupported, RefreshRefused, SignInRefused
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.identity.schemas import MeOut, TokenOut

router = APIRouter(tags=["identity"])

Field = Annotated[str | None, Form(max_length=1024)]


@router.post("/auth/token", dependencies=[public()])
async def issue_token(
    service: CurrentService,
    request: Request,
    response: Response,
    grant_type: Annotated[str, Form(examples=["password"])],
    username: Field = None,
    password: Field = None,
    otp: Field = None,
    institution: Field = None,
    refresh_token: Field = None,
    client_id: Field = None,
    client_secret: Field = None,
    scope: Field = None,
) -> TokenOut:
    """Sign in: a person with `password`, an evaluation organisation's system with `client_credentials`.

    `institution` is the ten-digit code, needed only by people who work in several; `otp` is the code of a second
    factor, needed by those whose role asks for one. With `refresh_token` a person stays in: each one is good once.
    """
    response.headers["Cache-Control"] = "no-store"
    if grant_type == "password":
        if not username or not password:
            raise SignInRefused
        claimed = commands.Claimed(username, password, otp, institution)
        return await commands.sign_in_person(service, claimed=claimed, origin=_origin(request))
    if grant_type == "refresh_token":
        if not refresh_token:
            raise RefreshRefused
        return await commands.refresh_session(service, refresh_token=refresh_token)
    if grant_type == "client_credentials":
        if not client_id or not client_secret:
            raise SignInRefused
        return await commands.sign_in_client(service, client_id=client_id, client_secret=client_secret, scope=scope)
    raise GrantUnsupported


def _origin(request: Request) -> commands.Origin:
    address = request.client.host if request.client else "unknown"
    return commands.Origin(address=address, agent=rules.label_of(request.headers.get("user-agent", "")))


@router.get("/me", dependencies=[require(Permission.ME_READ)])
async def read_me(actor: CurrentActor) -> MeOut:
    """Tell the caller who they are to the service and what they may do."""
    return MeOut(
        id=actor.id,
        kind=actor.kind,
        name=actor.name,
        roles=sorted(actor.roles),
        permissions=sorted(actor.permissions),
        owes=sorted(actor.owes),
        institution_id=actor.institution_id,
        college_ids=sorted(actor.college_ids),
        organisation_id=actor.organisation_id,
        student_id=actor.student_id,
    )
