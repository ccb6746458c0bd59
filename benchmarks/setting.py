"""A private server with one institution, enough students, and a fresh exam plan for every push that is measured."""

import contextlib
import dataclasses
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from x_pilot_api.core import auth, clock, data_keys, embedded, keys, provision, rotation
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.tokens import TokenIssuer

DOCUMENT_KIND = "resident_identity_card"
SCOPE = "results:write"
_PROJECT = Path(__file__).resolve().parents[1]
_UP_SECONDS = 180
_ISSUER = "https://x-pilot.test"
_EXAM_DAYS = 300

_SEED = """
INSERT INTO organisations (id, name) VALUES ($organisation$, 'organisation');
INSERT INTO institutions (id, code, name, province) VALUES ($institution$, '4132010001', 'institution', 'Jiangsu');
INSERT INTO machine_clients (id, client_id, organisation_id, name, scopes)
    VALUES ($client$, 'live_bench', $organisation$, 'bench', ARRAY['results:write']);
INSERT INTO colleges (institution_id, id, code, name) VALUES ($institution$, $college$, 'C1', 'college');
INSERT INTO programmes (institution_id, id, college_id, code, name)
    VALUES ($institution$, $programme$, $college$, '530302', 'programme');
INSERT INTO courses (institution_id, programme_id, code, name, credit_hundredths, hours, category, is_compulsory)
    SELECT $institution$, $programme$, 'K' || n, 'course', 400, 64, 'core', true FROM generate_series(1, 2) AS n;
INSERT INTO certificates (organisation_id, name, basis)
    SELECT $organisation$, 'certificate ' || n, 'bench' FROM generate_series(1, $levels$) AS n;
INSERT INTO certificate_levels (certificate_id, level) SELECT id, '2' FROM certificates;
INSERT INTO assessment_schemes (certificate_level_id, version, combination, exam_form, pass_mark_hundredths)
    SELECT id, 1, 'weighted_sum', 'computer', 6000 FROM certificate_levels;
INSERT INTO assessment_components (scheme_id, code, name, weight_percent, full_mark_hundredths)
    SELECT id, code, code, weight, 10000
    FROM assessment_schemes, (VALUES ('theory', 40), ('practical', 60)) AS part (code, weight);
INSERT INTO admissions (institution_id, college_id, certificate_id, status, admitted_on)
    SELECT $institution$, $college$, id, 'admitted', '2024-01-01' FROM certificates;
INSERT INTO mappings (institution_id, programme_id, certificate_level_id, direction, entry_year_from, entry_year_to,
    version, state, content_hash, college_agreed_hash, organisation_agreed_hash, filing_number, effective_from)
    SELECT $institution$, $programme$, id, 'certificate_to_course', 2020, 2030, 1, 'published', '-', '-', '-', 'B1',
        '2024-01-01' FROM certificate_levels;
INSERT INTO mapping_courses (institution_id, mapping_id, course_id, credit_hundredths, grade)
    SELECT $institution$, mappings.id, courses.id, 200, 'good' FROM mappings, courses;
INSERT INTO policy_limits (institution_id, code, credit_hundredths, document_number, effective_from)
    VALUES ($institution$, 'per_certificate', 1000, 'bench', '2024-01-01');
INSERT INTO students (institution_id, student_number, name, identity_document_id, programme_id, class_name, entry_year)
    SELECT $institution$, masked_number, 'student', id, $programme$, 'class', 2024
    FROM identity_documents ORDER BY masked_number;
INSERT INTO candidates (institution_id, identity_document_id, student_id, name)
    SELECT $institution$, identity_document_id, id, name FROM students ORDER BY student_number;
INSERT INTO ledger_accounts (institution_id, unit, kind, is_limited)
    SELECT $institution$, 'credit', 'accumulated', true FROM students;
INSERT INTO ledger_balances (institution_id, account_id) SELECT institution_id, id FROM ledger_accounts;
INSERT INTO credit_accounts (institution_id, student_id, ledger_account_id)
    SELECT $institution$, student.id, account.id
    FROM (SELECT id, row_number() OVER (ORDER BY student_number) AS n FROM students) AS student
    JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM ledger_accounts) AS account USING (n);
INSERT INTO ledger_accounts (institution_id, unit, kind, is_limited)
    VALUES ($institution$, 'credit', 'recognition', false);
INSERT INTO exam_plans (institution_id, id, organisation_id, code, name, registration_opens_on, registration_closes_on,
    exam_on) SELECT $institution$, id, $organisation$, code, code, exam_on - 60, exam_on - 30, exam_on
    FROM bench_plans ORDER BY code;
INSERT INTO exam_plan_levels (institution_id, exam_plan_id, certificate_level_id, scheme_id)
    SELECT $institution$, plan.id, scheme.certificate_level_id, scheme.id
    FROM bench_plans AS plan JOIN (SELECT id, certificate_level_id, row_number() OVER (ORDER BY id) AS n
        FROM assessment_schemes) AS scheme ON scheme.n = plan.level;
INSERT INTO registrations (institution_id, exam_plan_id, certificate_level_id, candidate_id, college_id, state,
    admission_number, confirmed_at)
    SELECT $institution$, plan.id, examined.certificate_level_id, candidate.id, $college$, 'accepted',
        plan.code || '-' || lpad((candidate.n - plan.first)::text, 5, '0'), plan.exam_on - interval '40 days'
    FROM bench_plans AS plan JOIN exam_plan_levels AS examined ON examined.exam_plan_id = plan.id
    JOIN (SELECT candidate.id, row_number() OVER (ORDER BY student_number) - 1 AS n FROM candidates AS candidate
        JOIN students AS student ON student.id = candidate.student_id) AS candidate
        ON candidate.n >= plan.first AND candidate.n < plan.first + plan.rows
    ORDER BY plan.code, candidate.n;
DROP TABLE bench_plans;
"""


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
    "counts", "issued_on", "earned_on", "leaf",
)  # fmt: skip


