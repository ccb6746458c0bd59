"""Sealing and verifying a log of a million rows: how long each takes, and how long a proof of one leaf."""

import argparse
import asyncio
import shutil
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from x_pilot_api import models
from x_pilot_api.core import embedded, provision
from x_pilot_api.core.checkpoints import CheckpointFiles
from x_pilot_api.core.db import Database
from x_pilot_api.core.notes import LogKey
from x_pilot_api.core.settings import Settings
from x_pilot_api.oversight import commands, queries
from x_pilot_api.oversight.commands.sealing import SEAL_ROWS_MAX, Signer
from x_pilot_api.oversight.models import Log

_ISSUER = "https://x-pilot.test"
_STEP = 50_000
_PROOFS = 100
_FILL = text("""
INSERT INTO platform_audit_events
    (actor_kind, actor_id, deed, object_kind, object_id, request_id, detail, before, after)
SELECT 'system', uuidv7(), 'count', 'number', uuidv7(), md5(n::text), jsonb_build_object('n', n),
    '{"state": "draft"}', '{"state": "published"}'
FROM generate_series(1, :rows) AS n
""")
_SOME = text("SELECT leaf FROM platform_log_leaves WHERE leaf_number % :every = 0 ORDER BY leaf_number LIMIT :most")


async def measure(url: str, folder: Path, rows: int) -> None:
    """Fill, seal, verify and prove, and print what each took."""
    database, key, log = Database(url, Settings()), LogKey.generate(), Log()
    signer, store = Signer(key, _ISSUER), CheckpointFiles(folder)
    try:
        for start in range(0, rows, _STEP):
            async with database.transaction() as session:
                await session.execute(_FILL, {"rows": min(_STEP, rows - start)})
        begun, sealed = time.perf_counter(), SEAL_ROWS_MAX
        while sealed == SEAL_ROWS_MAX:
            async with database.transaction() as session:
                sealed = await commands.seal_log(session, signer, log)
        _tell("sealing", begun, rows)
        async with database.transaction(read_only=True) as session:
            seals = await queries.list_seals(session, log, after=0, most=rows)
        store.append(log.name, [seal.checkpoint for seal in seals])
        begun = time.perf_counter()
        kept = store.read(log.name)
        report = await queries.verify_log(database, log, issuer=_ISSUER, publics=key.publics, kept=kept)
        _tell("verifying", begun, report.size)
        if report.findings or report.size != rows:
            raise SystemExit(f"it should have found {rows} leaves as they were sealed: {report}")
        async with database.transaction(read_only=True) as session:
            leaves = (await session.scalars(_SOME, {"every": max(rows // _PROOFS, 1), "most": _PROOFS})).all()
            begun = time.perf_counter()
            for leaf in leaves:
                await queries.prove_inclusion(session, log, leaf=leaf, size=None)
        _tell("proving", begun, len(leaves))
    finally:
        await database.close()


def _tell(what: str, begun: float, number: int) -> None:
    took = time.perf_counter() - begun
    print(f"{what:10}{number:>10,}{took:>10.1f} s{number / took:>12,.0f} a second", flush=True)


def main() -> None:
    """Measure on a private server."""
    assert models.metadata.tables  # noqa: S101 - every table is known before anything runs
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows: int = parser.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="x-pilot-bench-") as folder:
        place = embedded.place_of(Path(folder))
        try:
            with embedded.running(place) as cluster:
                urls = provision.prepare(cluster, database="bench")
                asyncio.run(measure(urls.service, Path(folder) / "checkpoints", rows))
        finally:
            shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
