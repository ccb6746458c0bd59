"""Refusals about evaluation organisations."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class OrganisationKnown(AppError):
    """Another organisation has the name or the unified social credit code."""

    code = "organisation_known"
    title_zh, title_en = "评价组织已存在", "The organisation is there already"
    guide = Guide(
        cause=Both(
            "另一评价组织已使用相同的名称或统一社会信用代码。",
            "Another organisation has the same name or unified social credit code.",
        ),
        fix=Both(
            "在目录中查找该组织，并修改已有的那一条。",
            "Look the organisation up in the catalogue and change the entry there is.",
        ),
    )


class OrganisationInUse(AppError):
    """Something refers to the organisation, so it stays."""

    code = "organisation_in_use"
    title_zh, title_en = "评价组织已被使用，不能删除", "The organisation is in use and stays"
    detail_zh, detail_en = "{used_by} 中的记录引用该组织。", "Rows of {used_by} refer to it."
    guide = Guide(
        cause=Both(
            "证书、人员、客户端或事件已引用该组织；有历史的组织不能删除。",
            "Certificates, people, clients or events refer to it; what has a history is not deleted.",
        ),
        fix=Both(
            "保留该组织；如名称或代码有误，请修改。",
            "Let it stand; if its name or code is wrong, change that.",
        ),
        example={"used_by": "certificates"},
    )
