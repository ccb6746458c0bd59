"""Who is asking, and the one way a route names the permission it needs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from x_pilot_api.core import clock, logs
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import Session
from x_pilot_api.core.errors import AppError, Forbidden, Guide, Unauthenticated
from x_pilot_api.core.languages import Both
from x_pilot_api.core.row_security import act_for
from x_pilot_api.core.service import CurrentService, Service
from x_pilot_api.core.tokens import TokenError

ACCESS_TOKEN_TYPE = "at+jwt"  # noqa: S105 - a media type
ACCESS_AUDIENCE = "x-pilot"
MACHINE_AUDIENCES = {False: "x-pilot-live", True: "x-pilot-test"}
"""Whom a machine's token is for: a test client's is for test data, and no token is for both."""
_AUDIENCES = frozenset({ACCESS_AUDIENCE, *MACHINE_AUDIENCES.values()})


_bearer = HTTPBearer(auto_error=False, description="An access token from POST /v1/auth/token")


async def get_actor(
    request: Request,
    session: Session,
    service: CurrentService,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Actor:
    """Find the caller by the bearer token; roles come from the database, so a change acts at once."""
    if credentials is None:
        raise Unauthenticated
    actor = await service.find_actor(session, _claims(service, credentials.credentials))
    if actor is None:
        raise Unauthenticated
    await act_for(session, actor)
    caller = f"{actor.kind}:{actor.id}"
    logs.name_caller(caller)
    service.rates.count_caller(request, caller)
    return actor


def _claims(service: Service, token: str) -> dict[str, object]:
    try:
        return dict(
            service.tokens.verify(
                token,
                typ=ACCESS_TOKEN_TYPE,
                audience=_AUDIENCES,
                now=clock.now(),
                max_lifetime=access_lifetime(service),
            )
        )
    except TokenError:
        raise Unauthenticated from None


def access_lifetime(service: Service) -> timedelta:
    """Tell how long an access token lives."""
    return timedelta(minutes=service.settings.access_token_minutes)


CurrentActor = Annotated[Actor, Depends(get_actor)]


async def get_actor_briefly(
    request: Request,
    service: CurrentService,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Actor:
    """Find the caller in a transaction of its own, for a deed that hashes and must hold no connection meanwhile."""
    async with service.database.transaction(read_only=True) as session:
        return await get_actor(request, session, service, credentials)


BriefActor = Annotated[Actor, Depends(get_actor_briefly)]


@dataclass(frozen=True)
class RequirePermission:
    """Let the request pass only if the caller's roles include the permission."""

    permission: str

    async def __call__(self, actor: CurrentActor) -> None:
        """Refuse an actor who may not."""
        if not actor.may(self.permission):
            raise Forbidden(permission=self.permission)


@dataclass(frozen=True)
class RequirePermissionBriefly(RequirePermission):
    """Ask the same in a transaction of its own; the deed opens its transactions itself."""

    async def __call__(self, actor: BriefActor) -> None:
        """Refuse an actor who may not."""
        await super().__call__(actor)


@dataclass(frozen=True)
class RequireRecentProof:
    """Let the request pass only if a person has proven who they are a short while ago."""

    within: timedelta

    async def __call__(self, actor: CurrentActor) -> None:
        """Refuse an actor whose proof is older, or who gave none at all, such as a machine."""
        if actor.authenticated_at is None or clock.now() - actor.authenticated_at > self.within:
            raise ProofOutdated(minutes=int(self.within.total_seconds()) // 60)


class ProofOutdated(AppError):
    """The deed asks for a fresh proof of who somebody is."""

    code = "recent_proof_needed"
    status = 403
    title_zh, title_en = "请重新验证身份", "Prove again who you are"
    detail_zh = "此操作要求在 {minutes} 分钟内验证过身份：POST /v1/auth/step-up。"
    detail_en = "This needs a proof within {minutes} minutes: POST /v1/auth/step-up."
    guide = Guide(
        cause=Both(
            "此操作较敏感，而您上次验证身份已超过时限，或调用方是机器客户端。",
            "The deed is a sensitive one and your last proof is too old, or the caller is a machine and gave none.",
        ),
        fix=Both(
            "以 POST /v1/auth/step-up 重新验证身份，然后重试。",
            "Prove who you are by POST /v1/auth/step-up, then try again.",
        ),
        example={"minutes": 5},
    )


@dataclass(frozen=True)
class OpenToAll:
    """Let every request pass: the route is meant for the public."""

    async def __call__(self) -> None:
        """Refuse nobody."""


def require(permission: str) -> Any:  # noqa: ANN401 - FastAPI's Depends has no public type
    """Name the permission a route needs."""
    return Depends(RequirePermission(permission))


def require_briefly(permission: str) -> Any:  # noqa: ANN401
    """Name the permission of a route that opens its transactions itself."""
    return Depends(RequirePermissionBriefly(permission))


def require_recent(minutes: int = 5) -> Any:  # noqa: ANN401
    """Ask for a fresh proof of who a person is, beside the permission."""
    return Depends(RequireRecentProof(timedelta(minutes=minutes)))


def public() -> Any:  # noqa: ANN401
    """Say that a route is meant for everybody."""
    return Depends(OpenToAll())
