"""Conversions of a whole cohort: asked for and granted by ours, against lean statements that write the same rows.

Both contestants work on the same state in turn, and what they did is taken back, so that every round begins alike. The
lean one writes entries, transfers, balances, conversions with courses and decisions, and the grades; it judges nothing,
follows no chain, tells nobody and leaves no audit. Only the ratios of one run say something.

Run by hand: `python -m benchmarks.conversions --students 10000 --rounds 5`
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks import setting as settings_
from benchmarks.setting import Setting
from benchmarks.simulate import AWARDS, post
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.clock import today
from x_pilot_api.core.db import SERVICE_ROLE, Database, rehearsal
from x_pilot_api.credits import commands
from x_pilot_api.credits.schemas import ConversionCourseIn, ConversionsIn, ConversionWish
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import Permission

_CHAIN = """
INSERT INTO conversion_policies (institution_id, version, steps, on_loss, document_number, effective_from, loaded_by)
VALUES ($1, 1, '{registrar}', 'flag', 'bench', '2024-01-01', $1)
"""
_TILL = "INSERT INTO ledger_accounts (institution_id, unit, kind, is_limited) VALUES ($1, 'credit', 'converted', false)"
_OUTCOMES = "SELECT id FROM learning_outcomes WHERE credit_hundredths > 0 ORDER BY id LIMIT $1"

_STAGE = """
CREATE TEMPORARY TABLE lean ON COMMIT DROP AS
SELECT uuidv7() AS conversion_id, uuidv7() AS hold_id, uuidv7() AS use_id, uuidv7() AS held_id,
    outcome.id AS outcome_id, outcome.student_id, outcome.mapping_id, outcome.certificate_level_id,
    account.ledger_account_id, line.course_id,
    line.grade, line.credit_hundredths AS credit, balance.seq, balance.posted - balance.held_out AS available,
    (SELECT id FROM ledger_accounts WHERE kind = 'converted') AS till
FROM learning_outcomes AS outcome
JOIN credit_accounts AS account ON account.institution_id = $1 AND account.student_id = outcome.student_id
JOIN ledger_balances AS balance ON balance.institution_id = $1 AND balance.account_id = account.ledger_account_id
JOIN LATERAL (SELECT * FROM mapping_courses AS each WHERE each.mapping_id = outcome.mapping_id
    ORDER BY each.course_id LIMIT 1) AS line ON true
WHERE outcome.id = ANY($2::uuid[])
"""
_LEAN_REQUEST = (
    """
INSERT INTO journal_entries (institution_id, id, kind, source_kind, source_id, occasion, actor_id)
SELECT $1, hold_id, 'hold_credits', 'conversion', conversion_id, 1, $1 FROM lean
""",
    """
INSERT INTO transfers (institution_id, id, entry_id, phase, unit, debit_account_id, credit_account_id, amount,
    debit_seq, debit_available)
SELECT $1, held_id, hold_id, 'pending', 'credit', ledger_account_id, till, credit, seq + 1, available - credit FROM lean
""",
    """
UPDATE ledger_balances AS balance SET held_out = balance.held_out + lean.credit, seq = balance.seq + 1 FROM lean
WHERE balance.institution_id = $1 AND balance.account_id = lean.ledger_account_id
""",
    """
UPDATE learning_outcomes AS outcome SET used_hundredths = outcome.used_hundredths + lean.credit FROM lean
WHERE outcome.institution_id = $1 AND outcome.id = lean.outcome_id
""",
    """
INSERT INTO conversions (institution_id, id, direction, student_id, certificate_level_id, mapping_id, outcome_id, steps,
    policy_version, awaits, credit_hundredths, hold_entry_id, requested_by)
SELECT $1, conversion_id, 'certificate_to_course', student_id, certificate_level_id, mapping_id, outcome_id,
    '{registrar}', 1, 'registrar', credit, hold_id, $1 FROM lean
""",
    """
INSERT INTO conversion_courses (institution_id, conversion_id, course_id, credit_hundredths, grade)
SELECT $1, conversion_id, course_id, credit, grade FROM lean
""",
    """
INSERT INTO conversion_decisions (institution_id, conversion_id, deed, state, decided_by)
SELECT $1, conversion_id, 'request', 'requested', $1 FROM lean
""",
)
_LEAN_GRANT = (
    """
INSERT INTO journal_entries (institution_id, id, kind, source_kind, source_id, occasion, actor_id)
SELECT $1, use_id, 'use_credits', 'conversion', conversion_id, 1, $1 FROM lean
""",
    """
INSERT INTO transfers (institution_id, entry_id, phase, unit, debit_account_id, credit_account_id, amount, resolves_id,
    debit_seq, debit_available)
SELECT $1, use_id, 'post', 'credit', ledger_account_id, till, credit, held_id, seq + 2, available - credit FROM lean
""",
    """
UPDATE ledger_balances AS balance SET posted = balance.posted - lean.credit, held_out = balance.held_out - lean.credit,
    seq = balance.seq + 1 FROM lean
WHERE balance.institution_id = $1 AND balance.account_id = lean.ledger_account_id
""",
    """
UPDATE conversions AS conversion SET state = 'granted', awaits = NULL, granted_on = current_date FROM lean
WHERE conversion.institution_id = $1 AND conversion.id = lean.conversion_id
""",
    """
INSERT INTO course_grades (institution_id, student_id, course_id, term, attempt, revision, grade_word, passed,
    source_kind, source_id)
SELECT $1, student_id, course_id, '2024-2025-01', 1, 1, grade, true, 'conversion', conversion_id FROM lean
""",
    """
