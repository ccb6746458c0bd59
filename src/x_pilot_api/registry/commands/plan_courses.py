"""Entering the courses of training plans: into the draft there is, or into a new one that begins as the plan in force.

A plan in force never changes, so what differs from it makes the next version's draft; enacting that is a person's deed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.languages import Both
from x_pilot_api.registry.commands import entering, lacking
from x_pilot_api.registry.commands.entering import Bounds, Fault, Sheet
from x_pilot_api.registry.commands.sheets import CATEGORIES
from x_pilot_api.registry.rules.grounds import Ground, know, missing, outside, repeated, unknown
from x_pilot_api.registry.schemas.rows import PlanCourseRow

know(
    "plan_course_unknown",
    Both("该专业没有代码为 {named} 的课程。", "The programme has no course {named}."),
    Both("核对课程代码，或先录入该课程。", "Check the code, or enter the course first."),
    named="K001",
)
know(
    "plan_entry_year_implausible",
    Both("入学年份 {entry_year} 不在 1990 至 2100 之间。", "The entry year {entry_year} is not between 1990 and 2100."),
    Both("核对年级。", "Check the entry year."),
    entry_year=26,
)
know(
    "plan_term_implausible",
    Both("开课学期 {term} 不在 1 至 12 之间。", "The term {term} is not between 1 and 12."),
    Both("写第几学期，从入学起数。", "Count the terms from the entry on."),
    term=13,
)
know(
    "plan_credits_missing",
    Both("新的培养方案须写明毕业总学分。", "A new training plan needs its graduation credits."),
    Both("在“毕业总学分”一列填写。", "Give them in the column of graduation credits."),
)
know(
    "plan_credits_differ",
    Both(
        "毕业总学分不一致：{stated}，应为 {held}（百分之一学分）。",
        "The graduation credits differ: {stated} instead of {held} hundredths of a credit.",
    ),
    Both(
        "同一方案各行写同一数值；已有草案的总学分请在草案中修改。",
        "Say the same in all rows of a plan; those of a draft are changed in the draft.",
    ),
    stated=14000,
    held=14200,
)

_PLAN = """
LEFT JOIN training_plans AS {name} ON {name}.institution_id = :institution_id AND {name}.programme_id = programme.id
    AND {name}.entry_year = given.entry_year AND {name}.state = '{state}'"""
_CREDITS = "given.graduation_credit_hundredths"

SHEET = Sheet(
    kind="training_plan_course",
    table="training_plan_courses",
    given={
        "programme_code": "text",
        "entry_year": "int",
        "graduation_credit_hundredths": "int",
        "course_code": "text",
        "term": "int",
        "credit_hundredths": "int",
        "category": "text",
        "is_compulsory": "boolean",
    },
    key=("programme_code", "entry_year", "course_code"),
    stored={
        "training_plan_id": "coalesce(draft.id, ruling.id)",
        "course_id": "course.id",
        "term": "given.term",
        "credit_hundredths": "given.credit_hundredths",
        "category": "given.category",
        "is_compulsory": "given.is_compulsory",
    },
    defaults={
        "credit_hundredths": "course.credit_hundredths",
        "category": "course.category",
        "is_compulsory": "course.is_compulsory",
    },
    joins="""
LEFT JOIN programmes AS programme ON programme.institution_id = :institution_id
    AND programme.code = given.programme_code
LEFT JOIN courses AS course ON course.institution_id = :institution_id AND course.programme_id = programme.id
    AND course.code = given.course_code
