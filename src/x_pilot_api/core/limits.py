"""How large a body may be, refused as problem details like everything else; FastAPI's own limit answers plain text."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from x_pilot_api.core import errors
from x_pilot_api.core.settings import Settings

_BATCHES = "/v1/partner/result-batches"


class BodyLimit:
    """Refuse a body that declares too much before any of it is read, and any other as soon as too much has come."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.settings.batch_max_bytes if scope["path"] == _BATCHES else self.settings.body_max_bytes
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > limit:
            await errors.render(Request(scope), errors.body_too_large(self.settings))(scope, receive, send)
            return
        taken = 0

        async def receive_counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                # Whoever reads the body lets an HTTPException through and turns anything else into a 400.
                raise HTTPException(errors.BodyTooLarge.status)
            return message

        await self.app(scope, receive_counted, send)
