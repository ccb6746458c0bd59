"""The built web application, served beside the API: whatever path is not the API's is a file of it, or its one page."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

OURS = ("/v1", "/v", "/api", "/problems", "/docs", "/openapi.json", "/healthz", "/readyz", "/.well-known")
"""Paths of the service itself, which are never answered with the page; `/v` holds the pages that need no script."""

_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; "
    "worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Scripts come from our own origin only; Ant Design writes its styles into the page. Workbooks are packed in a worker
that a script of ours writes; it runs under this policy too (ADR 52)."""

_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_PAGE = "/index.html"
_WORTH_PACKING = ("text/", "application/json", "image/svg", "application/manifest")
_ABSENT = (
    "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>X-Pilot</title>"
    "<p>API 正在运行；网页尚未构建：运行 make web。"
    "<p lang=en>The API is running; the web application is not built here: run make web. <a href=/docs>/docs</a>"
)


@dataclass(frozen=True)
class File:
    """One file of the application, with its copy for those who can unpack it."""

    name: str
    content: bytes

    @cached_property
    def media_type(self) -> str:
        """Name what the file is."""
        if self.name.endswith(".webmanifest"):
            return "application/manifest+json"
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @cached_property
    def etag(self) -> str:
        """Name this content."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'

    @cached_property
    def packed(self) -> bytes | None:
        """Pack the file once, if that is worth it."""
        if not self.media_type.startswith(_WORTH_PACKING):
            return None
        return gzip.compress(self.content, compresslevel=9, mtime=0)


Files = Mapping[str, File]


def read() -> Files:
    """Read the built application from the package; nothing when it was not built."""
    folder = resources.files("x_pilot_api") / "webui"
    return dict(_files_in(folder, "")) if folder.is_dir() else {}


def _files_in(folder: Traversable, above: str) -> list[tuple[str, File]]:
    found: list[tuple[str, File]] = []
    for entry in folder.iterdir():
        path = f"{above}/{entry.name}"
        if entry.is_dir():
            # The manifest of the build is for the tests, not for browsers.
            found += [] if entry.name.startswith(".") else _files_in(entry, path)
        else:
            found.append((path, File(entry.name, entry.read_bytes())))
    return found


def is_ours(path: str) -> bool:
    """Tell whether a path belongs to the service."""
    return any(path == ours or path.startswith(f"{ours}/") for ours in OURS)


class Pages:
    """Answer with the application's files what is not the service's to answer."""

    def __init__(self, app: ASGIApp, files: Files) -> None:
        self.app = app
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or is_ours(scope["path"]):
            await self.app(scope, receive, send)
            return
        found = self.files.get(scope["path"])
        is_asset = scope["path"].startswith("/assets/")
        if found is None and is_asset:
            # An asset of another build: the page would be taken for a script.
            await self.app(scope, receive, send)
            return
        await self._answer(scope, found or self.files.get(_PAGE), is_asset=is_asset)(scope, receive, send)

    def _answer(self, scope: Scope, file: File | None, *, is_asset: bool) -> Response:
        if file is None:
            return Response(_ABSENT, status_code=404, media_type="text/html")
        asked = Headers(scope=scope)
        headers = {
            "Cache-Control": _FOR_EVER if is_asset else _ASK_AGAIN,
            "Content-Security-Policy": _POLICY,
            "ETag": file.etag,
            "Vary": "Accept-Encoding",
        }
        if asked.get("if-none-match") == file.etag:
            return Response(status_code=304, headers=headers)
        packed = file.packed if "gzip" in asked.get("accept-encoding", "") else None
        if packed is not None:
            headers["Content-Encoding"] = "gzip"
        return Response(packed or file.content, media_type=file.media_type, headers=headers)
