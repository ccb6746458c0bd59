"""What every answer tells a browser: trust nothing that is in it, keep no copy, show it inside nobody's page."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from x_pilot_api.core import rates
from x_pilot_api.core.settings import Settings

_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_YEAR = 365 * 24 * 60 * 60

_DOCS = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self'; "
    "script-src 'unsafe-inline' https://cdn.jsdelivr.net; style-src 'unsafe-inline' https://cdn.jsdelivr.net; "
    "img-src data: https://fastapi.tiangolo.com"
)
"""The page of the documentation alone runs scripts; they come from where FastAPI loads them."""


class AnswerHeaders:
    """Add to every answer what its route did not say itself."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.is_https = settings.issuer.startswith("https://")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        standings: list[rates.Standing] = []
        scope["x_pilot.standings"] = standings

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope)
                message["headers"] = [*message["headers"], *rates.headers_of(standings)]
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _add(self, headers: MutableHeaders, scope: Scope) -> None:
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "no-referrer")
        headers.setdefault("Content-Security-Policy", _DOCS if scope["path"] == "/docs" else _NOTHING)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # A copy may be kept of what is asked for by its ETag, if it is asked about each time.
        headers.setdefault("Cache-Control", "private, no-cache" if "etag" in headers else "no-store")
        if self.is_https:
            headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}; includeSubDomains")
