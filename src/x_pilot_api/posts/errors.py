"""Refusals about posts, working groups and lead units."""

from x_pilot_api.core.errors import AppError, Guide, ItemCode, know_items
from x_pilot_api.core.languages import Both


class PersonInChargeThere(AppError):
    """A college has one person in charge on any day."""

    code = "person_in_charge_there"
    title_zh, title_en = "该任期内已有负责人", "The college has a person in charge in this time"
    detail_zh = "{held_from} 至 {held_to} 已由 {post_id} 任负责人。"
    detail_en = "From {held_from} to {held_to} the post {post_id} holds it."
    guide = Guide(
        cause=Both(
            "同一二级学院在同一天只能有一位负责人，拟任任期与在任者重叠。",
            "A college has one person in charge on any day, and the terms would overlap.",
        ),
        fix=Both(
            "用“交接”办理，原任期自动止于前一天；或先为原任期填写结束日期。",
            "Hand the post over, which ends the term there is on the day before; or end that term first.",
        ),
        example={
            "held_from": "2026-09-01",
            "held_to": "-",
            "post_id": "0197a1c2-0000-7000-8000-000000000060",
        },
    )


class PostHeldAlready(AppError):
    """Nobody holds the same post twice at once."""

    code = "post_held_already"
    title_zh, title_en = "此人已在该岗位任职", "They hold this post already"
    detail_zh = "{held_from} 至 {held_to} 已任该岗位：{post_id}。"
    detail_en = "From {held_from} to {held_to} they hold it already: {post_id}."
    guide = Guide(
        cause=Both("同一人在同一学院同一岗位的任期不能重叠。", "The terms of one holder in one post never overlap."),
        fix=Both("先结束原任期，或选择不重叠的日期。", "End the term there is first, or choose other days."),
        example={
            "held_from": "2026-09-01",
            "held_to": "2027-08-31",
            "post_id": "0197a1c2-0000-7000-8000-000000000061",
        },
    )


class PostDayUnfit(AppError):
    """A term ends within itself."""

    code = "post_day_unfit"
    title_zh, title_en = "日期不在任期内", "The day is outside of the term"
    detail_zh = "最后一天 {day} 不在任期 {held_from} 至 {held_to} 之内。"
    detail_en = "The last day {day} is not within {held_from} to {held_to}."
    guide = Guide(
        cause=Both(
            "结束或交接所定的最后一天早于任期开始，或晚于已定的结束日期。",
            "The last day would be before the term begins, or after the last day it has.",
        ),
        fix=Both("选择任期内的日期。", "Choose a day within the term."),
        example={"day": "2026-08-31", "held_from": "2026-09-01", "held_to": "-"},
    )


class HolderNotFit(AppError):
    """Who holds something is an active teacher, or a person of the institution."""

    code = "holder_not_fit"
    title_zh, title_en = "此人不能任职", "They cannot hold it"
    detail_zh = "{count} 人不是本校在岗教师或本校人员。"
    detail_en = "{count} of them are neither active teachers nor persons of the institution."
    guide = Guide(
        cause=Both(
            "所选教师已不在岗，或所选人员在本校没有任何角色或已停用。",
            "The teacher is no longer active, or the person holds no role in the institution or is disabled.",
        ),
        fix=Both("选择在岗教师，或先为其授予角色。", "Choose an active teacher, or grant the person a role first."),
        example={"count": 1},
    )


class GroupDayUnfit(AppError):
    """A deed on a group takes effect after what it follows."""

    code = "group_day_unfit"
    title_zh, title_en = "日期早于先前的事项", "The day is before something it follows"
    detail_zh = "{day} 过早，最早为 {earliest}。"
    detail_en = "{day} is too early: the earliest day is {earliest}."
    guide = Guide(
        cause=Both(
            "更换组长须晚于现任组长的起始日，退出须晚于加入日，撤销须晚于全部起始日。",
            "A leader follows the one before, a member leaves after joining, and a group is dissolved after it all.",
        ),
        fix=Both("选择更晚的日期。", "Choose a later day."),
        example={"day": "2026-09-01", "earliest": "2026-09-02"},
    )


