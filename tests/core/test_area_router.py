"""A request is looked for only among the routes of the areas that have its noun."""

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.types import Scope

from x_pilot_api.app import ROUTERS
from x_pilot_api.core.area_router import AreaRouter


def test_no_path_of_an_area_begins_with_a_parameter() -> None:
    assert {noun for router in ROUTERS for noun in router.nouns if not noun or "{" in noun} == set()


def test_every_path_is_found_by_the_area_it_belongs_to() -> None:
    for router in ROUTERS:
        for route in iter_route_contexts(router.routes):
            assert (route.path or "").strip("/").partition("/")[0].partition(":")[0] in router.nouns


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
    assert set(tried) >= {"/ledger/summary"}
    # Beside the ledger's there are those outside the areas: health, keys, the pages of problems.
    assert len(set(tried)) < 12
    assert len(list(iter_route_contexts(app.routes))) > 100


async def test_a_noun_of_nobodys_is_not_found(client: httpx.AsyncClient) -> None:
    for path in ("/v1/nobody", "/v1", "/v1/", "/v2/ledger/summary", "/v1//ledger/summary", "/ledger/summary"):
        assert (await client.get(path)).status_code == 404, path


async def test_a_prefix_that_a_proxy_adds_is_no_noun(app: FastAPI) -> None:
    transport = httpx.ASGITransport(app=app, root_path="/college")
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        assert (await client.get("/college/v1/ledger/summary")).status_code == 401


def test_an_area_knows_the_nouns_of_what_it_includes() -> None:
    part, area = AreaRouter(), AreaRouter(prefix="/things")

    @part.post("/{thing_id}:undo")
    def undo(thing_id: str) -> str:
        return thing_id

    assert undo("one") == "one"
    area.include_router(part)
    assert area.nouns == {"things"}
