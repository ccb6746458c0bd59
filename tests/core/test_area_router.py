"""A request is looked for only among the operations that have its noun."""

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.types import Scope

from x_pilot_api.app import ROUTERS
from x_pilot_api.core import area_router
from x_pilot_api.core.area_router import AreaRouter, Areas


def test_no_path_of_an_area_begins_with_a_parameter() -> None:
    assert not {noun for noun in Areas(ROUTERS).by_noun if not noun or "{" in noun}


def test_every_operation_of_an_area_is_found_by_its_noun() -> None:
    areas = Areas(ROUTERS)
    assert sum(len(router.routes) for router in ROUTERS) == len(areas.routes) > 700
    assert areas.routes == [route for router in ROUTERS for route in router.routes]
    for route in areas.routes:
        assert route in areas.by_noun[route.path.removeprefix("/v1/").partition("/")[0].partition(":")[0]]


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the path of every route that is tried."""
    paths: list[str] = []
    real = APIRoute.matches

    def matches(self: APIRoute, scope: Scope) -> object:
        paths.append(self.path)
        return real(self, scope)

    monkeypatch.setattr(APIRoute, "matches", matches)
    return paths


async def test_other_areas_routes_are_not_tried(client: httpx.AsyncClient, app: FastAPI, tried: list[str]) -> None:
    answer = await client.get("/v1/ledger/summary")
    assert answer.status_code == 401
    assert set(tried) >= {"/v1/ledger/summary"}
    # Beside the ledger's there are those outside the areas: health, keys, the pages of problems.
    assert len(set(tried)) < 12
    assert len(area_router.contexts_of(app)) > 700


async def test_a_noun_of_nobodys_is_not_found(client: httpx.AsyncClient) -> None:
    for path in ("/v1/nobody", "/v1", "/v1/", "/v2/ledger/summary", "/v1//ledger/summary", "/ledger/summary"):
        assert (await client.get(path)).status_code == 404, path


async def test_a_method_that_a_path_does_not_take_is_told_with_those_it_takes(client: httpx.AsyncClient) -> None:
    answer = await client.delete("/v1/ledger/summary")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"


async def test_a_prefix_that_a_proxy_adds_is_no_noun(app: FastAPI) -> None:
    transport = httpx.ASGITransport(app=app, root_path="/college")
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        assert (await client.get("/college/v1/ledger/summary")).status_code == 401


def test_an_area_has_the_routes_of_its_parts_as_they_were_made() -> None:
    part, area = AreaRouter(prefix="/things", tags=["things"]), AreaRouter()

    @part.post("/{thing_id}:undo")
    def undo(thing_id: str) -> str:
        return thing_id

    assert undo("one") == "one"
    area.gather(part)
    (route,) = Areas([area]).by_noun["things"]
    assert (route.path, route.tags, route.unique_id) == ("/v1/things/{thing_id}:undo", ["things"], "undo")
    assert route is part.routes[0]
