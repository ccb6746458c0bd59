"""What is said of credits, in both languages: reasons short and in full, limits, refusals, what to do next."""

from collections.abc import Mapping

from x_pilot_api.core.languages import Both
from x_pilot_api.credits.models import CourseRefusal, NextStep, OutcomeReason

REASON_WORDS: Mapping[OutcomeReason, Both] = {
    OutcomeReason.DEPOSITED: Both("已存入", "Deposited"),
    OutcomeReason.DEPOSIT_PENDING: Both("异议期内待存入", "Pending until objections end"),
    OutcomeReason.ACCOUNT_NOT_OPEN: Both("学分账户未开立", "No open account"),
    OutcomeReason.NO_PUBLISHED_MAPPING: Both("无适用的已发布规则", "No published rule applies"),
    OutcomeReason.LIMIT_LEAVES_NOTHING: Both("限额为零", "The limit leaves nothing"),
    OutcomeReason.HIGHER_LEVEL_COUNTS: Both("以更高等级计", "A higher level counts"),
    OutcomeReason.AWARD_REVOKED: Both("证书已撤销", "Certificate revoked"),
}

REFUSAL_WORDS: Mapping[CourseRefusal, Both] = {
    CourseRefusal.COURSE_PASSED: Both("课程已合格", "passed already"),
    CourseRefusal.COURSE_REPLACED: Both("已由其他证书替代", "replaced by another certificate"),
}

EXPLANATIONS: Mapping[OutcomeReason, Both] = {
    OutcomeReason.DEPOSITED: Both(
        "按规则第 {version} 版存入 {credit} 学分（规则 {rule} 学分）。",
        "{credit} credits deposited by version {version} of the rule, which gives {rule}.",
    ),
    OutcomeReason.DEPOSIT_PENDING: Both(
        "按规则第 {version} 版待存入 {credit} 学分，异议期于 {due} 结束后自动入账。",
        "{credit} credits by version {version} of the rule will be posted when objections end at {due}.",
    ),
    OutcomeReason.ACCOUNT_NOT_OPEN: Both(
        "学分账户未开立，开户后自动认定。",
        "There is no open credit account; opening one recognises this.",
    ),
    OutcomeReason.NO_PUBLISHED_MAPPING: Both(
        "考试当日没有适用于该专业和年级的已发布转换规则，未存入学分。",
        "On the exam's day no published rule applied to programme and entry year; no credits were deposited.",
    ),
    OutcomeReason.LIMIT_LEAVES_NOTHING: Both(
        "规则给 {rule} 学分，但当日适用的上限为 0，未存入学分。",
        "The rule gives {rule} credits, but the limit in force that day leaves 0; none were deposited.",
    ),
    OutcomeReason.HIGHER_LEVEL_COUNTS: Both(
        "同一或相近证书以最高等级计，较高等级已存入学分（本级规则 {rule} 学分）。",
        "The highest level of a certificate or of similar ones counts; a higher one brought its credits"
        " (this level's rule: {rule}).",
    ),
    OutcomeReason.AWARD_REVOKED: Both(
        "证书已撤销，原存入的学分已冲回。",
        "The certificate was revoked and the credits it brought were taken back.",
    ),
}

_LIMIT_WORDS: Mapping[str, Both] = {
    "per_certificate": Both("每张证书的学分上限", "the limit for one certificate"),
    "credit_bank": Both("学分银行认定的学分", "what the credit bank recognised"),
}


def limit_words(code: str) -> Both:
    """Name a kind of limit; one that is not known here is called by its code."""
    return _LIMIT_WORDS.get(code, Both(code, code))


NEXT_STEPS: Mapping[NextStep, Both] = {
    NextStep.WAIT_FOR_OBJECTIONS: Both(
        "异议期于 {deadline} 结束，届时自动入账；如有异议，请在此之前提出。",
        "Objections may be raised until {deadline}; then the credits are posted by themselves.",
    ),
    NextStep.OPEN_ACCOUNT: Both(
        "请所在学院或教务处开立学分账户，开户时自动认定，预计存入 {expected} 学分。",
        "Let the college or the office open a credit account; that recognises it and is expected to bring {expected}.",
    ),
    NextStep.UNFREEZE_ACCOUNT: Both(
        "学分账户已冻结；恢复后方可认定，预计存入 {expected} 学分。",
        "The credit account is frozen; when it is active again, {expected} credits are expected.",
    ),
    NextStep.AWAIT_RULE: Both(
        "该专业和年级的转换规则第 {version} 版正在办理；发布后由教务处补认定。",
        "Version {version} of a rule is on its way; once it is published the office recognises this later.",
    ),
    NextStep.PROPOSE_RULE: Both(
        "该专业和年级尚无此证书的转换规则，请所在学院提出。",
        "There is no rule for this programme and entry year yet; the college may propose one.",
    ),
    NextStep.CATCH_UP: Both(
        "现已有适用的规则，预计存入 {expected} 学分，请教务处补认定。",
        "A rule applies by now and is expected to bring {expected} credits; ask the office to recognise it.",
    ),
    NextStep.USE_CREDITS: Both(
        "可申请以这些学分替代规则所列课程：{courses}。",
        "The credits may be used for the courses of the rule: {courses}.",
    ),
    NextStep.AWAIT_CONVERSION: Both(
        "转换申请 {conversion} 正等待 {awaits} 办理；尚可使用 {free} 学分。",
        "The conversion {conversion} waits for the {awaits}; {free} credits are free to use.",
    ),
    NextStep.SETTLE_CONVERSION: Both(
        "转换 {conversion} 所依据的学分已失效，等待教务处处理。",
        "The conversion {conversion} lost what it rests on and waits for the office to settle it.",
    ),
    NextStep.EARN_CERTIFICATE: Both(
        "尚未取得该等级证书；若于今日取得，按现行规则预计存入 {expected} 学分。",
        "The certificate is not earned yet; earned today, the rules in force are expected to bring {expected}.",
    ),
    NextStep.EARN_AGAIN: Both(
        "证书已撤销；重新考核合格后再行认定。",
        "The certificate was revoked; it is recognised anew when the exam is passed again.",
    ),
    NextStep.NOTHING: Both("无需办理。", "There is nothing to do."),
}

COURSE_STEP = Both("课程 {code} {name}", "Course {code} {name}")
RULE_STEP = Both("规则第 {version} 版合计", "Sum of version {version} of the rule")
LIMIT_STEP = Both("受限额约束：{limit}", "Cut by a limit: {limit}")
RESULT_STEP = Both("结果：{reason}", "Result: {reason}")
INPUTS = Both(
    "专业 {programme}，{entry_year} 级；{level} 级证书，取得日期 {earned_on}。",
    "Programme {programme}, entry year {entry_year}; certificate of level {level}, earned on {earned_on}.",
)
NOT_EARNED = Both("未取得", "not yet")


def said(template: Both, **figures: object) -> Both:
    """Fill a sentence's figures in, in both languages; a figure that is said in both is given as such."""
    zh = {name: value.zh if isinstance(value, Both) else value for name, value in figures.items()}
    en = {name: value.en if isinstance(value, Both) else value for name, value in figures.items()}
    return Both(template.zh.format(**zh), template.en.format(**en))
