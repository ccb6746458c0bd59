"""What follows from the day alone, and what a sitting is warned about."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.exams.models import CoverageWarning, ExaminerDuty, SittingState
from x_pilot_api.exams.rules import coverage_warnings
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import PERMISSIONS
from x_pilot_api.qualifications import rules
from x_pilot_api.qualifications.errors import ConsortiumDayUnfit
from x_pilot_api.qualifications.models import (
    ConsortiumMember,
    QualificationState,
    SeedTeacher,
    SeedTeacherState,
    TeacherQualification,
)

TODAY = date(2026, 5, 10)
DAY = timedelta(days=1)
NONE, UNFIT = CoverageWarning.NO_QUALIFIED_EXAMINER, CoverageWarning.EXAMINER_NOT_QUALIFIED
CHIEF, GUARD, ASSESSOR = ExaminerDuty.CHIEF, ExaminerDuty.INVIGILATOR, ExaminerDuty.ASSESSOR


def actor(role: Role) -> Actor:
    """Make up somebody of a role."""
    permissions = frozenset(map(str, PERMISSIONS[role]))
    return Actor(id=uuid4(), kind=ActorKind.PERSON, name="某人", roles=frozenset({role}), permissions=permissions)


def seed(state: str = "certified") -> SeedTeacher:
    """Make up a seed teacher whose term is ten days around today."""
    return SeedTeacher(state=state, valid_from=TODAY - 5 * DAY, valid_until=TODAY + 5 * DAY, nominated_by=uuid4())


def test_both_days_of_a_term_are_its_own() -> None:
    states = [rules.seed_state(seed(), today=TODAY + days * DAY) for days in (-6, -5, 5, 6)]
    assert states == [
        SeedTeacherState.CERTIFIED,
        SeedTeacherState.ACTIVE,
        SeedTeacherState.ACTIVE,
        SeedTeacherState.LAPSED,
    ]
    assert rules.seed_state(seed("revoked"), today=TODAY) == SeedTeacherState.REVOKED


@pytest.mark.parametrize(
    ("days", "role", "is_renewed", "deeds"),
    [
        (0, Role.REGISTRAR, False, ["revoke"]),
        (0, Role.COORDINATOR, False, ["renew"]),
        (0, Role.COORDINATOR, True, []),
        (6, Role.COORDINATOR, False, ["renew"]),
        (6, Role.REGISTRAR, False, []),
        (-6, Role.REGISTRAR, False, ["revoke"]),
        (-6, Role.COORDINATOR, False, []),
        (0, Role.TEACHER, False, []),
    ],
)
def test_the_day_and_the_role_say_what_may_be_done(
    days: int, role: Role, deeds: list[str], *, is_renewed: bool
) -> None:
    assert rules.seed_deeds(actor(role), seed(), today=TODAY + days * DAY, is_renewed=is_renewed) == deeds


def test_who_nominated_is_offered_no_answer() -> None:
    office, waiting = actor(Role.REGISTRAR), SeedTeacher(state="nominated", nominated_by=uuid4())
    assert rules.seed_deeds(office, waiting, today=TODAY, is_renewed=False) == ["certify", "decline"]
    waiting.nominated_by = office.id
    assert rules.seed_deeds(office, waiting, today=TODAY, is_renewed=False) == []


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "revoked_on", "state"),
    [
        (TODAY, TODAY, None, QualificationState.VALID),
        (TODAY + DAY, None, None, QualificationState.UPCOMING),
        (TODAY - DAY, TODAY - DAY, None, QualificationState.EXPIRED),
        (TODAY - DAY, None, TODAY, QualificationState.REVOKED),
    ],
)
def test_a_qualification_is_what_its_days_say(
    valid_from: date, valid_until: date | None, revoked_on: date | None, state: QualificationState
) -> None:
    held = TeacherQualification(valid_from=valid_from, valid_until=valid_until, revoked_on=revoked_on)
    assert rules.qualification_state(held, today=TODAY) == state


def test_what_has_not_begun_is_revoked_from_its_first_day() -> None:
    assert rules.revoked_from(TeacherQualification(valid_from=TODAY + DAY), today=TODAY) == TODAY + DAY
    assert rules.revoked_from(TeacherQualification(valid_from=TODAY - DAY), today=TODAY) == TODAY


def test_a_lead_leads_a_day_at_least() -> None:
    lead = ConsortiumMember(from_on=TODAY, until_on=None)
    assert rules.last_day_before(TODAY + DAY, lead) == TODAY
    with pytest.raises(ConsortiumDayUnfit):
        rules.last_day_before(TODAY, lead)


@pytest.mark.parametrize(
    ("examiners", "warnings"),
    [
        ([], [NONE]),
        ([(CHIEF, True)], []),
        ([(GUARD, True)], []),
        ([(GUARD, False)], [NONE]),
        ([(CHIEF, False)], [NONE, UNFIT]),
        ([(CHIEF, True), (ASSESSOR, False)], [UNFIT]),
        ([(CHIEF, True), (GUARD, False)], []),
        ([(ASSESSOR, None)], [NONE]),
        ([(CHIEF, True), (ASSESSOR, None)], []),
    ],
)
def test_a_sitting_is_warned_about_by_who_examines_it(
    examiners: list[tuple[ExaminerDuty, bool | None]], warnings: list[CoverageWarning]
) -> None:
    for state in (SittingState.ARRANGED, SittingState.UNDER_WAY):
        assert coverage_warnings(examiners, state=state) == warnings
    for state in (SittingState.ENDED, SittingState.CANCELLED):
        assert coverage_warnings(examiners, state=state) == []