INSERT INTO conversion_decisions (institution_id, conversion_id, deed, state, decided_by)
SELECT $1, conversion_id, 'approve', 'granted', $1 FROM lean
""",
)

_PICTURE = """
SELECT (SELECT count(*) FROM conversions WHERE state = 'granted'), (SELECT sum(used_hundredths)::bigint
    FROM learning_outcomes), (SELECT sum(posted)::bigint FROM ledger_balances), (SELECT count(*) FROM course_grades)
"""

Times = dict[str, list[float]]


def _actor(setting: Setting, role: Role, *permissions: Permission) -> Actor:
    return Actor(
        id=uuid4(),
        kind=ActorKind.PERSON,
        name="bench",
        permissions=frozenset(permissions),
        roles=frozenset({role}),
        institution_id=setting.ids.institution,
        college_ids=frozenset({setting.ids.college}),
    )


async def _timed(into: list[float], deed: Awaitable[Any]) -> Any:  # noqa: ANN401 - whatever the deed gives
    began = time.perf_counter()
    found = await deed
    into.append(time.perf_counter() - began)
    return found


async def _ours(database: Database, setting: Setting, outcomes: list[UUID], took: Times) -> tuple[Any, ...]:
    own = setting.ids.institution
    day = today(setting.settings.timezone)
    college = _actor(setting, Role.COORDINATOR, Permission.CONVERSIONS_REQUEST)
    office = _actor(setting, Role.REGISTRAR, Permission.CONVERSIONS_APPROVE)

    async def work(session: AsyncSession) -> tuple[Any, ...]:
        connection = await session.connection()
        found = await connection.exec_driver_sql("SELECT course_id FROM mapping_courses ORDER BY course_id LIMIT 1")
        course_id: UUID = found.scalar_one()
        wishes = [ConversionWish(outcome_id=it, courses=[ConversionCourseIn(course_id=course_id)]) for it in outcomes]
        asked = ConversionsIn.model_construct(wishes=wishes)
        made = await _timed(
            took["request"], commands.request_conversions(session, college, institution_id=own, asked=asked, today=day)
        )
        deed = commands.decide_conversions(
            session, office, institution_id=own, deed="approve", conversion_ids=made.conversion_ids, today=day
        )
        await _timed(took["grant"], deed)
        return tuple((await connection.exec_driver_sql(_PICTURE)).one())

    async with database.transaction(institution_id=own) as session, rehearsal(session):
        return await work(session)


async def _lean(raw: Any, setting: Setting, outcomes: list[UUID], took: Times) -> tuple[Any, ...]:  # noqa: ANN401 - asyncpg has no types
    own = setting.ids.institution
    transaction = raw.transaction()
    await transaction.start()
    try:
        await raw.execute("SELECT set_config('app.institution', $1, true)", str(own))

        async def request() -> None:
            await raw.execute(_STAGE, own, outcomes)
            for statement in _LEAN_REQUEST:
                await raw.execute(statement, own)

        async def grant() -> None:
            for statement in _LEAN_GRANT:
                await raw.execute(statement, own)

        await _timed(took["request"], request())
        await _timed(took["grant"], grant())
        return tuple(await raw.fetchrow(_PICTURE))
    finally:
        await transaction.rollback()


async def measure(setting: Setting, *, students: int, rounds: int) -> None:
    """Seed, recognise, then let both contestants convert in turn, and print the ratios."""
    await settings_.seed(setting, [], students=students)
    admin = await asyncpg.connect(setting.admin_url)
    database = Database(setting.urls.service, setting.settings.model_copy(update={"statement_timeout_ms": 600_000}))
    raw = await asyncpg.connect(setting.urls.service, server_settings={"role": SERVICE_ROLE})
    took: dict[str, Times] = {name: {"request": [], "grant": []} for name in ("ours", "lean")}
    try:
        await admin.execute(AWARDS)
        await post(database, setting, students)
        await admin.execute(_CHAIN, setting.ids.institution)
        await admin.execute(_TILL, setting.ids.institution)
        await admin.execute("VACUUM (ANALYZE)")
        outcomes = [row["id"] for row in await admin.fetch(_OUTCOMES, students)]
        turns: dict[str, Callable[[], Awaitable[tuple[Any, ...]]]] = {
            "ours": lambda: _ours(database, setting, outcomes, took["ours"]),
            "lean": lambda: _lean(raw, setting, outcomes, took["lean"]),
        }
        for number in range(rounds + 1):
            order = ("ours", "lean") if number % 2 else ("lean", "ours")
            found = {name: await turns[name]() for name in order}
            if found["ours"] != found["lean"] or found["ours"][0] != len(outcomes):
                raise RuntimeError(f"the contestants did different things: {found}")
            # What is taken back leaves dead rows, which the next round must not stumble over.
            await admin.execute("VACUUM")
    finally:
        await database.close()
        await raw.close()
        await admin.close()
    print(f"{len(outcomes):,} conversions of one course each, {rounds} rounds after a warm-up; medians")
    for step in ("request", "grant"):
        ours, lean = took["ours"][step][1:], took["lean"][step][1:]
        ratio = statistics.median(one / other for one, other in zip(lean, ours, strict=True))
        print(
            f"{step:8} ours {statistics.median(ours):7.2f} s  lean {statistics.median(lean):7.2f} s  ratio {ratio:5.2f}"
        )


def main() -> None:
    """Measure, as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with settings_.running() as setting:
        asyncio.run(measure(setting, students=options.students, rounds=options.rounds))


if __name__ == "__main__":
    main()
