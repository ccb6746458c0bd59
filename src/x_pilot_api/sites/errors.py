"""Refusals about assessment sites."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class SiteCodeTaken(AppError):
    """The institution already offers the organisation a site of this code."""

    code = "site_code_taken"
    title_zh, title_en = "站点编号已被使用", "The site's code is taken"
    detail_zh, detail_en = "编号 {site_code} 已用于另一站点。", "{site_code} names another site."
    guide = Guide(
        cause=Both(
            "本院校向该评价组织申报的站点中已有此编号。",
            "The institution already offers the organisation a site of this code.",
        ),
        fix=Both("换一个编号，或使用已有的站点。", "Choose another code, or use the site there is."),
        example={"site_code": "KX-01"},
    )


class RoomCodeTaken(AppError):
    """The site already has a room of this code."""

    code = "room_code_taken"
    title_zh, title_en = "考场编号已被使用", "The room's code is taken"
    detail_zh, detail_en = "编号 {room_code} 已用于该站点的另一考场。", "{room_code} names another room of the site."
    guide = Guide(
        cause=Both("同一站点内考场编号不能重复。", "Within a site a code names one room."),
        fix=Both("换一个编号，或修改已有的考场。", "Choose another code, or change the room there is."),
        example={"room_code": "A301"},
    )


class SiteLevelForeign(AppError):
    """A site is offered to one organisation, and the level is another's."""

    code = "site_level_foreign"
    title_zh, title_en = "证书等级不属于该评价组织", "The level is another organisation's"
    detail_zh = "{levels} 个等级不存在，或不属于该站点所面向的评价组织。"
    detail_en = "{levels} of the levels are unknown or not of the organisation the site is offered to."
    guide = Guide(
        cause=Both(
            "一个站点面向一个评价组织，所列等级中有不属于它的。",
            "A site is offered to one organisation, and a level named is not of it.",
        ),
        fix=Both("为另一评价组织另行申报站点。", "Offer the other organisation a site of its own."),
        example={"levels": 1},
    )


class SiteLevelKnown(AppError):
    """The site applied for the level already."""

    code = "site_level_known"
    title_zh, title_en = "该等级已申报", "The level was applied for already"
    detail_zh, detail_en = "该站点对此等级的申报状态为 {state}。", "The site's application for the level is {state}."
    guide = Guide(
        cause=Both("一个站点对一个等级只有一份申报。", "A site has one application for a level."),
        fix=Both("打开已有的申报；被退回或撤回的可重新申报。", "Open the one there is; apply again if it was refused."),
        example={"state": "applied"},
    )


class SiteTooSmall(AppError):
    """A site cannot examine more people at one time than its open rooms have seats."""

    code = "site_too_small"
    title_zh, title_en = "站点座位不足", "The site has too few seats"
    detail_zh, detail_en = "同时考核 {capacity} 人，开放考场共 {seats} 座。", "{capacity} at one time; {seats} seats."
    guide = Guide(
        cause=Both(
            "申报的同时考核人数多于开放考场的座位总数。",
            "The capacity is above the sum of the seats of the site's open rooms.",
        ),
        fix=Both("增加考场，或降低同时考核人数。", "Add rooms, or lower the capacity first."),
        example={"capacity": 120, "seats": 100},
    )


class SitePeriodOver(AppError):
    """What is approved has to hold today or later."""

    code = "site_period_over"
    title_zh, title_en = "有效期已过", "The period is over"
    detail_zh, detail_en = "有效期至 {valid_to}，今天 {today}。", "It is valid to {valid_to}; today is {today}."
    guide = Guide(
        cause=Both("有效期在今天之前已经结束。", "The period ended before today."),
        fix=Both("给出今天或以后的截止日期。", "Name a last day that is today or later."),
        example={"valid_to": "2026-01-31", "today": "2026-03-01"},
    )


class SiteLocked(AppError):
    """What the organisation has approved keeps its name and address."""

    code = "site_locked"
    title_zh, title_en = "站点已获批准，不能更改", "The site is approved and keeps what it is"
    detail_zh, detail_en = "有 {levels} 个等级已获批准或暂停。", "{levels} levels are approved or suspended."
    guide = Guide(
        cause=Both(
            "评价组织批准的是这一名称和地址的站点。",
            "The organisation approved the site under this name and address.",
        ),
        fix=Both(
            "先撤回已批准的等级再更改并重新申报；共用与否可随时更改。",
            "Withdraw the levels, change the site and apply again; whether it is shared may change at any time.",
        ),
        example={"levels": 1},
    )
