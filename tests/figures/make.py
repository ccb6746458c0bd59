"""Asking for figures as of the moment that is now, or one that was."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import text

from tests.exams.desk import Desk
from x_pilot_api.core.pagination import PageWish, read_token
from x_pilot_api.figures import queries, rules
from x_pilot_api.figures.models import FigureSide
from x_pilot_api.figures.schemas import FigureRowOut

Sides = dict[str, tuple[int, int | None]]


@dataclass
class Counter:
    """Counts for the first school; what happens is recorded by the real clock, so a period covers it and the exam."""

    desk: Desk

    async def now(self) -> queries.Moment:
        """Take the moment that is now, by the clock that stamps the rows."""
        async with self.desk.service.database.transaction() as session:
            at: datetime = (await session.scalars(text("SELECT clock_timestamp()"))).one()
        return queries.Moment(date(2026, 1, 1), date(2099, 12, 31), at)

    async def figures(self, moment: queries.Moment, *, college: int = 0) -> Sides:
        """Compute all figures of one college."""
        school = self.desk.world.schools[0]
        async with self.desk.service.database.transaction(institution_id=school.id) as session:
            found = await queries.values(
                session, school.id, codes=rules.CURRENT, college_ids=[school.colleges[college]], moment=moment
            )
        return {each.code: (each.numerator, each.denominator) for each in found}

    async def rows(self, moment: queries.Moment, code: str, side: FigureSide, *, size: int = 3) -> list[FigureRowOut]:
        """List all rows behind one side of a figure, a few a page."""
        school = self.desk.world.schools[0]
        wish, found = PageWish(size=size, after=None), list[FigureRowOut]()
        async with self.desk.service.database.transaction(institution_id=school.id) as session:
            while True:
                page, token = await queries.rows(
                    session,
                    school.id,
                    code=code,
                    side=side,
                    college_ids=school.colleges[:1],
                    moment=moment,
                    wish=wish,
                )
                found += page
                if token is None:
                    return found
                wish = replace(wish, after=read_token(token))


IN_JUNE = (date(2026, 6, 1), date(2026, 6, 30))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
