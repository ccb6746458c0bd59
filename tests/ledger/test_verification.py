"""The verifier of the book: an honest book has no finding, and each tampering is found where it was done."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.exams.desk import SYSTEM
from tests.ledger.purse import Purse, purse_of
from tests.oversight import ground as grounds
from tests.oversight.ground import Ground
from tests.oversight.tampering import Hand
from tests.oversight.test_tamper_drill import hand_of
from tests.races.arena import opened
from x_pilot_api.core import clock, embedded, provision
from x_pilot_api.core.settings import Settings
from x_pilot_api.ledger import commands
from x_pilot_api.ledger.queries import checks
from x_pilot_api.oversight import queries
from x_pilot_api.oversight.queries import BookReport


@pytest.fixture(scope="module")
def book_urls(new_database: Callable[[], provision.Urls]) -> provision.Urls:
    return new_database()


@pytest.fixture(scope="module")
async def ground(
    book_urls: provision.Urls, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Ground]:
    """Lay a book with deposits, reversals, holds posted, voided, timed out and left open."""
    async with opened(book_urls, settings) as arena:
        laid = await grounds.lay(arena, Path(tmp_path_factory.mktemp("checkpoints")))
        source = await _an_outcome(laid)
        occasions = iter(range(10, 100))
        for index in range(4):
            purse = await purse_of(arena, index)

            async def move(
                way: str, amount: int, phase: str = "pending", purse: Purse = purse, **columns: object
            ) -> UUID:
                rests = {"source_kind": "learning_outcome", "source_id": source, "occasion": next(occasions)}
                return await purse.move((way, amount), phase=phase, changes="", **rests, **columns)

            await move("in", 500, "single", kind="gift")
            holds = [await move("out", 10) for _ in range(3)]
            await purse.post(holds[0])
            await purse.reverse(holds[1])
            await move("out", 7, times_out_at=clock.now() + timedelta(hours=1))
        async with arena.service.database.transaction() as session:
            later = clock.now() + timedelta(days=1)
            done = await commands.time_out_due(
                session, SYSTEM, institution_id=laid.institution_id, now=later, cause=source
            )
            assert done == 4
        yield laid


async def _an_outcome(ground: Ground) -> UUID:
    async with ground.arena.service.database.transaction(read_only=True) as session:
        asked = text("SELECT id FROM learning_outcomes WHERE institution_id = :i LIMIT 1")
        found: UUID = (await session.execute(asked, {"i": ground.institution_id})).scalar_one()
        return found


@pytest.fixture
def superuser_url(cluster: embedded.Cluster, book_urls: provision.Urls) -> str:
    return cluster.url(urlsplit(book_urls.service).path.removeprefix("/"))


async def verified(ground: Ground, hand: Hand | None = None) -> BookReport:
    """Verify the book, as the hand sees it if there is one."""
    database = ground.arena.service.database
    if hand is not None:
        database = grounds.within(hand.connection, ground.arena.service.settings)
    async with database.transaction(read_only=True, institution_id=ground.institution_id) as session:
        return await queries.verify_book(session, ground.institution_id)


async def test_an_honest_book_is_whole(ground: Ground) -> None:
    for school in ground.arena.world.schools:
        async with ground.arena.service.database.transaction(read_only=True, institution_id=school.id) as session:
            report = await queries.verify_book(session, school.id)
        assert [str(finding) for finding in report.findings] == []
    report = await verified(ground)
    assert report.transfers > 100
    assert report.entries == report.transfers


Tampering = tuple[str, str]
"""What a superuser does, and the check that must find it."""

_ANY = (
    "(SELECT id FROM transfers WHERE institution_id = :i AND phase = '{phase}' ORDER BY md5(id::text || :seed) LIMIT 1)"
)
_SINGLE, _POST = (_ANY.format(phase=phase) for phase in ("single", "post"))
_OUT = _ANY.format(phase="timed_out")
_OTHER = "(SELECT id FROM ledger_accounts WHERE institution_id = :i AND is_limited AND id <> credit_account_id LIMIT 1)"
_ENTRY = "(SELECT id FROM journal_entries WHERE institution_id = :i AND {so} ORDER BY md5(id::text || :seed) LIMIT 1)"

TAMPERINGS: dict[str, Tampering] = {
    "an amount is changed": (f"UPDATE transfers SET amount = amount + 1 WHERE id = {_SINGLE}", "prefix"),
    "a transfer is deleted": (f"DELETE FROM transfers WHERE id = {_SINGLE}", "balance"),
    "a transfer is deleted, and its entry stays": (f"DELETE FROM transfers WHERE id = {_SINGLE}", "entry"),
    "a transfer is turned round": (
        (
            "UPDATE transfers SET debit_account_id = credit_account_id, credit_account_id = debit_account_id,"
            " debit_seq = credit_seq, debit_available = credit_available, credit_seq = debit_seq,"
            f" credit_available = debit_available WHERE id = {_SINGLE}"
        ),
        "balance",
    ),
    "a transfer goes to somebody else": (
        (
            f"UPDATE transfers SET credit_account_id = {_OTHER}, credit_seq = 1000 WHERE id = (SELECT id FROM transfers"
            " WHERE institution_id = :i AND phase = 'single' AND credit_seq IS NOT NULL"
            " ORDER BY md5(id::text || :seed) LIMIT 1)"
        ),
        "prefix",
    ),
    "what was available is changed": (
        (
            "UPDATE transfers SET credit_available = credit_available + 5 WHERE credit_available IS NOT NULL AND id ="
            " (SELECT id FROM transfers WHERE institution_id = :i AND credit_seq IS NOT NULL"
            " ORDER BY md5(id::text || :seed) LIMIT 1)"
        ),
        "prefix",
    ),
    "a movement gets another number": (
        (
            "UPDATE transfers SET debit_seq = debit_seq + 500 WHERE id = (SELECT id FROM transfers"
            " WHERE institution_id = :i AND debit_seq IS NOT NULL ORDER BY md5(id::text || :seed) LIMIT 1)"
        ),
        "prefix",
    ),
    "an own account's movement is numbered": (
        (
            "UPDATE transfers SET debit_seq = 9, debit_available = 9 WHERE id = (SELECT id FROM transfers"
            " WHERE institution_id = :i AND debit_seq IS NULL ORDER BY md5(id::text || :seed) LIMIT 1)"
        ),
        "numbering",
    ),
    "a transfer changes its unit": (f"UPDATE transfers SET unit = 'cny' WHERE id = {_SINGLE}", "transfer"),
    "an account changes its unit": (
        "UPDATE ledger_accounts SET unit = 'cny' WHERE institution_id = :i AND NOT is_limited",
        "sum",
    ),
    "a balance is changed": ("UPDATE ledger_balances SET posted = posted + 100 WHERE institution_id = :i", "balance"),
    "a hold is let go of in the balance": (
        "UPDATE ledger_balances SET held_out = 0 WHERE institution_id = :i AND held_out > 0",
        "balance",
    ),
    "a balance is deleted": ("DELETE FROM ledger_balances WHERE institution_id = :i AND seq > 0", "balance"),
    "an account is deleted": (
        (
            "DELETE FROM ledger_accounts WHERE institution_id = :i AND is_limited AND id IN"
            " (SELECT account_id FROM ledger_balances WHERE seq > 0)"
        ),
        "transfer",
    ),
    "a limited account becomes unlimited": (
        "UPDATE ledger_accounts SET is_limited = false, kind = id::text WHERE institution_id = :i AND is_limited",
        "balance",
    ),
    "a posting loses what it posts": (
        f"DELETE FROM transfers WHERE id = (SELECT resolves_id FROM transfers WHERE id = {_POST})",
        "transfer",
    ),
    "a posting posts more than was pending": (
        f"UPDATE transfers SET amount = amount + 3 WHERE id = {_POST}",
        "transfer",
    ),
    "a posting posts what was not pending": (
        f"UPDATE transfers SET resolves_id = {_SINGLE} WHERE id = {_POST}",
        "transfer",
    ),
    "a posting is undone": (f"DELETE FROM transfers WHERE id = {_POST}", "balance"),
    "a posting becomes a voiding": (f"UPDATE transfers SET phase = 'void' WHERE id = {_POST}", "balance"),
    "a posting claims to be of before": (
        f"UPDATE transfers SET recorded_at = recorded_at - interval '1 year' WHERE id = {_POST}",
        "transfer",
    ),
    "a time-out loses its time": ("DELETE FROM transfer_time_outs WHERE institution_id = :i", "time_out"),
    "what timed out is turned into something posted": (
        f"UPDATE transfers SET phase = 'post' WHERE id = {_OUT}",
        "balance",
    ),
    "an entry is deleted": (f"DELETE FROM journal_entries WHERE id = {_ENTRY.format(so='true')}", "transfer"),
    "an entry is added": (
        (
            "INSERT INTO journal_entries (institution_id, kind, source_kind, source_id, occasion, actor_id) SELECT"
            " institution_id, 'gift', source_kind, source_id, occasion, actor_id FROM journal_entries"
            f" WHERE institution_id = :i AND id = {_ENTRY.format(so='true')}"
        ),
        "entry",
    ),
    "what was reversed is gone": (
        "DELETE FROM journal_entries WHERE id IN (SELECT reverses_id FROM journal_entries WHERE institution_id = :i)",
        "entry",
    ),
    "a reversal takes back another entry": (
        (
            f"UPDATE journal_entries SET reverses_id = {_ENTRY.format(so='kind = $$gift$$')}"
            f" WHERE id = {_ENTRY.format(so='reverses_id IS NOT NULL')}"
        ),
        "reversal",
    ),
    "what an entry rests on is gone": (
        "DELETE FROM learning_outcomes WHERE institution_id = :i AND id IN (SELECT source_id FROM journal_entries)",
        "source learning_outcome",
    ),
    "an entry rests on nothing that is": (
        f"UPDATE journal_entries SET source_kind = 'wish' WHERE id = {_ENTRY.format(so='true')}",
        "source",
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
async def test_each_tampering_is_found(name: str, ground: Ground, superuser_url: str) -> None:
    statement, check = TAMPERINGS[name]
    async with hand_of(superuser_url, ground, name) as hand:
        await _lift_checks(hand)
        seeded = {"seed": name} if ":seed" in statement else {}
        await hand.do(statement, **seeded)
        found = (await verified(ground, hand)).findings
    assert check in {finding.check for finding in found}, [str(finding) for finding in found]


async def test_ended_twice_and_reversed_twice_are_found_where_the_keys_are_gone(
    ground: Ground, superuser_url: str
) -> None:
    async with hand_of(superuser_url, ground, "twice") as hand:
        await hand.connection.execute(text("DROP INDEX transfers_resolves_key"))
        await hand.do(
            "UPDATE transfers SET resolves_id = (SELECT min(resolves_id::text)::uuid FROM transfers"
            " WHERE institution_id = :i) WHERE institution_id = :i AND phase = 'post'"
        )
        await hand.connection.execute(
            text("ALTER TABLE journal_entries DROP CONSTRAINT journal_entries_institution_id_reverses_id_key")
        )
        await hand.do(
            "UPDATE journal_entries SET reverses_id = (SELECT min(reverses_id::text)::uuid FROM journal_entries"
            " WHERE institution_id = :i) WHERE institution_id = :i AND reverses_id IS NOT NULL"
        )
        found = {finding.check for finding in (await verified(ground, hand)).findings}
    assert {"ended_once", "reversed_once"} <= found


async def _lift_checks(hand: Hand) -> None:
    """Drop what the table itself would refuse, as who owns it could."""
    for index in ("transfers_debit_seq_key", "transfers_credit_seq_key"):
        await hand.connection.execute(text(f"DROP INDEX {index}"))


async def test_a_finding_names_book_check_table_and_row(ground: Ground, superuser_url: str) -> None:
    async with hand_of(superuser_url, ground, "named") as hand:
        await hand.do(TAMPERINGS["a transfer changes its unit"][0], seed="named")
        [finding, *_] = [it for it in (await verified(ground, hand)).findings if it.check == "transfer"]
    assert str(finding) == (
        f"book {ground.institution_id}, transfer, transfers {finding.row_id}:"
        " it moves cny between accounts of credit and credit"
    )


@pytest.mark.parametrize("check", sorted(checks.CHECKS))
async def test_a_verifier_without_one_of_its_checks_is_seen_to_fail(
    check: str, ground: Ground, superuser_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """See that each check is needed: without it some tampering is told by no finding of that name."""
    mine = [statement for statement, wanted in TAMPERINGS.values() if wanted == check]
    if not mine:
        assert check in {"ended_once", "reversed_once"}
        return
    monkeypatch.delitem(checks.CHECKS, check)  # type: ignore[arg-type] - a dictionary, told as a mapping
    async with hand_of(superuser_url, ground, "mutant") as hand:
        await _lift_checks(hand)
        await hand.do(mine[0], **({"seed": "mutant"} if ":seed" in mine[0] else {}))
        assert check not in {finding.check for finding in (await verified(ground, hand)).findings}
