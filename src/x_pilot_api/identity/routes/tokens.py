"""Signing in, and who one is."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import BackgroundTasks, Form, Request, Response

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, public, require
from x_pilot_api.core.service import CurrentService, Service
from x_pilot_api.identity import commands, rules
from x_pilot_api.identity.commands.client_sign_in import ASSERTION_TYPE
from x_pilot_api.identity.errors import ClientRefused, GrantUnsupported, RefreshRefused, SignInRefused
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.identity.schemas import MeOut, TokenOut

router = AreaRouter(tags=["identity"])

Field = Annotated[str | None, Form(max_length=1024)]


@router.post("/auth/token", dependencies=[public()])
async def issue_token(
    service: CurrentService,
    request: Request,
    response: Response,
    background: BackgroundTasks,
    grant_type: Annotated[str, Form(examples=["password"])],
    username: Field = None,
    password: Field = None,
    otp: Field = None,
    institution: Field = None,
    refresh_token: Field = None,
    client_id: Field = None,
    client_secret: Field = None,
    client_assertion_type: Field = None,
    client_assertion: Annotated[str | None, Form(description="RFC 7523; at most 4,096 characters")] = None,
    scope: Field = None,
) -> TokenOut:
    """Sign in: a person with `password`, an evaluation organisation's system with `client_credentials`.

    `institution` is the ten-digit code, needed only by people who work in several; `otp` is the code of a second
    factor, needed by those whose role asks for one. With `refresh_token` a person stays in: each one is good once.
    A system proves who it is by a
    `client_assertion` signed with one of its keys (ES256, `aud` exactly our issuer, at most 60 seconds, `jti` once),
    or, on test data, by its secret.
    """
    response.headers["Cache-Control"] = "no-store"
    if grant_type == "password":
        if not username or not password:
            raise SignInRefused
        claimed = commands.Claimed(username, password, otp, institution)
        agent = rules.label_of(request.headers.get("user-agent", ""))
        return await commands.sign_in_person(service, claimed=claimed, agent=agent)
    if grant_type == "refresh_token":
        if not refresh_token:
            raise RefreshRefused
        return await commands.refresh_session(service, refresh_token=refresh_token)
    if grant_type == "client_credentials":
        proof = _Proof(client_id, client_secret, client_assertion_type, client_assertion)
        return await _sign_in_client(service, background, proof, scope=scope)
    raise GrantUnsupported


@dataclass(frozen=True)
class _Proof:
    """What a client sent to prove who it is."""

    client_id: str | None
    client_secret: str | None = field(repr=False)
    assertion_type: str | None
    assertion: str | None = field(repr=False)


async def _sign_in_client(
    service: Service, background: BackgroundTasks, proof: _Proof, *, scope: str | None
) -> TokenOut:
    """Let a client in by one proof; two at once would leave open which of them counts."""
    if proof.assertion is not None and proof.assertion_type == ASSERTION_TYPE and proof.client_secret is None:
        client, token = await commands.sign_in_by_assertion(
            service, client_id=proof.client_id, assertion=proof.assertion, scope=scope
        )
    elif proof.client_id and proof.client_secret and proof.assertion is proof.assertion_type is None:
        client, token = await commands.sign_in_by_secret(
            service, client_id=proof.client_id, client_secret=proof.client_secret, scope=scope
        )
    else:
        raise ClientRefused
    background.add_task(commands.note_use, service, client)
    return token


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
