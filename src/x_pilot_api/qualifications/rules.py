"""What may be done with seed teachers and qualifications, and what follows from the day."""

from datetime import date, timedelta

from x_pilot_api.core import errors
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import ItemCode
from x_pilot_api.core.languages import Both, Language
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.qualifications.errors import (
    ConsortiumDayUnfit,
    LeadStays,
    NominatedByThemself,
    SeedTeacherNotActive,
    TermNotAhead,
)
from x_pilot_api.qualifications.models import (
    ConsortiumMember,
    MemberRole,
    QualificationState,
    SeedTeacher,
    SeedTeacherState,
    StoredSeedState,
    TeacherQualification,
    TrainingConsortium,
)

CATEGORY_KIND = "certificate_category"
SEED_KIND = "seed_teacher"
CONSORTIUM_KIND = "training_consortium"
QUALIFICATION_KIND = "teacher_qualification"

_S = SeedTeacherState
_Q = QualificationState
_P = Permission

_BY_THE_DAY = frozenset({"begin", "lapse"})
"""What nobody does: the day comes."""

SEED_WORKFLOW = Workflow(
    name="seed teacher",
    initial=_S.NOMINATED,
    deeds={
        "certify": Deed(frozenset({_S.NOMINATED}), _S.CERTIFIED, _P.SEED_TEACHERS_CERTIFY),
        "decline": Deed(frozenset({_S.NOMINATED}), _S.DECLINED, _P.SEED_TEACHERS_CERTIFY),
        "begin": Deed(frozenset({_S.CERTIFIED}), _S.ACTIVE, _P.SEED_TEACHERS_CERTIFY),
        "lapse": Deed(frozenset({_S.ACTIVE}), _S.LAPSED, _P.SEED_TEACHERS_CERTIFY),
        # What is renewed stays as it is: a nomination of its own begins beside it.
        "renew": Deed(frozenset({_S.ACTIVE, _S.LAPSED}), _S.NOMINATED, _P.SEED_TEACHERS_NOMINATE),
        "revoke": Deed(frozenset({_S.CERTIFIED, _S.ACTIVE}), _S.REVOKED, _P.SEED_TEACHERS_CERTIFY),
    },
)

QUALIFICATION_WORKFLOW = Workflow(
    name="teacher qualification",
    initial=_Q.UPCOMING,
    deeds={
        "begin": Deed(frozenset({_Q.UPCOMING}), _Q.VALID, _P.QUALIFICATIONS_GRANT),
        "lapse": Deed(frozenset({_Q.VALID}), _Q.EXPIRED, _P.QUALIFICATIONS_GRANT),
        "revoke": Deed(frozenset({_Q.UPCOMING, _Q.VALID}), _Q.REVOKED, _P.QUALIFICATIONS_GRANT),
    },
)


def seed_state(seed: SeedTeacher, *, today: date) -> SeedTeacherState:
    """Tell where a seed teacher is on the way; a term begins and lapses by the day."""
    if seed.state != StoredSeedState.CERTIFIED or seed.valid_from is None or seed.valid_until is None:
        return _S(seed.state)
    if today < seed.valid_from:
        return _S.CERTIFIED
    return _S.ACTIVE if today <= seed.valid_until else _S.LAPSED


def seed_deeds(actor: Actor, seed: SeedTeacher, *, today: date, is_renewed: bool) -> list[str]:
    """List what an actor may do with a seed teacher next; who nominated them does not answer it."""
    deeds = SEED_WORKFLOW.allowed_deeds(actor, state=seed_state(seed, today=today))
    withheld = set(_BY_THE_DAY)
    if is_renewed:
        withheld.add("renew")
    if seed.nominated_by == actor.id:
        withheld |= {"certify", "decline"}
    return [deed for deed in deeds if deed not in withheld]


def check_second(actor: Actor, seed: SeedTeacher) -> None:
    """Refuse an answer by who nominated the teacher."""
    if seed.nominated_by == actor.id:
        raise NominatedByThemself


def check_term(valid_until: date, *, today: date) -> None:
    """Refuse to certify for a term that is over."""
    if valid_until < today:
        raise TermNotAhead(valid_until=valid_until.isoformat(), today=today.isoformat())


def check_vouches(seed: SeedTeacher, *, today: date) -> None:
    """Refuse a seed teacher whose term does not run."""
    state = seed_state(seed, today=today)
    if state != _S.ACTIVE:
        raise SeedTeacherNotActive(state=state.value)


