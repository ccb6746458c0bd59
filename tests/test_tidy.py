"""The house rules, held by the whole repository; `tests/tidy` says what each is and seeds a breach of each."""

import importlib
import pkgutil
import tomllib
from collections.abc import Callable
from types import ModuleType

import pytest
from pydantic import BaseModel

import x_pilot_api
from tests.tidy import (
    auditing,
    distribution,
    imports,
    naming,
    purity,
    reads,
    refusals,
    routes,
    shapes,
    sizes,
    texts,
    transactions,
    work,
    workflows,
)
from tests.tidy.sources import ROOT, Sources, read_python, read_tracked
from x_pilot_api import worker
from x_pilot_api.app import create_app
from x_pilot_api.core import errors
from x_pilot_api.core.workflow import Workflow
from x_pilot_api.identity.permissions import PERMISSIONS, SCOPES, Permission

SERVICE: tuple[Callable[[Sources], list[str]], ...] = (
    auditing.violations,
    distribution.violations,
    imports.violations,
    naming.violations,
    purity.violations,
    reads.violations,
    sizes.violations,
    texts.calls_out_of_place,
    transactions.violations,
)
TESTS: tuple[Callable[[Sources], list[str]], ...] = (
    imports.violations,
    naming.violations,
    sizes.violations,
    texts.calls_out_of_place,
)


@pytest.fixture(scope="module")
def modules() -> list[ModuleType]:
    """Import every module of the service but the one that runs it."""
    names = [found.name for found in pkgutil.walk_packages(x_pilot_api.__path__, f"{x_pilot_api.__name__}.")]
    return [importlib.import_module(name) for name in names if not name.endswith(".__main__")]


@pytest.fixture(scope="module")
def held() -> frozenset[str]:
    return frozenset[str]().union(SCOPES, *PERMISSIONS.values())


def none_of(violations: list[str]) -> None:
    """Show every violation, one a line, where an editor can jump to it."""
    assert not violations, "\n".join(["", *violations])


def name_of(check: Callable[[Sources], list[str]]) -> str:
    return f"{check.__module__.rpartition('.')[2]}.{check.__name__}"


@pytest.mark.parametrize("check", SERVICE, ids=name_of)
def test_the_service_is_tidy(check: Callable[[Sources], list[str]]) -> None:
    none_of(check(read_python("src")))


@pytest.mark.parametrize("check", TESTS, ids=name_of)
def test_the_tests_are_tidy(check: Callable[[Sources], list[str]]) -> None:
    none_of(check(read_python("tests")))


def test_migrations_make_no_trigger_and_write_nothing_volatile() -> None:
    none_of(distribution.violations(read_python("migrations")))


def test_no_tracked_file_is_unfinished_or_true_of_one_machine_only() -> None:
    none_of(texts.violations(read_tracked()))


def test_every_route_says_who_may_call_it_what_it_takes_and_what_it_answers(held: frozenset[str]) -> None:
    none_of(routes.violations(create_app(), held=held))


def test_every_job_that_is_asked_for_is_done_by_the_worker() -> None:
    none_of(work.violations(read_python("src"), worker.TASKS, worker.SCHEDULES))


def test_every_permission_is_held_by_somebody(held: frozenset[str]) -> None:
    assert set(Permission) == held


def test_what_comes_in_is_strict_and_what_goes_out_is_whole(modules: list[ModuleType]) -> None:
    models = {
        item
        for module in modules
        for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, BaseModel) and item.__module__.startswith(x_pilot_api.__name__)
    }
    assert models
    none_of(shapes.violations(sorted(models, key=lambda model: model.__name__)))


def test_every_refusal_can_be_relied_on(modules: list[ModuleType]) -> None:
    assert modules
    none_of(refusals.violations(errors.REGISTRY.values()))
    none_of(refusals.item_violations(errors.ITEM_CODES.values()))
    none_of(refusals.missing_figures(read_python("src"), errors.REGISTRY.values()))


def test_every_workflow_leads_somewhere(modules: list[ModuleType], held: frozenset[str]) -> None:
    found = [item for module in modules for item in vars(module).values() if isinstance(item, Workflow)]
    assert found
    none_of(workflows.violations(found, held=held))


def test_every_area_is_held_to_the_layers_inside_an_area() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (inside,) = (contract for contract in contracts if contract["id"] == "inside")
    areas = {
        f"{x_pilot_api.__name__}.{found.name}"
        for found in pkgutil.iter_modules(x_pilot_api.__path__)
        if found.ispkg and found.name not in {"core", "demo"}
    }
    assert set(inside["containers"]) == areas
