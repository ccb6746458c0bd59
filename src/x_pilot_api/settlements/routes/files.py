"""How routes answer with a file."""

from typing import Any

from fastapi import Response

from x_pilot_api.settlements.commands.exporting import MEDIA, FileFormat


def answering(*media: str) -> dict[int | str, dict[str, Any]]:
    """Describe an answer that is a file."""
    schema = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"description": "The file", "content": dict.fromkeys(media, schema)}}


def answer(content: bytes, name: str, *, media: str) -> Response:
    """Answer with a file that nobody keeps on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media, headers=headers)


def table(content: bytes, name: str, file_format: FileFormat) -> Response:
    """Answer with a table in the format that was asked for."""
    return answer(content, f"{name}.{file_format}", media=MEDIA[file_format])