LEFT JOIN (
    SELECT programme_code, entry_year, max(graduation_credit_hundredths) AS credit_hundredths
    FROM given GROUP BY programme_code, entry_year) AS stated
    ON stated.programme_code = given.programme_code AND stated.entry_year = given.entry_year"""
    + _PLAN.format(name="draft", state="draft")
    + _PLAN.format(name="ruling", state="in_force"),
    named="named.training_plan_id = coalesce(draft.id, ruling.id) AND named.course_id = course.id",
    beside={
        "programme_id": ("uuid", "programme.id"),
        "entry_year": ("int", "given.entry_year"),
        "draft_id": ("uuid", "draft.id"),
        "ruling_id": ("uuid", "ruling.id"),
        "graduation_credit_hundredths": (
            "int",
            "coalesce(stated.credit_hundredths, ruling.graduation_credit_hundredths)",
        ),
    },
    grounds=(
        repeated("course_code"),
        missing("programme_code", "given.programme_code"),
        missing("entry_year", "given.entry_year"),
        missing("course_code", "given.course_code"),
        Ground(
            "plan_entry_year_implausible",
            "given.entry_year NOT BETWEEN 1990 AND 2100",
            "entry_year",
            "jsonb_build_object('entry_year', given.entry_year)",
        ),
        unknown("programme_unknown", "programme_code", "programme"),
        outside("programme.college_id", "programme.id"),
        unknown("plan_course_unknown", "course_code", "course"),
        missing("term"),
        Ground(
            "plan_term_implausible",
            "new.term NOT BETWEEN 1 AND 12",
            "term",
            "jsonb_build_object('term', new.term)",
        ),
        Ground(
            "course_category_unknown",
            f"new.category NOT IN ({CATEGORIES})",
            "category",
            f"""jsonb_build_object('named', new.category, 'known', '{CATEGORIES.replace("'", "")}')""",
        ),
        Ground("course_credit_not_positive", "new.credit_hundredths <= 0", "credit_hundredths"),
        Ground("course_credit_not_positive", f"{_CREDITS} <= 0", "graduation_credit_hundredths"),
        Ground(
            "plan_credits_missing",
            "draft.id IS NULL AND ruling.id IS NULL AND stated.credit_hundredths IS NULL",
            "graduation_credit_hundredths",
        ),
        Ground(
            "plan_credits_differ",
            f"{_CREDITS} <> coalesce(draft.graduation_credit_hundredths, stated.credit_hundredths)",
            "graduation_credit_hundredths",
            f"jsonb_build_object('stated', {_CREDITS}, 'held',"
            " coalesce(draft.graduation_credit_hundredths, stated.credit_hundredths))",
        ),
    ),
)

_OF_PLANS_NAMED = "target.training_plan_id IN (SELECT training_plan_id FROM staged_training_plan_courses)"

_LOCK = text("""
SELECT id FROM programmes WHERE institution_id = :institution_id AND code = ANY(CAST(:codes AS text[]))
ORDER BY id FOR UPDATE
""")

# A row that goes was staged from the plan alone, so it is told whose it is.
_NAME_LACKING = text("""
UPDATE staged_training_plan_courses AS staged
SET training_plan_id = target.training_plan_id, course_id = target.course_id, programme_id = plan.programme_id,
    entry_year = plan.entry_year, graduation_credit_hundredths = plan.graduation_credit_hundredths,
    draft_id = CASE WHEN plan.state = 'draft' THEN plan.id END,
    ruling_id = CASE WHEN plan.state = 'in_force' THEN plan.id END
FROM training_plan_courses AS target JOIN training_plans AS plan ON plan.institution_id = target.institution_id
    AND plan.id = target.training_plan_id
WHERE staged.programme_id IS NULL AND target.institution_id = :institution_id AND target.id = staged.row_id
""")

_DRAFT = text("""
INSERT INTO training_plans (institution_id, programme_id, entry_year, version, state, graduation_credit_hundredths)
SELECT :institution_id, programme_id, entry_year,
    1 + (SELECT count(*) FROM training_plans AS earlier WHERE earlier.institution_id = :institution_id
        AND earlier.programme_id = staged.programme_id AND earlier.entry_year = staged.entry_year),
    'draft', max(graduation_credit_hundredths)
FROM staged_training_plan_courses AS staged
WHERE outcome IN ('created', 'changed', 'gone') AND draft_id IS NULL GROUP BY programme_id, entry_year
""")

