"""Refusals about corrections."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class CorrectionOwnRequest(AppError):
    """Whoever proposed a correction cannot be the one who confirms it."""

    code = "correction_own_request"
    title_zh, title_en = "须由另一人确认更正", "Somebody else has to confirm the correction"
    guide = Guide(
        cause=Both(
            "更正、撤销和人工颁发须由提出人以外的另一人确认。",
            "Corrections, revocations and issues by hand are confirmed by somebody else than proposed them.",
        ),
        fix=Both("请同一机构的另一位工作人员确认。", "Let somebody else of the same organisation confirm it."),
    )


class CorrectionChanged(AppError):
    """What the correction would set off is no longer what was previewed."""

    code = "correction_changed"
    title_zh, title_en = "更正的影响已发生变化", "The correction would no longer do what was previewed"
    detail_zh = "预览摘要为 {digest}，现在为 {current_digest}；未作任何更改。"
    detail_en = "The preview's digest is {digest}, now it would be {current_digest}; nothing was changed."
    guide = Guide(
        cause=Both(
            "预览之后，证书、学分或规则发生了变化，更正会带来不同的结果。",
            "Certificate, credits or rules changed since the preview, and the correction would do something else now.",
        ),
        fix=Both(
            "驳回该案件并重新提出，核对新的预览后再确认。", "Refuse the case, propose it anew and look at its preview."
        ),
        example={"digest": "0f3a", "current_digest": "91bc"},
    )


class CorrectionOpen(AppError):
    """There is a case about the same certificate or candidate that nobody has decided."""

    code = "correction_open"
    title_zh, title_en = "已有待确认的更正案件", "A correction waits to be decided"
    detail_zh, detail_en = "待确认的案件：{number}。", "The case {number} waits to be decided."
    guide = Guide(
        cause=Both("同一证书或考生已有一宗尚未决定的案件。", "A case about it was proposed and is undecided."),
        fix=Both("先确认或驳回已有的案件。", "Confirm or refuse the one there is first."),
        example={"number": "C-2026-000123"},
    )


class AwardHeld(AppError):
    """The candidate holds the level already."""

    code = "award_held"
    title_zh, title_en = "考生已持有该等级证书", "The candidate holds the certificate already"
    detail_zh, detail_en = "已持有的证书：{award_id}。", "They hold {award_id}."
    guide = Guide(
        cause=Both("每人每个等级只有一张有效证书。", "A person holds one certificate of a level at a time."),
        fix=Both("核对考生；更换纸质证书请使用补发。", "Check whom you mean; another paper is a reissue."),
        example={"award_id": "0197a1c2-0000-7000-8000-000000000001"},
    )
