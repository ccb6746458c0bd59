"""A forecast as a file: by college, and by student."""

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish
from x_pilot_api.settlements.commands import exporting
from x_pilot_api.settlements.commands.exporting import FileFormat, Sheet
from x_pilot_api.settlements.models import GuaranteeForecast
from x_pilot_api.settlements.queries import forecasts as queries
from x_pilot_api.settlements.rules import words

_COLLEGE = ("学院", "未使用保障的学生", "已报名", "有空余座位", "可能错过", "无法判断", "新增", "最早的最后报名日期")
_ROW = ("学号", "姓名", "专业", "班级", "入学年份", "毕业日期", "预测", "原因", "计划", "最后报名日期", "新增")


async def export_forecast(
    session: AsyncSession, actor: Actor, *, forecast: GuaranteeForecast, file_format: FileFormat
) -> bytes:
    """Write a forecast as a file."""
    told = await queries.tell_forecast(session, actor, forecast)
    # One more than a file holds is enough to know that it is too many.
    wish = PageWish(size=exporting.ROWS_MAX + 1, after=None)
    rows, _ = await queries.list_rows(session, actor, forecast, wish=wish)
    colleges = [
        (
            *(it.college_name, it.students, it.reserved, it.placed, it.at_risk, it.unknown, it.newly_at_risk),
            it.last_useful_on,
        )
        for it in told.colleges
    ]
    students = [
        (
            *(row.student_number, row.student_name, row.programme_name, row.class_name),
            *(row.entry_year, row.graduates_on, words.said(words.OUTLOOKS, row.outlook)),
            *(words.said(words.REASONS, row.reason), row.plan_code, row.last_useful_on, "是" if row.is_new else None),
        )
        for row in rows
    ]
    return await exporting.write_file(
        session,
        actor,
        "export_forecast",
        institution_id=forecast.institution_id,
        object_kind="guarantee_forecast",
        object_id=forecast.id,
        sheets=[Sheet("学院", _COLLEGE, colleges), Sheet("学生", _ROW, students)],
        file_format=file_format,
    )
