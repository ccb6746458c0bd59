"""A dashboard from sums against the same figures counted on the fly, in turns, at several sizes of one institution.

The claim is that the former does not grow with the students. Each size has a server of its own; the figures of
both ways are compared before anything is measured.

Run by hand: `python -m benchmarks.dashboards --students 1000,10000 --rounds 20`. A million students take minutes
to make and to count: there `--counts 2` lets only the first rounds count on the fly as well.
"""

import argparse
import asyncio
import statistics
import time
from typing import Any

import asyncpg
from sqlalchemy import text

from benchmarks import setting as settings_
from benchmarks import sums
from benchmarks.setting import Setting
from x_pilot_api.analytics import queries
from x_pilot_api.analytics.models import AnalyticsBy
from x_pilot_api.analytics.queries import Asked, figures
from x_pilot_api.analytics.queries.reach import values_of
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.db import Database
from x_pilot_api.identity.models import Role
from x_pilot_api.tallies import rules

_LEVELS, _PLANS_A_LEVEL, _PROGRAMMES = 5, 10, 40

_SPREAD = """
INSERT INTO programmes (institution_id, college_id, code, name, is_pilot)
    SELECT institution_id, college_id, (600000 + n)::text, 'programme ' || n, true
    FROM programmes, generate_series(2, $programmes$) AS n;
UPDATE students SET programme_id = chosen.id FROM (
    SELECT student.id AS student_id, programme.id FROM (
        SELECT id, row_number() OVER (ORDER BY id) % $programmes$ AS n FROM students) AS student
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM programmes) AS programme USING (n)) AS chosen
WHERE students.id = chosen.student_id;
INSERT INTO results (institution_id, organisation_id, registration_id, org_result_id, revision, activity, grading,
    components, total_hundredths, passed, standing, batch_id)
SELECT registration.institution_id, plan.organisation_id, registration.id, registration.admission_number, 1,
    CASE WHEN n % 20 = 0 THEN 'absent' ELSE 'present' END, 'final', '{}', 7000, n % 4 <> 0, 'effective', uuidv7()
FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM registrations) AS registration
JOIN exam_plans AS plan ON plan.id = registration.exam_plan_id
"""


async def _fill(setting: Setting, students: int) -> None:
    """Give every student a result in each of five certificates, spread over plans and programmes."""
    share = max(1, students // _PLANS_A_LEVEL)
    await settings_.seed(setting, [share] * (_LEVELS * _PLANS_A_LEVEL), students=share * _PLANS_A_LEVEL)
    trusting = {"session_replication_role": "replica"}
    connection: Any = await asyncpg.connect(setting.admin_url, server_settings=trusting)
    try:
        await connection.execute(_SPREAD.replace("$programmes$", str(_PROGRAMMES)))
        await connection.execute("VACUUM (ANALYZE)")
    finally:
        await connection.close()


async def measure(setting: Setting, *, students: int, rounds: int, counts: int) -> None:
    """Print what one dashboard takes from sums and on the fly, the middle and the slowest of a hundred."""
    await _fill(setting, students)
    own = setting.ids.institution
    await sums.sum_up(setting)
    database = Database(
        setting.urls.service, setting.settings.model_copy(update={"statement_timeout_ms": sums.TIME_OUT_MS})
    )
    office = Actor(
        id=own, kind=ActorKind.PERSON, name="office", permissions=frozenset(), roles=frozenset({Role.REGISTRAR}),
        institution_id=own,
    )  # fmt: skip
    facts = rules.together([source.among(rules.EVERY) for source in rules.known()])
    kept = str(figures.STATEMENTS[AnalyticsBy.PROGRAMME].text)
    assert rules.KEPT in kept  # noqa: S101 - what is measured is the same question but for where it looks
    on_the_fly = text(kept.replace(rules.KEPT, facts))
    values = values_of(office, Asked())

    async def from_sums() -> list[Any]:
        async with database.transaction(read_only=True, institution_id=own) as session:
            told = await queries.read_figures(session, office, by=AnalyticsBy.PROGRAMME, asked=Asked())
        return [len(told.groups)]

    async def counted() -> list[Any]:
        async with database.transaction(read_only=True, institution_id=own) as session:
            return sorted(map(str, (await session.execute(on_the_fly, values)).all()))

    async with database.transaction(read_only=True, institution_id=own) as session:
        same = sorted(map(str, (await session.execute(figures.STATEMENTS[AnalyticsBy.PROGRAMME], values)).all()))
    assert same == await counted() != []  # noqa: S101 - two ways that disagree are not worth measuring
    taken: dict[str, list[float]] = {"from sums": [], "on the fly": []}
    for turn in range(rounds + 1):
        ways = (("from sums", from_sums), ("on the fly", counted))
        for name, way in ways if turn <= counts else ways[:1]:
            begun = time.perf_counter()
            await way()
            if turn:
                taken[name].append((time.perf_counter() - begun) * 1000)
    await database.close()
    middle = {name: statistics.median(found) for name, found in taken.items()}
    slowest = {name: statistics.quantiles(found, n=100)[-1] for name, found in taken.items()}
    print(
        f"{students:9} students   "
        + "   ".join(f"{name} {middle[name]:9.1f} ms (p99 {slowest[name]:9.1f})" for name in taken)
        + f"   ratio {middle['from sums'] / middle['on the fly']:6.3f}"
    )


def main() -> None:
    """Read the options and measure one size after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", default="1000,10000", help="Sizes, with commas between them")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--counts", type=int, default=20, help="In how many of them the figures are counted on the fly")
    options = parser.parse_args()
    for students in map(int, options.students.split(",")):
        with settings_.running() as setting:
            asyncio.run(measure(setting, students=students, rounds=options.rounds, counts=options.counts))


if __name__ == "__main__":
    main()
