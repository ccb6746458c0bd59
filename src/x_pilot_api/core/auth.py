"""Who is asking, and the one way a route names the permission it needs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from x_pilot_api.core import clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import Session
from x_pilot_api.core.errors import Forbidden, Unauthenticated
from x_pilot_api.core.service import CurrentService, Service
from x_pilot_api.core.tokens import TokenError

ACCESS_TOKEN_TYPE = "at+jwt"  # noqa: S105 - a media type
ACCESS_AUDIENCE = "x-pilot"
MACHINE_AUDIENCES = {False: "x-pilot-live", True: "x-pilot-test"}
"""Whom a machine's token is for: a test client's is for test data, and no token is for both."""
_AUDIENCES = frozenset({ACCESS_AUDIENCE, *MACHINE_AUDIENCES.values()})


_bearer = HTTPBearer(auto_error=False, description="An access token from POST /v1/auth/token")


async def get_actor(
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


@dataclass(frozen=True)
class RequirePermission:
    """Let the request pass only if the caller's roles include the permission."""

    permission: str

    async def __call__(self, actor: CurrentActor) -> None:
        """Refuse an actor who may not."""
        if not actor.may(self.permission):
            raise Forbidden(permission=self.permission)


@dataclass(frozen=True)
class OpenToAll:
    """Let every request pass: the route is meant for the public."""

    async def __call__(self) -> None:
        """Refuse nobody."""


def require(permission: str) -> Any:  # noqa: ANN401 - FastAPI's Depends has no public type
    """Name the permission a route needs."""
    return Depends(RequirePermission(permission))


def public() -> Any:  # noqa: ANN401
    """Say that a route is meant for everybody."""
    return Depends(OpenToAll())
