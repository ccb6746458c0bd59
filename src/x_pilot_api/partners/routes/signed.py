"""Signed requests: the digest is compared before anything reads the body, the signature before anything believes it."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute

from x_pilot_api.core import signatures
from x_pilot_api.core.auth import CurrentActor
from x_pilot_api.core.db import Session
from x_pilot_api.core.service import CurrentService
from x_pilot_api.core.signatures import SignedRequest
from x_pilot_api.identity import commands as clients
from x_pilot_api.identity.errors import SignatureRefused


class DigestFirst(APIRoute):
    """A route whose signed requests are compared with their digest before their bytes are read as JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Put the comparison before everything else, the framework's reading of the body too."""
        answer = super().get_route_handler()

        async def compare_then_answer(request: Request) -> Response:
            digests = request.headers.getlist("content-digest")
            if "signature" in request.headers and digests:
                body = await request.body()
                if any(digest != signatures.digest_of(body) for digest in digests):
                    raise SignatureRefused(reason="digest")
            return await answer(request)

        return compare_then_answer


async def _check_signature(
    request: Request, session: Session, actor: CurrentActor, service: CurrentService
) -> clients.Taken | None:
    """Check the request's signature over the bytes as they came."""
    target = request.scope.get("raw_path", b"").decode("latin-1") + (
        f"?{request.url.query}" if request.url.query else ""
    )
    signed = SignedRequest(
        method=request.method,
        # Where the public finds us: what a caller writes into Host is the caller's own.
        url=service.settings.issuer.rstrip("/") + target,
        headers={name: request.headers.getlist(name) for name in signatures.HEADERS},
        body=await request.body(),
    )
    return await clients.take_signature(session, actor, request=signed)


CheckedSignature = Annotated[clients.Taken | None, Depends(_check_signature)]
