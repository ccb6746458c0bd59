"""The refusals of the outbox."""

from x_pilot_api.core.errors import AppError


class EventsForgotten(AppError):
    """Events after the cursor have been removed, or the database was restored since the cursor was given out."""

    code = "events_forgotten"
    status = 410
    title_zh, title_en = "游标之后的事件已不再保留", "Events after this cursor are no longer kept"
    detail_zh = "事件保留 {kept_days} 天。请不带 after 重新开始，并核对期间的数据。"
    detail_en = "Events are kept for {kept_days} days. Begin again without after, and compare what you hold."
