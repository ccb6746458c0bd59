"""The refusals of the outbox."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class EventsForgotten(AppError):
    """Events after the cursor have been removed, or the database was restored since the cursor was given out."""

    code = "events_forgotten"
    status = 410
    title_zh, title_en = "游标之后的事件已不再保留", "Events after this cursor are no longer kept"
    detail_zh = "事件保留 {kept_days} 天。请不带 after 重新开始，并核对期间的数据。"
    detail_en = "Events are kept for {kept_days} days. Begin again without after, and compare what you hold."
    guide = Guide(
        cause=Both(
            "游标早于保留期，或数据库在发出游标之后恢复过。",
            "The cursor is older than what is kept, or the database was restored since it was given out.",
        ),
        fix=Both(
            "不带 after 重新读取，并与您保存的数据核对；保留天数由 XPILOT_EVENTS_KEPT_DAYS 设定。",
            "Read again without after and compare what you hold; XPILOT_EVENTS_KEPT_DAYS sets the days kept.",
        ),
        example={"kept_days": 90},
    )
