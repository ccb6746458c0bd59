"""Refusals about what takes two persons: quarantined results and uploads."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class OtherPersonNeeded(AppError):
    """Who sent, uploaded or proposed a result does not also decide on it."""

    code = "result_second_person_needed"
    title_zh, title_en = "须由另一人办理", "It takes another person"
    detail_zh = "{deed}：您已在该成绩上做过 {done}。"
    detail_en = "{deed}: you have done {done} on this result."
    guide = Guide(
        cause=Both(
            "成绩的推送、提出和决定须由不同的人完成。",
            "Who pushes a result, who proposes what becomes of it and who decides are different persons.",
        ),
        fix=Both("请另一位有权限的人办理。", "Let another person of the same permission do it."),
        example={"deed": "confirm", "done": "propose"},
    )


class QuarantineOver(AppError):
    """The result is no longer quarantined."""

    code = "quarantine_over"
    title_zh, title_en = "该成绩已不在待复核之列", "The result is no longer quarantined"
    detail_zh, detail_en = "成绩当前为 {standing}。", "The result is {standing}."
    guide = Guide(
        cause=Both(
            "在此期间评价组织提交了新版本，或他人已作出决定。",
            "The organisation has sent a newer revision meanwhile, or somebody else has decided.",
        ),
        fix=Both("重新读取待复核列表。", "Read the list of quarantined results again."),
        example={"standing": "superseded"},
    )


class ResultReviewOpen(AppError):
    """Somebody has proposed something about the result already."""

    code = "result_review_open"
    title_zh, title_en = "已有待确认的处理意见", "A proposal is waiting"
    detail_zh, detail_en = "处理意见 {review_id} 尚待确认。", "The proposal {review_id} waits to be confirmed."
    guide = Guide(
        cause=Both("同一成绩同时只能有一条处理意见。", "There is one proposal about a result at a time."),
        fix=Both("先确认或退回已有的意见。", "Confirm or decline the one there is first."),
        example={"review_id": "0198c0de-0000-7000-8000-000000000001"},
    )
