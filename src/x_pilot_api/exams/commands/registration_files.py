"""Registering a file of students: read in the limited process, judged row by row, taken whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import Certificate, CertificateLevel
from x_pilot_api.core import db, languages
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault
from x_pilot_api.core.tables import cells, laying, notes, reading
from x_pilot_api.core.tables.errors import TableEmpty
from x_pilot_api.core.tables.reading import Limits
from x_pilot_api.exams import queries
from x_pilot_api.exams.commands import judging, registrations
from x_pilot_api.exams.errors import RegistrationsRefused, RegistrationsTooMany
from x_pilot_api.exams.models import ExamPlan, ExamPlanLevel, ExamSitting, RegistrationState
from x_pilot_api.exams.queries.judging import Wish
from x_pilot_api.exams.rules import registration_columns
from x_pilot_api.exams.rules.registration_life import Terms
from x_pilot_api.exams.schemas import ManyRegisteredOut, NotRegisteredOut
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Student

_NONE = UUID(int=0)
"""Stands for a sitting whose code nobody knows, so that its ground refuses it."""


@dataclass
class Sheet:
    """What a file holds: rows that can be read, by their number, and what is wrong with the others' cells."""

    rows: dict[int, dict[str, Any]] = field(default_factory=dict[int, dict[str, Any]], repr=False)
    refused: list[NotRegisteredOut] = field(default_factory=list[NotRegisteredOut])

    @property
    def size(self) -> int:
        """Count the rows of the file."""
        return len(self.rows) + len({each.row for each in self.refused})


async def read_sheet(data: bytes, limits: Limits) -> Sheet:
    """Read every row of a file, each cell as its column says."""
    sheet = Sheet()
    async with reading.opened(data, limits) as table:
        layout, begun = await laying.lay_out(table, registration_columns.COLUMNS)
        async for number, row in laying.data_rows(table, begun):
            _take(sheet, layout.places, number, row)
    if sheet.size == 0:
        raise TableEmpty
    if sheet.size > limits.rows:
        raise RegistrationsTooMany(rows=sheet.size, limit_rows=limits.rows)
    return sheet


def _take(sheet: Sheet, places: Mapping[str, int], number: int, row: Sequence[Any]) -> None:
    values: dict[str, Any] = {}
    faults: list[NotRegisteredOut] = []
    for column in registration_columns.COLUMNS:
        position = places.get(column.name)
        if position is None:
            continue
        read = cells.read(column, row[position] if position < len(row) else None)
        if read.code is None:
            values[column.name] = read.value
            continue
        detail = notes.CODES[read.code].detail.said_in(languages.spoken()).format_map(dict(read.figures))
        faults.append(
            NotRegisteredOut(row=number, column=column.header, student_id=None, code=read.code, detail=detail)
        )
    if faults:
        sheet.refused += faults
    else:
        sheet.rows[number] = values


async def register_file(
    session: AsyncSession, actor: Actor, *, plan: ExamPlan, sheet: Sheet, validate_only: bool, terms: Terms
) -> ManyRegisteredOut:
    """Register a file's students, all or none; with `validate_only` tell what would become of each row."""
    judging.check_open(plan, terms)
    if not validate_only:
        return await _register(session, actor, plan=plan, sheet=sheet, validate_only=False, terms=terms)
    async with db.rehearsal(session):
        return await _register(session, actor, plan=plan, sheet=sheet, validate_only=True, terms=terms)


async def _register(
    session: AsyncSession, actor: Actor, *, plan: ExamPlan, sheet: Sheet, validate_only: bool, terms: Terms
) -> ManyRegisteredOut:
    numbers = list(sheet.rows)
    wishes = await _wishes(session, actor, plan, list(sheet.rows.values()))
    refused = list(sheet.refused)
    if wishes:
        columns = await queries.columns_of(session, actor, wishes)
        await judging.stage(session, plan=plan, columns=columns, terms=terms)
        refused += [
            NotRegisteredOut(
                row=numbers[place - 1],
                column=registration_columns.header_of(code),
                student_id=student_id,
                code=code,
                detail=detail,
            )
            for place, student_id, code, detail in await judging.list_refused(session)
        ]
    refused.sort(key=lambda each: each.row or 0)
    if refused and not validate_only:
        raise RegistrationsRefused(
            asked=sheet.size, refused=len({each.row for each in refused}), faults=[_fault(each) for each in refused]
        )
    await judging.let_refused_go(session)
    made = await registrations.register_staged(session, actor, plan=plan, terms=terms, deed="register_file")
    return ManyRegisteredOut(
        exam_plan_id=plan.id,
        validate_only=validate_only,
        asked=sheet.size,
        accepted=sum(each.state == RegistrationState.ACCEPTED for each in made.registrations),
        waiting=sum(each.state == RegistrationState.WAITING for each in made.registrations),
        registrations=made.registrations,
        refused=refused,
    )


def _fault(each: NotRegisteredOut) -> Fault:
    return {"row": each.row or 0, "column": each.column or "", "code": each.code, "detail": each.detail}


async def _wishes(session: AsyncSession, actor: Actor, plan: ExamPlan, rows: Sequence[Mapping[str, Any]]) -> list[Wish]:
    """Find what the rows name: students the actor may see, levels and sittings of the plan."""
    named = {row["student_number"] for row in rows}
    visible = registry.visible_students(actor).where(Student.student_number.in_(named))
    students = {student.student_number: student.id for student in (await session.scalars(visible)).all()}
    levels = await _levels_of(session, plan)
    codes = await session.execute(
        select(ExamSitting.code, ExamSitting.id).where(
            ExamSitting.institution_id == plan.institution_id, ExamSitting.exam_plan_id == plan.id
        )
    )
    sittings = {row.code: row.id for row in codes.all()}
    return [
        Wish(
            certificate_level_id=levels.get((row.get("certificate"), row["level"]), _NONE),
            student_id=students.get(row["student_number"]),
            sitting_id=sittings.get(row["sitting"], _NONE) if row.get("sitting") else None,
        )
        for row in rows
    ]


async def _levels_of(session: AsyncSession, plan: ExamPlan) -> dict[tuple[str | None, str], UUID]:
    """Find the plan's levels by certificate and level, and by the level alone where only one certificate has it."""
    found = await session.execute(
        select(Certificate.name, CertificateLevel.level, CertificateLevel.id)
        .join(CertificateLevel, CertificateLevel.certificate_id == Certificate.id)
        .join(ExamPlanLevel, ExamPlanLevel.certificate_level_id == CertificateLevel.id)
        .where(ExamPlanLevel.institution_id == plan.institution_id, ExamPlanLevel.exam_plan_id == plan.id)
    )
    rows = found.all()
    levels: dict[tuple[str | None, str], UUID] = {(row.name, row.level): row.id for row in rows}
    for row in rows:
        if sum(other.level == row.level for other in rows) == 1:
            levels[None, row.level] = row.id
    return levels
