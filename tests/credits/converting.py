"""What tests of conversions do through the API, in the fewest words: earn credits, ask, decide, read back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import insert, select, text

from tests.exams import make
from tests.exams.desk import Desk, Json
from x_pilot_api.core.db import Base
from x_pilot_api.mappings.models import Mapping, MappingCourse, MappingOffset
from x_pilot_api.registry.models import Course, CourseGrade

CHAIN = (("agree", "coordinator"), ("approve", "registrar"), ("confirm", "org_staff"), ("record", "registrar"))
BANK = {"document_number": "学银函〔2026〕31号", "answered_on": "2026-06-25"}


@dataclass
class Clerk:
    """Everybody of a chain, one after the other."""

    desk: Desk
    plans: dict[int, make.Plan] = field(default_factory=dict[int, make.Plan])

    @property
    def institution_id(self) -> UUID:
        return self.desk.world.schools[0].id

    @property
    def students(self) -> list[UUID]:
        return self.desk.world.schools[0].students

    @property
    def courses(self) -> list[UUID]:
        return self.desk.world.schools[0].courses[0]

    async def add(self, *rows: Base) -> None:
        """Put rows where they belong."""
        async with self.desk.service.database.transaction(institution_id=self.institution_id) as session:
            session.add_all(rows)
            await session.flush()

    async def ask(self, statement: str, **values: Any) -> Any:  # noqa: ANN401 - a value of any kind
        """Ask the database for one value."""
        async with self.desk.service.database.transaction(institution_id=self.institution_id) as session:
            return (await session.execute(text(statement), values)).scalar()

    async def more_courses(self, count: int) -> list[UUID]:
        """Give the first programme further courses, and list all it has."""
        there = self.desk.world.schools[0]
        for number in range(len(self.courses), count):
            course_id = uuid4()
            await self.add(
                Course(
                    institution_id=there.id, id=course_id, programme_id=there.programmes[0], code=f"K{number}",
                    name=f"课程{number}", credit_hundredths=400, hours=64, category="core", is_compulsory=True,
                )
            )  # fmt: skip
            self.courses.append(course_id)
        return self.courses

    async def earn(
        self, *indexes: int, credit: int | None = None, lines: Sequence[int] = (200,), organisation: int = 0
    ) -> None:
        """Let students earn the second level by a rule of as many courses as there are lines, each with its credits."""
        await self.desk.open_accounts(*indexes)
        mapping_id = await self.desk.rule(credit=lines[0], organisation=organisation)
        await self.add(
            *(
                MappingCourse(
                    institution_id=self.institution_id, mapping_id=mapping_id, course_id=self.courses[number],
                    credit_hundredths=line, grade="85",
                )
                for number, line in enumerate(lines)
                if number
            )
        )  # fmt: skip
        if credit is not None:
            await self.desk.limit(credit=credit)
        self.plans[organisation] = plan = await self.desk.plan(organisation=organisation)
        who = "machine" if organisation == 0 else f"machine_{organisation + 1}"
        rows = [self.desk.row(plan, index, org_result_id=f"{plan.code}-{index}") for index in indexes]
        await self.desk.push(plan, *rows) if who == "machine" else await self.desk.send(plan, *rows, who=who)

    async def lose(self, index: int) -> None:
        """Let the organisation take a student's result back."""
        plan = self.plans[0]
        row = self.desk.row(plan, index, org_result_id=f"{plan.code}-{index}", revision=2, grading="voided")
        await self.desk.push(plan, row)

    async def outcome(self, index: int = 0) -> str:
        """Find the outcome that brought a student credits."""
        account = await self.desk.account(index)
        (found,) = [outcome["id"] for outcome in account["outcomes"] if outcome["credit"] != "0.00"]
        return str(found)

    async def wish(self, index: int = 0, *courses: int, credit: str | None = None) -> Json:
        """Wish for a student's credits to stand for courses of the rule, the first if none is said."""
        lines = [{"course_id": str(self.courses[number]), "credit": credit} for number in courses or (0,)]
        return {"outcome_id": await self.outcome(index), "courses": lines}

    async def post(self, who: str, path: str, **body: Any) -> httpx.Response:  # noqa: ANN401
        """Do a deed as somebody."""
        headers = self.desk.sign_in(who) | {"Idempotency-Key": uuid4().hex}
        return await self.desk.client.post(f"/v1/{path}", json=body, headers=headers)

    async def request(self, *wishes: Json, who: str = "coordinator") -> list[str]:
        """Ask for conversions that can be, and name them."""
        answer = await self.post(who, "conversions", wishes=list(wishes))
        assert answer.status_code == 201, answer.text
        ids: list[str] = answer.json()["conversion_ids"]
        return ids

    async def refusal(self, *wishes: Json, who: str = "coordinator", path: str = "conversions") -> tuple[str, str]:
        """Ask for conversions that cannot be, and tell the first item's code and words."""
        return refused(await self.post(who, path, wishes=list(wishes)))

    async def decide(self, deed: str, *ids: str, who: str | None = None, **more: Any) -> httpx.Response:  # noqa: ANN401
        """Decide conversions as whoever does."""
        body: Json = {"conversion_ids": list(ids)} | (BANK if deed == "record" else {}) | more
        who = who or dict(CHAIN)[deed]
        if who.startswith("org_staff"):
            body |= {"institution_id": str(self.institution_id)}
        return await self.post(who, f"conversions:{deed}", **body)

    async def grant(self, *ids: str, until: str | None = None) -> None:
        """Bring conversions through the whole chain, or as far as a deed."""
        for deed, who in CHAIN:
            answer = await self.decide(deed, *ids, who=who)
            assert answer.status_code == 201, answer.text
            if deed == until:
                return

    async def read(self, conversion_id: str, *, who: str = "registrar") -> Json:
        """Read one conversion."""
        found: Json = await self.desk.get(f"/v1/conversions/{conversion_id}", who=who)
        return found

    async def states(self, *ids: str) -> list[str]:
        """Tell how far conversions are."""
        return [(await self.read(each))["state"] for each in ids]

    async def figures(self, index: int = 0) -> tuple[str, str, str]:
        """Tell what a student's account has: accumulated, held, available."""
        account = await self.desk.account(index)
        return account["accumulated"], account["held"], account["available"]

    async def policy(self, *steps: str, on_loss: str = "flag", effective_from: str = "2026-06-25") -> httpx.Response:
        """Load a chain."""
        return await self.post(
            "registrar", "conversion-policies", steps=list(steps), on_loss=on_loss, document_number="教〔2026〕5号",
            effective_from=effective_from,
        )  # fmt: skip

    async def pass_course(
        self, index: int, course: int, *, word: str | None = "良好", score: int | None = None
    ) -> None:
        """Let a student have passed a course."""
        async with self.desk.service.database.transaction(institution_id=self.institution_id) as session:
            await session.execute(
                insert(CourseGrade).values(
                    institution_id=self.institution_id, student_id=self.students[index],
                    course_id=self.courses[course], term="2024-2025-01", attempt=1, revision=1, grade_word=word,
                    score_hundredths=score, passed=True,
                )
            )  # fmt: skip

    async def offset_rule(
        self, *courses: int, level: str = "2", organisation: int = 0, share: int = 100, counts_as: int | None = 80,
        least: str = "良好", component: str = "theory", version: int = 1,
    ) -> UUID:  # fmt: skip
        """Publish a rule by which courses offset a component, each a share of it."""
        there, organised = self.desk.world.schools[0], self.desk.world.organisations[organisation]
        mapping_id = uuid4()
        key = {"institution_id": there.id, "mapping_id": mapping_id}
        await self.add(
            Mapping(
                institution_id=there.id, id=mapping_id, programme_id=there.programmes[0],
                certificate_level_id=organised.levels[level], direction="course_to_assessment", entry_year_from=2023,
                entry_year_to=2025, version=version, state="published", content_hash="h", college_agreed_hash="h",
                organisation_agreed_hash="h", filing_number="BA-2", filed_on=date(2025, 8, 1),
                effective_from=date(2025, 9, 1),
            )
        )  # fmt: skip
        await self.add(
            *(
                MappingCourse(**key, course_id=self.courses[course], credit_hundredths=400, grade=least)
                for course in courses
            )
        )
        await self.add(
            *(
                MappingOffset(
                    **key, component_code=component, course_id=self.courses[course], share_percent=share,
                    scheme_id=organised.schemes[level], counts_as_percent=counts_as,
                )
                for course in courses
            )
        )  # fmt: skip
        return mapping_id

    def offset(self, mapping_id: UUID, *courses: int, index: int = 0) -> Json:
        """Wish for a student's courses to offset what the rule says."""
        course_ids = [str(self.courses[course]) for course in courses or (0,)]
        return {"student_id": str(self.students[index]), "mapping_id": str(mapping_id), "course_ids": course_ids}

    async def request_offsets(self, *wishes: Json, who: str = "coordinator") -> list[str]:
        """Ask for offsets that can be, and name them."""
        answer = await self.post(who, "conversions:offset", wishes=list(wishes))
        assert answer.status_code == 201, answer.text
        ids: list[str] = answer.json()["conversion_ids"]
        return ids

    async def grades(self, index: int = 0, course: int = 0) -> list[tuple[int, str | None, bool, bool, str | None]]:
        """List a student's grades in a course: revision, word or score, passed, void, what it comes of."""
        async with self.desk.service.database.transaction(institution_id=self.institution_id) as session:
            found = await session.scalars(
                select(CourseGrade)
                .where(CourseGrade.student_id == self.students[index], CourseGrade.course_id == self.courses[course])
                .order_by(CourseGrade.term, CourseGrade.attempt, CourseGrade.revision)
            )
            return [
                (it.revision, it.grade_word or (str(it.score_hundredths) if it.score_hundredths else None), it.passed,
                 it.is_void, it.source_kind)
                for it in found
            ]  # fmt: skip


def refused(answer: httpx.Response, *, code: str = "conversions_refused") -> tuple[str, str]:
    """Tell the first item's code and words of a list that was refused."""
    assert answer.status_code == 409, answer.text
    problem: Json = answer.json()
    assert problem["code"] == code, problem
    first = problem["errors"][0]
    return first["code"], first["detail"]
