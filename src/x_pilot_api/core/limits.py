"""How large and how slow a request may be, and how many at once: refused as problem details like everything else."""

import asyncio

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from x_pilot_api.core import errors, metrics, problems
from x_pilot_api.core.rates import Rates
from x_pilot_api.core.settings import Settings

_BATCHES = ("/v1/partner/result-batches", "/v1/result-uploads")
_IMPORTS = "/v1/imports"


class BodyLimit:
    """Refuse a body that declares too much before reading it, any other as soon as too much has come, or too late."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.limits = {
            **dict.fromkeys(_BATCHES, settings.batch_max_bytes),
            _IMPORTS: settings.import_max_bytes,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.limits.get(scope["path"], self.settings.body_max_bytes)
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > limit:
            await problems.render(Request(scope), problems.body_too_large(self.settings))(scope, receive, send)
            return
        taken, whole = 0, False
        late_at = asyncio.get_running_loop().time() + self.settings.body_timeout_seconds

        async def receive_counted() -> Message:
            nonlocal taken, whole
            if whole:
                return await receive()
            try:
                async with asyncio.timeout_at(late_at):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(errors.BodyTooSlow.status) from None
            taken += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if taken > limit:
                # Whoever reads the body lets an HTTPException through and turns anything else into a 400.
                raise HTTPException(errors.BodyTooLarge.status)
            return message

        await self.app(scope, receive_counted, send)


class Load:
    """Refuse what comes too often or beyond what can be answered at once, and give up what takes too long."""

    def __init__(self, app: ASGIApp, settings: Settings, rates: Rates) -> None:
        self.app = app
        self.settings = settings
        self.rates = rates
        self.running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if self.running >= self.settings.requests_max:
            await problems.render(request, errors.Overloaded())(scope, receive, send)
            return
        try:
            self.rates.count_address(request)
        except errors.RateLimited as refusal:
            await problems.render(request, refusal)(scope, receive, send)
            return
        self.running += 1
        metrics.running.inc()
        try:
            await self._answer(scope, receive, send)
        finally:
            self.running -= 1
            metrics.running.dec()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False
        patience = asyncio.timeout(self.settings.request_timeout_seconds)
        try:
            async with patience:

                async def send_in_time(message: Message) -> None:
                    nonlocal started
                    if not started:
                        # What has begun to be answered may go on, such as a stream of events.
                        started = True
                        patience.reschedule(None)
                    await send(message)

                await self.app(scope, receive, send_in_time)
        except TimeoutError:
            if started or not patience.expired():
                raise
            await problems.render(Request(scope), errors.TookTooLong())(scope, receive, send)
