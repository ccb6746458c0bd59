"""Jobs that nobody would do are named, and those that somebody does are let be."""

import pytest

from tests.tidy import work
from tests.tidy.sources import sources_of

COMMANDS = "src/x_pilot_api/awards/commands.py"
IMPORT = "from x_pilot_api.core import jobs\n"
TASKS = {"print_awards"}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (IMPORT + "async def f(s):\n    await jobs.enqueue(s, 'print_award', arguments={})", "print_award is no task"),
        (IMPORT + "async def f(s):\n    await jobs.enqueue(s, kind='prints', arguments={})", "prints is no task"),
        (IMPORT + "async def f(s, kind):\n    await jobs.enqueue(s, kind, arguments={})", "is written out"),
        ("from x_pilot_api.core.jobs import enqueue\nenqueue(s, 'prints', arguments={})", "prints is no task"),
        ("from x_pilot_api.core import jobs as work\nwork.enqueue(s, f'print_{x}', arguments={})", "is written out"),
    ],
)
def test_a_job_nobody_would_do_is_named(code: str, told: str) -> None:
    (violation,) = work.violations(sources_of({COMMANDS: code}), TASKS, ())
    assert violation.startswith(f"{COMMANDS}:")
    assert told in violation


def test_what_the_clock_asks_for_is_a_task_too() -> None:
    (violation,) = work.violations({}, TASKS, ("print_awards", "forget_awards"))
    assert "forget_awards" in violation


@pytest.mark.parametrize(
    "code",
    [
        IMPORT + "async def f(s):\n    await jobs.enqueue(s, 'print_awards', arguments={})",
        "async def f(queries):\n    await queries.enqueue('anything', b'')",
    ],
)
def test_a_job_somebody_does_is_let_be(code: str) -> None:
    assert work.violations(sources_of({COMMANDS: code}), TASKS, ()) == []
