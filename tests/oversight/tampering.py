"""What a superuser may do to history, one kind of change a function; each says which leaf it spoilt, if one can say."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.oversight.ground import Ground, within
from x_pilot_api.oversight import commands


@dataclass
class Hand:
    """A superuser with triggers and foreign keys switched off, in a transaction that will be taken back."""

    connection: AsyncConnection
    ground: Ground
    chance: random.Random

    async def do(self, statement: str, **values: Any) -> None:  # noqa: ANN401 - whatever the statement takes
        """Change something of the institution, and see that it was there to be changed."""
        result = await self.connection.execute(text(statement), {"i": self.ground.institution_id} | values)
        assert result.rowcount > 0, statement

    async def rows(self, question: str, **values: Any) -> list[Any]:  # noqa: ANN401
        """Ask something of the institution."""
        return list((await self.connection.execute(text(question), {"i": self.ground.institution_id} | values)).all())

    async def one(self, source: str) -> Any:  # noqa: ANN401 - a row
        """Choose one sealed row of a table by chance."""
        asked = "SELECT leaf_number, row_id FROM log_leaves WHERE institution_id = :i AND source = :s ORDER BY 1"
        return self.chance.choice(await self.rows(asked, s=source))

    async def seal(self) -> None:
        """Seal with the log's own key, as who has stolen it could."""
        ground = self.ground
        async with within(self.connection, ground.arena.service.settings).transaction() as session:
            await commands.seal_log(session, commands.signer_of(ground.arena.service), ground.log)


Tampering = Callable[[Hand], Awaitable[int | None]]


async def edit_an_amount(hand: Hand) -> int | None:
    chosen = await hand.one("transfers")
    await hand.do("UPDATE transfers SET amount = amount + 1 WHERE institution_id = :i AND id = :id", id=chosen.row_id)
    return chosen.leaf_number


async def edit_who_wrote_an_entry(hand: Hand) -> int | None:
    chosen = await hand.one("journal_entries")
    await hand.do(
        "UPDATE journal_entries SET actor_id = uuidv7() WHERE institution_id = :i AND id = :id", id=chosen.row_id
    )
    return chosen.leaf_number


async def edit_when_it_was_recorded(hand: Hand) -> int | None:
    chosen = await hand.one("transfers")
    await hand.do(
        "UPDATE transfers SET recorded_at = recorded_at - interval '1 day' WHERE institution_id = :i AND id = :id",
        id=chosen.row_id,
    )
    return chosen.leaf_number


async def edit_the_audit(hand: Hand) -> int | None:
    chosen = await hand.one("audit_events")
    await hand.do(
        """UPDATE audit_events SET detail = detail || '{"by": "nobody"}' WHERE institution_id = :i AND id = :id""",
        id=chosen.row_id,
    )
    return chosen.leaf_number


async def delete_a_row(hand: Hand) -> int | None:
    source = hand.chance.choice(("awards", "award_changes", "transfers", "journal_entries", "audit_events"))
    chosen = await hand.one(source)
    await hand.do(f"DELETE FROM {source} WHERE institution_id = :i AND id = :id", id=chosen.row_id)
    return chosen.leaf_number


_COPY = """
INSERT INTO journal_entries (institution_id, kind, source_kind, source_id, occasion, actor_id, recorded_at)
SELECT institution_id, kind, source_kind, uuidv7(), occasion, actor_id, recorded_at - interval '1 day'
FROM journal_entries WHERE institution_id = :i AND id = :id
"""


async def insert_back_dated(hand: Hand) -> int | None:
    await hand.do(_COPY, id=(await hand.one("journal_entries")).row_id)
    return None


async def insert_back_dated_and_put_it_into_the_log(hand: Hand) -> int | None:
    """Append a leaf for a row that claims to be old, and seal it properly."""
    await hand.do(_COPY, id=(await hand.one("journal_entries")).row_id)
    await hand.do("UPDATE seals SET horizon_at = horizon_at - interval '2 days' WHERE institution_id = :i")
    await hand.seal()
    await hand.do("UPDATE seals SET horizon_at = horizon_at + interval '2 days' WHERE institution_id = :i")
    return (await hand.rows("SELECT max(leaf_number) AS last FROM log_leaves WHERE institution_id = :i"))[0].last


_MOVE = "UPDATE log_leaves SET leaf_number = :to WHERE institution_id = :i AND leaf_number = :of"


async def swap_two_leaves(hand: Hand) -> int | None:
    one, other = hand.chance.sample(range(await _size(hand)), 2)
    for of, to in ((one, -1), (other, one), (-1, other)):
        await hand.do(_MOVE, of=of, to=to)
    return None


async def edit_a_seal(hand: Hand) -> int | None:
    number = await _seal(hand)
    await hand.do("UPDATE seals SET root = sha256(root) WHERE institution_id = :i AND number = :n", n=number)
    return None


