"""Who may do what as a page to read, written from the one table of permissions and from the routes themselves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from x_pilot_api.app import create_app
from x_pilot_api.core.area_router import contexts_of
from x_pilot_api.core.auth import OpenToAll, RequirePermission
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import PERMISSIONS, SCOPES, Permission

_HEAD = """\
# Permissions

Written by `x-pilot permissions docs/permissions.md` from `identity/permissions` and from the routes;
`tests/test_permission_table.py` fails when this page and the code differ. A permission says what kind of thing somebody
may do at all: who lacks it is answered 403. Which objects it reaches is decided by the areas' queries: an object out
of reach is answered 404, as if it did not exist. `tests/authz/expected/` states both for every route, role and
relation, and every cell of it is tried.

A path answers the methods listed here; every other one, HEAD and OPTIONS among them, is answered 405 with `Allow`, and
a path that is not listed 404, whoever asks.
"""

_MACHINE = "machine client"
_MARK = "x"


@dataclass(frozen=True)
class Entry:
    """One operation and the permission it needs; without one it is meant for everybody."""

    method: str
    path: str
    operation: str
    permission: str | None


def entries(app: FastAPI) -> list[Entry]:
    """List the operations of an application in the order of its routes."""
    return [
        Entry(method, context.path or "", context.unique_id, _permission_of(context.dependant))
        for context in contexts_of(app)
        if isinstance(context.original_route, APIRoute)
        for method in sorted(context.methods or ())
    ]


def _permission_of(dependant: Dependant) -> str | None:
    named = [inner.call for inner in _walk(dependant)]
    required = [call.permission for call in named if isinstance(call, RequirePermission)]
    if len(required) + sum(isinstance(call, OpenToAll) for call in named) != 1:
        # Such a page would tell less than the truth, so there is none.
        raise ValueError("a route names its permission by exactly one require(...) or public()")
    return required[0] if required else None


def _walk(dependant: Dependant) -> Iterator[Dependant]:
    for inner in dependant.dependencies:
        yield inner
        yield from _walk(inner)


def holders(permission: str) -> list[str]:
    """Name the roles that hold a permission, and the machine clients if it can be one of their scopes."""
    roles = [str(role) for role, held in PERMISSIONS.items() if permission in held]
    # A machine client may ask who it is, whatever its scopes.
    return [*roles, _MACHINE] if permission in SCOPES | {Permission.ME_READ} else roles


def page() -> str:
    """Write the whole page."""
    return "\n".join([_HEAD, *_by_role(), *_by_route(entries(create_app())), *_scopes()])


def write(file: Path) -> None:
    """Write the page into a file."""
    file.write_text(page(), encoding="utf-8")


def _by_role() -> Iterator[str]:
    columns = (*(str(role) for role in Role), _MACHINE)
    yield from ("## Roles", "", "What each role holds; `identity/permissions` is the only place that says so.", "")
    yield _line(("permission", *columns))
    yield _line("---" for _ in range(len(columns) + 1))
    for permission in Permission:
        held = holders(permission)
        yield _line((f"`{permission}`", *(_MARK if column in held else "" for column in columns)))
    yield ""


def _by_route(found: Iterable[Entry]) -> Iterator[str]:
    yield from ("## Routes", "", "What each route needs, and who holds it.", "")
    yield _line(("method", "path", "operation", "permission", "held by"))
    yield _line("---" for _ in range(5))
    for entry in found:
        permission = f"`{entry.permission}`" if entry.permission else "none"
        who = ", ".join(holders(entry.permission)) if entry.permission else "everybody, signed in or not"
        yield _line((entry.method, f"`{entry.path}`", f"`{entry.operation}`", permission, who))
    yield ""


def _scopes() -> Iterator[str]:
    yield from (
        "## Scopes of machine clients",
        "",
        "What a client of an evaluation organisation can be given. A request may do what its client was given and its",
        "token was issued for; `me:read` comes with every client.",
        "",
    )
    yield from (f"- `{permission}`" for permission in Permission if permission in SCOPES)
    yield ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
