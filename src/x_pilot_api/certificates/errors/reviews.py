"""Refusals about reviews of a college's certificates."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class AlreadyAdmitted(AppError):
    """The college runs the certificate already, so there is nothing to admit."""

    code = "already_admitted"
    title_zh, title_en = "该学院已准入该证书", "The college runs the certificate already"
    detail_zh, detail_en = "准入日期 {admitted_on}。", "It was admitted on {admitted_on}."
    guide = Guide(
        cause=Both(
            "该学院自该日起已开展该证书，无须再次申请准入。",
            "The college has run the certificate since that day; it needs no second admission.",
        ),
        fix=Both(
            "查看已有的准入评审；如要停止开展，请提出退出。",
            "Look at the review there is; to stop running it, propose its exit.",
        ),
        example={"admitted_on": "2024-01-01"},
    )


class ReviewOpen(AppError):
    """Another review of the certificate at the college has not been decided."""

    code = "review_open"
    title_zh, title_en = "该学院对该证书已有未决评审", "A review of it is open already"
    guide = Guide(
        cause=Both(
            "同一学院对同一证书同时只能有一项未决的评审（准入或退出）。",
            "A college has one undecided review of a certificate at a time, of admission or of exit.",
        ),
        fix=Both(
            "等待该评审作出决定，或在其上继续办理。",
            "Wait for that review's decision, or go on with that one.",
        ),
    )


class NotAdmitted(AppError):
    """The college does not run the certificate, so that it cannot exit."""

    code = "exit_of_nothing"
    title_zh, title_en = "该学院未准入该证书，无从退出", "The college does not run the certificate"
    guide = Guide(
        cause=Both(
            "该证书在该学院未准入，或已经退出。",
            "The certificate was never admitted at the college, or has exited already.",
        ),
        fix=Both(
            "核对学院与证书。",
            "Check the college and the certificate.",
        ),
    )


class PolicyMissing(AppError):
    """No policy of reviews is in force, and its figures are nobody's to guess."""

    code = "review_policy_missing"
    title_zh, title_en = "尚未设定评审规则", "No review policy is in force"
    detail_zh, detail_en = (
        "{on} 没有生效的评审规则（法定人数、最低分）。",
        "No review policy (quorum, minimum scores) is in force on {on}.",
    )
    guide = Guide(
        cause=Both(
            "法定人数和最低分须由本校设定，软件不代为猜测。",
            "Quorum and minimum scores are the institution's to set; the software does not guess them.",
        ),
        fix=Both(
            "由教务处登记评审规则及其依据文件、生效日期。",
            "Let the office set the policy with its document and first day.",
        ),
        example={"on": "2026-11-28"},
    )


class PolicyBeforeItsPredecessor(AppError):
    """A later version of the policy would count from an earlier day than the one it follows."""

    code = "review_policy_before_its_predecessor"
    title_zh, title_en = "新规则的生效日早于前一版本", "The policy would count before the one it follows"
    detail_zh, detail_en = (
        "第 {version} 版自 {effective_from} 起生效，新版本不能早于该日。",
        "Version {version} counts from {effective_from}; a later version does not count from an earlier day.",
    )
    guide = Guide(
        cause=Both(
            "评审规则只增不改，较高版本不能更早生效。",
            "Policies are added and never changed; a higher version counts from the same day or a later one.",
        ),
        fix=Both(
            "选择同一天或更晚的生效日。",
            "Choose the same day or a later one.",
        ),
        example={"version": 1, "effective_from": "2026-09-01"},
    )


class PanelTooSmall(AppError):
    """Fewer experts may vote than the quorum asks for."""

    code = "panel_too_small"
    title_zh, title_en = "可投票的专家少于法定人数", "Fewer experts may vote than the quorum"
    detail_zh, detail_en = (
        "可投票 {able} 人，法定人数 {quorum}，因回避不能投票 {excused} 人。",
        "{able} may vote, the quorum is {quorum}, {excused} are excused by a rule.",
    )
    guide = Guide(
        cause=Both(
            "所选专家不足，或其中有人因利益冲突须回避。",
            "Too few experts were chosen, or some of them are excused for a conflict of interest.",
        ),
        fix=Both(
            "增加专家后重新开始评审。",
            "Choose more experts and begin again.",
        ),
        example={"able": 1, "quorum": 3, "excused": 1},
    )


