"""The table of training plans: one row a course, which goes into the plan's draft."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables.columns import CellKind, Column
from x_pilot_api.core.tables.kinds import CellFault, Ground, Kind
from x_pilot_api.registry.commands import plan_courses
from x_pilot_api.registry.importing import columns, taking
from x_pilot_api.registry.schemas.rows import PlanCourseRow


async def _decide(session: AsyncSession, ground: Ground, rows: Sequence[Any], faults: Mapping[int, CellFault]) -> None:
    await plan_courses.decide_plan_courses(
        session, bounds=taking.bounds_of(ground), rows=rows, faults=taking.faults_of(faults)
    )


async def _remove(session: AsyncSession, ground: Ground, last: int) -> int:
    return await plan_courses.decide_lacking(session, bounds=taking.bounds_of(ground), last=last)


async def _write(session: AsyncSession, ground: Ground) -> None:
    await plan_courses.write_plan_courses(session, bounds=taking.bounds_of(ground))


# Drafts that the import began go with all they hold; what it wrote into them is gone or as it was by then.
_FORGET_DRAFTS = """
WITH begun AS (
    SELECT id FROM training_plans WHERE institution_id = :institution_id AND state = 'draft'
        AND drafted_at BETWEEN :began_at AND :applied_at
        AND id IN (SELECT CAST(coalesce(after, before) ->> 'training_plan_id' AS uuid) FROM import_rows
            WHERE institution_id = :institution_id AND import_id = :import_id)
), categories AS (
    DELETE FROM training_plan_categories WHERE institution_id = :institution_id
        AND training_plan_id IN (SELECT id FROM begun)
), courses AS (
    DELETE FROM training_plan_courses WHERE institution_id = :institution_id
        AND training_plan_id IN (SELECT id FROM begun)
)
DELETE FROM training_plans WHERE institution_id = :institution_id AND id IN (SELECT id FROM begun)
"""

TRAINING_PLANS = Kind(
    name="training_plans",
    title=Both("人才培养方案", "Training plans"),
    columns=(
        columns.PROGRAMME_CODE,
        Column(
            "entry_year",
            "年级",
            CellKind.INTEGER,
            Both("方案适用的入学年份，四位。", "The entry year it is for, of four digits."),
            "2026",
            also=("入学年份", "入学年"),
            least=1990,
            most=2100,
        ),
        Column(
            "graduation_credit_hundredths",
            "毕业总学分",
            CellKind.DECIMAL,
            Both(
                "新方案必填，同一方案各行相同。",
                "Needed for a new plan; the same in all rows of a plan.",
            ),
            "142.0",
            required=False,
            also=("总学分",),
            least=1,
            most=100_000,
        ),
        Column(
            "course_code",
            "课程代码",
            CellKind.CODE,
            Both("本专业已登记的课程；单元格须为文本。", "A registered course of the programme; as text."),
            "K0101",
            also=("课程编号",),
            longest=columns.CODE_LONGEST,
        ),
        Column(
            "term",
            "开课学期",
            CellKind.INTEGER,
            Both("第几学期，从入学起数。", "Which term it is taught in, counted from the entry."),
            "3",
            also=("学期",),
            least=1,
            most=12,
        ),
        Column(
            "credit_hundredths",
            "学分",
            CellKind.DECIMAL,
            Both("空白表示课程本身的学分。", "Blank: the course's own credits."),
            "4.0",
            required=False,
            least=1,
            most=10_000,
        ),
        Column(
            "category",
            "课程类别",
            CellKind.CHOICE,
            Both("空白表示课程本身的类别。", "Blank: the course's own category."),
            "核心课",
            required=False,
            choices=columns.COURSE_CATEGORIES,
        ),
        Column(
            "is_compulsory",
            "是否必修",
            CellKind.YES_NO,
            Both("是或否；空白表示与课程相同。", "Yes or no; blank: as the course is."),
            "是",
            required=False,
            also=("必修",),
        ),
    ),
    table="training_plan_courses",
    identity=("training_plan_id", "course_id"),
    staged="staged_training_plan_courses",
    row=PlanCourseRow.model_construct,
    decide=_decide,
    write=_write,
    scope_column="专业代码",
    lacking=_remove,
    followed="EXISTS (SELECT FROM training_plans AS plan WHERE plan.institution_id = target.institution_id"
    " AND plan.id = target.training_plan_id AND plan.state <> 'draft')",
    after_undoing=lambda: _FORGET_DRAFTS,
)
