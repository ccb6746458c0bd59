"""Refusals about exam plans."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class LevelsUnclear(AppError):
    """A plan is of one organisation; the levels named are of several, or unknown."""

    code = "levels_unclear"
    title_zh, title_en = "证书等级不存在或不属于同一评价组织", "The levels are unknown or of several organisations"
    detail_zh = "点名 {asked} 个等级，其中 {found} 个可用，分属 {organisations} 个评价组织。"
    detail_en = "{asked} levels were named; {found} can be used, of {organisations} organisations."
    guide = Guide(
        cause=Both(
            "考核计划只属于一个评价组织，而所列等级不存在或分属几个评价组织。",
            "An exam plan is of one organisation; the levels named do not exist or are of several.",
        ),
        fix=Both(
            "为每个评价组织各建一个计划。",
            "Make one plan for each organisation.",
        ),
        example={"asked": 2, "found": 1, "organisations": 1},
    )


class SchemeMissing(AppError):
    """A level cannot be examined before its assessment scheme is published."""

    code = "scheme_missing"
    title_zh, title_en = "证书等级尚无考核方案", "A level has no assessment scheme"
    detail_zh, detail_en = "缺少考核方案的等级：{levels}。", "Levels without a scheme: {levels}."
    guide = Guide(
        cause=Both(
            "所列等级没有已发布的考核方案，无法计算成绩。",
            "A level named has no published assessment scheme, so that its results could not be computed.",
        ),
        fix=Both(
            "先由评价组织发布该等级的考核方案。",
            "Let the organisation publish the level's scheme first.",
        ),
        example={"levels": "1"},
    )


class CertificateNotAdmitted(AppError):
    """No college of the institution runs this certificate."""

    code = "certificate_not_admitted"
    title_zh, title_en = "证书未准入或已退出", "The certificate is not admitted, or has exited"
    detail_zh, detail_en = "{certificates}：院校内没有学院正在试点。", "{certificates}: no college runs it."
    guide = Guide(
        cause=Both(
            "院校内没有学院在试点该证书，或都已退出。",
            "No college of the institution runs the certificate, or all have given it up.",
        ),
        fix=Both(
            "先办理证书准入，或从计划中去掉该证书。",
            "Admit the certificate first, or take it out of the plan.",
        ),
        example={"certificates": "智能财税"},
    )


class PlanCodeTaken(AppError):
    """The organisation already has a plan of this code at the institution."""

    code = "plan_code_taken"
    title_zh, title_en = "考核计划编号已被使用", "The plan's code is taken"
    detail_zh, detail_en = "编号 {plan_code} 已用于另一计划。", "{plan_code} names another plan."
    guide = Guide(
        cause=Both(
            "该评价组织在本院校已有同编号的考核计划。",
            "The organisation already has a plan of this code at the institution.",
        ),
        fix=Both(
            "换一个编号，或使用已有的计划。",
            "Choose another code, or use the plan there is.",
        ),
        example={"plan_code": "2026-1"},
    )
