"""Refusals about tickets and lists on paper."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class TicketNotReady(AppError):
    """There is a registration and no ticket for it yet."""

    code = "ticket_not_ready"
    title_zh, title_en = "准考证尚未发放", "The ticket is not there yet"
    guide = Guide(
        cause=Both(
            "报名所在场次尚未编排座位，或准考证尚未发放，或刚调整过座位。",
            "Seats of the sitting were not arranged yet, or tickets not handed out, or the seat is being changed.",
        ),
        fix=Both(
            "等待院校发放；计划的任务清单列有发放日期。",
            "Wait until the institution hands tickets out; the plan's tasks say by which day.",
        ),
    )


class PapersNotMade(AppError):
    """The bundle is not finished."""

    code = "papers_not_made"
    title_zh, title_en = "打印包尚未生成", "The bundle is not finished yet"
    guide = Guide(
        cause=Both("后台任务还没有完成。", "The job that makes it has not ended."),
        fix=Both(
            "按 job_id 查看任务，完成后再下载。", "Follow the job by its id, and fetch the file when it has ended."
        ),
    )


class PapersForgotten(AppError):
    """The file was kept for a while, and that is over."""

    code = "papers_forgotten"
    status = 410
    title_zh, title_en = "打印包已过保存期", "The bundle is no longer kept"
    detail_zh, detail_en = "文件保存 {days} 天后删除。", "Files are deleted after {days} days."
    guide = Guide(
        cause=Both(
            "打印包含有个人信息，只保存有限的天数。",
            "A bundle holds personal data and is kept for a number of days only.",
        ),
        fix=Both("重新生成一份。", "Have it made again."),
        example={"days": 30},
    )
