"""What the rows of a list of vouchers can be refused for, and the refusal of the whole list."""

from collections.abc import Mapping
from types import MappingProxyType

from x_pilot_api.core import errors
from x_pilot_api.core.errors import AppError, Guide, ItemCode
from x_pilot_api.core.languages import Both

_ROW = Both("批量登记凭证的行", "A row of a list of vouchers")


class VouchersRefused(AppError):
    """A list of vouchers is recorded whole or not at all."""

    code = "vouchers_refused"
    title_zh, title_en = "部分凭证有误，均未登记", "Some of the vouchers are refused, none was recorded"
    detail_zh, detail_en = "{rows} 行中有 {refused} 行有误，见 errors。", "{refused} of {rows} rows; see errors."
    guide = Guide(
        cause=Both("凭证清单整体登记；至少一行有误。", "A list is recorded whole, and at least one row is wrong."),
        fix=Both(
            "按 errors 中的行、列和代码改正后重新提交；validate_only=true 可先预览。",
            "Correct the rows and columns that errors names, and send again; validate_only=true shows it before.",
        ),
        example={"rows": 40, "refused": 1},
    )


def _item(code: str, detail: Both, fix: Both, example: Mapping[str, object]) -> ItemCode:
    item = ItemCode(code, _ROW, detail, fix, MappingProxyType(dict(example)))
    errors.know_items(item)
    return item


CHARGE_UNKNOWN = _item(
    "voucher_charge_unknown",
    Both("没有您可见的这笔收费。", "You see no such charge."),
    Both("从导出的收费清单中复制收费编号。", "Copy the charge's id from the exported list."),
    {},
)
CHARGE_NOT_OPEN = _item(
    "voucher_charge_not_open",
    Both("该收费的状态为 {state}，没有应缴余额。", "The charge is {state} and owes nothing."),
    Both("去掉该行；多收的款项另行处理。", "Take the row out; money that came in beside is another matter."),
    {"state": "settled"},
)
PAID_LATER = _item(
    "voucher_paid_later",
    Both("缴费日期 {paid_on} 晚于今天 {today}。", "It was paid on {paid_on}, and today is {today}."),
    Both("核对凭证日期。", "Look at the voucher's date."),
    {"paid_on": "2027-01-01", "today": "2026-11-28"},
)
DOCUMENT_KNOWN = _item(
    "voucher_document_known",
    Both("凭证 {document_number} 已在该收费上登记。", "The document {document_number} is on this charge already."),
    Both("去掉重复的行。", "Take the row out that says it again."),
    {"document_number": "收据2026-001"},
)
BEYOND = _item(
    "voucher_beyond_what_is_owed",
    Both("金额 {amount_fen} 分，该收费尚欠 {open_fen} 分。", "{amount_fen} fen, and the charge owes {open_fen}."),
    Both("按应缴余额以内登记。", "Record at most what is owed."),
    {"amount_fen": 41500, "open_fen": 20000},
)
TOTALS_DIFFER = _item(
    "voucher_totals_differ",
    Both(
        "第 {other_row} 行写明该凭证总额为 {total_fen} 分。",
        "Row {other_row} says that the document is of {total_fen}.",
    ),
    Both("同一凭证的各行须写明同一总额。", "Say the same total in every row of a document."),
    {"other_row": 2, "total_fen": 83000},
)
DOES_NOT_ADD_UP = _item(
    "voucher_does_not_add_up",
    Both(
        "凭证 {document_number} 总额 {total_fen} 分，各行与已登记的合计 {sum_fen} 分。",
        "The document {document_number} is of {total_fen} fen; its rows and what was recorded come to {sum_fen}.",
    ),
    Both("核对该凭证各行金额，使合计等于总额。", "Check its rows, until they come to the total."),
    {"document_number": "收据2026-001", "total_fen": 83000, "sum_fen": 82000},
)
