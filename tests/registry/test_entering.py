"""Entering rows: one and many are decided alike, and a refused row says why and leaves nothing."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.registry import make
from tests.registry.make import DESK, bounds, told
from tests.world import World, identity_number
from x_pilot_api.core.audit import AuditEvent
from x_pilot_api.registry import commands
from x_pilot_api.registry.commands import Outcome
from x_pilot_api.registry.models import (
    College,
    Course,
    CourseGrade,
    IdentityDocument,
    Programme,
    Student,
    StudentStanding,
    Teacher,
)
from x_pilot_api.registry.schemas.rows import (
    CollegeRow,
    CourseGradeRow,
    CourseRow,
    ProgrammeRow,
    StudentRow,
    TeacherRow,
)

CREATED, CHANGED, UNCHANGED, REFUSED = Outcome.CREATED, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.REFUSED


async def _students(session: AsyncSession, world: World, *rows: StudentRow, creates: bool = False) -> list[object]:
    actor = make.office(world)
    outcomes = await commands.enter_students(
        session, actor, bounds=bounds(actor, creates=creates), rows=rows, desk=DESK
    )
    return list(told(outcomes))


async def test_colleges_are_created_changed_and_left_alone_and_each_is_on_record(
    session: AsyncSession, world: World
) -> None:
    actor = make.office(world)
    rows = [
        CollegeRow(place=2, code="C0", name="会计学院"),
        CollegeRow(place=3, code="C1"),
        CollegeRow(place=4, code="C9", name="新学院"),
        CollegeRow(place=5, code="C9", name="又一个"),
        CollegeRow(place=6, code="C8"),
    ]
    outcomes = await commands.enter_colleges(session, actor, bounds=bounds(actor), rows=rows)
    assert told(outcomes) == [
        (2, CHANGED, None, None),
        (3, UNCHANGED, None, None),
        (4, CREATED, None, None),
        (5, REFUSED, "register_row_repeated", "code"),
        (6, REFUSED, "register_value_missing", "name"),
    ]
    assert outcomes[3].figures == {"place": 4}
    names = select(College.code, College.name).where(College.institution_id == world.schools[0].id)
    found = {row.code: row.name for row in await session.execute(names)}
    assert found == {"C0": "会计学院", "C1": "二级学院1", "C9": "新学院"}
    recorded = select(AuditEvent.deed, AuditEvent.object_id, AuditEvent.before, AuditEvent.after).where(
        AuditEvent.object_kind == "college"
    )
    assert {tuple(map(str, row)) for row in await session.execute(recorded)} == {
        ("change_college", str(outcomes[0].id), "{'name': '二级学院0'}", "{'name': '会计学院'}"),
        ("create_college", str(outcomes[2].id), "None", "{'code': 'C9', 'name': '新学院'}"),
    }
    untouched = await session.scalar(
        select(func.count()).select_from(College).where(College.institution_id == world.schools[1].id)
    )
    assert untouched == 2


async def test_a_thing_is_renumbered_by_its_id_unless_the_number_is_taken(session: AsyncSession, world: World) -> None:
    actor = make.office(world)
    first, second = world.schools[0].colleges
    other = world.schools[1].colleges[0]
    for row, expected in (
        (CollegeRow(id=first, code="C1"), (REFUSED, "register_key_taken", "code")),
        (CollegeRow(id=first, code="C7"), (CHANGED, None, None)),
        (CollegeRow(id=other, code="C7"), (REFUSED, "register_row_unknown", "id")),
    ):
        outcomes = await commands.enter_colleges(session, actor, bounds=bounds(actor), rows=[row])
        assert told(outcomes)[0][1:] == expected
    created = await commands.enter_colleges(
        session, actor, bounds=bounds(actor, creates=True), rows=[CollegeRow(code="C1", name="x")]
    )
    assert told(created)[0][1:] == (REFUSED, "register_key_taken", "code")
    assert created[0].figures == {"id": str(second)}


@pytest.mark.parametrize(
    ("values", "code", "column"),
    [
        ({"code": "53030"}, "programme_code_malformed", "code"),
        ({"code": "530309X"}, "programme_code_malformed", "code"),
        ({"college_code": "C5"}, "college_unknown", "college_code"),
        ({"college_code": None}, "register_value_missing", "college_code"),
        ({"name": None}, "register_value_missing", "name"),
        ({"is_showcase": True}, "showcase_not_pilot", "is_showcase"),
    ],
)
async def test_a_programme_that_cannot_be_is_refused(
    session: AsyncSession, world: World, values: dict[str, Any], code: str, column: str
) -> None:
    actor = make.office(world)
    good = {"code": "530309", "name": "新专业", "college_code": "C0"}
    row = ProgrammeRow.model_validate(good | values)
    outcomes = await commands.enter_programmes(session, actor, bounds=bounds(actor), rows=[row])
    assert told(outcomes) == [(1, REFUSED, code, column)]
    fine = await commands.enter_programmes(
        session, actor, bounds=bounds(actor), rows=[ProgrammeRow.model_validate(good)]
    )
    assert told(fine) == [(1, CREATED, None, None)]
    stored = (await session.scalars(select(Programme).where(Programme.code == "530309"))).one()
    assert (stored.college_id, stored.is_pilot, stored.is_showcase) == (world.schools[0].colleges[0], False, False)


@pytest.mark.parametrize(
    ("values", "code", "column"),
    [
        ({"programme_code": "999999"}, "programme_unknown", "programme_code"),
        ({"programme_code": "530302"}, "register_outside_reach", "id"),
        ({"category": "other"}, "course_category_unknown", "category"),
        ({"credit_hundredths": 0}, "course_credit_not_positive", "credit_hundredths"),
        ({"hours": -1}, "course_hours_not_positive", "hours"),
        ({"is_compulsory": None}, "register_value_missing", "is_compulsory"),
    ],
)
async def test_a_course_that_cannot_be_is_refused(
    session: AsyncSession, world: World, values: dict[str, Any], code: str, column: str
) -> None:
    actor = make.college(world)
    good: dict[str, object] = {
        "programme_code": "530301",
        "code": "K9",
        "name": "新课程",
        "credit_hundredths": 250,
        "hours": 40,
        "category": "practice",
        "is_compulsory": False,
    }
    refused = await commands.enter_courses(
        session, actor, bounds=bounds(actor), rows=[CourseRow.model_validate(good | values)]
    )
    assert told(refused) == [(1, REFUSED, code, column)]
    fine = await commands.enter_courses(session, actor, bounds=bounds(actor), rows=[CourseRow.model_validate(good)])
    assert told(fine) == [(1, CREATED, None, None)]
    assert await session.scalar(select(Course.category).where(Course.code == "K9")) == "practice"


async def test_a_student_is_stored_with_a_sealed_document_and_a_first_standing(
    session: AsyncSession, world: World
) -> None:
    row = make.student(1)
    assert await _students(session, world, row) == [(1, CREATED, None, None)]
    student = (await session.scalars(select(Student).where(Student.student_number == row.student_number))).one()
    document = await session.get(IdentityDocument, (student.institution_id, student.identity_document_id))
    assert document is not None
    number = str(row.document_number)
    assert document.masked_number == f"{number[:6]}********{number[-4:]}"
    assert (
        DESK.sealer.open(document.sealed_number, key_id=document.key_id, context="identity_documents").decode()
        == number
    )
    assert document.lookup_hash == DESK.sealer.lookup_hash("resident_identity_card", number)
    standing = (await session.scalars(select(StudentStanding).where(StudentStanding.student_id == student.id))).one()
    assert (standing.status, standing.effective_on, standing.reason) == ("enrolled", make.TODAY, None)
    event = (await session.scalars(select(AuditEvent).where(AuditEvent.object_id == student.id))).one()
    assert event.after is not None
    assert (event.deed, event.after["name"]) == ("create_student", "***")
    assert number not in str(event.after)


async def test_the_same_student_again_changes_nothing_and_a_change_of_standing_needs_a_reason(
    session: AsyncSession, world: World
) -> None:
    row = make.student(1)
    await _students(session, world, row)
    assert await _students(session, world, row) == [(1, UNCHANGED, None, None)]
    for values, expected in (
        ({"status": "suspended"}, (1, REFUSED, "student_reason_missing", "reason")),
        ({"status": "unknown", "reason": "x"}, (1, REFUSED, "student_status_unknown", "status")),
        ({"programme_code": "530302"}, (1, REFUSED, "student_reason_missing", "reason")),
        ({"class_name": "会计2602"}, (1, CHANGED, None, None)),
        ({"status": "graduated", "reason": "毕业"}, (1, CHANGED, None, None)),
        ({"status": "suspended", "reason": "休学"}, (1, REFUSED, "student_status_move", "status")),
    ):
        assert await _students(session, world, make.student(1, **values)) == [expected], values
    standings = select(StudentStanding.status, StudentStanding.class_name).join(
        Student,
        (Student.institution_id == StudentStanding.institution_id) & (Student.id == StudentStanding.student_id),
    )
    mine = standings.where(Student.student_number == row.student_number).order_by(StudentStanding.id)
    assert [tuple(row) for row in await session.execute(mine)] == [
        ("enrolled", "会计2601"),
        ("enrolled", "会计2602"),
        ("graduated", "会计2601"),
    ]


@pytest.mark.parametrize(
    ("values", "code", "column"),
    [
        ({"document_number": "11010519491231002Y"}, "identity_number_malformed", "document_number"),
        ({"document_number": "1101051949123100"}, "identity_number_malformed", "document_number"),
        ({"document_number": "110105194902310029"}, "identity_number_birth_date", "document_number"),
        ({"document_number": "110105194912310020"}, "identity_number_check", "document_number"),
        ({"document_number": "E 1", "document_kind": "passport"}, "document_number_malformed", "document_number"),
        ({"document_number": None}, "register_value_missing", "document_number"),
        ({"programme_code": "999999"}, "programme_unknown", "programme_code"),
        ({"entry_year": 26}, "entry_year_implausible", "entry_year"),
        ({"name": None}, "register_value_missing", "name"),
    ],
)
async def test_a_student_that_cannot_be_is_refused(
    session: AsyncSession, world: World, values: dict[str, Any], code: str, column: str
) -> None:
    assert await _students(session, world, make.student(1, **values)) == [(1, REFUSED, code, column)]
    assert await session.scalar(select(func.count()).select_from(IdentityDocument)) == 10


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "440524188001010014", "34052419800101001X", "11010519491231002x"]
)
async def test_an_identity_number_that_holds_is_taken(session: AsyncSession, world: World, number: str) -> None:
    assert await _students(session, world, make.student(1, document_number=number)) == [(1, CREATED, None, None)]


async def test_one_document_is_one_student_in_the_register_and_among_the_rows(
    session: AsyncSession, world: World
) -> None:
    of_another = world.schools[0].documents[0]
    assert await _students(
        session,
        world,
        make.student(1, document_number=of_another),
        make.student(2),
        make.student(3, document_number=make.student(2).document_number),
    ) == [
        (1, REFUSED, "document_taken", "document_number"),
        (2, CREATED, None, None),
        (3, REFUSED, "document_repeated", "document_number"),
    ]


async def test_a_corrected_document_takes_the_place_of_the_one_before(session: AsyncSession, world: World) -> None:
    await _students(session, world, make.student(1))
    corrected = make.student(1, document_number=identity_number(777))
    assert await _students(session, world, corrected) == [(1, CHANGED, None, None)]
    hashes = set((await session.scalars(select(IdentityDocument.lookup_hash))).all())
    assert DESK.sealer.lookup_hash("resident_identity_card", identity_number(777)) in hashes
    assert DESK.sealer.lookup_hash("resident_identity_card", str(make.student(1).document_number)) not in hashes


async def test_a_college_enters_only_its_own_students_and_teachers(session: AsyncSession, world: World) -> None:
    actor = make.college(world, 1)
    rows = [make.student(1), make.student(2, programme_code="530302")]
    outcomes = await commands.enter_students(session, actor, bounds=bounds(actor), rows=rows, desk=DESK)
    assert told(outcomes) == [(1, REFUSED, "register_outside_reach", "id"), (2, CREATED, None, None)]
    taken_over = make.student(3, student_number="202401000", programme_code="530302", document_number=None, reason="x")
    stolen = await commands.enter_students(session, actor, bounds=bounds(actor), rows=[taken_over], desk=DESK)
    assert told(stolen) == [(3, REFUSED, "register_outside_reach", "id")]
    teachers = [
        TeacherRow(place=1, staff_number="T1", name="张", college_code="C0"),
        TeacherRow(place=2, staff_number="T2", name="李", college_code="C1"),
    ]
    entered = await commands.enter_teachers(session, actor, bounds=bounds(actor), rows=teachers)
    assert told(entered) == [(1, REFUSED, "register_outside_reach", "id"), (2, CREATED, None, None)]
    assert await session.scalar(select(func.count()).select_from(Teacher)) == 1


def _grade(place: int = 1, **values: object) -> CourseGradeRow:
    known: dict[str, object] = {
        "place": place,
        "student_number": "202401000",
        "course_code": "K0",
        "term": "2025-2026-01",
        "score_hundredths": 8650,
        "passed": True,
    }
    return CourseGradeRow.model_validate(known | values)


async def _grades(session: AsyncSession, world: World, *rows: CourseGradeRow) -> list[object]:
    actor = make.office(world)
    return list(told(await commands.enter_course_grades(session, actor, bounds=bounds(actor), rows=rows)))


async def test_a_corrected_grade_is_a_revision_with_its_reason(session: AsyncSession, world: World) -> None:
    assert await _grades(session, world, _grade(), _grade(2, attempt=2, passed=False, score_hundredths=100)) == [
        (1, CREATED, None, None),
        (2, CREATED, None, None),
    ]
    assert await _grades(session, world, _grade()) == [(1, UNCHANGED, None, None)]
    word: dict[str, Any] = {"score_hundredths": None, "grade_word": "优秀"}
    assert await _grades(session, world, _grade(**word)) == [(1, REFUSED, "grade_reason_missing", "reason")]
    assert await _grades(session, world, _grade(**word, reason="补录")) == [(1, CHANGED, None, None)]
    void: dict[str, Any] = {"score_hundredths": None, "is_void": True, "passed": False, "reason": "误录"}
    assert await _grades(session, world, _grade(**void)) == [(1, CHANGED, None, None)]
    kept = select(CourseGrade.revision, CourseGrade.score_hundredths, CourseGrade.grade_word, CourseGrade.reason)
    found = await session.execute(kept.where(CourseGrade.attempt == 1).order_by(CourseGrade.revision))
    assert [tuple(row) for row in found] == [
        (1, 8650, None, None),
        (2, None, "优秀", "补录"),
        (3, None, None, "误录"),
    ]


@pytest.mark.parametrize(
    ("values", "code", "column"),
    [
        ({"student_number": "1"}, "student_number_unknown", "student_number"),
        ({"course_code": "K7"}, "course_unknown", "course_code"),
        ({"programme_code": "999999"}, "programme_unknown", "programme_code"),
        ({"term": "2025-2027-01"}, "term_malformed", "term"),
        ({"term": "2025-2"}, "term_malformed", "term"),
        ({"attempt": 0}, "attempt_implausible", "attempt"),
        ({"grade_word": "优秀"}, "grade_not_one", "score_hundredths"),
        ({"score_hundredths": None}, "grade_not_one", "score_hundredths"),
        ({"score_hundredths": -1}, "grade_score_implausible", "score_hundredths"),
        ({"passed": None}, "register_value_missing", "passed"),
    ],
)
async def test_a_grade_that_cannot_be_is_refused(
    session: AsyncSession, world: World, values: dict[str, Any], code: str, column: str
) -> None:
    assert await _grades(session, world, _grade(**values)) == [(1, REFUSED, code, column)]


async def test_what_is_depended_on_stays_and_says_what_depends(session: AsyncSession, world: World) -> None:
    actor = make.office(world)
    await commands.enter_colleges(session, actor, bounds=bounds(actor), rows=[CollegeRow(code="C9", name="空学院")])
    free = (await session.scalars(select(College.id).where(College.code == "C9"))).one()
    unknown = UUID(int=7)
    used = world.schools[0].colleges[0]
    outcomes = await commands.remove_colleges(session, actor, bounds=bounds(actor), ids=[used, free, unknown])
    assert told(outcomes) == [
        (1, REFUSED, "register_still_used", "id"),
        (2, CHANGED, None, None),
        (3, REFUSED, "register_row_unknown", "id"),
    ]
    assert outcomes[0].figures == {"by": "participations", "count": 20}
    student = make.student(1)
    await _students(session, world, student)
    found = (await session.scalars(select(Student).where(Student.student_number == student.student_number))).one()
    removed = await commands.remove_students(session, actor, bounds=bounds(actor), ids=[found.id])
    assert told(removed) == [(1, CHANGED, None, None)]
    assert await session.scalar(select(func.count()).select_from(IdentityDocument)) == 10
