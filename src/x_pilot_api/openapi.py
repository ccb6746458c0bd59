"""The two documents of the API: the whole, and what concerns evaluation organisations."""

import json
from pathlib import Path
from typing import Any

from x_pilot_api.app import create_app

_PARTNER_PATHS = ("/v1/partner/", "/v1/auth/token", "/v1/me", "/v1/certificates", "/v1/verify/")
_PERSONS_PATHS = ("/v1/me/student", "/v1/me/teacher")
_PERSONS_TAGS = frozenset({"inbox", "my space"})
"""What belongs to a person of a college, beneath a path that machines have too."""


def whole() -> dict[str, Any]:
    """Describe every operation."""
    return create_app().openapi()


def for_partners() -> dict[str, Any]:
    """Describe what an organisation's system may call, with the schemas that takes."""
    document = whole()
    paths = {
        path: item
        for path, item in document["paths"].items()
        if path.startswith(_PARTNER_PATHS) and path not in _PERSONS_PATHS and not _is_a_persons(item)
    }
    schemas: dict[str, Any] = {}
    components: dict[str, Any] = document["components"]["schemas"]
    waiting = _names(paths) | _names(document["webhooks"])
    while waiting:
        name = waiting.pop()
        if name not in schemas:
            schemas[name] = components[name]
            waiting |= _names(components[name])
    info = document["info"] | {"title": "X-Pilot for evaluation organisations"}
    kept = {name: components[name] for name in components if name in schemas}
    return document | {"info": info, "paths": paths, "components": document["components"] | {"schemas": kept}}


def _is_a_persons(item: dict[str, Any]) -> bool:
    return any(_PERSONS_TAGS & set(operation["tags"]) for operation in item.values())


def _names(part: Any) -> set[str]:  # noqa: ANN401 - any part of a JSON document
    if isinstance(part, dict):
        found: set[str] = set().union(*(_names(value) for value in part.values()))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        reference = part.get("$ref")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return found | ({reference.rpartition("/")[2]} if isinstance(reference, str) else set())
    if isinstance(part, list):
        return set().union(*(_names(value) for value in part))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return set()


def written(document: dict[str, Any]) -> str:
    """Write a document the way it is committed."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> None:
    """Write both documents."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "openapi.json").write_text(written(whole()), encoding="utf-8")
    (folder / "partners.json").write_text(written(for_partners()), encoding="utf-8")
