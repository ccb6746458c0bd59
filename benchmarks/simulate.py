"""Simulating a rule over a large cohort: ours, slice by slice as the worker does it, against one lean statement."""

import argparse
import asyncio
import os
import statistics
import time
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from benchmarks import setting as settings_
from benchmarks.setting import Setting
from x_pilot_api.core.actors import SYSTEM, Actor, ActorKind
from x_pilot_api.core.db import Database
from x_pilot_api.credits import commands
from x_pilot_api.credits.schemas import SimulationIn
from x_pilot_api.identity.models import Role

_SLICE = 10_000

AWARDS = """
INSERT INTO awards (institution_id, identity_document_id, student_id, holder_name, certificate_level_id, number,
    verification_code, issued_on)
SELECT student.institution_id, student.identity_document_id, student.id, student.name, level.id, student.student_number,
    student.student_number, current_date - 30
FROM students AS student CROSS JOIN (SELECT id FROM certificate_levels ORDER BY id LIMIT 1) AS level
"""

_WISHES = """
SELECT uuidv7() AS outcome_id, award.student_id, award.id AS award_id, award.certificate_level_id,
    award.issued_on AS earned_on, CAST(NULL AS timestamptz) AS due_at, 0 AS deposits
FROM awards AS award
WHERE NOT EXISTS (SELECT FROM learning_outcomes AS kept WHERE kept.award_id = award.id)
ORDER BY award.id LIMIT {slice}
"""

_DRAFT = """
WITH draft AS (
    INSERT INTO mappings (institution_id, programme_id, certificate_level_id, direction, entry_year_from, entry_year_to,
        version, state, content_hash)
    SELECT institution_id, programme_id, certificate_level_id, direction, 2024, 2024, 2, 'draft', 'draft'
    FROM mappings WHERE certificate_level_id = (SELECT certificate_level_id FROM awards LIMIT 1)
    RETURNING institution_id, id
), courses_of AS (
    INSERT INTO mapping_courses (institution_id, mapping_id, course_id, credit_hundredths, grade)
    SELECT draft.institution_id, draft.id, course.id, 225, 'good' FROM draft, courses AS course)
SELECT id FROM draft
"""

# One level, one limit and one course rule are all there is here, so this need not ask for any other.
_LEAN = """
INSERT INTO simulation_rows (institution_id, simulation_id, number, outcome_id, student_id, reason_before,
    credit_before_hundredths, is_by_rule, reason_after, rule_credit_hundredths, limit_code, limit_credit_hundredths,
    credit_after_hundredths, refusals)
SELECT $1, $2, row_number() OVER (ORDER BY student.student_number), outcome.id, student.id, outcome.reason,
    outcome.credit_hundredths, true, 'deposited', rule.credit, NULL, NULL, least(rule.credit, cut.credit), '{}'
FROM (SELECT sum(credit_hundredths)::bigint AS credit FROM mapping_courses WHERE mapping_id = $3) AS rule,
    (SELECT min(credit_hundredths) AS credit FROM policy_limits) AS cut,
    students AS student
JOIN learning_outcomes AS outcome ON outcome.institution_id = student.institution_id
    AND outcome.student_id = student.id
JOIN credit_accounts AS account ON account.institution_id = student.institution_id
    AND account.student_id = student.id AND account.state = 'active'
WHERE student.institution_id = $1 AND student.entry_year = 2024
"""

_BACKENDS = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"

_PICTURE = """
SELECT count(*), sum(credit_before_hundredths)::bigint, sum(credit_after_hundredths)::bigint,
    md5(string_agg(concat_ws(',', number, outcome_id, student_id, reason_before, reason_after, is_by_rule), ' '
        ORDER BY number))
FROM simulation_rows WHERE simulation_id = $1
"""


