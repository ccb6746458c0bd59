"""Files at the edge: routes that take one as the body, and routes that answer with one."""

from collections.abc import AsyncIterable, Sequence
from typing import Any, Final

from fastapi import Response
from fastapi.responses import StreamingResponse

from x_pilot_api.core.documents import MEDIA_TYPE as PDF
from x_pilot_api.core.tables import writing
from x_pilot_api.core.tables.columns import Column
from x_pilot_api.core.workbooks import MEDIA_TYPE as XLSX

_MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "ndjson": "application/x-ndjson",
    "pdf": PDF,
    "xlsx": XLSX,
    "zip": "application/zip",
}
"""What a file is, by the end of its name."""

TABLES: Final = (XLSX, "text/csv")
"""As what a table is sent."""
ANY_TABLES: Final = (*TABLES, "application/octet-stream")
"""The same from browsers that do not know what a table is."""


def contents(*media: str) -> dict[str, Any]:
    """Describe bytes of any of some media types."""
    return {each: {"schema": {"type": "string", "format": "binary"}} for each in media}


def taking(*media: str) -> dict[str, Any]:
    """Describe a body that is a file, for a route's `openapi_extra`."""
    return {"requestBody": {"required": True, "content": contents(*media)}}


def answering(*ends: str) -> dict[int | str, dict[str, Any]]:
    """Describe an answer that is a file whose name ends so, for a route's `responses`."""
    return {200: {"description": "The file", "content": contents(*(_MEDIA[end] for end in ends))}}


def answer(content: bytes | AsyncIterable[bytes], name: str) -> Response:
    """Answer with a file, whole or piece by piece, which nobody keeps on the way; names are plain ASCII."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    media = _MEDIA[name.rpartition(".")[2]]
    if isinstance(content, bytes):
        return Response(content, media_type=media, headers=headers)
    return StreamingResponse(content, media_type=media, headers=headers)


def template(title: str, columns: Sequence[Column], name: str) -> Response:
    """Answer with an empty table to fill in, with a sheet that explains its columns."""
    return answer(writing.template(title, columns), name)
