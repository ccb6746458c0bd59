"""What the service sets, nobody sends: a body with a field too many is refused whole and changes nothing."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from fastapi import params
from fastapi.routing import APIRoute
from pydantic import BaseModel
from sqlalchemy import Column, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.authz import calls
from tests.authz.calls import Call
from tests.authz.matrix import Desk
from tests.authz.places import PLACES, Place
from tests.tidy.routes import models_in
from x_pilot_api import models
from x_pilot_api.app import create_app
from x_pilot_api.charges.schemas import CallbackIn
from x_pilot_api.core.area_router import contexts_of
from x_pilot_api.exams.schemas import MalformedRow, ResultRowIn

SERVER_SET = ("id", "institution_id", "state", "status", "created_by", "recorded_at", "role", "roles", "permissions")


def bodies() -> Iterator[tuple[str, type[BaseModel]]]:
    """Find each model that an operation takes as JSON, and those in its fields."""
    for context in contexts_of(create_app()):
        if not isinstance(context.original_route, APIRoute) or context.body_field is None:
            continue
        if not isinstance(context.body_field.field_info, params.Form):
            yield from ((context.unique_id, model) for model in models_in(context.body_field.field_info.annotation))


def test_every_model_that_comes_in_has_a_place_here() -> None:
    # A malformed row is what a refused one is turned into, and a callback is read once its signature holds: no caller
    # sends either.
    assert {found for found in bodies() if found[1] not in {MalformedRow, CallbackIn}} == {
        (place.operation, place.model) for place in PLACES
    }


def too_many(place: Place) -> dict[str, object]:
    """Make up a value for every field that the model lacks, but its table has or the service sets."""
    columns = models.metadata.tables[place.table].columns
    values = {column.name: _plausible(column) for column in columns} | {
        name: "x" for name in SERVER_SET if name not in columns
    }
    return {name: value for name, value in values.items() if name not in place.model.model_fields}


def _plausible(column: Column[Any]) -> object:
    known: dict[type, object] = {
        UUID: str(UUID(int=1)),
        int: 1,
        bool: True,
        date: "2026-01-01",
        datetime: "2026-01-01T00:00:00Z",
    }
    return known.get(column.type.python_type, "published")


def with_field(call: Call, place: Place, name: str, value: object) -> Call:
    """Add one field to a valid request."""
    body = copy.deepcopy(call.body)
    assert body is not None
    part: Any = body
    for step in place.within:
        part = part[step][0] if isinstance(part[step], list) else part[step]
    part[name] = value
    return replace(call, body=body)


def pointer_of(call: Call, place: Place) -> str:
    """Point at the part of a request that a place is about, the first of each list on the way."""
    part: Any = call.body
    pointer = ""
    for step in place.within:
        pointer += f"/{step}/0" if isinstance(part[step], list) else f"/{step}"
        part = part[step][0] if isinstance(part[step], list) else part[step]
    return pointer


async def picture(connection: AsyncConnection) -> dict[str, str]:
    """Sum up the content of every table."""
    statements = {
        name: f"SELECT coalesce(md5(string_agg(told::text, ',' ORDER BY told::text)), '') FROM {name} AS told"
        for name in models.metadata.tables
    }
    return {name: str((await connection.execute(text(statement))).scalar()) for name, statement in statements.items()}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.model.__name__)
async def test_a_field_too_many_is_refused_and_changes_nothing(
    desk: Desk, connection: AsyncConnection, place: Place
) -> None:
    call = place.call(desk.ground.corners[place.relation])
    assert (await desk.ask(place.who, call)).is_success, "without the field it is taken"
    fields = too_many(place)
    assert len(fields) >= 5
    if place.model is ResultRowIn:
        await _each_row_is_rejected(desk, place, call, fields)
        return
    before = await picture(connection)
    answers = {name: await desk.send(place.who, with_field(call, place, name, fields[name])) for name in fields}
    where = pointer_of(call, place)
    found = {
        name: (answer.status_code, [it["pointer"] for it in answer.json()["errors"]])
        for name, answer in answers.items()
    }
    assert found == {name: (422, [f"{where}/{name}"]) for name in fields}
    assert await picture(connection) == before


async def _each_row_is_rejected(desk: Desk, place: Place, call: Call, fields: dict[str, object]) -> None:
    """Expect the row to be refused instead of the whole, since a batch is taken in row by row."""
    for name, value in fields.items():
        answer = await desk.ask(place.who, with_field(call, place, name, value))
        told = answer.json()
        assert (answer.status_code, told["accepted"], told["rejected"]) == (201, 0, 1), name
        assert told["downstream"]["awards_issued"] == 0


async def test_a_deed_without_a_body_takes_nothing_from_one(desk: Desk) -> None:
    call = calls.CALLS["approve_mapping"](desk.ground.corners["own"])
    answer = await desk.ask("registrar", replace(call, body={"state": "published", "version": 99}))
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["version"]) == ("approved", 2)


async def test_signing_in_takes_no_role_scope_or_institution_that_was_not_given(desk: Desk) -> None:
    call = calls.CALLS["issue_token"](desk.ground.corners["own"])
    assert call.form is not None
    more = {
        "role": "registrar",
        "roles": "registrar",
        "permissions": "awards:read",
        "scope": "results:write",
        "sub": "x",
    }
    answer = await desk.send("anonymous", replace(call, form={**call.form, **more}))
    assert (answer.status_code, answer.json()["scope"]) == (200, "")
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    me = (await desk.client.get("/v1/me", headers=headers)).json()
    assert (me["roles"], me["institution_id"], me["organisation_id"]) == (["operator"], None, None)
    here = str(desk.ground.corners["own"].institution_id)
    assert (await desk.ask("anonymous", replace(call, form={**call.form, "institution": here}))).status_code == 400
