"""Transactions end in another order than they began, while readers page: nobody misses an event."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text, tuple_

from tests.outbox import conftest as outbox
from tests.outbox.feeding import Feeding, Writer
from tests.sizes import sized
from x_pilot_api.outbox.models import OutboxEvent

feeding = outbox.feeding

Page = Callable[[Any], Awaitable[tuple[list[UUID], Any]]]
"""Reads after where a reader stands, and tells what came and where it stands then."""


@dataclass
class Reader:
    """Somebody who reads page after page."""

    page: Page
    place: Any = None
    seen: list[UUID] = field(default_factory=list[UUID])

    async def read(self) -> int:
        """Read one page."""
        came, self.place = await self.page(self.place)
        self.seen += came
        return len(came)


def ours(feeding: Feeding, size: int) -> Page:
    """Read as the feed is read."""

    async def page(place: Any) -> tuple[list[UUID], Any]:  # noqa: ANN401 - the reader's own business
        feed = await feeding.read(place, size=size)
        return [event.id for event in feed.events], feed.cursor

    return page


def by_id_alone(feeding: Feeding, size: int) -> Page:
    """Read as one is tempted to: what has a higher id than the last one seen."""

    async def page(place: Any) -> tuple[list[UUID], Any]:  # noqa: ANN401
        statement = select(OutboxEvent.id).order_by(OutboxEvent.id).limit(size)
        if place is not None:
            statement = statement.where(OutboxEvent.id > place)
        async with feeding.service.database.transaction(read_only=True) as session:
            came = list(await session.scalars(statement))
        return came, came[-1] if came else place

    return page


def without_a_bound(feeding: Feeding, size: int) -> Page:
    """Read in the order of transactions, but also what an older one may still precede."""

    async def page(place: Any) -> tuple[list[UUID], Any]:  # noqa: ANN401
        statement = select(OutboxEvent).order_by(OutboxEvent.xid, OutboxEvent.id).limit(size)
        if place is not None:
            statement = statement.where(tuple_(OutboxEvent.xid, OutboxEvent.id) > tuple_(*place))
        async with feeding.service.database.transaction(read_only=True) as session:
            came = list(await session.scalars(statement))
        return [event.id for event in came], (came[-1].xid, came[-1].id) if came else place

    return page


async def run(feeding: Feeding, readers: list[Reader], *, seed: int, steps: int) -> list[UUID]:
    """Let writers begin, announce, commit and give up in any order between the readers' pages; tell what stands."""
    chance = random.Random(seed)  # noqa: S311 - a run that can be repeated
    writers: list[Writer] = []
    committed: list[UUID] = []
    for _ in range(steps):
        if len(writers) < 12 and chance.random() < 0.4:
            writers.append(Writer(feeding))
            await writers[-1].announce()
        elif writers and chance.random() < 0.5:
            writer = writers.pop(chance.randrange(len(writers)))
            if chance.random() < 0.1:
                await writer.give_up()
            else:
                committed += await writer.commit()
        elif writers and chance.random() < 0.3:
            await chance.choice(writers).announce()
        await chance.choice(readers).read()
    for writer in writers:
        committed += await writer.commit()
    for reader in readers:
        while await reader.read():
            continue
    return committed


@pytest.mark.parametrize("seed", range(sized(2, 50)))
async def test_the_feed_misses_nothing_and_repeats_nothing(feeding: Feeding, seed: int) -> None:
    readers = [Reader(ours(feeding, size)) for size in (1, 3, 100)]
    committed = await run(feeding, readers, seed=seed, steps=sized(300, 3_000))
    assert len(committed) > 50
    for reader in readers:
        assert sorted(reader.seen) == sorted(committed)
        assert len(reader.seen) == len(set(reader.seen))
    assert readers[0].seen == readers[1].seen == readers[2].seen


@pytest.mark.parametrize("way", [by_id_alone, without_a_bound])
async def test_the_same_run_finds_a_reader_that_misses(feeding: Feeding, way: Callable[[Feeding, int], Page]) -> None:
    readers = [Reader(way(feeding, size)) for size in (1, 3, 100)]
    committed = await run(feeding, readers, seed=0, steps=300)
    assert any(set(committed) - set(reader.seen) for reader in readers)


async def test_what_waits_for_an_open_transaction_comes_when_it_ends(feeding: Feeding) -> None:
    slow = Writer(feeding)
    await slow.announce()
    quick = await feeding.tell()
    waiting = await feeding.read(None)
    assert waiting.events == []
    told = await slow.commit()
    assert [event.id for event in (await feeding.read(waiting.cursor)).events] == [*told, quick]


async def test_ids_within_a_transaction_are_in_the_order_of_the_telling(feeding: Feeding) -> None:
    writer = Writer(feeding)
    for _ in range(20):
        await writer.announce()
    told = await writer.commit()
    assert [event.id for event in (await feeding.read(None)).events] == told


async def test_a_page_costs_an_index_scan_however_long_the_feed(feeding: Feeding) -> None:
    organisation_id = feeding.world.organisations[0].id
    async with feeding.service.database.transaction() as session:
        plan = (
            await session.scalars(
                text("""
                EXPLAIN SELECT * FROM outbox_events WHERE organisation_id = :organisation_id AND NOT is_test
                AND (xid, id) > (5, CAST('00000000-0000-0000-0000-000000000000' AS uuid)) AND xid < 500
                ORDER BY xid, id LIMIT 100
                """),
                {"organisation_id": organisation_id},
            )
        ).all()
    assert any("outbox_events_organisation_id_is_test_xid_id_idx" in line for line in plan), plan
