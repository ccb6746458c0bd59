"""Refusals about the catalogue."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class CertificateKnown(AppError):
    """The organisation has a certificate of that name, or the certificate has that level."""

    code = "certificate_known"
    title_zh, title_en = "证书或等级已存在", "The certificate or level is there already"
    guide = Guide(
        cause=Both(
            "同一评价组织已有同名证书，或该证书已有该等级。",
            "The organisation has a certificate of that name, or the certificate has the level.",
        ),
        fix=Both(
            "在目录中查找已有的条目并在其上修改。",
            "Look the entry up in the catalogue and change that one.",
        ),
    )


class CertificateInUse(AppError):
    """Something refers to the catalogue's entry, so it stays."""

    code = "certificate_in_use"
    title_zh, title_en = "目录条目已被使用，不能删除", "The catalogue's entry is in use and stays"
    detail_zh, detail_en = "{used_by} 中的记录引用该条目。", "Rows of {used_by} refer to it."
    guide = Guide(
        cause=Both(
            "准入、考核方案、计划、规则、费用或证书已引用该条目；考核方案一经发布即不删除。",
            "Admissions, schemes, plans, rules, fees or awards refer to it; a published scheme is never deleted.",
        ),
        fix=Both(
            "保留该条目；名称等有误时可以修改，学院不再开展时走退出流程。",
            "Let it stand: correct its name, or let colleges exit it where it is no longer run.",
        ),
        example={"used_by": "admissions"},
    )


class SchemeBeforeItsPredecessor(AppError):
    """A later version of a scheme would count from an earlier day than the one it follows."""

    code = "scheme_before_its_predecessor"
    title_zh, title_en = "新方案的生效日早于前一版本", "The scheme would count before the one it follows"
    detail_zh = "第 {version} 版自 {effective_from} 起生效，新版本不能早于该日。"
    detail_en = "Version {version} counts from {effective_from}; a later version does not count from an earlier day."
    guide = Guide(
        cause=Both(
            "考核方案只增不改，较高版本的生效日不能早于较低版本。",
            "Schemes are added and never changed; a higher version counts from the same day or a later one.",
        ),
        fix=Both(
            "选择同一天或更晚的生效日；同一天生效时以较高版本为准。",
            "Choose the same day or a later one; of two from the same day the higher version counts.",
        ),
        example={"version": 1, "effective_from": "2026-09-01"},
    )
