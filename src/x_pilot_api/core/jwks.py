"""The keys of a running service: published for whoever wants to check a token, and looked for anew as they rotate."""

import asyncio

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from x_pilot_api.core import logs
from x_pilot_api.core.auth import public
from x_pilot_api.core.service import CurrentService, Service

router = APIRouter(tags=["identity"])

_KEPT_SECONDS = 300
_LOOK_EVERY_SECONDS = 30


class JwkOut(BaseModel):
    """One public key, as RFC 7517 writes it."""

    kty: str = Field(examples=["EC"])
    crv: str = Field(examples=["P-256"])
    x: str
    y: str
    kid: str = Field(description="The name that the header of a token calls it by")
    alg: str = Field(examples=["ES256"])
    use: str = Field(examples=["sig"])


class JwksOut(BaseModel):
    """The keys in use: the one that signs now, the next, and former ones whose tokens may still be valid."""

    keys: list[JwkOut]


@router.get("/.well-known/jwks.json", dependencies=[public()])
async def list_signing_keys(service: CurrentService, response: Response) -> JwksOut:
    """List the public keys of access tokens; a new one is here before it signs."""
    response.headers["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    return JwksOut.model_validate(service.tokens.jwks())


def look_again(service: Service) -> None:
    """Let the service use the keys that are in use now; what cannot be read leaves it the keys it has."""
    if service.read_keys is None:
        return
    try:
        service.tokens.use(service.read_keys())
    except RuntimeError as error:
        # Its text names a file of this machine, which the log need not.
        logs.logger.error("signing_keys_unreadable", kind=type(error).__name__)


async def follow(service: Service) -> None:
    """Look for new keys from time to time until cancelled."""
    while True:
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
        await asyncio.to_thread(look_again, service)
