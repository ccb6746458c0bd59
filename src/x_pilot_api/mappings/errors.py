"""Refusals about conversion rules."""

from x_pilot_api.core.errors import AppError


class CoursesUnknown(AppError):
    """A rule names courses that the programme does not have."""

    code = "courses_not_of_programme"
    title_zh, title_en = "课程不属于该专业", "Courses are not of the programme"
    detail_zh, detail_en = "不属于该专业的课程：{course_ids}。", "Not courses of the programme: {course_ids}."


class CourseCreditExceeded(AppError):
    """A rule gives a course more credits than the course has."""

    code = "course_credit_exceeded"
    title_zh, title_en = "转换学分超过课程学分", "More credits than the course has"
    detail_zh = "课程 {course_code} 为 {course_credit} 学分，规则给出 {credit} 学分。"
    detail_en = "The course {course_code} has {course_credit} credits, the rule gives {credit}."


class MappingCertificateExited(AppError):
    """The programme's college has given the certificate up, so that it takes no new rule."""

    code = "mapping_certificate_exited"
    title_zh, title_en = "证书已退出，不能新增转换规则", "The certificate has exited and takes no new rule"
    detail_zh, detail_en = "该学院已于 {exited_on} 退出该证书。", "The college gave the certificate up on {exited_on}."


class NotAParty(AppError):
    """Only the programme's college and the certificate's organisation agree to a rule."""

    code = "not_a_party"
    status = 403
    title_zh, title_en = "不是该规则的协议方", "You are not a party to this rule"
    detail_zh = "只有专业所属二级学院和证书所属评价组织可以同意该规则。"
    detail_en = "Only the programme's college and the certificate's organisation agree to it."


class ContentChanged(AppError):
    """What is agreed to is not what the rule says."""

    code = "content_changed"
    title_zh, title_en = "规则内容与所同意的不一致", "The rule is not what you agree to"
    detail_zh = "同意的内容摘要为 {agreed_hash}，当前为 {content_hash}；请重新查看后再同意。"
    detail_en = "You agree to {agreed_hash}, the rule is {content_hash}: read it again first."


class SecondPersonNeeded(AppError):
    """Who agreed to a rule cannot approve it too."""

    code = "second_person_needed"
    title_zh, title_en = "需要另一人审批", "A second person is needed"
    detail_zh, detail_en = "同意该规则的人不能再审批它。", "Who agreed to the rule cannot approve it too."


class LimitExceeded(AppError):
    """The rule gives more credits than a limit of policy in force allows."""

    code = "limit_exceeded"
    title_zh, title_en = "超过学分上限", "Above a limit of credits"
    detail_zh = "规则给出 {credits} 学分，上限 {limit_code} 为 {limit}（依据：{basis}）。"
    detail_en = "The rule gives {credits} credits; the limit {limit_code} is {limit} (basis: {basis})."


class FiledInFuture(AppError):
    """A filing is recorded after it happened."""

    code = "filed_in_future"
    title_zh, title_en = "备案日期晚于今天", "The filing date is in the future"
    detail_zh, detail_en = "备案日期 {filed_on} 晚于今天 {today}。", "{filed_on} is after today, {today}."


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


class CourseAlreadyConverted(AppError):
    """A course converts with one certificate only."""

    code = "course_already_converted"
    title_zh, title_en = "课程已由其他证书转换", "Another certificate converts the course already"
    detail_zh = "课程 {course_code} {course_name} 已由证书“{certificate_name}”的规则 {mapping_id} 转换。"
    detail_en = "The rule {mapping_id} of {certificate_name} converts {course_code} {course_name} already."


class RuleAlreadyInForce(AppError):
    """A rule that has taken effect is ended by its successor, never withdrawn."""

    code = "rule_already_in_force"
    title_zh, title_en = "规则已生效，不能撤回", "The rule has taken effect"
    detail_zh = "规则自 {effective_from} 起生效，今天是 {today}；请发布新版本取代它。"
    detail_en = "It holds since {effective_from}, today is {today}: publish a version that takes its place."
