"""Pushing results: ours over real HTTP against the limit, in turn, round by round, every push checked."""

import argparse
import asyncio
import gc
import http.client
import itertools
import json
import os
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import uvloop
from sqlalchemy import event

from benchmarks import setting as settings_
from benchmarks import sums
from benchmarks.raw_push import Limit
from benchmarks.setting import Batch, Setting
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.db import Database
from x_pilot_api.exams import commands, queries
from x_pilot_api.exams.commands import gathering
from x_pilot_api.exams.commands.push import Bounds, Push
from x_pilot_api.exams.schemas import ResultBatchIn

OURS, LIMIT = "ours over HTTP", "raw SQL limit"
_WARM = (100, 1_000, 100, 1_000, 100, 1_000, 100, 1_000)
_PROFILED = 12
_CREATED = 201
_IDLE_SECONDS = 2

Pushing = Callable[[Batch], Awaitable[tuple[float, UUID]]]
Figures = dict[tuple[str, int], list[float]]

_BACKENDS = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"


class Http:
    """A partner's machine with one connection that stays open."""

    def __init__(self, setting: Setting, port: int) -> None:
        self.setting = setting
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self._last = time.monotonic()

    async def push(self, batch: Batch) -> tuple[float, UUID]:
        """Push one batch; the clock runs from the first byte sent to the last byte read."""
        headers, body = self.setting.headers(), batch.body()
        # The service closes what has been idle for five seconds.
        if time.monotonic() - self._last > _IDLE_SECONDS:
            self.connection.close()
            self.connection.connect()
        began = time.perf_counter()
        self.connection.request("POST", "/v1/partner/result-batches", body=body, headers=headers)
        answer = self.connection.getresponse()
        content = answer.read()
        took = time.perf_counter() - began
        self._last = time.monotonic()
        if answer.status != _CREATED:
            raise RuntimeError(f"{answer.status}: {content.decode()}")
        return took, UUID(json.loads(content)["id"])