async def edit_a_checkpoint(hand: Hand) -> int | None:
    number = await _seal(hand)
    await hand.do(
        "UPDATE seals SET checkpoint = replace(checkpoint, E'\\n' || size || E'\\n', E'\\n' || size + 1 || E'\\n')"
        " WHERE institution_id = :i AND number = :n",
        n=number,
    )
    return None


async def delete_a_seal(hand: Hand) -> int | None:
    number = await _seal(hand)
    await hand.do("DELETE FROM seals WHERE institution_id = :i AND number = :n", n=number)
    return None


async def edit_a_row_and_its_leaf(hand: Hand) -> int | None:
    await edit_an_amount(hand)
    await hand.do(
        "UPDATE log_leaves SET leaf = transfers.leaf FROM transfers WHERE log_leaves.institution_id = :i"
        " AND transfers.institution_id = :i AND transfers.id = row_id AND log_leaves.leaf <> transfers.leaf"
    )
    return None


async def rewrite_everything_and_seal_anew(hand: Hand) -> int | None:
    """Change history and build a whole log that agrees with it; only what is kept outside can tell."""
    await edit_when_it_was_recorded(hand)
    for table in ("log_leaves", "log_nodes", "seals"):
        await hand.do(f"DELETE FROM {table} WHERE institution_id = :i")
    await hand.seal()
    return None


async def cut_the_end(hand: Hand) -> int | None:
    """Go back to an earlier seal as if nothing had come after it; only what is kept outside can tell."""
    size = (await hand.rows("SELECT size FROM seals WHERE institution_id = :i ORDER BY size DESC OFFSET 1"))[0].size
    cut = "SELECT row_id FROM log_leaves WHERE institution_id = :i AND leaf_number >= :size"
    for source in ("awards", "award_changes", "transfers", "journal_entries", "audit_events"):
        await hand.connection.execute(
            text(f"DELETE FROM {source} WHERE institution_id = :i AND id IN ({cut})"),
            {"i": hand.ground.institution_id, "size": size},
        )
    await hand.do("DELETE FROM log_leaves WHERE institution_id = :i AND leaf_number >= :size", size=size)
    await hand.do("DELETE FROM seals WHERE institution_id = :i AND size > :size", size=size)
    return None


async def un_revoke_an_award(hand: Hand) -> int | None:
    [chosen] = hand.chance.sample(await hand.rows("SELECT id FROM awards WHERE institution_id = :i"), 1)
    await hand.do(
        "UPDATE awards SET state = 'valid', revoked_at = NULL, revoked_reason = NULL"
        " WHERE institution_id = :i AND id = :id",
        id=chosen.id,
    )
    return None


async def un_revoke_an_award_and_its_change(hand: Hand) -> int | None:
    chosen = await hand.one("award_changes")
    await hand.do("DELETE FROM award_changes WHERE institution_id = :i AND id = :id", id=chosen.row_id)
    return chosen.leaf_number


async def edit_a_balance(hand: Hand) -> int | None:
    [chosen] = hand.chance.sample(
        await hand.rows("SELECT account_id FROM ledger_balances WHERE institution_id = :i"), 1
    )
    await hand.do(
        "UPDATE ledger_balances SET posted = posted + 100 WHERE institution_id = :i AND account_id = :id",
        id=chosen.account_id,
    )
    return None


async def edit_a_stored_hash(hand: Hand) -> int | None:
    await hand.do("UPDATE log_nodes SET hash = sha256(hash) WHERE institution_id = :i")
    return None


async def delete_a_leaf(hand: Hand) -> int | None:
    number = hand.chance.randrange(await _size(hand))
    await hand.do("DELETE FROM log_leaves WHERE institution_id = :i AND leaf_number = :n", n=number)
    return number


async def _size(hand: Hand) -> int:
    return (await hand.rows("SELECT count(*) AS size FROM log_leaves WHERE institution_id = :i"))[0].size


async def _seal(hand: Hand) -> int:
    [chosen] = hand.chance.sample(await hand.rows("SELECT number FROM seals WHERE institution_id = :i"), 1)
    return chosen.number


KINDS: tuple[Tampering, ...] = (
    edit_an_amount,
    edit_who_wrote_an_entry,
    edit_when_it_was_recorded,
    edit_the_audit,
    delete_a_row,
    insert_back_dated,
    insert_back_dated_and_put_it_into_the_log,
    swap_two_leaves,
    edit_a_seal,
    edit_a_checkpoint,
    delete_a_seal,
    edit_a_row_and_its_leaf,
    rewrite_everything_and_seal_anew,
    cut_the_end,
    un_revoke_an_award,
    un_revoke_an_award_and_its_change,
    edit_a_balance,
    edit_a_stored_hash,
    delete_a_leaf,
)
