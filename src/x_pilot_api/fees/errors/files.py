"""What the rows of a file of ceilings or costs can be refused for, and the refusal of the whole file."""

from collections.abc import Mapping
from types import MappingProxyType

from x_pilot_api.core import errors
from x_pilot_api.core.errors import AppError, Guide, ItemCode
from x_pilot_api.core.languages import Both

_ROW = Both("费用文件的行", "A row of a file of ceilings or costs")


class FeeFileRefused(AppError):
    """A file of ceilings or costs is taken whole or not at all."""

    code = "fee_file_refused"
    status = 422
    title_zh, title_en = "文件中有错误，未作任何登记", "Rows of the file are refused, so nothing was taken"
    detail_zh = "{rows} 行中有 {refused} 行有误，见 errors。"
    detail_en = "{refused} of {rows} rows are refused; see errors."
    guide = Guide(
        cause=Both("文件要么全部登记，要么全部不登记。", "A file is taken whole or not at all."),
        fix=Both(
            "按 errors 中的行、列和代码改正后重新上传；validate_only=true 可先预览。",
            "Correct the rows and columns that errors names and send it again; validate_only=true shows it before.",
        ),
        example={"rows": 12, "refused": 1},
    )


def _item(code: str, detail: Both, fix: Both, example: Mapping[str, object] | None = None) -> ItemCode:
    item = ItemCode(code, _ROW, detail, fix, MappingProxyType(dict(example or {})))
    errors.know_items(item)
    return item


PERIOD_EMPTY = _item(
    "period_empty",
    Both("截止日 {effective_to} 不晚于起始日 {effective_from}。", "{effective_to} is not after {effective_from}."),
    Both("截止日不含在内，须晚于起始日。", "The end is excluded and comes after the first day."),
    {"effective_from": "2026-01-01", "effective_to": "2026-01-01"},
)
CATEGORY_WITHOUT_LEVEL = _item(
    "category_without_level",
    Both("填写了类别 {category} 而没有填写等级。", "Category {category} is given without a level."),
    Both("填写等级，或去掉类别。", "Give the level, or take the category out."),
    {"category": "财经"},
)
OVERLAPS_CEILING = _item(
    "row_overlaps_ceiling",
    Both(
        "同一考核形式、等级和类别已有上限 {ceiling_id}，生效期 {period}（不含截止日）。",
        "Ceiling {ceiling_id} for the same exams is in force {period}, end excluded.",
    ),
    Both("让新上限从已有上限的截止日开始。", "Begin where the one there is ends."),
    {"ceiling_id": "0197a1c2-0000-7000-8000-000000000001", "period": "2026-01-01/2027-01-01"},
)
OVERLAPS_ROW = _item(
    "row_overlaps_row",
    Both("与第 {other_row} 行的期间重叠。", "Its period overlaps with that of row {other_row}."),
    Both("使同类上限的期间互不重叠。", "Let the periods of the same exams not overlap."),
    {"other_row": 3},
)
IN_KIND_NOT_OWN = _item(
    "in_kind_not_own",
    Both(
        "实物投入只能由院校或二级学院承担，而承担方是 {payer}。",
        "What is contributed in kind is the institution's or college's own, and the payer is {payer}.",
    ),
    Both("改正承担方，或去掉实物投入。", "Correct the payer, or take in kind out."),
    {"payer": "student"},
)
