"""What reasons, limits and refusals are called, in both languages."""

from collections.abc import Mapping

from x_pilot_api.core.languages import Both
from x_pilot_api.credits.models import CourseRefusal, OutcomeReason

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

_LIMIT_WORDS: Mapping[str, Both] = {
    "per_certificate": Both("每张证书的学分上限", "the limit for one certificate"),
    "credit_bank": Both("学分银行认定的学分", "what the credit bank recognised"),
}


def limit_words(code: str) -> Both:
    """Name a kind of limit; one that is not known here is called by its code."""
    return _LIMIT_WORDS.get(code, Both(code, code))
