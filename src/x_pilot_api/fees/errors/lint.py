"""What a cost sheet can be found to have: each finding with its figures, and the clause it rests on."""

from collections.abc import Mapping
from types import MappingProxyType

from x_pilot_api.core import errors
from x_pilot_api.core.errors import ItemCode
from x_pilot_api.core.languages import Both

_FINDING = Both("成本核算表的检查结果", "A finding about a cost sheet")


def _item(code: str, detail: Both, fix: Both, example: Mapping[str, object] | None = None) -> ItemCode:
    item = ItemCode(code, _FINDING, detail, fix, MappingProxyType(dict(example or {})))
    errors.know_items(item)
    return item


SETTING_COST_NOT_ZERO = _item(
    "setting_cost_not_zero",
    Both(
        "机器阅卷的客观题试卷命题成本应为零，本行 {amount_fen} 分。",
        "Machine-marked objective papers have no setting cost; the line comes to {amount_fen} fen.",
    ),
    Both("去掉本行，或更正试卷性质。", "Take the line out, or correct what the paper is."),
    {"amount_fen": 120000},
)
PRINTING_COST_NOT_ZERO = _item(
    "printing_cost_not_zero",
    Both(
        "机考没有印刷成本，本行 {amount_fen} 分。",
        "Computer exams have no printing cost; the line comes to {amount_fen} fen.",
    ),
    Both("去掉本行，或更正考核形式。", "Take the line out, or correct the exam form."),
    {"amount_fen": 50000},
)
QUESTION_BANK_SPREAD_THIN = _item(
    "question_bank_spread_thin",
    Both(
        "题库成本应按每年不少于 {least} 人分摊，本行按 {spread_over} 人。",
        "A question bank is spread over at least {least} candidates a year; the line over {spread_over}.",
    ),
    Both("按规定的人数分摊。", "Spread it over as many."),
    {"least": 50000, "spread_over": 800},
)
RESOURCES_PAID_FOR = _item(
    "resources_paid_for",
    Both(
        "场地以现金支付 {amount_fen} 分：请先统筹使用学校自有场地（列为实物投入）。",
        "{amount_fen} fen are paid for a venue: the institution's own come first, as a contribution in kind.",
    ),
    Both("能用自有场地时改列实物投入。", "Use the institution's own where there is one."),
    {"amount_fen": 80000},
)
BORNE_BY_STUDENTS = _item(
    "borne_by_students",
    Both(
        "本行 {amount_fen} 分由学生承担：每名试点专业学生的保障考核机会未用之前不得收费。",
        "Students bear {amount_fen} fen: none is charged while the guaranteed attempt is unused.",
    ),
    Both("默认由学校经费承担。", "The institution's budget bears it by default."),
    {"amount_fen": 30000},
)
COST_ABOVE_CEILING = _item(
    "cost_above_ceiling",
    Both(
        "每人成本 {cash_fen} 分高于上限 {ceiling_fen} 分（文号 {document_number}）：费用标准不得高于上限。",
        "A candidate costs {cash_fen} fen, above the ceiling of {ceiling_fen} ({document_number}); no fee may be.",
    ),
    Both("降低成本，或由经费补足差额。", "Lower the cost, or bear the difference from the budget."),
    {"cash_fen": 61000, "ceiling_fen": 50300, "document_number": "教财〔2026〕1号"},
)
NO_CEILING = _item(
    "no_ceiling",
    Both(
        "没有适用于考核形式 {exam_form}、等级 {level} 的上限，无法对照。",
        "No ceiling is in force for exam form {exam_form}, level {level}, to measure the cost against.",
    ),
    Both("请平台管理员登记上限文件。", "Ask the platform operator to issue one."),
    {"exam_form": "computer", "level": "2"},
)
COST_CHANGED_MUCH = _item(
    "cost_changed_much",
    Both(
        "{element} 每人成本由上年 {last_fen} 分变为 {now_fen} 分，变动超过 {percent}%（{document_number}）。",
        "{element} went from {last_fen} to {now_fen} fen a candidate, by more than {percent} % ({document_number}).",
    ),
    Both("在依据中说明变动原因。", "Say why in the basis."),
    {"element": "assessors", "last_fen": 8000, "now_fen": 12000, "percent": 20, "document_number": "文1"},
)
