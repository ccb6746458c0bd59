"""Refusals that rest on a limit of policy, each with its version, document and figures, and those of loading."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both

_LIMIT = {"limit_version": 2, "document_number": "教职成〔2026〕2号"}


class LimitExceeded(AppError):
    """More credits than a limit of policy in force allows."""

    code = "limit_exceeded"
    title_zh, title_en = "超过学分上限", "Above a limit of credits"
    detail_zh = "共 {credits} 学分，上限 {limit_code} 第 {limit_version} 版为 {limit}（依据：{document_number}）。"
    detail_en = (
        "{credits} credits in all; version {limit_version} of the limit {limit_code} is {limit}"
        " (basis: {document_number})."
    )
    guide = Guide(
        cause=Both(
            "学分合计超过现行政策上限。",
            "The credits add up to more than a limit in force allows.",
        ),
        fix=Both(
            "按上限降低学分；上限的版本和依据见 detail。",
            "Lower the credits to the limit; the detail names its version and document.",
        ),
        example={"credits": "9.00", "limit_code": "per_certificate", "limit": "8.00", **_LIMIT},
    )


class CourseAlreadyConverted(AppError):
    """A course converts with one certificate only."""

    code = "course_already_converted"
    title_zh, title_en = "课程已用于其他证书", "Another certificate converts this course"
    detail_zh = (
        "课程 {course_code}（{course_name}）已由规则 {mapping_id} 用于证书“{certificate_name}”；"
        "一门课程只能由一个证书转换（{limit_code} 第 {limit_version} 版，依据：{document_number}）。"
    )
    detail_en = (
        "The course {course_code} ({course_name}) is converted by the rule {mapping_id} of “{certificate_name}”;"
        " one course converts with one certificate ({limit_code}, version {limit_version}, {document_number})."
    )
    guide = Guide(
        cause=Both(
            "同一课程在同一时期只能由一个证书转换。",
            "A course converts with one certificate only at a time.",
        ),
        fix=Both(
            "改选课程，等现有规则结束，或由教务处按文件放宽该限制。",
            "Choose another course, wait until the other rule ends, or let the office load a document that waives it.",
        ),
        example={
            "mapping_id": "0197a1c2-0000-7000-8000-000000000004",
            "course_code": "K1",
            "course_name": "财务会计",
            "certificate_name": "智能财税",
            "limit_code": "one_certificate_per_course",
            **_LIMIT,
        },
    )


class CategoryNotAllowed(AppError):
    """A level's certificates convert courses of some categories only."""

    code = "category_not_allowed"
    title_zh, title_en = "该等级不能转换此类课程", "The level does not convert courses of this category"
    detail_zh = (
        "课程 {course_code} 属于 {category}，等级 {level} 的证书只能转换 {allowed}"
        "（{limit_code} 第 {limit_version} 版，依据：{document_number}）。"
    )
    detail_en = (
        "The course {course_code} is {category}; certificates of level {level} convert {allowed}"
        " ({limit_code}, version {limit_version}, {document_number})."
    )
    guide = Guide(
        cause=Both(
            "政策规定了各等级证书可以转换的课程类别。",
            "Policy says which categories of courses a certificate of each level converts.",
        ),
        fix=Both(
            "改选允许类别的课程，或改用相应等级的证书。",
            "Choose courses of an allowed category, or a certificate of the level that converts this one.",
        ),
        example={
            "course_code": "K1",
            "category": "core",
            "level": "1",
            "allowed": "foundation",
            "limit_code": "level_categories",
            **_LIMIT,
        },
    )


class CourseReplacedTwice(AppError):
    """A course is never replaced twice."""

    code = "course_replaced_twice"
    title_zh, title_en = "课程已被替代过", "The course was replaced before"
    detail_zh = "课程 {course_id} 已被替代过一次（{limit_code} 第 {limit_version} 版，依据：{document_number}）。"
    detail_en = "The course {course_id} was replaced once ({limit_code}, version {limit_version}, {document_number})."
    guide = Guide(
        cause=Both("同一门课程不能被重复替代。", "A course is never replaced twice."),
        fix=Both("改选尚未被替代的课程。", "Choose a course that was not replaced yet."),
        example={
            "course_id": "0197a1c2-0000-7000-8000-000000000005",
            "limit_code": "replaced_once",
            **_LIMIT,
        },
    )