class NotExperts(AppError):
    """Somebody named does not hold the role of an expert in the institution."""

    code = "not_experts"
    title_zh, title_en = "所选人员不是本校的评审专家", "Not an expert of the institution"
    detail_zh, detail_en = "不是评审专家的人员：{person_ids}。", "No experts here: {person_ids}."
    guide = Guide(
        cause=Both(
            "所选人员在本校没有专家角色，或已停用。",
            "Somebody named holds no role of an expert in the institution, or is disabled.",
        ),
        fix=Both(
            "先授予专家角色，或选择其他专家。",
            "Grant them the role first, or choose others.",
        ),
        example={"person_ids": "0197a1c2-0000-7000-8000-000000000007"},
    )


class ExpertSeated(AppError):
    """The expert has a place in the review already."""

    code = "expert_seated"
    title_zh, title_en = "该专家已在评审组中", "The expert has a place already"
    guide = Guide(
        cause=Both(
            "该专家已被指派，或已在本次评审中回避。",
            "The expert is assigned already, or excused in this review.",
        ),
        fix=Both(
            "选择其他专家。",
            "Choose another expert.",
        ),
    )


class ConflictOfInterest(AppError):
    """The expert may not vote by a rule."""

    code = "conflict_of_interest"
    title_zh, title_en = "存在利益冲突，应当回避", "A conflict of interest forbids the vote"
    detail_zh, detail_en = "回避规则：{rule}。", "By the rule: {rule}."
    guide = Guide(
        cause=Both(
            "投票人是申请人、该证书评价组织的人员，或为被评学院办事的人员。",
            "The voter proposed it, is of the certificate's organisation, or acts for the college under review.",
        ),
        fix=Both(
            "以 :excuse 声明回避，由教务处另行指派。",
            "Declare it by :excuse, and let the office assign somebody else.",
        ),
        example={"rule": "of_the_college"},
    )


class NoVoteLeft(AppError):
    """The expert has voted or is excused, and a vote is given once."""

    code = "no_vote_left"
    title_zh, title_en = "已投票或已回避", "Voted already, or excused"
    detail_zh, detail_en = "席位状态：{state}。", "The seat is {state}."
    guide = Guide(
        cause=Both(
            "每位专家只投一次票，提交后不可更改；回避者不投票。",
            "An expert votes once, and a vote is never changed; who is excused does not vote.",
        ),
        fix=Both(
            "无须再次操作。",
            "There is nothing left to do.",
        ),
        example={"state": "voted"},
    )


class QuorumMissing(AppError):
    """There are fewer votes than the quorum asks for."""

    code = "quorum_missing"
    title_zh, title_en = "票数未达法定人数", "Fewer votes than the quorum"
    detail_zh, detail_en = "已投 {votes} 票，法定人数 {quorum}。", "{votes} voted, the quorum is {quorum}."
    guide = Guide(
        cause=Both(
            "票数不足，不能结束评审。",
            "There are too few votes to conclude.",
        ),
        fix=Both(
            "等待专家投票，或指派更多专家。",
            "Wait for votes, or assign more experts.",
        ),
        example={"votes": 1, "quorum": 3},
    )


class ExitInPast(AppError):
    """A certificate does not exit on a day that is over."""

    code = "exit_in_past"
    title_zh, title_en = "退出日期已过", "The day of the exit is over"
    detail_zh, detail_en = "退出日期 {exit_on}，今天 {today}。", "The exit is to be on {exit_on}; today is {today}."
    guide = Guide(
        cause=Both(
            "退出日期决定此前报名的考生如何完成考核，不能追溯。",
            "The day decides which candidates still finish, so it is never set back.",
        ),
        fix=Both(
            "选择今天或以后的日期；退出评审逾期的，先保留再重新提出。",
            "Choose today or a later day; of a proposal that is overdue, retain it and propose again.",
        ),
        example={"exit_on": "2026-01-31", "today": "2026-02-01"},
    )


class ExitSecondPerson(AppError):
    """Whoever proposed an exit does not decide on it."""

    code = "exit_second_person_needed"
    title_zh, title_en = "须由提出人以外的人决定", "Another person has to decide"
    guide = Guide(
        cause=Both(
            "提出退出的人不能自己决定退出或保留。",
            "Whoever proposed the exit decides neither on it nor against it.",
        ),
        fix=Both(
            "由教务处另一名人员决定。",
            "Let somebody else of the office decide.",
        ),
    )
