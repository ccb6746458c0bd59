"""A path answers the methods of its routes; every other method, and every other path, is refused in one form.

HEAD is no exception: a route that answers GET answers HEAD with 405, since what a HEAD would save is saved by ETag and
If-None-Match, and a second way to read would be a second thing to guard.
"""

from collections.abc import Iterator
from functools import cache

import httpx
import pytest

from tests.authz import calls
from tests.authz.calls import Call
from tests.authz.matrix import Desk
from x_pilot_api.app import create_app
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import PERMISSIONS
from x_pilot_api.permission_table import Entry, entries

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
WAYS = ("anonymous", "registrar")


@cache
def listed() -> tuple[Entry, ...]:
    """List the operations once: putting the application together takes longer than asking it."""
    return tuple(entries(create_app()))


def paths() -> Iterator[tuple[str, set[str], str]]:
    """Walk the paths with the methods of their routes, and one operation of each."""
    found: dict[str, tuple[set[str], str]] = {}
    for entry in listed():
        found.setdefault(entry.path, (set(), entry.operation))[0].add(entry.method)
    yield from ((path, methods, operation) for path, (methods, operation) in found.items())


def read_by(path: str) -> Entry | None:
    """Find the route that takes GET on a deed's path for its own, with `:agree` as a part of the thing's id."""
    thing, _, deed = path.rpartition(":")
    found = (entry for entry in listed() if (entry.method, entry.path) == ("GET", thing))
    return next(found, None) if "}:" in path and deed else None


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.headers["content-type"]


@pytest.mark.parametrize("who", WAYS)
async def test_every_other_method_is_refused_and_the_right_ones_are_named(desk: Desk, who: str) -> None:
    wrong: list[str] = []
    methods_of = {path: methods for path, methods, _ in paths()}
    for path, methods, operation in paths():
        call = calls.CALLS[operation](desk.ground.corners["own"])
        # A deed's own path is taken for the thing's, so its methods are the deed's too, though they find nothing there.
        allowed = methods | methods_of.get(path.rpartition(":")[0], set()) if "}:" in path else methods
        for method in sorted(METHODS - allowed):
            answer = await desk.ask(who, Call(method, call.path))
            found = (*refusal(answer), answer.headers.get("allow"))
            expected = (405, "application/problem+json", ", ".join(sorted(allowed)))
            if found != expected:
                wrong.append(f"{method} {path}: {found}, expected {expected}")
    assert not wrong, "\n".join(["", *wrong])


async def test_reading_a_deed_finds_nothing(desk: Desk) -> None:
    deeds = [
        (operation, entry) for path, methods, operation in paths() if "GET" not in methods and (entry := read_by(path))
    ]
    assert len(deeds) >= 5
    for operation, entry in deeds:
        path = calls.CALLS[operation](desk.ground.corners["own"]).path
        assert refusal(await desk.ask("anonymous", Call("GET", path))) == (401, "application/problem+json")
        for role in (Role.REGISTRAR, Role.STUDENT):
            expected = 400 if entry.permission in PERMISSIONS[role] else 403
            assert refusal(await desk.ask(role, Call("GET", path))) == (expected, "application/problem+json")


UNKNOWN = (
    "/",
    "/v1",
    "/v1/",
    "/v1/awards/",
    "/v1/me/",
    "/v1//me",
    "/v2/me",
    "/V1/me",
    "/v1/internal",
    "/v1/pupils",
    "/v1/admin/users",
    "/me",
    "/docs/",
    "/redoc",
    "/metrics",
    "/.env",
    "/v1/me;admin=1",
    "/v1/%2e%2e/me",
    "/v1/partner",
    "/v1/partner/exam-plans/",
)


@pytest.mark.parametrize("path", UNKNOWN)
async def test_an_unknown_path_is_not_found_for_anybody_by_any_method(desk: Desk, path: str) -> None:
    found = {
        (method, who): (*refusal(answer), answer.headers.get("location"))
        for method in ("GET", "POST", "DELETE")
        for who in ("anonymous", "registrar")
        for answer in (await desk.ask(who, Call(method, path)),)
    }
    assert set(found.values()) == {(404, "application/problem+json", None)}, found
