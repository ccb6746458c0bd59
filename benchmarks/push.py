"""Pushing results: ours over real HTTP against the limit, in turn, round by round, every push checked."""

import argparse
import asyncio
import gc
import http.client
import itertools
import json
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import asyncpg
import uvloop
from sqlalchemy import event

from benchmarks import setting as settings_
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
_PROFILED = 9
_CREATED = 201
_IDLE_SECONDS = 2

Contestant = Callable[[Batch], Awaitable[tuple[float, UUID]]]
Times = dict[tuple[str, int], list[float]]

# Every row must have become a result, an award, an outcome, an entry and a transfer that is its account's last.
_TALLY = """
SELECT count(*) AS rows, count(award.id) AS awards, count(outcome.id) AS outcomes, count(entry.id) AS entries,
    count(balance.account_id) AS balances, sum(moved.amount)::bigint AS amount
FROM result_rows AS told
LEFT JOIN results AS result USING (institution_id)
LEFT JOIN awards AS award ON award.id = result.award_id
LEFT JOIN learning_outcomes AS outcome ON outcome.award_id = award.id
LEFT JOIN journal_entries AS entry ON entry.id = outcome.entry_id AND entry.source_id = outcome.id
LEFT JOIN transfers AS moved ON moved.entry_id = entry.id
LEFT JOIN ledger_balances AS balance ON balance.account_id = moved.credit_account_id
    AND balance.posted = moved.credit_available AND balance.seq = moved.credit_seq
WHERE told.batch_id = $1 AND result.id = told.result_id
"""

# All columns of all rows, but for what must differ: ids, instants, and numbers that hold the plan's code.
_PICTURE = """
SELECT told.row_number, (to_jsonb(told) - $2::text[])::text AS result_rows,
    (to_jsonb(result) - $2::text[])::text AS results,
    (to_jsonb(award) - $2::text[])::text AS awards, (to_jsonb(learnt) - $2::text[])::text AS learning_outcomes,
    (to_jsonb(entry) - $2::text[])::text AS journal_entries, (to_jsonb(moved) - $2::text[])::text AS transfers,
    (to_jsonb(batch) - $2::text[])::text AS result_batches,
    replace(result.org_result_id, plan.code, '') AS org_result_id, told.org_result_id = result.org_result_id AS same_id,
    replace(award.number, plan.code, '') AS number, learnt.entry_id IS NOT NULL AS has_entry,
    award.verification_code ~ '^[0-9]{10}-[0-9A-F]{32}$' AS code_fits, octet_length(batch.sealed_body) AS body_size,
    award.identity_document_id = candidate.identity_document_id AND award.student_id = candidate.student_id
        AND learnt.student_id = candidate.student_id AND award.holder_name = candidate.name AS same_person,
    registration.admission_number = replace(result.org_result_id, '-R', '-') AS same_registration,
    rule.certificate_level_id = learnt.certificate_level_id AND award.certificate_level_id
        = registration.certificate_level_id AND learnt.certificate_level_id = award.certificate_level_id AS same_level,
    account.student_id = candidate.student_id AS same_account, source.kind AS source,
    award.issued_on = plan.exam_on AND learnt.earned_on = plan.exam_on AS same_day, batch.key_id, batch.caller_id,
    moved.credit_available = 400 * moved.credit_seq AS sums_up
FROM result_rows AS told
JOIN result_batches AS batch ON batch.id = told.batch_id
JOIN exam_plans AS plan ON plan.id = batch.exam_plan_id
JOIN results AS result ON result.id = told.result_id
JOIN registrations AS registration ON registration.id = result.registration_id
JOIN candidates AS candidate ON candidate.id = registration.candidate_id
JOIN awards AS award ON award.id = result.award_id
JOIN learning_outcomes AS learnt ON learnt.award_id = award.id
JOIN mappings AS rule ON rule.id = learnt.mapping_id
JOIN journal_entries AS entry ON entry.id = learnt.entry_id
JOIN transfers AS moved ON moved.entry_id = entry.id
JOIN credit_accounts AS account ON account.ledger_account_id = moved.credit_account_id
JOIN ledger_accounts AS source ON source.id = moved.debit_account_id
WHERE told.batch_id = $1 ORDER BY told.row_number
"""
_MUST_DIFFER = (
    "id", "batch_id", "result_id", "org_result_id", "registration_id", "award_id", "recorded_at", "number",
    "identity_document_id", "student_id", "certificate_level_id", "verification_code", "mapping_id", "entry_id",
    "source_id", "credit_account_id", "credit_seq", "credit_available", "exam_plan_id", "sealed_body", "received_at",
    "counts", "issued_on", "earned_on",
)  # fmt: skip


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
        found = re.search(r"(INSERT INTO|UPDATE|DO|CREATE TEMPORARY TABLE) (\w+)", statement) or re.search(
            r"(SELECT).*?FROM (\w+)", statement, re.DOTALL
        )
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