def qualification_state(qualification: TeacherQualification, *, today: date) -> QualificationState:
    """Tell where a qualification is on its way."""
    if qualification.revoked_on is not None:
        return _Q.REVOKED
    if today < qualification.valid_from:
        return _Q.UPCOMING
    return _Q.VALID if qualification.valid_until is None or today <= qualification.valid_until else _Q.EXPIRED


def qualification_deeds(actor: Actor, qualification: TeacherQualification, *, today: date) -> list[str]:
    """List what an actor may do with a qualification next."""
    deeds = QUALIFICATION_WORKFLOW.allowed_deeds(actor, state=qualification_state(qualification, today=today))
    return [deed for deed in deeds if deed not in _BY_THE_DAY]


def revoked_from(qualification: TeacherQualification, *, today: date) -> date:
    """Tell the first day on which a revoked qualification holds no longer."""
    return max(today, qualification.valid_from)


def is_running(row: TrainingConsortium | ConsortiumMember, *, today: date) -> bool:
    """Tell whether a consortium or a membership runs today."""
    return row.from_on <= today and (row.until_on is None or today <= row.until_on)


def consortium_deeds(actor: Actor, consortium: TrainingConsortium, *, today: date) -> list[str]:
    """List what an actor may do with a consortium; one that is closed is history."""
    over = consortium.until_on is not None and consortium.until_on < today
    if over or not actor.may(Permission.TRAINING_CONSORTIA_KEEP):
        return []
    return ["add_member", "end_member", "hand_over_lead"] + (["close"] if consortium.until_on is None else [])


def check_within(day: date, row: TrainingConsortium | ConsortiumMember) -> None:
    """Refuse a day outside a consortium's or a membership's time."""
    if day < row.from_on or (row.until_on is not None and day > row.until_on):
        until = row.until_on.isoformat() if row.until_on else "…"
        raise ConsortiumDayUnfit(day=day.isoformat(), from_on=row.from_on.isoformat(), until_on=until)


def check_may_leave(member: ConsortiumMember) -> None:
    """Refuse to leave a consortium without a lead."""
    if member.role == MemberRole.LEAD:
        raise LeadStays


def last_day_before(day: date, member: ConsortiumMember) -> date:
    """Tell the last day of who leads until another does; nobody takes over on the very day the lead began."""
    before = day - timedelta(days=1)
    check_within(before, member)
    return before


_ROW = Both("资格授予的一行（教师与证书等级）", "One teacher and one level of a grant")
_UNFIT = {
    code: ItemCode(code, _ROW, says, fix)
    for code, says, fix in (
        (
            "qualification_teacher_unknown",
            Both("没有此教师。", "There is no such teacher here."),
            Both("从教师列表中选择。", "Choose from the list of teachers."),
        ),
        (
            "qualification_teacher_inactive",
            Both("该教师已不在岗。", "The teacher is not active any more."),
            Both("核对教师名单。", "Check the list of teachers."),
        ),
        (
            "qualification_level_unknown",
            Both("证书等级不在目录中。", "The level is not in the catalogue."),
            Both("从证书目录中选择等级。", "Choose a level of the catalogue."),
        ),
        (
            "seed_teacher_of_another_category",
            Both("证书不属于该种子教师的证书类别。", "The certificate is not in the seed teacher's category."),
            Both(
                "选择同类别的种子教师，或把证书归入其类别。",
                "Choose a seed teacher of its category, or sort the certificate into it.",
            ),
        ),
        (
            "seed_teacher_tier_too_low",
            Both("该种子教师的层级低于证书等级。", "The seed teacher's tier is below the level."),
            Both("选择同级或更高层级的种子教师。", "Choose a seed teacher of the level's tier or a higher one."),
        ),
        (
            "seed_teacher_for_themself",
            Both("种子教师不能为本人出具依据。", "Nobody vouches for themself."),
            Both("由另一名种子教师或评价组织的文件作依据。", "Let another seed teacher or a document stand for it."),
        ),
        (
            "qualification_overlaps",
            Both("与该教师同等级、同类型的已有资格期间重叠。", "It overlaps one the teacher has for level and kind."),
            Both("从已有资格到期之后开始，或先撤销。", "Begin when the one there is ends, or revoke it first."),
        ),
    )
}
errors.know_items(*_UNFIT.values())

OVERLAPS = "qualification_overlaps"


def explain(code: str, *, language: Language) -> str:
    """Say in words why a row was not granted."""
    return _UNFIT[code].detail.said_in(language)