class CourseAlreadyPassed(AppError):
    """Only a course not yet taken, or failed, is replaced."""

    code = "course_already_passed"
    title_zh, title_en = "课程已修读合格", "The course is passed already"
    detail_zh = "课程 {course_id} 已合格，不能再被替代（{limit_code} 第 {limit_version} 版，依据：{document_number}）。"
    detail_en = "The course {course_id} is passed ({limit_code}, version {limit_version}, {document_number})."
    guide = Guide(
        cause=Both("只有未修读或不合格的课程可以被替代。", "Only a course not yet taken, or failed, is replaced."),
        fix=Both("改选未修读或不合格的课程。", "Choose a course that is not yet taken, or failed."),
        example={
            "course_id": "0197a1c2-0000-7000-8000-000000000005",
            "limit_code": "not_passed",
            **_LIMIT,
        },
    )


class GraduationCreditUnknown(AppError):
    """A share of the graduation credits cannot be told while nobody says how many those are."""

    code = "graduation_credit_unknown"
    title_zh, title_en = "毕业学分未知", "The graduation credits are not known"
    detail_zh = "上限 {limit_code} 第 {limit_version} 版为毕业学分的 {percent}%，而该学生的毕业学分没有登记。"
    detail_en = (
        "Version {limit_version} of the limit {limit_code} is {percent} % of the graduation credits, and nobody says"
        " how many those are."
    )
    guide = Guide(
        cause=Both(
            "该学生的专业和年级没有生效的人才培养方案，因此无法计算比例上限。",
            "No training plan is in force for the student's programme and entry year, so the share cannot be told.",
        ),
        fix=Both(
            "先发布人才培养方案及其毕业学分。", "Put a training plan with its graduation credits into force first."
        ),
        example={"limit_code": "share_of_graduation", "percent": 50, **_LIMIT},
    )


class LimitOverlaps(AppError):
    """Another version of the limit holds at the same time and cannot give way."""

    code = "limit_overlaps"
    title_zh, title_en = "已有同期生效的限制", "Another version of the limit holds at the same time"
    detail_zh = (
        "{limit_code} 第 {limit_version} 版（{document_number}）自 {effective_from} 至 {effective_to} 有效；"
        "新版须在其之后生效。"
    )
    detail_en = (
        "Version {limit_version} of {limit_code} ({document_number}) holds from {effective_from} to {effective_to};"
        " a new version must start later."
    )
    guide = Guide(
        cause=Both(
            "同一限制在同一天只有一个版本有效，现有版本不早于新版本开始。",
            "Of one limit one version holds on a day, and the one there is does not start before the new one.",
        ),
        fix=Both(
            "让新版本晚于现有版本生效；尚未生效的版本可以先撤回。",
            "Let the new version start later; a version that has not taken effect can be withdrawn first.",
        ),
        example={
            "limit_code": "per_certificate",
            "effective_from": "2026-01-01",
            "effective_to": "-",
            **_LIMIT,
        },
    )


class LimitStartsInPast(AppError):
    """A new version does not change what was decided by the one before it."""

    code = "limit_starts_in_past"
    title_zh, title_en = "新版限制不能追溯", "A new version does not reach into the past"
    detail_zh = (
        "{limit_code} 第 {limit_version} 版（{document_number}）已生效并可能已据以入账；"
        "新版自 {effective_from} 起，早于今天 {today}。"
    )
    detail_en = (
        "Version {limit_version} of {limit_code} ({document_number}) holds and credits may rest on it;"
        " the new one would start on {effective_from}, before today, {today}."
    )
    guide = Guide(
        cause=Both(
            "已有版本生效期间的决定不能被新版本改变。",
            "What was decided while the version before held is not changed by a later one.",
        ),
        fix=Both("从今天或以后的日期起生效。", "Let the new version start today or later."),
        example={
            "limit_code": "per_certificate",
            "effective_from": "2026-01-01",
            "today": "2026-05-01",
            **_LIMIT,
        },
    )


class LimitInEffect(AppError):
    """A limit that has taken effect is ended by its successor, never withdrawn."""

    code = "limit_in_effect"
    title_zh, title_en = "限制已生效，不能撤回", "The limit has taken effect"
    detail_zh = "{limit_code} 第 {limit_version} 版自 {effective_from} 起生效，今天是 {today}；请加载新版本。"
    detail_en = "Version {limit_version} of {limit_code} holds since {effective_from}, today is {today}: load another."
    guide = Guide(
        cause=Both("该限制已经生效，可能已据以入账。", "The limit has taken effect, and credits may rest on it."),
        fix=Both("加载一个新版本取代它，或注明放宽。", "Load a version that takes its place or waives it."),
        example={
            "limit_code": "per_certificate",
            "effective_from": "2026-01-01",
            "today": "2026-05-01",
            **_LIMIT,
        },
    )