class Raw:
    """The limit, with everything that is not SQL done before the clock runs."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit

    async def push(self, batch: Batch) -> tuple[float, UUID]:
        """Push one batch; the clock runs from BEGIN to COMMIT."""
        records, sealed = self.limit.decode(batch), self.limit.sealed(batch)
        began = time.perf_counter()
        batch_id = await self.limit.push(batch, records, sealed)
        return time.perf_counter() - began, batch_id


class Inside:
    """The same command without HTTP, in this process, with every statement timed."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.database = Database(setting.urls.service, setting.settings)
        self.statements: list[tuple[str, float]] = []
        self.parts: dict[str, list[float]] = defaultdict(list)
        self.plans: list[tuple[float, str]] = []
        self._began = 0.0
        event.listen(self.database.engine.sync_engine, "before_cursor_execute", self._before)
        event.listen(self.database.engine.sync_engine, "after_cursor_execute", self._after)

    def _before(self, *_: object) -> None:
        self._began = time.perf_counter()

    def _after(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        found = re.search(
            r"(INSERT INTO|UPDATE|CREATE TEMPORARY TABLE)(?: IF NOT EXISTS)? (\w+)", statement
        ) or re.search(r"(SELECT).*?FROM (\w+)", statement, re.DOTALL)
        label = f"{found[1]} {found[2]}" if found else statement[:30]
        self.statements.append((label, time.perf_counter() - self._began))

    async def push(self, batch: Batch) -> tuple[float, UUID]:
        """Push one batch; the clock runs from the decoding of the body to the end of COMMIT."""
        setting, body = self.setting, batch.body()
        bounds = Bounds(sealer=setting.sealer, rows_max=10_000, timezone=setting.settings.timezone)
        actor = Actor(
            setting.ids.client, ActorKind.MACHINE, "bench", frozenset(), organisation_id=setting.ids.organisation
        )
        self.statements.clear()
        marks = [time.perf_counter()]
        content = json.loads(body)
        marks.append(time.perf_counter())
        decoded = ResultBatchIn.model_validate(content)
        marks.append(time.perf_counter())
        async with self.database.transaction() as session:
            plan = await queries.get_plan(session, actor, decoded.exam_plan_id)
            push = Push(plan=plan, rows=list(decoded.rows), body=body, atomic=False, validate_only=False)
            pushed = await commands.push_results(session, actor, push=push, bounds=bounds)
            marks.append(time.perf_counter())
        marks.append(time.perf_counter())
        _ = gathering.columns_of(push.rows, setting.sealer)
        marks.append(time.perf_counter())
        names = ("json.loads", "validation by pydantic", "the command", "COMMIT", "rows to columns")
        for name, (start, end) in zip(names, itertools.pairwise(marks), strict=True):
            self.parts[name].append(end - start)
        self.parts["statements"].append(sum(took for _, took in self.statements))
        if pushed.id is None:
            raise RuntimeError("nothing was pushed")
        return marks[-2] - marks[0], pushed.id

    async def watch(self) -> None:
        """Listen for the plans that the server tells on the one connection in use."""
        async with self.database.engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            driver.add_log_listener(lambda _, message: self.plans.append(_plan_of(message.message)))


def _plan_of(message: str) -> tuple[float, str]:
    took = re.match(r"duration: ([\d.]+) ms", message)
    return float(took[1]) if took else 0.0, message


def schedule(sizes: list[int], rounds: int) -> list[int]:
    """Mix the sizes, large ones in fewer rounds, so that a slow minute of the machine hits all alike."""
    wanted = {size: max(3, min(rounds, rounds * 3_000 // size)) for size in sizes}
    return [size for number in range(rounds) for size in sizes if number < wanted[size]]


@dataclass(frozen=True)
class Contestant:
    """One way to push, and the process that does it beside the database's."""

    push: Pushing
    process_id: int


@dataclass(frozen=True)
class Results:
    """Seconds by contestant and size, round by round: on the clock, and computed by all processes concerned."""

    clock: Figures
    computed: Figures


async def race(
    setting: Setting, contestants: dict[str, Contestant], batches: list[Batch], plan: list[int], *, is_cold: bool
) -> Results:
    """Let the contestants push in turn, the first of each round alternating."""
    results = Results(defaultdict(list), defaultdict(list))
    last: dict[tuple[str, int], UUID] = {}
    waiting = iter(batches)
    checker = await asyncpg.connect(setting.admin_url)
    names = list(contestants)
    for number, size in enumerate((*_WARM, *plan)):
        for name in names if number % 2 else names[::-1]:
            batch = next(waiting)
            processes = [contestants[name].process_id, *(row["pid"] for row in await checker.fetch(_BACKENDS))]
            gc.collect()
            before = settings_.cpu_seconds(processes)
            took, batch_id = await contestants[name].push(batch)
            computed = settings_.cpu_seconds(processes) - before
            await settings_.check(checker, batch, batch_id)
            if number >= len(_WARM):
                results.clock[name, size].append(took)
                results.computed[name, size].append(computed)
                last[name, size] = batch_id
        if number == len(_WARM) - 1 and not is_cold:
            await checker.execute("VACUUM (ANALYZE)")
    for size in sorted(set(plan)):
        print(f"{size:>6} rows: {await settings_.compare(checker, last[names[0], size], last[names[1], size])}")
    await checker.close()
    return results


def report(results: Results) -> None:
    """Print the medians, and the ratios round by round: of the limit on the clock, and of what both computed."""
    print(f"\n{'rows':>6} {'rounds':>6}  {OURS:>18}{LIMIT:>18}   ratio (quartiles)   ratio computed")
    for size in sorted({size for _, size in results.clock}):
        speeds = "".join(f"{size / statistics.median(results.clock[name, size]):>14,.0f} r/s" for name in (OURS, LIMIT))
        low, middle, high = _ratios(results.clock, size)
        computed = f"{_ratios(results.computed, size)[1]:.2f}" if any(results.computed[OURS, size]) else "-"
        rounds = len(results.clock[OURS, size])
        print(f"{size:>6} {rounds:>6}  {speeds}   {middle:.2f} ({low:.2f}-{high:.2f})   {computed}")


def _ratios(figures: Figures, size: int) -> list[float]:
    pairs = zip(figures[OURS, size], figures[LIMIT, size], strict=True)
    return statistics.quantiles([limit / max(ours, 1e-9) for ours, limit in pairs], n=4)


async def profile(inside: Inside, batches: list[Batch], over_http: float) -> None:
    """Show what one push of ours is made of."""
    runs: list[list[tuple[str, float]]] = []
    totals: list[float] = []
    for batch in batches:
        gc.collect()
        took, _ = await inside.push(batch)
        totals.append(took)
        runs.append(list(inside.statements))
    warm = len(batches) // 3
    part = {name: 1000 * statistics.median(values[warm:]) for name, values in inside.parts.items()}
    print(
        f"\nOne push of {batches[0].size} rows, medians in ms; "
        f"inside the process {1000 * statistics.median(totals[warm:]):.1f}"
    )
    part["the command's own Python"] = part.pop("the command") - part.pop("statements") - part["rows to columns"]
    if over_http:
        part["HTTP, sign-in, idempotency"] = 1000 * (over_http - statistics.median(totals[warm:]))
    for name, took in part.items():
        print(f"{took:>8.1f}  {name}")
    for number, (label, _) in enumerate(runs[-1]):
        took = 1000 * statistics.median(run[number][1] for run in runs[warm:])
        print(f"{took:>8.1f}  {number + 1:>2}. {label}")


async def explain(setting: Setting, batches: list[Batch], *, shown: int = 5) -> None:
    """Print the plans of the slowest statements of a push that is no longer the first, ours and the limit's."""
    inside, limit = Inside(setting), await Limit.connect(setting)
    await inside.watch()
    plans: list[tuple[float, str]] = []
    limit.connection.add_log_listener(lambda _, message: plans.append(_plan_of(message.message)))
    checker = await asyncpg.connect(setting.admin_url)
    for number, batch in enumerate(batches):
        if number == len(batches) // 2:
            await checker.execute("VACUUM (ANALYZE)")
        inside.plans.clear()
        plans.clear()
        _ = await (inside.push(batch) if number % 2 else Raw(limit).push(batch))
        await asyncio.sleep(0.1)
        for _, text in sorted([*inside.plans, *plans], reverse=True)[:shown] if number >= len(batches) - 2 else ():
            print(f"\n{OURS if number % 2 else LIMIT}: {text}")
    await inside.database.close()
    await limit.connection.close()
    await checker.close()


async def measure(setting: Setting, options: argparse.Namespace) -> None:
    """Seed, race, report, profile."""
    sizes: list[int] = options.rows
    plan = schedule(sizes, options.rounds)
    profiled = [1_000 if 1_000 in sizes else sizes[0]] * _PROFILED  # noqa: PLR2004 - the size the goal is about
    raced = [] if options.explain else [size for size in (*_WARM, *plan) for _ in (OURS, LIMIT)]
    batches = await settings_.seed(setting, raced + profiled, students=options.students)
    gc.collect()
    gc.freeze()
    if options.explain:
        await explain(setting, batches)
        return
    limit, inside = await Limit.connect(setting), Inside(setting)
    with settings_.serving(setting) as served:
        contestants = {
            OURS: Contestant(Http(setting, served.port).push, served.process_id),
            LIMIT: Contestant(Raw(limit).push, os.getpid()),
        }
        await sums.sum_up(setting)
        results = await race(setting, contestants, batches, plan, is_cold=options.cold)
        await sums.prove(setting)
    report(results)
    await profile(inside, batches[-_PROFILED:], statistics.median(results.clock[OURS, profiled[0]]))
    await limit.connection.close()
    await inside.database.close()


def main() -> None:
    """Measure, as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[100, 1_000, 10_000], help="sizes of the batches")
    parser.add_argument("--rounds", type=int, default=20, help="rounds of a size; fewer for large ones")
    parser.add_argument("--students", type=int, default=10_000, help="students of the institution")
    parser.add_argument("--cold", action="store_true", help="leave the statistics as they were before the first push")
    parser.add_argument("--explain", action="store_true", help="print the plans of the slowest statements instead")
    options = parser.parse_args()
    if options.students < max(options.rows):
        parser.error("a batch cannot have more rows than there are students")
    with settings_.running(explain=options.explain) as setting:
        uvloop.run(measure(setting, options))


if __name__ == "__main__":
    main()