class LeaderTheSame(AppError):
    """A change of leader names somebody else."""

    code = "group_leader_the_same"
    title_zh, title_en = "新组长与现任相同", "They lead the group already"
    guide = Guide(
        cause=Both("所选人员就是现任组长。", "The new leader is the one there is."),
        fix=Both("选择另一人。", "Choose somebody else."),
    )


class MemberTwice(AppError):
    """Somebody is in a group once at a time."""

    code = "group_member_twice"
    title_zh, title_en = "同一人重复入组", "Somebody would be in the group twice"
    detail_zh = "自 {held_from} 起已在组内，或名单中重复。"
    detail_en = "From {held_from} on somebody is in it already, or is named twice."
    guide = Guide(
        cause=Both(
            "名单中有人已是组员或组长，或同一人列了两次。",
            "Somebody named is a member or the leader already, or is named twice.",
        ),
        fix=Both("去掉重复的人。", "Leave out who is there already."),
        example={"held_from": "2026-09-01"},
    )


class CoveredAlready(AppError):
    """A group watches a certificate once at a time."""

    code = "group_certificate_covered"
    title_zh, title_en = "该证书已在覆盖范围内", "The group watches the certificate already"
    detail_zh, detail_en = "自 {covered_from} 起已覆盖其中的证书。", "From {covered_from} on it watches one of them."
    guide = Guide(
        cause=Both("所选证书中有协作组已覆盖的。", "One of the certificates is watched already."),
        fix=Both("只选择尚未覆盖的证书。", "Choose only certificates that the group does not watch."),
        example={"covered_from": "2026-09-01"},
    )


class GroupPartsUnknown(AppError):
    """What leaves a group is in it."""

    code = "group_parts_unknown"
    title_zh, title_en = "有的成员或证书不在组内", "Something named is not of the group"
    detail_zh = "{members} 名成员、{certificates} 个证书不在该组当日的范围内。"
    detail_en = "{members} members and {certificates} certificates are not of the group on that day."
    guide = Guide(
        cause=Both(
            "要退出的成员或不再覆盖的证书，在该日期不属于该组；证书也可能不在目录中。",
            "Members who leave or certificates that are dropped are not of the group then, or not in the catalogue.",
        ),
        fix=Both("重新读取该组后再选择。", "Read the group again, then choose."),
        example={"members": 1, "certificates": 0},
    )


class LeadUnitDayUnfit(AppError):
    """A unit's lead ends once, after it began."""

    code = "lead_unit_day_unfit"
    title_zh, title_en = "日期不在任期内", "The day is outside of the term"
    detail_zh = "最后一天 {day} 与任期 {valid_from} 至 {valid_to} 不符。"
    detail_en = "The last day {day} does not fit {valid_from} to {valid_to}."
    guide = Guide(
        cause=Both(
            "结束日期早于开始日期，或该单位的任期已有结束日期。",
            "The last day is before the first, or the term has a last day already.",
        ),
        fix=Both("选择开始日期之后的日期。", "Choose a day after the first one."),
        example={"day": "2026-08-31", "valid_from": "2026-09-01", "valid_to": "-"},
    )


_LINE = Both("牵头单位名单的一行", "A line of a list of lead units")

know_items(
    ItemCode(
        "certificates_unknown",
        _LINE,
        Both("目录中没有这些证书名称。", "The catalogue has no certificates of these names."),
        Both("按证书目录的名称填写后重新提交该行。", "Write them as the catalogue does, and send the line again."),
    ),
    ItemCode(
        "later_term_exists",
        _LINE,
        Both("该类别在所填期间或之后已有牵头单位。", "The category has a unit whose term begins in this time."),
        Both("核对起止日期，或先结束已有的任期。", "Look at the days, or end the term there is."),
    ),
)
