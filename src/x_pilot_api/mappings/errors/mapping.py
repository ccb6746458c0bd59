"""Refusals about conversion rules."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class CoursesUnknown(AppError):
    """A rule names courses that the programme does not have."""

    code = "courses_not_of_programme"
    title_zh, title_en = "课程不属于该专业", "Courses are not of the programme"
    detail_zh, detail_en = "不属于该专业的课程：{course_ids}。", "Not courses of the programme: {course_ids}."
    guide = Guide(
        cause=Both(
            "规则列出的课程不属于其专业。",
            "The rule names courses that its programme does not have.",
        ),
        fix=Both(
            "从专业的课程中选择。",
            "Choose from the programme's own courses.",
        ),
        example={"course_ids": "0197a1c2-0000-7000-8000-000000000005"},
    )


class CourseCreditExceeded(AppError):
    """A rule gives a course more credits than the course has."""

    code = "course_credit_exceeded"
    title_zh, title_en = "转换学分超过课程学分", "More credits than the course has"
    detail_zh = "课程 {course_code} 为 {course_credit} 学分，规则给出 {credit} 学分。"
    detail_en = "The course {course_code} has {course_credit} credits, the rule gives {credit}."
    guide = Guide(
        cause=Both(
            "规则给某课程的学分多于该课程本身的学分。",
            "The rule gives a course more credits than the course has.",
        ),
        fix=Both(
            "降低该课程的转换学分。",
            "Lower the credits for the course.",
        ),
        example={"course_code": "K1", "course_credit": "4.00", "credit": "5.00"},
    )


class MappingCertificateExited(AppError):
    """The programme's college has given the certificate up, so that it takes no new rule."""

    code = "mapping_certificate_exited"
    title_zh, title_en = "证书已退出，不能新增转换规则", "The certificate has exited and takes no new rule"
    detail_zh, detail_en = "该学院已于 {exited_on} 退出该证书。", "The college gave the certificate up on {exited_on}."
    guide = Guide(
        cause=Both(
            "专业所在学院已退出该证书试点。",
            "The programme's college has given the certificate up.",
        ),
        fix=Both(
            "为仍在试点的证书建立规则。",
            "Make rules for certificates the college still runs.",
        ),
        example={"exited_on": "2026-01-31"},
    )


class NotAParty(AppError):
    """Only the programme's college and the certificate's organisation agree to a rule."""

    code = "not_a_party"
    status = 403
    title_zh, title_en = "不是该规则的协议方", "You are not a party to this rule"
    detail_zh = "只有专业所属二级学院和证书所属评价组织可以同意该规则。"
    detail_en = "Only the programme's college and the certificate's organisation agree to it."
    guide = Guide(
        cause=Both(
            "您能看到该规则，但不是签署协议的一方。",
            "You may see the rule, but are neither of the two parties that agree to it.",
        ),
        fix=Both(
            "由专业所属二级学院的人员或评价组织的人员办理。",
            "Let somebody of the programme's college or of the organisation agree.",
        ),
    )


class ContentChanged(AppError):
    """What is agreed to is not what the rule says."""

    code = "content_changed"
    title_zh, title_en = "规则内容与所同意的不一致", "The rule is not what you agree to"
    detail_zh = "同意的内容摘要为 {agreed_hash}，当前为 {content_hash}；请重新查看后再同意。"
    detail_en = "You agree to {agreed_hash}, the rule is {content_hash}: read it again first."
    guide = Guide(
        cause=Both(
            "您查看之后规则已被修改。",
            "The rule was changed after you read it.",
        ),
        fix=Both(
            "重新读取规则，核对后带上新的内容摘要再同意。",
            "Read the rule again, check it, and agree with its new content hash.",
        ),
        example={"agreed_hash": "3f2a…", "content_hash": "9c1b…"},
    )


class SecondPersonNeeded(AppError):
    """Who agreed to a rule cannot approve it too."""

    code = "second_person_needed"
    title_zh, title_en = "需要另一人审批", "A second person is needed"
    detail_zh, detail_en = "同意该规则的人不能再审批它。", "Who agreed to the rule cannot approve it too."
    guide = Guide(
        cause=Both(
            "同一人不能既同意又审批同一规则。",
            "Nobody may both agree to a rule and approve it.",
        ),
        fix=Both(
            "请另一位有审批权限的人员审批。",
            "Let another person with the permission approve it.",
        ),
    )


