"""Import a hundred thousand students, previewed and applied, and tell seconds and the most memory it took.

Run as `python -m benchmarks.imports [ROWS]`; it starts a PostgreSQL of its own.
"""

import asyncio
import io
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import xlsxwriter
from sqlalchemy import text

from x_pilot_api import models
from x_pilot_api.core import attempts, embedded, provision
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.db import Database
from x_pilot_api.core.notes import LogKey
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.tokens import SigningKey, TokenIssuer
from x_pilot_api.identity import queries as identity
from x_pilot_api.identity.models import Institution, Role
from x_pilot_api.imports import commands
from x_pilot_api.imports import queries as imports
from x_pilot_api.imports.commands import Sent
from x_pilot_api.imports.models import ImportMode
from x_pilot_api.imports.queries import Import
from x_pilot_api.registry.models import College, Programme

HEADERS = ("学号", "姓名", "证件类型", "证件号码", "专业代码", "班级", "入学年份")
ROWS = 100_000
MIB = 1024


def file_of(rows: int) -> bytes:
    """Write a table of students."""
    written = io.BytesIO()
    book: Any = xlsxwriter.Workbook(written, {"constant_memory": True, "strings_to_numbers": False})
    sheet: Any = book.add_worksheet("学生")
    sheet.write_row(0, 0, HEADERS)
    for n in range(1, rows + 1):
        sheet.write_row(n, 0, (f"2026{n:06d}", f"学生{n}", "护照", f"E{n:08d}", "530302", f"会计{n % 50:02d}", 2026))
    book.close()
    return written.getvalue()


async def seed(service: Service) -> Actor:
    """Make an institution with one programme, and its office."""
    institution_id, college_id = uuid4(), uuid4()
    async with service.database.transaction() as session:
        session.add(Institution(id=institution_id, code="4132010001", name="学院", province="江苏省"))
        await session.flush()
        session.add(College(institution_id=institution_id, id=college_id, code="C1", name="会计学院"))
        await session.flush()
        session.add(Programme(institution_id=institution_id, college_id=college_id, code="530302", name="会计"))
    return Actor(
        id=uuid4(),
        kind=ActorKind.PERSON,
        name="office",
        permissions=frozenset(),
        roles=frozenset({Role.REGISTRAR}),
        institution_id=institution_id,
    )


async def timed(name: str, service: Service, job_id: UUID, deed: Any) -> None:  # noqa: ANN401 - a task
    """Make one attempt at a job and tell what it took."""
    async with service.database.transaction() as session:
        job = await attempts.take(session, job_id)
    begun = time.perf_counter()
    await deed(service, job)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MIB
    print(f"{name}: {time.perf_counter() - begun:.1f} s, at most {most} MiB")


async def measure(service: Service, rows: int) -> None:
    """Send, preview, confirm, apply."""
    actor, body = await seed(service), file_of(rows)
    at_rest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MIB
    print(f"{rows} rows, {len(body) / MIB / MIB:.1f} MiB; at rest {at_rest} MiB")
    async with service.database.transaction() as session:
        sent = Sent("students", ImportMode.DELTA, body)
        made = await commands.send_import(session, actor, sent=sent, sealer=service.sealer)
    assert made.job_id is not None  # noqa: S101
    await timed("preview", service, made.job_id, commands.preview_import)
    async with service.database.transaction(institution_id=actor.institution_id) as session:
        found = await imports.get_import(session, actor, Import(made.id))
        print(found.counts)
        digest = str(found.digest)
        await commands.confirm_import(session, actor, sought=Import(made.id), digest=digest, settings=service.settings)
    await timed("apply", service, made.job_id, commands.apply_import)
    async with service.database.transaction(read_only=True, institution_id=actor.institution_id) as session:
        print("students:", await session.scalar(text("SELECT count(*) FROM students")))


async def run(url: str, rows: int) -> None:
    """Measure with a service of its own."""
    settings = Settings()
    database = Database(url, settings)
    try:
        await measure(
            Service(
                settings=settings,
                database=database,
                tokens=TokenIssuer(issuer=settings.issuer, keys=[SigningKey.generate()]),
                current_sealer=lambda: Sealer(bytes(range(32))),
                find_actor=identity.actor_finder(settings),
                log_key=LogKey.generate(),
            ),
            rows,
        )
    finally:
        await database.close()


def main() -> None:
    """Start a server, measure, and leave nothing behind."""
    assert models.metadata.tables  # noqa: S101
    folder = Path(tempfile.mkdtemp(prefix="x-pilot-bench-"))
    place = embedded.place_of(folder)
    try:
        with embedded.running(place) as cluster:
            provision.prepare(cluster, database="bench")
            asyncio.run(run(provision.urls_of(cluster, database="bench").service, int((*sys.argv, ROWS)[1])))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
