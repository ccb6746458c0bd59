"""The columns of a table of ceilings, and what its rows can be refused for beside their cells."""

from collections.abc import Iterable, Mapping
from datetime import date

from x_pilot_api.core.errors import ItemCode
from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables.columns import CellKind, Column
from x_pilot_api.fees import errors
from x_pilot_api.fees.models import FEN_MAX, FeeCeiling
from x_pilot_api.fees.rules.ceilings import written_period

CEILING_TITLE = Both("考核费用上限", "Cost ceilings")
EXAM_FORMS = {
    "纸笔考试": "paper",
    "机考": "computer",
    "一般实操": "ordinary_practical",
    "特殊实操": "special_practical",
}

CEILING_COLUMNS = (
    Column(
        "exam_form",
        "考核形式",
        CellKind.CHOICE,
        Both("从列表中选择。", "Choose from the list."),
        "机考",
        choices=EXAM_FORMS,
    ),
    Column(
        "level",
        "证书等级",
        CellKind.CHOICE,
        Both("空白表示适用于各等级。", "Blank: for every level."),
        "中级",
        required=False,
        also=("等级",),
        choices={"初级": "1", "中级": "2", "高级": "3"},
    ),
    Column(
        "category",
        "类别",
        CellKind.LINE,
        Both("空白表示适用于各类别；填写时须填等级。", "Blank: for every category; needs a level."),
        "财经",
        required=False,
        longest=64,
    ),
    Column(
        "amount_fen",
        "上限金额（分）",
        CellKind.INTEGER,
        Both("整数分，每人次。", "Whole fen a person."),
        "50300",
        also=("上限金额", "金额"),
        least=1,
        most=FEN_MAX,
    ),
    Column("document_number", "文号", CellKind.LINE, Both("发布文件的文号。", "Of the document."), "教财〔2026〕1号"),
    Column("issuing_body", "发布单位", CellKind.LINE, Both("发布文件的单位。", "Who published it."), "江苏省教育厅"),
    Column("effective_from", "起始日", CellKind.DATE, Both("生效首日。", "The first day in force."), "2026-01-01"),
    Column(
        "effective_to",
        "截止日",
        CellKind.DATE,
        Both("不含：不再生效的首日；空白表示未定。", "Exclusive: the first day no longer in force; blank: not known."),
        "2027-01-01",
        required=False,
    ),
)

Wrong = tuple[str, ItemCode, dict[str, object]]
"""The header of the column that is wrong, the code, and its figures."""


def find_overlap(ceiling: FeeCeiling, others: Iterable[FeeCeiling]) -> FeeCeiling | None:
    """Find another ceiling for exactly the same exams that is in force on some of the same days."""
    return next((other for other in others if _same_exams(ceiling, other) and _share_a_day(ceiling, other)), None)


def _same_exams(one: FeeCeiling, other: FeeCeiling) -> bool:
    return (one.exam_form, one.level, one.category) == (other.exam_form, other.level, other.category)


def _share_a_day(one: FeeCeiling, other: FeeCeiling) -> bool:
    return (one.effective_to is None or other.effective_from < one.effective_to) and (
        other.effective_to is None or one.effective_from < other.effective_to
    )


def header_of(columns: Iterable[Column], name: str) -> str:
    """Name a column as the template does."""
    return next(column.header for column in columns if column.name == name)


def fault_of_ceiling(values: Mapping[str, object]) -> Wrong | None:
    """Tell what is wrong with a row whose cells can be read."""
    begin, end = values.get("effective_from"), values.get("effective_to")
    if isinstance(begin, date) and isinstance(end, date) and end <= begin:
        figures: dict[str, object] = {"effective_from": begin.isoformat(), "effective_to": end.isoformat()}
        return header_of(CEILING_COLUMNS, "effective_to"), errors.PERIOD_EMPTY, figures
    category = values.get("category")
    if category is not None and values.get("level") is None:
        return header_of(CEILING_COLUMNS, "category"), errors.CATEGORY_WITHOUT_LEVEL, {"category": category}
    return None


def overlap_of_row(ceiling: FeeCeiling, existing: Iterable[FeeCeiling], rows: Mapping[int, FeeCeiling]) -> Wrong | None:
    """Tell with what a row's ceiling overlaps: one there is, or a row before it."""
    header = header_of(CEILING_COLUMNS, "effective_from")
    kept = find_overlap(ceiling, existing)
    if kept is not None:
        period = written_period(kept.effective_from, kept.effective_to)
        return header, errors.OVERLAPS_CEILING, {"ceiling_id": str(kept.id), "period": period}
    for number, other in rows.items():
        if find_overlap(ceiling, [other]) is not None:
            return header, errors.OVERLAPS_ROW, {"other_row": number}
    return None