class FiledInFuture(AppError):
    """A filing is recorded after it happened."""

    code = "filed_in_future"
    title_zh, title_en = "备案日期晚于今天", "The filing date is in the future"
    detail_zh, detail_en = "备案日期 {filed_on} 晚于今天 {today}。", "{filed_on} is after today, {today}."
    guide = Guide(
        cause=Both(
            "备案只能在发生之后登记。",
            "A filing is recorded after it happened.",
        ),
        fix=Both(
            "填写实际备案日期。",
            "Give the day it was filed.",
        ),
        example={"filed_on": "2026-06-01", "today": "2026-05-01"},
    )


class RuleInForce(AppError):
    """Another version is in force at the same time and cannot give way."""

    code = "rule_in_force"
    title_zh, title_en = "已有同期生效的规则", "Another rule is in force at the same time"
    detail_zh = (
        "第 {version} 版（{mapping_id}）自 {effective_from} 至 {effective_to} 对 {entry_year_from}–{entry_year_to}"
        " 级有效；新版须在其之后生效，并覆盖其全部年级。"
    )
    detail_en = (
        "Version {version} ({mapping_id}) holds from {effective_from} to {effective_to} for entry years"
        " {entry_year_from} to {entry_year_to}; a new one must start later and cover all of these years."
    )
    guide = Guide(
        cause=Both(
            "同专业、证书等级和年级在同一时期只能有一个有效规则。",
            "A programme, level and entry year have one rule in force at a time.",
        ),
        fix=Both(
            "把新版生效日定在原规则之后，并覆盖其全部年级。",
            "Let the new version start later and cover all entry years of the old one.",
        ),
        example={
            "mapping_id": "0197a1c2-0000-7000-8000-000000000004",
            "version": 1,
            "effective_from": "2026-01-01",
            "effective_to": "-",
            "entry_year_from": 2024,
            "entry_year_to": 2026,
        },
    )


class RuleAlreadyInForce(AppError):
    """A rule that has taken effect is ended by its successor, never withdrawn."""

    code = "rule_already_in_force"
    title_zh, title_en = "规则已生效，不能撤回", "The rule has taken effect"
    detail_zh = "规则自 {effective_from} 起生效，今天是 {today}；请发布新版本取代它。"
    detail_en = "It holds since {effective_from}, today is {today}: publish a version that takes its place."
    guide = Guide(
        cause=Both(
            "规则已经生效，依据它可能已存入学分。",
            "The rule has taken effect, and credits may have been deposited by it.",
        ),
        fix=Both(
            "发布新版本取代它。",
            "Publish a version that takes its place.",
        ),
        example={"effective_from": "2026-01-01", "today": "2026-05-01"},
    )


class TermsUnfit(AppError):
    """A rule's content contradicts itself or does not fit its direction."""

    code = "mapping_terms_unfit"
    title_zh, title_en = "规则内容不自洽", "The rule contradicts itself"
    detail_zh = "规则不自洽：{problem_zh}（{problem_en}）。"
    detail_en = "The rule contradicts itself: {problem_en} ({problem_zh})."
    guide = Guide(
        cause=Both(
            "规则的课程、成绩、抵免或标准单元之间相互矛盾，或与方向不符。",
            "The rule's courses, grades, offsets or units contradict each other or do not fit its direction.",
        ),
        fix=Both("按 detail 所述修改规则内容。", "Change the content as the detail says."),
        example={
            "problem": "weights_unfit",
            "problem_zh": "标准单元的权重合计不是 100%",
            "problem_en": "the weights of the units do not add up to 100 %",
        },
    )


class ComponentsUnknown(AppError):
    """A rule offsets components that the level's assessment does not have."""

    code = "assessment_components_unknown"
    title_zh, title_en = "考核方案没有这些部分", "The assessment has no such components"
    detail_zh = "现行考核方案第 {scheme_version} 版没有：{component_codes}。"
    detail_en = "Version {scheme_version} of the assessment has no {component_codes}."
    guide = Guide(
        cause=Both(
            "规则抵免的考核部分不在该等级现行考核方案中。",
            "The rule offsets components that the level's present assessment scheme does not have.",
        ),
        fix=Both("从现行考核方案的组成部分中选择。", "Choose from the components of the present scheme."),
        example={"scheme_version": 2, "component_codes": "theory"},
    )


class NotComparable(AppError):
    """Two rules are versions of different things."""

    code = "mappings_not_comparable"
    title_zh, title_en = "两条规则不是同一规则的版本", "The two rules are not versions of one"
    detail_zh = "只能比较同一专业、证书等级和方向的版本。"
    detail_en = "Only versions for the same programme, level and direction are compared."
    guide = Guide(
        cause=Both(
            "两条规则的专业、证书等级或方向不同，或没有更早的版本可比。",
            "The rules differ in programme, level or direction, or there is no earlier version to compare with.",
        ),
        fix=Both("在 with 中给出同一规则的另一个版本。", "Name another version of the same rule as `with`."),
    )
