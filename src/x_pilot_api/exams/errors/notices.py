"""Refusals about who may see results, public notices and objections."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class ResultsAlreadyShown(AppError):
    """What students have seen is not hidden again."""

    code = "results_already_shown"
    title_zh, title_en = "成绩已对学生生效", "Students have seen results"
    detail_zh = "已有 {results} 条最终成绩生效，不能改为 {student_from} 起才对学生可见。"
    detail_en = "{results} final results are in effect; they cannot be hidden until {student_from}."
    guide = Guide(
        cause=Both(
            "该计划已有最终成绩生效（已颁证、记学分），不能再对学生隐藏。",
            "Final results of the plan are in effect, with certificates and credits, and cannot be hidden again.",
        ),
        fix=Both("在成绩推送之前设定可见时间。", "Set from when results are seen before they come."),
        example={"results": 40, "student_from": "2026-07-01T08:00:00+08:00"},
    )


class NoticeWindowMissing(AppError):
    """A notice ends when objections end, and the plan does not say when that is, or it has passed."""

    code = "notice_window_missing"
    title_zh, title_en = "没有可用的公示期", "There is no time for a notice"
    detail_zh = "计划的异议截止时间为 {objections_until}。"
    detail_en = "The plan's objections end at {objections_until}."
    guide = Guide(
        cause=Both("计划没有设定异议截止时间，或该时间已过。", "The plan says no end of objections, or it has passed."),
        fix=Both("在计划中设定异议截止时间后再公示。", "Let the plan say until when objections are raised."),
        example={"objections_until": "-"},
    )


class ResultNoticeExists(AppError):
    """A plan's results are put on notice once."""

    code = "result_notice_exists"
    title_zh, title_en = "该计划已公示", "The plan is on notice already"
    detail_zh, detail_en = "公示发布于 {published_at}。", "It was published at {published_at}."
    guide = Guide(
        cause=Both("该计划的成绩已经公示。", "The plan's results were put on notice before."),
        fix=Both("读取已有的公示。", "Read the notice there is."),
        example={"published_at": "2026-07-01T08:00:00+08:00"},
    )


class ObjectionsNotOpen(AppError):
    """Objections are raised while the notice shows."""

    code = "objections_not_open"
    title_zh, title_en = "不在异议期内", "Objections are not open"
    detail_zh = "异议期为 {starts_at} 至 {ends_at}。"
    detail_en = "Objections are raised from {starts_at} until {ends_at}."
    guide = Guide(
        cause=Both("成绩尚未公示，或公示期已结束。", "The results are not on notice yet, or no longer."),
        fix=Both("在公示期内提出；之后请走更正程序。", "Raise it in time; afterwards ask for a correction."),
        example={"starts_at": "2026-07-01T08:00:00+08:00", "ends_at": "2026-07-08T08:00:00+08:00"},
    )


class ObjectionOpen(AppError):
    """One objection to a result waits at a time."""

    code = "result_objection_open"
    title_zh, title_en = "已有待处理的异议", "An objection is waiting"
    detail_zh, detail_en = "异议 {objection_id} 尚未答复。", "The objection {objection_id} is not answered yet."
    guide = Guide(
        cause=Both("同一成绩同时只能有一条未答复的异议。", "There is one open objection to a result at a time."),
        fix=Both("等待答复，或先撤回已有的异议。", "Wait for the answer, or withdraw the one there is."),
        example={"objection_id": "0198c0de-0000-7000-8000-000000000001"},
    )