async def check(connection: Any, batch: Batch, batch_id: UUID) -> None:  # noqa: ANN401 - asyncpg has no types
    """Refuse a push that left anything out."""
    found = dict(await connection.fetchrow(_TALLY, batch_id))
    wanted = dict.fromkeys(("rows", "awards", "outcomes", "entries", "balances"), batch.size)
    if found != wanted | {"amount": 400 * batch.size}:
        raise RuntimeError(f"{batch.size} rows were pushed, and this was found: {found}")


async def compare(connection: Any, one: UUID, other: UUID) -> str:  # noqa: ANN401
    """Compare what two contestants wrote for batches of one size, column by column."""
    pictures = [[dict(row) for row in await connection.fetch(_PICTURE, it, list(_MUST_DIFFER))] for it in (one, other)]
    wrong = [
        f"row {ours['row_number']}, {column}: {ours[column]} | {theirs[column]}"
        for ours, theirs in zip(*pictures, strict=True)
        for column in ours
        if ours[column] != theirs[column]
    ]
    if wrong or not pictures[0]:
        raise RuntimeError("the contestants wrote different things: " + "; ".join(wrong[:10]))
    return f"{len(pictures[0])} rows of each, {len(pictures[0][0])} columns of 7 tables, are equal"


def schedule(sizes: list[int], rounds: int) -> list[int]:
    """Mix the sizes, large ones in fewer rounds, so that a slow minute of the machine hits all alike."""
    wanted = {size: max(3, min(rounds, rounds * 3_000 // size)) for size in sizes}
    return [size for number in range(rounds) for size in sizes if number < wanted[size]]


async def race(
    setting: Setting, contestants: dict[str, Contestant], batches: list[Batch], plan: list[int], *, is_cold: bool
) -> Times:
    """Let the contestants push in turn, the first of each round alternating."""
    times: Times = defaultdict(list)
    last: dict[tuple[str, int], UUID] = {}
    waiting = iter(batches)
    checker = await asyncpg.connect(setting.admin_url)
    names = list(contestants)
    for number, size in enumerate((*_WARM, *plan)):
        for name in names if number % 2 else names[::-1]:
            batch = next(waiting)
            gc.collect()
            took, batch_id = await contestants[name](batch)
            await check(checker, batch, batch_id)
            if number >= len(_WARM):
                times[name, size].append(took)
                last[name, size] = batch_id
        if number == len(_WARM) - 1 and not is_cold:
            await checker.execute("VACUUM (ANALYZE)")
    for size in sorted(set(plan)):
        print(f"{size:>6} rows: {await compare(checker, last[names[0], size], last[names[1], size])}")
    await checker.close()
    return times


def report(times: Times, names: list[str]) -> None:
    """Print the medians, and the ratios round by round."""
    print(f"\n{'rows':>6} {'rounds':>6}  " + "".join(f"{name:>18}" for name in names) + "   ratio (quartiles)")
    for size in sorted({size for _, size in times}):
        medians = [statistics.median(times[name, size]) for name in names]
        speeds = "".join(f"{size / median:>14,.0f} r/s" for median in medians)
        ratios = [limit / ours for ours, limit in zip(times[OURS, size], times[LIMIT, size], strict=True)]
        low, middle, high = statistics.quantiles(ratios, n=4)
        print(f"{size:>6} {len(ratios):>6}  {speeds}   {middle:.2f} ({low:.2f}-{high:.2f})")


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
    for number, batch in enumerate(batches):
        inside.plans.clear()
        plans.clear()
        _ = await (inside.push(batch) if number % 2 else Raw(limit).push(batch))
        await asyncio.sleep(0.1)
        for _, text in sorted([*inside.plans, *plans], reverse=True)[:shown] if number >= len(batches) - 2 else ():
            print(f"\n{OURS if number % 2 else LIMIT}: {text}")
    await inside.database.close()
    await limit.connection.close()


async def measure(setting: Setting, options: argparse.Namespace) -> None:
    """Seed, race, report, profile."""
    sizes: list[int] = options.rows
    plan = schedule(sizes, options.rounds)
    names = [OURS, LIMIT]
    profiled = [1_000 if 1_000 in sizes else sizes[0]] * _PROFILED  # noqa: PLR2004 - the size the goal is about
    wanted = [size for size in (*_WARM, *plan) for _ in names]
    batches = await settings_.seed(setting, [*wanted, *profiled], students=options.students)
    gc.collect()
    gc.freeze()
    if options.explain:
        await explain(setting, batches[-_PROFILED - 1 + _PROFILED % 2 :])
        return
    limit, inside = await Limit.connect(setting), Inside(setting)
    with settings_.serving(setting) as port:
        contestants: dict[str, Contestant] = {OURS: Http(setting, port).push, LIMIT: Raw(limit).push}
        times = await race(setting, contestants, batches, plan, is_cold=options.cold)
    report(times, names)
    await profile(inside, batches[-_PROFILED:], statistics.median(times[OURS, profiled[0]]))
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
