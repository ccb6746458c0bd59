"""What tests of outcomes do through the API, in the fewest words: load policies, submit, verify, recognise, expire."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import select

from tests.credits.converting import Clerk, refused
from tests.exams.desk import SYSTEM, Json
from x_pilot_api.core import clock
from x_pilot_api.credits import commands
from x_pilot_api.credits.commands import RunOut
from x_pilot_api.registry.models import CourseGrade

TRAINING = "training"
GRADE = "course_grade"
ZONE = "Asia/Shanghai"


def line(kind: str = TRAINING, credit: str = "2.00", **more: Any) -> Json:  # noqa: ANN401 - a value of any kind
    """Write a line of a recognition policy."""
    evidence = "grade" if kind == GRADE else "document"
    return {"kind": kind, "evidence": evidence, "credit": credit} | more


@dataclass
class Dean:
    """Whoever brings outcomes to their credits, beside a clerk who converts."""

    clerk: Clerk

    async def policy(self, *lines: Json, limits: list[Json] | None = None, **more: Any) -> Json:  # noqa: ANN401
        """Load a recognition policy that holds from today."""
        body: Json = {
            "lines": list(lines) or [line(), line(GRADE, "3.00", least_grade="60")],
            "limits": limits or [],
            "document_number": "教〔2026〕30号",
            "effective_from": str(clock.today(ZONE)),
        }
        return await self._made("registrar", "recognition-policies", **body | more)

    async def expiry(self, kind: str = TRAINING, *, months: int = 12, notice: int = 30) -> Json:
        """Load an expiry policy that holds from today."""
        return await self._made(
            "registrar",
            "expiry-policies",
            terms=[{"kind": kind, "validity_months": months, "notice_days": notice}],
            document_number="教〔2026〕31号",
            effective_from=str(clock.today(ZONE)),
        )

    async def _made(self, who: str, path: str, **body: Any) -> Json:  # noqa: ANN401
        answer = await self.clerk.post(who, path, **body)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    def training(self, index: int = 0, *, number: str = "培字1号", kind: str = TRAINING, **more: Any) -> Json:  # noqa: ANN401
        """Write an outcome that rests on a document."""
        document = {
            "number": number,
            "issuer": "省培训中心",
            "issued_on": "2026-05-20",
            "digest": sha256(number.encode()).hexdigest(),
        }
        student_id = str(self.clerk.students[index])
        return {"student_id": student_id, "kind": kind, "document": document | more, "reason": "参加培训并结业"}

    async def grade(
        self, index: int = 0, course: int = 0, *, score: int | None = 8600, word: str | None = None
    ) -> UUID:
        """Let a student have passed a course, and name the grade."""
        await self.clerk.pass_course(index, course, word=word, score=score)
        return await self.latest_grade(index, course)

    async def latest_grade(self, index: int = 0, course: int = 0) -> UUID:
        """Name the latest revision of a student's grade in a course."""
        async with self.clerk.desk.service.database.transaction(institution_id=self.clerk.institution_id) as session:
            found = select(CourseGrade.id).where(
                CourseGrade.student_id == self.clerk.students[index],
                CourseGrade.course_id == self.clerk.courses[course],
            )
            return (await session.scalars(found.order_by(CourseGrade.recorded_at.desc()).limit(1))).one()

    def of_grade(self, grade_id: UUID, index: int = 0) -> Json:
        """Write an outcome that rests on a grade."""
        student_id = str(self.clerk.students[index])
        return {"student_id": student_id, "kind": GRADE, "grade_id": str(grade_id), "reason": "申请认定"}

    async def submit(self, *outcomes: Json, who: str = "coordinator") -> list[str]:
        """Submit outcomes that can be, and name them."""
        found = await self._made(who, "outcomes", outcomes=list(outcomes))
        ids: list[str] = found["outcome_ids"]
        return ids

    async def refusal(self, *outcomes: Json, who: str = "coordinator") -> tuple[str, str]:
        """Submit outcomes that cannot be, and tell the first item's code and words."""
        return refused(await self.clerk.post(who, "outcomes", outcomes=list(outcomes)), code="outcomes_refused")

    async def verify(self, *ids: str, who: str = "coordinator") -> httpx.Response:
        """Verify outcomes."""
        return await self.clerk.post(who, "outcomes:verify", outcome_ids=list(ids))

    async def recognise(self, *ids: str, credit: str | None = None, who: str = "registrar") -> httpx.Response:
        """Recognise outcomes."""
        return await self.clerk.post(
            who, "outcomes:recognise", reason="符合认定办法", document_number="教认〔2026〕12号",
            outcomes=[{"outcome_id": each, "credit": credit} for each in ids],
        )  # fmt: skip

    async def recognised(self, *outcomes: Json) -> list[str]:
        """Bring outcomes all the way."""
        ids = await self.submit(*outcomes)
        for answer in (await self.verify(*ids), await self.recognise(*ids)):
            assert answer.status_code == 201, answer.text
        return ids

    async def settle(self, *ids: str, is_kept: bool) -> httpx.Response:
        """Keep or take back outcomes."""
        return await self.clerk.post(
            "registrar",
            "outcomes:settle",
            outcome_ids=list(ids),
            is_kept=is_kept,
            reason="查明",
            document_number="教9号",
        )

    async def read(self, outcome_id: str, *, who: str = "registrar") -> Json:
        """Read one outcome."""
        found: Json = await self.clerk.desk.get(f"/v1/outcomes/{outcome_id}", who=who)
        return found

    async def follow(self) -> list[UUID]:
        """Let outcomes follow their grades, as the worker does."""
        async with self.clerk.desk.service.database.transaction(institution_id=self.clerk.institution_id) as session:
            return list(
                await commands.follow_grades(
                    session, SYSTEM, institution_id=self.clerk.institution_id, today=clock.today(ZONE), cause=uuid4()
                )
            )

    async def night(self, today: date | None = None) -> RunOut:
        """Let a night's expiry run on a day."""
        async with self.clerk.desk.service.database.transaction(institution_id=self.clerk.institution_id) as session:
            return await commands.expire_credits(
                session, SYSTEM, institution_id=self.clerk.institution_id, today=today or clock.today(ZONE),
                timezone=ZONE, cause=uuid4(),
            )  # fmt: skip
