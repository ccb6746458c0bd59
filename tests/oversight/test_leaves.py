"""The encoding of leaves is frozen: these hashes were computed on the first day and must never change."""

from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.leaves import Kind, Leaf, logged_tables
from x_pilot_api.models import metadata

EVERYTHING: tuple[tuple[str, Kind], ...] = (
    ("a", "uuid"), ("b", "text"), ("c", "json"), ("d", "integer"), ("e", "instant"), ("f", "date"), ("g", "text"),
)  # fmt: skip
VALUES = (
    UUID("01890a5d-ac96-774b-bcce-b302099a8057"),
    r"反斜杠 \ 与 \\x41 'quoted' 😀",
    '{"credit": -1.50, "理由": "a\\\\b"}',
    -(2**40),
    datetime(1999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    date(1949, 10, 1),
    None,
)
GOLDEN = "9d7c8c2ad0bfb864c3bf557381d6f7b1256be4f2fb43c6a7bb9b5da84a1e88d1"
TABLES = (
    "audit_events", "award_changes", "award_copies", "award_print_changes", "awards", "closing_statements",
    "journal_entries", "platform_audit_events", "transfer_time_outs", "transfers",
)  # fmt: skip


def test_the_encoding_is_what_it_was_on_the_first_day() -> None:
    assert Leaf("golden", EVERYTHING).hash(VALUES).hex() == GOLDEN


def test_the_tables_that_are_in_a_log_are_these() -> None:
    assert tuple(table.name for table, _ in logged_tables(metadata)) == TABLES


def test_a_leaf_covers_every_column_that_cannot_be_updated() -> None:
    for table, leaf in logged_tables(metadata):
        covered = {name for name, _ in leaf.fields}
        open_to_change = set(table.info["facts"].get("updates", ())) | {"leaf"}
        assert covered == {column.name for column in table.columns} - open_to_change, table.name


async def test_postgresql_computes_the_same_leaf(session: AsyncSession) -> None:
    leaf = Leaf("golden", EVERYTHING)
    made = "SELECT :a ::uuid AS a, :b ::text AS b, (:c ::text)::jsonb AS c, :d ::bigint AS d, "
    made += ":e ::timestamptz AS e, :f ::date AS f, NULL::text AS g"
    asked = text(f"SELECT {leaf.expression.replace(':', chr(92) + ':')}, c::text FROM ({made}) AS row")
    values = dict(zip("abcdef", VALUES, strict=False))
    found, written = (await session.execute(asked, values)).one()
    as_postgresql_writes = [*VALUES[:2], written, *VALUES[3:]]
    assert found == leaf.hash(as_postgresql_writes)


def test_no_two_rows_share_an_encoding() -> None:
    leaf = Leaf("golden", (("a", "text"), ("b", "text")))
    pairs = [("ab", "c"), ("a", "bc"), ("", "abc"), (None, "abc"), ("abc", None), ("abc", ""), ("\0", None)]
    assert len({leaf.hash(pair) for pair in pairs}) == len(pairs)
    assert Leaf("other", leaf.fields).hash(pairs[0]) != leaf.hash(pairs[0])
