"""Signing in, and who one is."""

from typing import Annotated

from fastapi import APIRouter, Form, Response

from x_pilot_api.core.auth import CurrentActor, public, require
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity import commands
from x_pilot_api.identity.errors import GrantUnsupported, SignInRefused
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.identity.schemas import MeOut, TokenOut

router = APIRouter(tags=["identity"])

Field = Annotated[str | None, Form(max_length=1024)]


@router.post("/auth/token", dependencies=[public()])
async def issue_token(
    service: CurrentService,
    response: Response,
    grant_type: Annotated[str, Form(examples=["password"])],
    username: Field = None,
    password: Field = None,
    institution: Field = None,
    client_id: Field = None,
    client_secret: Field = None,
    scope: Field = None,
) -> TokenOut:
    """Sign in: a person with `password`, an evaluation organisation's system with `client_credentials`.

    `institution` is the ten-digit code, needed only by people who work in several.
    """
    response.headers["Cache-Control"] = "no-store"
    if grant_type == "password":
        if not username or not password:
            raise SignInRefused
        return await commands.sign_in_person(service, username=username, password=password, institution=institution)
    if grant_type == "client_credentials":
        if not client_id or not client_secret:
            raise SignInRefused
        return await commands.sign_in_client(service, client_id=client_id, client_secret=client_secret, scope=scope)
    raise GrantUnsupported


@router.get("/me", dependencies=[require(Permission.ME_READ)])
async def read_me(actor: CurrentActor) -> MeOut:
    """Tell the caller who they are to the service and what they may do."""
    return MeOut(
        id=actor.id,
        kind=actor.kind,
        name=actor.name,
        roles=sorted(actor.roles),
        permissions=sorted(actor.permissions),
        institution_id=actor.institution_id,
        college_ids=sorted(actor.college_ids),
        organisation_id=actor.organisation_id,
        student_id=actor.student_id,
    )