@dataclass(frozen=True)
class Batch:
    """One plan nobody has pushed into yet, for so many students from the first one on."""

    plan_id: UUID
    code: str
    exam_on: date
    first: int
    size: int

    def rows(self) -> list[dict[str, Any]]:
        """Make up the results as the partner would send them: all passed, no total disagrees."""
        return [self._row(number, 60 + number * 7 % 40, 60 + number * 11 % 40) for number in range(self.size)]

    def _row(self, number: int, theory: int, practical: int) -> dict[str, Any]:
        return {
            "org_result_id": f"{self.code}-R{number:05d}",
            "revision": 1,
            "admission_number": f"{self.code}-{number:05d}",
            "document_number": _document(self.first + number),
            "activity": "present",
            "grading": "final",
            "components": {"theory": f"{theory}.00", "practical": f"{practical}.50"},
            "total": f"{(theory * 40 + practical * 60 + 30) / 100:.2f}",
            "passed": True,
        }

    def body(self) -> bytes:
        """Write the bytes the partner sends."""
        return json.dumps({"exam_plan_id": str(self.plan_id), "rows": self.rows()}, separators=(",", ":")).encode()


@dataclass
class Ids:
    """Who and what was seeded."""

    organisation: UUID = field(default_factory=uuid4)
    institution: UUID = field(default_factory=uuid4)
    client: UUID = field(default_factory=uuid4)
    college: UUID = field(default_factory=uuid4)
    programme: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Setting:
    """The running server, its addresses, and the installation's keys."""

    admin_url: str
    urls: provision.Urls
    settings: Settings
    sealer: Sealer
    ids: Ids

    def headers(self) -> dict[str, str]:
        """Sign a fresh access token for the machine client, and name a fresh effect."""
        tokens = TokenIssuer(issuer=_ISSUER, keys=rotation.keys_in_use(self.settings))
        token = tokens.issue(
            typ=auth.ACCESS_TOKEN_TYPE,
            audience=auth.MACHINE_AUDIENCES[False],
            subject=str(self.ids.client),
            lifetime=timedelta(minutes=5),
            now=clock.now(),
            claims={"kind": "machine", "scope": SCOPE},
        )
        return {
            "Authorization": f"Bearer {token}",
            "Idempotency-Key": uuid4().hex,
            "Content-Type": "application/json",
        }


