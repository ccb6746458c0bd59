# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# Schemathesis leaves its types half said.
"""Whatever is sent, by whomever: no defect of ours shows, and every answer is as the schema says."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from sqlalchemy import text

from tests.authz import calls, fuzzing
from tests.authz.fuzzing import SCHEMA, Desk
from tests.authz.ground import Ground
from tests.authz.test_matrix import TABLE
from tests.sizes import sized
from x_pilot_api.app import create_app
from x_pilot_api.core.auth import public
from x_pilot_api.core.db import Session
from x_pilot_api.core.provision import Urls

BOUNDS = settings(
    max_examples=sized(8, 500),
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.large_base_example],
    database=None,
)
HELD = text("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'transactionid'")
OPERATIONS = {
    found.ok().definition.raw["operationId"]: found.ok()
    for found in SCHEMA.get_all_operations()
    if isinstance(found, Ok)
}


@pytest.fixture(scope="module")
def fuzz(anyio_backend: object, ground_urls: Urls, ground: Ground) -> Iterator[Desk]:
    assert anyio_backend
    with fuzzing.opened(ground_urls, ground) as desk:
        yield desk


def test_every_operation_is_tried() -> None:
    # What takes another kind of body at a documented address is told of in the same operation.
    assert OPERATIONS.keys() == calls.CALLS.keys() - {"push_result_file"}


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_no_request_made_from_the_schema_finds_a_defect(fuzz: Desk, operation: str) -> None:
    @BOUNDS
    @given(data=st.data(), caller=st.sampled_from(TABLE.callers))
    def answers(data: DataObject, caller: str) -> None:
        mode = data.draw(st.sampled_from(GenerationMode))
        case = data.draw(OPERATIONS[operation].as_strategy(generation_mode=mode))
        answer = fuzz.send_case(caller, case)
        assert not fuzzing.what_is_wrong(answer, case)

    answers()


@pytest.mark.parametrize("operation", sorted(calls.CALLS))
def test_no_hostile_value_in_a_valid_request_finds_a_defect(fuzz: Desk, operation: str) -> None:
    row = TABLE.relations(operation)["own"]
    # Where nothing is there yet for anybody, everybody is refused alike.
    able = [caller for caller, status in row.items() if status < 300] or list(row)
    call = calls.CALLS[operation](fuzz.ground.corners["own"])

    @BOUNDS
    @given(spoilt=fuzzing.spoilt(call), caller=st.sampled_from(able))
    def answers(spoilt: calls.Call, caller: str) -> None:
        assert not fuzzing.what_is_wrong(fuzz.send_call(caller, spoilt))

    answers()


def test_a_request_that_is_taken_back_keeps_nothing_in_the_server(fuzz: Desk) -> None:
    call = calls.CALLS["propose_mapping"](fuzz.ground.corners["own"])
    for _ in range(2):
        assert fuzz.send_call("coordinator", call).status_code == 201

    async def locks() -> int:
        async with fuzz.connection.begin():
            return (await fuzz.connection.execute(HELD)).scalar_one()

    assert fuzz.runner.run(locks()) == 0


def test_a_route_that_breaks_on_a_nul_is_found(fuzz: Desk) -> None:
    app = create_app(fuzz.service)

    @app.get("/v1/careless", dependencies=[public()])
    async def careless(session: Session, page_size: str = "", page_token: str = "") -> dict[str, str]:
        assert session
        if "\x00" in page_size + page_token:
            raise RuntimeError
        return {}

    assert careless
    desk = Desk(fuzz.runner, app, fuzz.service, fuzz.connection, fuzz.ground)

    @settings(BOUNDS, max_examples=400)
    @given(spoilt=fuzzing.spoilt(calls.Call("GET", "/v1/careless")))
    def answers(spoilt: calls.Call) -> None:
        assert not fuzzing.what_is_wrong(desk.send_call("registrar", spoilt))

    with pytest.raises(AssertionError, match="answered 500"):
        answers()
