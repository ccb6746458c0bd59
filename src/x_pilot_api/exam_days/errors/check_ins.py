"""Refusals about checking in; those of single records are item codes."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class CheckInNotOpen(AppError):
    """A device takes the list along when the day has come."""

    code = "check_in_not_open"
    title_zh, title_en = "尚未开放签到", "Checking in is not open yet"
    detail_zh = "场次 {starts_at} 开始，{opens_at} 起可下载签到名单。"
    detail_en = "The sitting begins at {starts_at}; its list can be taken from {opens_at} on."
    guide = Guide(
        cause=Both(
            "签到名单含有考生姓名，考前 24 小时起才提供下载。",
            "The list names candidates, and is given out only in the last 24 hours before the sitting.",
        ),
        fix=Both("到时间后再下载。", "Take it when the time has come."),
        example={"starts_at": "2026-12-20T01:00:00+00:00", "opens_at": "2026-12-19T01:00:00+00:00"},
    )


class NothingToSettle(AppError):
    """A person settles what was recorded, and nothing was recorded of this candidate."""

    code = "nothing_to_settle"
    title_zh, title_en = "该考生没有签到记录", "Nothing was recorded of this candidate"
    guide = Guide(
        cause=Both("没有任何设备为该考生作过记录。", "No device has recorded anything of the candidate."),
        fix=Both("先由设备提交签到或缺考记录。", "Let a device record them as present or absent first."),
    )