async def post(database: Database, setting: Setting, students: int) -> float:
    """Recognise everybody's certificate for real; tell how long that took."""
    began = time.perf_counter()
    for _ in range(-(-students // _SLICE)):
        async with database.transaction(institution_id=setting.ids.institution) as session:
            wishes = _WISHES.format(slice=_SLICE)
            await commands.recognise_awards(
                session, SYSTEM, institution_id=setting.ids.institution, wishes=wishes, cause=uuid4()
            )
    return time.perf_counter() - began


async def _ask(database: Database, setting: Setting, mapping_id: UUID) -> UUID:
    registrar = Actor(
        id=uuid4(),
        kind=ActorKind.PERSON,
        name="bench",
        permissions=frozenset(),
        roles=frozenset({Role.REGISTRAR}),
        institution_id=setting.ids.institution,
    )
    async with database.transaction(institution_id=setting.ids.institution) as session:
        simulation = await commands.simulate_mapping(session, registrar, mapping_id=mapping_id, wish=SimulationIn())
        return simulation.id


async def _ours(database: Database, setting: Setting, simulation_id: UUID) -> float:
    began, is_finished = time.perf_counter(), False
    while not is_finished:
        async with database.transaction(institution_id=setting.ids.institution) as session:
            progress = await commands.run_slice(
                session, SYSTEM, institution_id=setting.ids.institution, simulation_id=simulation_id
            )
            is_finished = progress.is_finished
    return time.perf_counter() - began


async def _lean(admin: Any, setting: Setting, simulation_id: UUID, mapping_id: UUID) -> float:  # noqa: ANN401 - asyncpg has no types
    began = time.perf_counter()
    await admin.execute(_LEAN, setting.ids.institution, simulation_id, mapping_id)
    return time.perf_counter() - began


async def measure(setting: Setting, options: argparse.Namespace) -> None:
    """Seed and post, then let both contestants simulate in turn, and compare what they found."""
    await settings_.seed(setting, [], students=options.students)
    admin = await asyncpg.connect(setting.admin_url)
    database = Database(setting.urls.service, setting.settings)
    try:
        await admin.execute(AWARDS)
        await admin.execute("VACUUM (ANALYZE)")
        posting = await post(database, setting, options.students)
        mapping_id = await admin.fetchval(_DRAFT)
        await admin.execute("VACUUM (ANALYZE)")
        figures: dict[str, list[float]] = {"ours": [], "lean": []}
        computed: dict[str, list[float]] = {"ours": [], "lean": []}
        processes = [os.getpid(), *(row["pid"] for row in await admin.fetch(_BACKENDS))]
        for number in range(options.rounds):
            ids = [await _ask(database, setting, mapping_id) for _ in range(2)]
            for name in ("ours", "lean") if number % 2 else ("lean", "ours"):
                before = settings_.cpu_seconds(processes)
                took = (
                    await _ours(database, setting, ids[0])
                    if name == "ours"
                    else await _lean(admin, setting, ids[1], mapping_id)
                )
                figures[name].append(took)
                computed[name].append(settings_.cpu_seconds(processes) - before)
            found = [tuple(await admin.fetchrow(_PICTURE, simulation_id)) for simulation_id in ids]
            if found[0] != found[1] or found[0][0] != options.students:
                raise RuntimeError(f"the contestants found different things: {found}")
        own = [lean / ours for ours, lean in zip(computed["ours"], computed["lean"], strict=True)]
        ratios = [lean / ours for ours, lean in zip(figures["ours"], figures["lean"], strict=True)]
        print(f"{options.students:,} students, {options.rounds} rounds; posting them for real took {posting:.1f} s")
        for name, took in figures.items():
            print(
                f"  {name}: median {statistics.median(took):.2f} s, from {min(took):.2f} to {max(took):.2f} s;"
                f" computed {statistics.median(computed[name]):.2f} s"
            )
        print(f"  ratio lean/ours: median {statistics.median(ratios):.2f}, from {min(ratios):.2f} to {max(ratios):.2f}")
        print(f"  ratio of what was computed: median {statistics.median(own):.2f}")
    finally:
        await database.close()
        await admin.close()


def main() -> None:
    """Measure, as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=100_000, help="students of the cohort")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each contestant")
    options = parser.parse_args()
    with settings_.running() as setting:
        asyncio.run(measure(setting, options))


if __name__ == "__main__":
    main()
