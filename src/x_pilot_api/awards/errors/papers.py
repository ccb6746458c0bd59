"""Refusals about the papers of certificates."""

from x_pilot_api.core import errors
from x_pilot_api.core.errors import AppError, Guide, ItemCode
from x_pilot_api.core.languages import Both


class ReissueOwnRequest(AppError):
    """Whoever proposed it cannot be the one who confirms it."""

    code = "reissue_own_request"
    title_zh, title_en = "须由另一人确认", "Somebody else has to confirm it"
    guide = Guide(
        cause=Both(
            "补发证书须由提出人以外的另一人确认。",
            "Another paper is issued by somebody else than proposed it.",
        ),
        fix=Both("请同一机构的另一位工作人员确认。", "Let somebody else of the same organisation confirm it."),
    )


class ReissueOpen(AppError):
    """There is a wish for another paper already that nobody has decided."""

    code = "reissue_open"
    title_zh, title_en = "已有待确认的补发申请", "A reissue waits to be decided"
    detail_zh, detail_en = "待确认的补发申请：{reissue_id}。", "The reissue {reissue_id} waits to be decided."
    guide = Guide(
        cause=Both("该证书已有一项尚未决定的补发申请。", "A reissue of the certificate was proposed and is undecided."),
        fix=Both("先确认或驳回已有的申请。", "Confirm or refuse the one there is first."),
        example={"reissue_id": "0197a1c2-0000-7000-8000-000000000001"},
    )


class PrintRefused(AppError):
    """Some of the papers named are not where the deed needs them; nothing was changed."""

    code = "print_refused"
    title_zh, title_en = "部分证书不能执行该操作", "Some of the certificates do not admit this"
    detail_zh = "{count} 张证书不能执行 {deed}，未作任何更改；见 errors。"
    detail_en = "{count} certificates do not admit {deed}; nothing was changed, see errors."
    guide = Guide(
        cause=Both(
            "列表中有证书不存在，或其制证状态不允许该操作。",
            "Some of the certificates are not there, or their paper is not where the deed needs it.",
        ),
        fix=Both(
            "从列表中去掉 errors 所指的证书后重试。", "Leave out those that errors name, and send the rest again."
        ),
        example={"count": 2, "deed": "print"},
    )


_NAMED = Both("制证操作中的一张证书", "A certificate named for a deed on its paper")
PAPER_UNKNOWN = ItemCode(
    "paper_unknown",
    _NAMED,
    Both("没有找到该证书。", "There is no such certificate here."),
    Both("核对证书 id。", "Check the certificate's id."),
)
PAPER_ELSEWHERE = ItemCode(
    "paper_elsewhere",
    _NAMED,
    Both("制证状态为 {state}，不能执行 {deed}。", "The paper is {state}, which does not admit {deed}."),
    Both("读取证书，从其制证状态可做的操作中选择。", "Read the certificate and choose a deed that its paper admits."),
    {"state": "collected", "deed": "print"},
)
errors.know_items(PAPER_UNKNOWN, PAPER_ELSEWHERE)
