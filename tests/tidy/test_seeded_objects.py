"""The checks of live objects are fed a breach each: routes, schemas, refusals, workflows."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

import pytest
from fastapi import Depends, FastAPI
from pydantic import BaseModel, ConfigDict
from starlette.responses import PlainTextResponse

from tests.tidy import refusals, routes, shapes, workflows
from tests.tidy.sources import sources_of
from x_pilot_api.core import errors
from x_pilot_api.core.auth import public, require
from x_pilot_api.core.db import Session, get_session
from x_pilot_api.core.errors import AppError, Guide, ItemCode
from x_pilot_api.core.languages import Both
from x_pilot_api.core.workflow import Deed, Workflow

HELD = {"awards:read"}


class NestedIn(BaseModel):
    """Lets anything pass."""

    name: str


class AwardIn(BaseModel):
    """Strict itself, and holds what is not."""

    model_config = ConfigDict(extra="forbid")

    nested: list[NestedIn]


class StrictIn(BaseModel):
    """Strict throughout."""

    model_config = ConfigDict(extra="forbid")

    name: str


class AwardOut(BaseModel):
    """An answer that is always whole."""

    id: UUID


class BareOut(BaseModel):
    id: UUID | None = None


async def read_award() -> AwardOut:
    """Read an award."""
    raise NotImplementedError


async def read_bare() -> BareOut:
    """Read what nobody described."""
    raise NotImplementedError


async def read_undescribed() -> AwardOut:
    raise NotImplementedError


async def read_something() -> Any:  # noqa: ANN401 - that it says nothing is the breach
    """Read whatever there is."""
    raise NotImplementedError


async def write_award(body: AwardIn) -> AwardOut:
    """Write an award."""
    raise NotImplementedError


async def write_strictly(body: StrictIn, session: Session) -> AwardOut:
    """Write an award in the request's transaction."""
    raise NotImplementedError


async def write_late(session: Any = Depends(get_session)) -> AwardOut:  # noqa: ANN401 - the default is the breach
    """Write an award and commit after the answer."""
    raise NotImplementedError


async def send_plainly(_request: object) -> PlainTextResponse:
    """Answer without FastAPI."""
    raise NotImplementedError


READ = (require("awards:read"),)


def app_with(endpoint: Callable[..., Any], *, dependencies: Sequence[Any] = READ, name: str | None = None) -> FastAPI:
    app = FastAPI(generate_unique_id_function=lambda route: route.name)
    app.post("/v1/awards", dependencies=dependencies, name=name)(endpoint)
    return app


@pytest.mark.parametrize(
    ("app", "told"),
    [
        (app_with(read_award, dependencies=[]), "by exactly one require(...) or public()"),
        (app_with(read_award, dependencies=[*READ, *READ]), "by exactly one require(...) or public()"),
        (app_with(read_award, dependencies=[*READ, public()]), "by exactly one require(...) or public()"),
        (app_with(read_award, dependencies=[require("awards:eat")]), "needs awards:eat, which nobody holds"),
        (app_with(read_award, name="other"), "is called other"),
        (app_with(read_undescribed), "has no docstring"),
        (app_with(read_something), "does not say what it answers"),
        (app_with(read_bare), "answers BareOut, which has no docstring"),
        (app_with(write_award), "takes NestedIn, which lets unknown fields pass"),
        (app_with(write_late), "commits after its answer left"),
    ],
)
def test_a_route_that_leaves_something_unsaid_is_named(app: FastAPI, told: str) -> None:
    (violation,) = routes.violations(app, held=HELD)
    assert violation.startswith("POST /v1/awards: ")
    assert told in violation


def test_a_route_that_says_all_is_let_be() -> None:
    assert routes.violations(app_with(write_strictly), held=HELD) == []


def test_two_routes_of_one_name_are_named() -> None:
    app = app_with(read_award)
    app.get("/v1/awards/1", dependencies=READ)(read_award)
    (violation,) = routes.violations(app, held=HELD)
    assert "another route is called read_award too" in violation


def test_a_route_past_fastapi_is_named() -> None:
    app = app_with(read_award)
    app.add_route("/v1/plain", send_plainly)
    (violation,) = routes.violations(app, held=HELD)
    assert "nothing says who may call it" in violation


def test_loose_schemas_are_named() -> None:
    found = shapes.violations([AwardIn, NestedIn, AwardOut, BareOut])
    assert [violation.rpartition(".")[2] for violation in found] == [
        "NestedIn lets unknown fields pass",
        "id has a default, so an answer may leave it out",
    ]


