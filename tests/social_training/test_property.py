"""Whatever is logged, verified, refused, reversed and logged anew, in whatever order: the book says what stands."""

import random
from fractions import Fraction
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.exams.desk import Json
from tests.social_training.make import FIRST, Academy
from x_pilot_api.social_training.models import WorkloadRecord

RATIOS = (("7/6", "2026-04-01", "2026-04-10"), ("1.25", "2026-04-11", "2026-04-20"), ("2/3", "2026-04-21", None))
DAYS, STEPS = 30, 24


def ratio_of(day: int) -> Fraction:
    """Tell the ratio of a day of April, counted from 0."""
    return Fraction(RATIOS[min(day // 10, 2)][0])


def rounded(exact: Fraction) -> int:
    """Round a half upwards."""
    return int(exact + Fraction(1, 2))


class Walk:
    """One walk through the deeds, which keeps what stands beside them."""

    def __init__(self, academy: Academy, running: Json, chance: random.Random) -> None:
        self.academy, self.running, self.chance = academy, running, chance
        self.logged: list[Json] = []
        self.verified: list[Json] = []
        self.stands: dict[str, int] = {"teacher": 0, "coordinator": 0}
        self.used: set[tuple[str, int]] = set()

    def _day(self, record: Json) -> int:
        return int(record["worked_on"][-2:]) - 1

    def _who(self, record: Json) -> str:
        return str(record["teacher_name"]).removeprefix("教师")

    def _worth(self, record: Json) -> int:
        return rounded(Fraction(record["hours_tenths"], 10) * ratio_of(self._day(record)) * 100)

    async def log(self) -> None:
        """Log some hours on a day that is free."""
        who, day = self.chance.choice(("teacher", "coordinator")), self.chance.randrange(DAYS)
        if (who, day) not in self.used:
            self.used.add((who, day))
            tenths = self.chance.randint(1, 240)
            self.logged.append(await self.academy.log(self.running, day=day, tenths=tenths, who=who))

    async def verify(self) -> None:
        """Verify some of what waits, in any order."""
        chosen = self.chance.sample(self.logged, k=min(len(self.logged), self.chance.randint(1, 5)))
        if chosen:
            assert (await self.academy.verify(*chosen)).status_code == 201
            for record in chosen:
                self.logged.remove(record)
                self.verified.append(record)
                self.stands[self._who(record)] += self._worth(record)

    async def reverse(self) -> None:
        """Reverse one that is verified; its day is free again."""
        if self.verified:
            record = self.verified.pop(self.chance.randrange(len(self.verified)))
            assert (await self.academy.reverse(record)).status_code == 200
            self.stands[self._who(record)] -= self._worth(record)
            self.used.remove((self._who(record), self._day(record)))

    async def refuse(self) -> None:
        """Refuse one that waits."""
        if self.logged:
            record = self.logged.pop(self.chance.randrange(len(self.logged)))
            path = f"/workload-records/{record['id']}:refuse"
            await self.academy.done(path, {"reason": "-"}, who="registrar")


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_what_is_posted_is_what_stands_by_the_ratio_of_each_day(academy: Academy, seed: int) -> None:
    running = await academy.running()
    assert FIRST.day == 1
    for ratio, first, last in RATIOS:
        assert (await academy.load(ratio, first=first, last=last)).status_code == 201
    walk = Walk(academy, running, random.Random(seed))  # noqa: S311 - not a secret
    for _ in range(STEPS):
        await walk.chance.choices((walk.log, walk.verify, walk.reverse, walk.refuse), weights=(6, 3, 2, 1))[0]()
    await walk.verify()
    for who, total in walk.stands.items():
        stated = await academy.statement(who)
        figure = f"{total // 100}.{total % 100:02d}"
        assert (stated["workload"], stated["account_workload"]) == (figure, figure)
    found = {str(record["id"]) for record in walk.verified}
    school_id: UUID = academy.desk.world.schools[0].id
    async with academy.desk.service.database.transaction(institution_id=school_id) as session:
        standing = await session.scalars(select(WorkloadRecord).where(WorkloadRecord.state == "verified"))
        kept = {str(row.id): row.workload_hundredths for row in standing.all()}
    assert kept.keys() == found
    assert sum(filter(None, kept.values())) == sum(walk.stands.values())
    assert await academy.findings() == []