_BEGUN = """
SELECT DISTINCT staged.ruling_id, draft.id AS draft_id FROM staged_training_plan_courses AS staged
JOIN training_plans AS draft ON draft.institution_id = :institution_id AND draft.programme_id = staged.programme_id
    AND draft.entry_year = staged.entry_year AND draft.state = 'draft'
WHERE staged.draft_id IS NULL AND staged.ruling_id IS NOT NULL
"""

_COPY_CATEGORIES = text(f"""
INSERT INTO training_plan_categories (institution_id, training_plan_id, category, credit_hundredths)
SELECT :institution_id, begun.draft_id, part.category, part.credit_hundredths FROM ({_BEGUN}) AS begun
JOIN training_plan_categories AS part ON part.institution_id = :institution_id
    AND part.training_plan_id = begun.ruling_id
""")

_COPY_COURSES = text(f"""
INSERT INTO training_plan_courses (institution_id, training_plan_id, course_id, term, credit_hundredths, category,
    is_compulsory)
SELECT :institution_id, begun.draft_id, part.course_id, part.term, part.credit_hundredths, part.category,
    part.is_compulsory
FROM ({_BEGUN}) AS begun JOIN training_plan_courses AS part ON part.institution_id = :institution_id
    AND part.training_plan_id = begun.ruling_id
""")

# From here on the rows speak of the draft, and of its own copy of what was in force.
_GO_OVER = text("""
UPDATE staged_training_plan_courses AS staged
SET draft_id = draft.id, training_plan_id = draft.id,
    row_id = coalesce(copy.id, staged.row_id),
    before = staged.before || jsonb_build_object('training_plan_id', draft.id),
    after = staged.after || jsonb_build_object('training_plan_id', draft.id)
FROM training_plans AS draft, staged_training_plan_courses AS same
LEFT JOIN LATERAL (
    SELECT part.id FROM training_plan_courses AS part JOIN training_plans AS plan
        ON plan.institution_id = part.institution_id AND plan.id = part.training_plan_id AND plan.state = 'draft'
    WHERE part.institution_id = :institution_id AND part.course_id = same.course_id
        AND plan.programme_id = same.programme_id AND plan.entry_year = same.entry_year) AS copy ON true
WHERE draft.institution_id = :institution_id AND draft.programme_id = staged.programme_id
    AND draft.entry_year = staged.entry_year AND draft.state = 'draft' AND staged.draft_id IS NULL
    AND same.place = staged.place AND staged.outcome IN ('created', 'changed', 'gone')
""")


async def decide_plan_courses(
    session: AsyncSession,
    *,
    bounds: Bounds,
    rows: Sequence[PlanCourseRow],
    faults: Mapping[int, Fault] | None = None,
) -> None:
    """Stage courses of training plans with what becomes of each; no other deed changes these plans meanwhile."""
    codes = sorted({row.programme_code for row in rows if row.programme_code is not None})
    await entering.lock_register(session, bounds.institution_id)
    await session.execute(_LOCK, {"institution_id": bounds.institution_id, "codes": codes})
    await entering.decide(session, SHEET, bounds=bounds, rows=rows, faults=faults)


async def decide_lacking(session: AsyncSession, *, bounds: Bounds, last: int) -> int:
    """Stage the going of courses that the plans named have, and no staged row speaks of."""
    existing = await lacking.stage(session, SHEET, bounds=bounds, last=last, reach=_OF_PLANS_NAMED)
    await session.execute(_NAME_LACKING, {"institution_id": bounds.institution_id})
    return existing


async def write_plan_courses(session: AsyncSession, *, bounds: Bounds) -> None:
    """Write what was decided into drafts, which are begun where there is none."""
    values: dict[str, Any] = {"institution_id": bounds.institution_id}
    for statement in (_DRAFT, _COPY_CATEGORIES, _COPY_COURSES, _GO_OVER):
        await session.execute(statement, values)
    await entering.write(session, SHEET, bounds=bounds)
    await lacking.write(session, SHEET, bounds=bounds)
