"""Refusals about the academic register."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class ReasonHoldsNumber(AppError):
    """The reason goes on record, and the number must not."""

    code = "reason_holds_number"
    status = 422
    title_zh, title_en = "理由中不得写证件号码", "The reason holds the number itself"
    detail_zh = "查看理由会写入审计记录，其中不得包含该证件号码。"
    detail_en = "The reason goes on record, so it must not hold the document's number."
    guide = Guide(
        cause=Both(
            "理由中写有要查看的证件号码；审计记录从不保存证件号码。",
            "The document's number stands in the reason, and the audit never holds one.",
        ),
        fix=Both(
            "改写理由，例如写明事由和文号，然后重试。",
            "Say what it is for, such as the matter and a file number, and try again.",
        ),
    )
