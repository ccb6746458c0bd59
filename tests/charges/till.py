"""The words of the tests of guarantees and charges: a hall where exams cost something, and students who come or not."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from tests.exams import make
from tests.exams.desk import Json, set_clock
from tests.exams.hall import CLOSED, IN_MAY, Hall
from x_pilot_api.charges.models import Guarantee, GuaranteeEvent
from x_pilot_api.tallies import rules as tallies

_COUNTED_AND_KEPT = text(f"""
SELECT (SELECT ARRAY[count(*), count(*) FILTER (WHERE state = 'used')]
        FROM guarantees WHERE institution_id = :institution_id),
    (SELECT ARRAY[coalesce(sum(amount) FILTER (WHERE measure = 'guarantees_granted'), 0)::bigint,
        coalesce(sum(amount) FILTER (WHERE measure = 'guarantees_used'), 0)::bigint] FROM ({tallies.KEPT}) AS kept)
""")
HELD = datetime(2026, 6, 21, 1, tzinfo=UTC)


@dataclass
class Till:
    """A hall of the first school, and what it costs to be examined there."""

    hall: Hall
    monkeypatch: pytest.MonkeyPatch

    @property
    def school_id(self) -> UUID:
        """Name the first school."""
        return self.hall.school_id

    def student(self, index: int) -> UUID:
        """Name one of its students."""
        return self.hall.desk.world.schools[0].students[index]

    def at(self, instant: datetime) -> None:
        """Let it be a certain instant."""
        set_clock(self.monkeypatch, instant)

    async def lock(self, plan: Json) -> Json:
        """Let the organisation lock the registrations of a plan, once its registration is closed."""
        self.at(CLOSED)
        return await self.hall.done(f"/exam-plans/{plan['id']}/registrations:lock", who="org_staff")

    async def results(self, plan: Json, *rows: tuple[Json, str], revision: int = 1, query: str = "") -> Json:
        """Let the organisation say of registrations whether they were present, after the exam was held."""
        self.at(HELD)
        made = make.Plan(UUID(plan["id"]), self.school_id, [], [row["admission_number"] for row, _ in rows], "")
        documents = self.hall.desk.world.schools[0].documents
        index_of = {str(each): index for index, each in enumerate(self.hall.desk.world.schools[0].students)}
        sent: list[Json] = []
        for place, (registration, activity) in enumerate(rows):
            said: Json = {} if activity == "present" else {"components": {}, "total": None, "passed": None}
            row = self.hall.desk.row(made, place, activity=activity, revision=revision, **said)
            row["document_number"] = documents[index_of[registration["student_id"]]]
            sent.append(row | ({"grading": "corrected", "reason": "更正"} if revision > 1 else {}))
        answer = await self.hall.desk.send(made, *sent, query=query)
        assert answer.is_success, answer.text
        told: Json = answer.json()
        assert (told["rejected"], told["quarantined"]) == (0, 0), told
        return told

    async def guarantee(self, index: int) -> tuple[str, str | None, int]:
        """Tell a student's guaranteed attempt: state, for which registration, absences; and see that sums follow."""
        async with self.hall.desk.service.database.transaction(institution_id=self.school_id) as session:
            counted, kept = (await session.execute(_COUNTED_AND_KEPT, {"institution_id": self.school_id})).one()
            assert kept == counted
            found = (await session.scalars(select(Guarantee).where(Guarantee.student_id == self.student(index)))).one()
            return found.state, str(found.registration_id) if found.registration_id else None, found.absences

    async def events(self, index: int) -> list[tuple[str, str]]:
        """Tell everything that became of a student's guaranteed attempt, and why."""
        asked = (
            select(GuaranteeEvent.deed, GuaranteeEvent.cause)
            .join(Guarantee, Guarantee.id == GuaranteeEvent.guarantee_id)
            .where(Guarantee.student_id == self.student(index))
            .order_by(GuaranteeEvent.number)
        )
        async with self.hall.desk.service.database.transaction(institution_id=self.school_id) as session:
            return [(row.deed, row.cause) for row in (await session.execute(asked)).all()]

    async def count(self, question: str, **values: Any) -> Any:  # noqa: ANN401
        """Ask the database for one figure."""
        async with self.hall.desk.service.database.transaction(institution_id=self.school_id) as session:
            return (await session.execute(text(question), values)).scalar_one()

    async def again(self, index: int) -> tuple[Json, Json]:
        """Hold another exam for a student, who is registered for it by their college."""
        self.at(IN_MAY)
        plan = await self.hall.plan("1", code=uuid4().hex[:8])
        (made,) = await self.hall.registered(plan, index, certificate_level_id=str(self.hall.level("1")))
        return plan, made
