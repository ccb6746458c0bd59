"""What states, payers, reasons and columns are called in files and on paper."""

from collections.abc import Mapping

from x_pilot_api.certificates.models import ExamForm
from x_pilot_api.core.languages import Both
from x_pilot_api.settlements.models import DifferenceKind, ForecastReason, Outlook, Presence, SettlementState

LEVELS: Mapping[str, Both] = {
    "1": Both("初级", "Elementary"),
    "2": Both("中级", "Intermediate"),
    "3": Both("高级", "Advanced"),
}
FORMS: Mapping[str, Both] = {
    ExamForm.PAPER: Both("纸笔考试", "Paper"),
    ExamForm.COMPUTER: Both("机考", "Computer"),
    ExamForm.ORDINARY_PRACTICAL: Both("一般实操", "Ordinary practical"),
    ExamForm.SPECIAL_PRACTICAL: Both("特殊实操", "Special practical"),
}
PAYERS: Mapping[str, Both] = {
    "institution": Both("院校预算", "Institution's budget"),
    "college": Both("二级学院", "College"),
    "student": Both("考生", "Candidate"),
    "subsidy": Both("补贴", "Subsidy"),
    "none": Both("未计费", "Nothing charged"),
}
PRESENCES: Mapping[str, Both] = {
    Presence.ATTENDED: Both("参考", "Attended"),
    Presence.ABSENT: Both("缺考", "Absent"),
    Presence.EXEMPT: Both("免考", "Exempt"),
    Presence.UNKNOWN: Both("未确定", "Not known yet"),
}
STATES: Mapping[str, Both] = {
    SettlementState.DRAFT: Both("草稿", "Draft"),
    SettlementState.PROPOSED: Both("待确认", "Proposed"),
    SettlementState.AGREED: Both("双方已确认", "Agreed"),
    SettlementState.SETTLED: Both("已付款", "Settled"),
    SettlementState.DISPUTED: Both("有异议", "Disputed"),
}
OUTLOOKS: Mapping[str, Both] = {
    Outlook.RESERVED: Both("已报名", "Registered"),
    Outlook.PLACED: Both("有空余座位", "A seat is free"),
    Outlook.AT_RISK: Both("可能错过", "At risk"),
    Outlook.UNKNOWN: Both("无法判断", "Not known"),
}
REASONS: Mapping[str, Both] = {
    ForecastReason.NO_PLAN: Both("没有可报名的考核计划", "No open plan they may take"),
    ForecastReason.PLAN_AFTER_GRADUATION: Both("考核在毕业之后", "The exams are after graduation"),
    ForecastReason.NO_QUOTA: Both("试点名额已满", "The quota is full"),
    ForecastReason.NO_SEATS: Both("没有空余座位", "No free seat"),
    ForecastReason.GRADUATION_UNKNOWN: Both("未登记毕业日期", "No graduation day was loaded"),
}
DIFFERENCES: Mapping[str, Both] = {
    DifferenceKind.THEIRS_ONLY: Both("仅对方有", "Theirs only"),
    DifferenceKind.OURS_ONLY: Both("仅我方有", "Ours only"),
    DifferenceKind.AMOUNT_DIFFERS: Both("金额不一致", "The amount differs"),
    DifferenceKind.PRESENCE_DIFFERS: Both("考核情况不一致", "The attendance differs"),
    DifferenceKind.NAMED_TWICE: Both("对方重复列出", "Named twice"),
    DifferenceKind.UNREADABLE: Both("无法读取", "Not readable"),
}


def said(words: Mapping[str, Both], code: str | None) -> str | None:
    """Say a code in Chinese, which is the language of files and paper; one that is not known stands for itself."""
    if code is None:
        return None
    return words[code].zh if code in words else code
