"""Transactions end in another order than they began, while a telephone syncs: it misses nothing."""

import random
from contextlib import AsyncExitStack
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.inbox.box import FIGURES, KIND
from tests.sizes import sized
from tests.student_space import conftest as student_space
from tests.student_space.conftest import Campus
from tests.student_space.phone import Phone
from x_pilot_api.inbox import commands
from x_pilot_api.inbox.models import Message
from x_pilot_api.student_space.queries import changes

campus = student_space.campus

# What one is tempted to: to stand at the newest transaction there is, not at the oldest that is still at work.
NEWEST = text("""
SELECT ((pg_snapshot_xmax(pg_current_snapshot()))::text)::bigint AS xid,
    (SELECT system_identifier FROM pg_control_system()) AS lineage
""")


class Deed:
    """A transaction held open that tells the student something."""

    def __init__(self, campus: Campus) -> None:
        self.campus = campus
        self._stack = AsyncExitStack()
        self._session: AsyncSession | None = None

    async def tell(self) -> None:
        """Tell one more thing."""
        school = self.campus.world.schools[0]
        if self._session is None:
            database = self.campus.service.database
            self._session = await self._stack.enter_async_context(database.transaction(institution_id=school.id))
        await commands.send_to(
            self._session,
            KIND,
            institution_id=school.id,
            object_kind="learning_outcome",
            object_id=uuid4(),
            person_ids=[self.campus.world.callers["student"].id],
            figures=FIGURES,
        )

    async def commit(self) -> None:
        """Let it be so."""
        await self._stack.aclose()

    async def give_up(self) -> None:
        """Take it back."""
        await self._stack.__aexit__(RuntimeError, RuntimeError("given up"), None)


async def _there(campus: Campus) -> set[str]:
    async with campus.service.database.transaction(institution_id=campus.world.schools[0].id) as session:
        own = select(Message.id).where(Message.person_id == campus.world.callers["student"].id)
        found: list[UUID] = list(await session.scalars(own))
    return {str(id_) for id_ in found}


async def _run(campus: Campus, phones: list[Phone], *, seed: int, steps: int) -> None:
    """Let deeds begin, go on, commit and be given up in any order between the pages that telephones ask for."""
    chance = random.Random(seed)  # noqa: S311 - a run that can be repeated
    deeds: list[Deed] = []
    for _ in range(steps):
        if len(deeds) < 8 and chance.random() < 0.5:
            deeds.append(Deed(campus))
            await deeds[-1].tell()
        elif deeds and chance.random() < 0.6:
            deed = deeds.pop(chance.randrange(len(deeds)))
            await (deed.give_up() if chance.random() < 0.1 else deed.commit())
        elif deeds:
            await chance.choice(deeds).tell()
        await chance.choice(phones).page()
    for deed in deeds:
        await deed.commit()
    for phone in phones:
        await phone.sync()
        await phone.sync()


@pytest.mark.parametrize("seed", range(sized(2, 30)))
async def test_a_telephone_misses_nothing_whatever_order_deeds_end_in(campus: Campus, seed: int) -> None:
    phones = [campus.phone(page_size=size) for size in (1, 4, 100)]
    await _run(campus, phones, seed=seed, steps=sized(80, 1_000))
    there = await _there(campus)
    assert len(there) > 10
    for phone in phones:
        assert set(phone.held("message")) == there


async def test_the_same_run_finds_a_feed_that_misses(campus: Campus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "_HEAD", NEWEST)
    phones = [campus.phone(page_size=size) for size in (1, 4, 100)]
    await _run(campus, phones, seed=0, steps=80)
    there = await _there(campus)
    assert any(there - set(phone.held("message")) for phone in phones)


async def test_what_an_open_deed_wrote_comes_when_it_commits(campus: Campus) -> None:
    phone, slow, quick = campus.phone(), Deed(campus), Deed(campus)
    await slow.tell()
    await quick.tell()
    await quick.commit()
    await phone.sync()
    assert len(phone.held("message")) == 1, "what is committed is told at once, though an older deed is open"
    await phone.sync()
    await slow.commit()
    await phone.sync()
    assert set(phone.held("message")) == await _there(campus)
    assert len(phone.held("message")) == 2