@pytest.fixture
def refusal() -> Iterator[Callable[..., type[AppError]]]:
    """Make refusals that are forgotten after the test."""
    kept = dict(errors.REGISTRY)
    words = Both("说明。", "Words.")
    figures = {"limit": 3, "limits": 3, "thing": "thing", "other": "other", "zh": "物"}
    guide = Guide(cause=words, fix=words, example=figures)
    whole = {"code": "seeded", "status": 409, "title_zh": "拒绝", "title_en": "Refused", "guide": guide}

    def make(**parts: object) -> type[AppError]:
        return type("Seeded", (AppError,), whole | parts)

    yield make
    errors.REGISTRY.clear()
    errors.REGISTRY.update(kept)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"code": "CeilingMissing"}, "is not snake_case"),
        ({"status": 418}, "its status 418 is none"),
        ({"title_zh": "Refused"}, "its title_zh is not Chinese"),
        ({"title_en": ""}, "its title_en is not English"),
        ({"detail_zh": "超过 {limit}。"}, "in one language only"),
        ({"detail_zh": "超过 {limit}。", "detail_en": "Above {limits}."}, "speak of different figures"),
        ({"guide": None}, "it has no guide"),
        ({"guide": Guide(cause=Both("说明。", ""), fix=Both("说明。", "Words."))}, "its cause is not there in both"),
        (
            {"guide": Guide(cause=Both("说明。", "Words."), fix=Both("Words.", "Words."))},
            "its fix is not there in both",
        ),
        ({"detail_zh": "超过 {most}。", "detail_en": "Above {most}."}, "its example lacks most"),
    ],
)
def test_a_refusal_nobody_could_rely_on_is_named(
    refusal: Callable[..., type[AppError]], parts: dict[str, object], told: str
) -> None:
    (violation,) = refusals.violations([refusal(**parts)])
    assert told in violation


def takes_a_thing(self: AppError, *, thing: str, zh: str) -> None:
    AppError.__init__(self, thing=thing, zh=zh)


def test_a_refusal_with_parameters_gives_each_language_its_own_figures_and_no_others(
    refusal: Callable[..., type[AppError]],
) -> None:
    parts = {"__init__": takes_a_thing, "detail_zh": "没有{zh}。"}
    assert refusals.violations([refusal(**parts, detail_en="No {thing}.")]) == []
    assert len(refusals.violations([refusal(**parts, detail_en="No {other}.", code="seeded_too")])) == 1


def test_an_item_s_code_without_its_texts_is_named() -> None:
    words = Both("说明 {figure}。", "Words {figure}.")
    whole = ItemCode("seeded", Both("行", "Row"), words, Both("说明。", "Words."), {"figure": 1})
    assert refusals.item_violations([whole]) == []
    (found,) = refusals.item_violations([whole._replace(detail=Both("说明 {figure}。", "说明 {figure}。"))])
    assert "its detail is not there in both languages" in found
    (found,) = refusals.item_violations([whole._replace(example={})])
    assert "its example lacks a figure" in found
    with pytest.raises(TypeError, match="share the code"):
        errors.know_items(errors.ITEM_CODES["stale_revision"])


def test_two_refusals_of_one_code_are_named(refusal: Callable[..., type[AppError]]) -> None:
    once = refusal()
    assert len(refusals.violations([once, once])) == 2
    with pytest.raises(TypeError, match="share the code seeded"):
        refusal()


@pytest.mark.parametrize("code", ["raise Seeded", "raise Seeded(limits=3)", "raise errors.Seeded()", "told = Seeded()"])
def test_a_refusal_without_its_figures_is_named(refusal: Callable[..., type[AppError]], code: str) -> None:
    seeded = refusal(detail_zh="超过 {limit}。", detail_en="Above {limit}.")
    (violation,) = refusals.missing_figures(sources_of({"src/x_pilot_api/awards/commands.py": code}), [seeded])
    assert violation == "src/x_pilot_api/awards/commands.py:1: Seeded needs limit"


def test_a_refusal_with_its_figures_is_let_be(refusal: Callable[..., type[AppError]]) -> None:
    seeded = refusal(detail_zh="超过 {limit}。", detail_en="Above {limit}.")
    code = "raise Seeded(limit=3)\nraise Seeded(**figures)"
    assert refusals.missing_figures(sources_of({"src/x_pilot_api/awards/commands.py": code}), [seeded]) == []


@pytest.mark.parametrize(
    ("deeds", "told"),
    [
        ({"file": Deed(frozenset({"draft"}), "filed", "awards:eat")}, "seeded:file needs awards:eat"),
        ({"file": Deed(frozenset({"agreed"}), "filed", "awards:read")}, "nothing leads to"),
        ({"file": Deed(frozenset(), "draft", "awards:read")}, "seeded:file starts in no state"),
    ],
)
def test_a_workflow_that_leads_nowhere_is_named(deeds: dict[str, Deed], told: str) -> None:
    found = workflows.violations([Workflow("seeded", "draft", deeds)], held=HELD)
    assert found
    assert all(told in violation for violation in found)
