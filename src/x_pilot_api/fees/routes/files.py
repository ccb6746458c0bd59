"""What the routes that take files or give templates say of themselves."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query, Response

from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables import writing
from x_pilot_api.core.tables.columns import Column
from x_pilot_api.core.workbooks import MEDIA_TYPE as XLSX

TABLE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            media: {"schema": {"type": "string", "format": "binary"}}
            for media in (XLSX, "text/csv", "application/octet-stream")
        },
    }
}
FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file", "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}
}
ValidateOnly = Annotated[bool, Query(description="Do all of it, report what would become of each row, keep nothing")]


def template(title: Both, columns: Sequence[Column], name: str) -> Response:
    """Answer with an empty table to fill in."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(writing.template(title.zh, columns), media_type=XLSX, headers=headers)
