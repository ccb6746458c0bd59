"""What the second net costs: the same reads with it and without it, round by round in turn."""

import argparse
import asyncio
import statistics
import time
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from benchmarks import setting as settings_
from benchmarks.setting import Setting
from x_pilot_api.core import row_security
from x_pilot_api.core.db import SERVICE_ROLE
from x_pilot_api.models import metadata

_SEED = """
INSERT INTO institutions (id, code, name, province) SELECT id, code, code, '-' FROM unnest($1::uuid[], $2::text[])
    AS wanted (id, code);
INSERT INTO colleges (institution_id, id, code, name) SELECT id, id, 'C', 'college' FROM institutions;
INSERT INTO programmes (institution_id, id, college_id, code, name)
    SELECT id, id, id, '530302', 'programme' FROM institutions;
INSERT INTO identity_documents (institution_id, kind, sealed_number, key_id, lookup_hash, masked_number)
    SELECT id, '-', '', '-', sha256((id::text || n)::bytea), n::text
    FROM institutions, generate_series(1, $3::int) AS n;
INSERT INTO students (institution_id, student_number, name, identity_document_id, programme_id, class_name, entry_year)
    SELECT institution_id, masked_number, 'student ' || masked_number, id, institution_id, 'class', 2024
    FROM identity_documents
"""
READS = {
    "one student": "SELECT name FROM students WHERE institution_id = $1 AND student_number = '777'",
    "count of the institution": "SELECT count(*) FROM students WHERE institution_id = $1 AND entry_year = 2024",
    "part of a name": "SELECT count(*) FROM students WHERE institution_id = $1 AND name LIKE '%77%'",
}
_ACT = f"SELECT set_config('{row_security.INSTITUTION}', $1, true)"


async def _seeded(setting: Setting, students: int) -> UUID:
    institutions = [uuid4(), uuid4()]
    connection: Any = await asyncpg.connect(setting.admin_url)
    try:
        values = (institutions, ["4132010001", "4132010002"], students)
        for statement in _SEED.split(";\n"):
            wanted = [value for place, value in enumerate(values, start=1) if f"${place}" in statement]
            renumbered = statement.replace("$3", "$1")
            await connection.execute(renumbered, *wanted)
        await connection.execute("VACUUM (ANALYZE)")
    finally:
        await connection.close()
    return institutions[0]


async def _read(connection: Any, question: str, own: UUID, *, act: bool) -> float:  # noqa: ANN401 - asyncpg has no types
    begun = time.perf_counter()
    async with connection.transaction(readonly=True):
        if act:
            await connection.fetchval(_ACT, str(own))
        await connection.fetch(question, own)
    return time.perf_counter() - begun


async def measure(setting: Setting, *, students: int, rounds: int) -> None:
    """Print what each read takes without the net, with it, and their ratio."""
    own = await _seeded(setting, students)
    owner: Any = await asyncpg.connect(setting.urls.owner)
    service: Any = await asyncpg.connect(setting.urls.service, server_settings={"role": SERVICE_ROLE})
    times: dict[tuple[str, bool], list[float]] = {(name, net): [] for name in READS for net in (False, True)}
    try:
        for number in range(rounds + 1):
            for net in (False, True):
                await owner.execute(row_security.LIFT)
                if net:
                    await owner.execute(";".join(row_security.laid(row_security.secured(metadata))))
                for name, question in READS.items():
                    await _read(service, question, own, act=net)  # plans anew after the change of policy
                    taken = [await _read(service, question, own, act=net) for _ in range(20)]
                    if number:
                        times[name, net].append(statistics.median(taken))
    finally:
        await owner.close()
        await service.close()
    print(f"{students} students in each of two institutions, {rounds} rounds; milliseconds, medians")
    for name in READS:
        without, with_ = (statistics.median(times[name, net]) * 1000 for net in (False, True))
        print(f"{name:26} without {without:8.3f}   with {with_:8.3f}   ratio {with_ / without:5.2f}")


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with settings_.running() as setting:
        asyncio.run(measure(setting, students=options.students, rounds=options.rounds))


if __name__ == "__main__":
    main()