@contextlib.contextmanager
def running(*, explain: bool = False) -> Generator[Setting]:
    """Start a private server with the durable settings it has by itself, and migrate a database in it."""
    folder = Path(tempfile.mkdtemp(prefix="x-pilot-bench-"))
    place = embedded.place_of(folder)
    # Plans come back as warnings, because the service asks for nothing below that.
    watching = {
        "session_preload_libraries": "auto_explain",
        "auto_explain.log_min_duration": "0",
        "auto_explain.log_analyze": "on",
        "auto_explain.log_buffers": "on",
        "auto_explain.log_triggers": "on",
        "auto_explain.log_level": "warning",
    }
    try:
        with embedded.running(place, settings=watching if explain else None) as cluster:
            urls = provision.prepare(cluster, database="bench")
            settings = Settings(state_dir=folder / "state", issuer=_ISSUER)
            _ = rotation.first_keys(settings, may_make=True), keys.log_key(settings, may_make=True)
            yield Setting(
                admin_url=cluster.url("bench"),
                urls=urls,
                settings=settings,
                sealer=data_keys.DataKeys(settings, may_make=True).sealer(),
                ids=Ids(),
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)


async def seed(setting: Setting, sizes: list[int], *, students: int) -> list[Batch]:
    """Seed everything in a few statements, with one plan for each size; a student meets a certificate only once."""
    plans: list[tuple[Batch, int]] = []
    today = clock.today(setting.settings.timezone)
    level = first = 0
    for number, size in enumerate(sizes):
        if first + size > students:
            level, first = level + 1, 0
        exam_on = today - timedelta(days=1 + number % _EXAM_DAYS)
        plans.append((Batch(uuid4(), f"P{number:05d}", exam_on, first, size), level + 1))
        first += size
    # What is seeded is whole, so its foreign keys need no checking.
    trusting = {"session_replication_role": "replica"}
    connection = await asyncpg.connect(setting.admin_url, server_settings=trusting)
    try:
        await connection.execute(
            "CREATE TEMPORARY TABLE bench_plans (id uuid, code text, exam_on date, first int, rows int, level int)"
        )
        records = [(*dataclasses.astuple(batch), level) for batch, level in plans]
        await connection.copy_records_to_table("bench_plans", records=records)
        await _seed_persons(connection, setting, students)
        statements = _SEED.replace("$levels$", str(level + 1))
        for name, value in vars(setting.ids).items():
            statements = statements.replace(f"${name}$", f"'{value}'::uuid")
        await connection.execute(statements)
        await connection.execute("VACUUM (ANALYZE)")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()
    return [batch for batch, _ in plans]


async def _seed_persons(connection: Any, setting: Setting, students: int) -> None:  # noqa: ANN401 - asyncpg has no types
    records: list[tuple[object, ...]] = [
        (
            setting.ids.institution,
            DOCUMENT_KIND,
            setting.sealer.seal(_document(number).encode(), context="identity_documents"),
            setting.sealer.key_id,
            setting.sealer.lookup_hash(DOCUMENT_KIND, _document(number)),
            _document(number),
        )
        for number in range(students)
    ]
    columns = ["institution_id", "kind", "sealed_number", "key_id", "lookup_hash", "masked_number"]
    await connection.copy_records_to_table("identity_documents", records=records, columns=columns)


def _document(number: int) -> str:
    return f"BENCH{number:013d}"


@dataclass(frozen=True)
class Served:
    """The running service: where it listens, and its process."""

    port: int
    process_id: int


@contextlib.contextmanager
def serving(setting: Setting, *, source: Path = _PROJECT / "src") -> Generator[Served]:
    """Run `x-pilot serve` on the seeded database as a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    environment = os.environ | {
        "XPILOT_DATABASE_URL": setting.urls.service,
        "XPILOT_STATE_DIR": str(setting.settings.state_dir),
        "XPILOT_ISSUER": _ISSUER,
        "XPILOT_PORT": str(port),
        "PYTHONPATH": str(source),
    }
    log = setting.settings.state_dir / "serve.log"
    with log.open("wb") as said:
        child = subprocess.Popen([sys.executable, "-m", "x_pilot_api", "serve"], env=environment, stderr=said)
    try:
        deadline = time.monotonic() + _UP_SECONDS
        while not _answers(port):
            if child.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the service did not start: {log.read_text()[-500:]}")
            time.sleep(0.05)
        yield Served(port, child.pid)
    finally:
        child.terminate()
        child.wait()


def cpu_seconds(process_ids: Iterable[int]) -> float:
    """Add up what Linux says the processes have computed so far, which waiting for a busy machine does not count."""
    used = 0
    for process_id in process_ids:
        for thread in Path(f"/proc/{process_id}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):
                used += int(thread.read_text().split()[0])
    return used / 1_000_000_000


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


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
