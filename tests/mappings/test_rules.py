"""What a rule's content is, which limit counts, and which version gives way."""

import hashlib
from datetime import date
from uuid import UUID

import pytest

from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import PERMISSIONS
from x_pilot_api.mappings import rules
from x_pilot_api.mappings.errors import LimitExceeded, RuleInForce
from x_pilot_api.mappings.models import Mapping, MappingNotice, MappingState, PolicyLimit
from x_pilot_api.mappings.rules import Content, CourseTerms, Stakes

COLLEGE, CERTIFICATE, ORGANISATION, INSTITUTION = (UUID(int=number) for number in (1, 2, 3, 4))
PROGRAMME = UUID(int=6)
STAKES = Stakes(COLLEGE, PROGRAMME, CERTIFICATE, ORGANISATION)
LEVEL = UUID(int=5)
TODAY = date(2026, 11, 24)

GOLDEN = (
    '{"certificate_level_id":"00000000-0000-0000-0000-000000000005","courses":['
    '{"course_id":"00000000-0000-0000-0000-000000000007","credit_hundredths":250,"grade":"良好"},'
    '{"course_id":"00000000-0000-0000-0000-000000000008","credit_hundredths":400,"grade":"A"}],'
    '"direction":"certificate_to_course","entry_year_from":2024,"entry_year_to":2026,"format":"x-pilot/mapping/1",'
    '"programme_id":"00000000-0000-0000-0000-000000000006"}'
)
GOLDEN_HASH = "a6f6634fa10113fc92707bf4b711e31ac9d8c0158334a052232e39ebc258af39"


def content(*courses: CourseTerms, years: tuple[int, int] = (2024, 2026)) -> Content:
    return Content(UUID(int=6), LEVEL, "certificate_to_course", *years, courses=courses)


COURSES = (CourseTerms(UUID(int=7), 250, "良好"), CourseTerms(UUID(int=8), 400, "A"))


def rule(number: int, state: MappingState, starts: date | None, **changes: object) -> Mapping:
    values: dict[str, object] = {"entry_year_from": 2024, "entry_year_to": 2026, "version": number} | changes
    return Mapping(id=UUID(int=number), institution_id=INSTITUTION, state=state, effective_from=starts, **values)


def limit(code: str, credit_hundredths: int, level: UUID | None = None) -> PolicyLimit:
    return PolicyLimit(
        code=code,
        credit_hundredths=credit_hundredths,
        certificate_level_id=level,
        version=3,
        is_waived=False,
        document_number="文件1号",
    )


def somebody(role: Role, **bounds: object) -> Actor:
    permissions = frozenset(str(permission) for permission in PERMISSIONS[role])
    return Actor(
        id=UUID(int=9),
        kind=ActorKind.PERSON,
        name="somebody",
        roles=frozenset({role}),
        permissions=permissions,
        **bounds,  # pyright: ignore[reportArgumentType] - each test names real fields
    )


def test_the_content_hash_of_the_first_format_never_changes() -> None:
    assert rules.hash_content(content(*COURSES)) == GOLDEN_HASH
    assert hashlib.sha256(GOLDEN.encode()).hexdigest() == GOLDEN_HASH


def test_the_order_of_the_courses_is_no_content() -> None:
    assert rules.hash_content(content(*reversed(COURSES))) == GOLDEN_HASH


@pytest.mark.parametrize(
    "changed",
    [
        content(COURSES[0]),
        content(COURSES[0], CourseTerms(UUID(int=8), 401, "A")),
        content(COURSES[0], CourseTerms(UUID(int=8), 400, "B")),
        content(*COURSES, years=(2024, 2027)),
    ],
)
def test_whatever_is_agreed_to_changes_the_hash(changed: Content) -> None:
    assert rules.hash_content(changed) != GOLDEN_HASH


def test_a_levels_own_limit_beats_the_general_one_whichever_comes_first() -> None:
    general, own = limit("per_certificate", 300), limit("per_certificate", 900, LEVEL)
    assert rules.limits_that_count([general, own]) == [own]
    assert rules.limits_that_count([own, general]) == [own]


def test_the_lowest_limit_refuses_with_its_figures() -> None:
    with pytest.raises(LimitExceeded) as refused:
        rules.check_limits(801, [limit("per_certificate", 800), limit("credit_bank", 700)])
    assert refused.value.figures == {
        "credits": "8.01",
        "limit": "7.00",
        "limit_code": "credit_bank",
        "limit_version": 3,
        "document_number": "文件1号",
    }


def test_credits_equal_to_the_limit_pass() -> None:
    rules.check_limits(800, [limit("per_certificate", 800)])


def giving_way(*others: Mapping, starts: date = date(2026, 9, 1), ends: date | None = None) -> list[Mapping]:
    new = rule(1, MappingState.FILED, None)
    return rules.rules_giving_way(new, [new, *others], effective_from=starts, effective_to=ends)


def test_an_open_earlier_version_gives_way() -> None:
    earlier = rule(2, MappingState.PUBLISHED, date(2025, 9, 1))
    assert giving_way(earlier) == [earlier]


@pytest.mark.parametrize(
    "other",
    [
        rule(2, MappingState.PUBLISHED, date(2025, 9, 1), effective_to=date(2026, 9, 1)),
        rule(2, MappingState.PUBLISHED, date(2025, 9, 1), entry_year_from=2020, entry_year_to=2023),
        rule(2, MappingState.WITHDRAWN, date(2027, 9, 1)),
        rule(2, MappingState.FILED, None),
    ],
    ids=["ended that day", "other years", "withdrawn", "never published"],
)
def test_a_version_that_does_not_meet_it_stays(other: Mapping) -> None:
    assert giving_way(other) == []


def test_a_version_that_starts_when_the_new_one_ends_stays() -> None:
    later = rule(2, MappingState.PUBLISHED, date(2027, 9, 1))
    assert giving_way(later, ends=date(2027, 9, 1)) == []


@pytest.mark.parametrize(
    "other",
    [
        rule(2, MappingState.PUBLISHED, date(2026, 9, 1)),
        rule(2, MappingState.PUBLISHED, date(2027, 9, 1)),
        rule(2, MappingState.PUBLISHED, date(2025, 9, 1), entry_year_from=2023),
        rule(2, MappingState.SUPERSEDED, date(2025, 9, 1), entry_year_to=2027, effective_to=date(2026, 10, 1)),
    ],
    ids=["starts the same day", "starts later", "has earlier years", "superseded, with later years"],
)
def test_a_version_that_cannot_give_way_refuses_the_new_one(other: Mapping) -> None:
    with pytest.raises(RuleInForce) as refused:
        giving_way(other)
    assert refused.value.figures["mapping_id"] == str(other.id)
    assert refused.value.figures["effective_from"] == str(other.effective_from)


def test_who_could_speak_for_both_parties_speaks_for_the_college_only() -> None:
    both = somebody(
        Role.COORDINATOR,
        institution_id=INSTITUTION,
        college_ids=frozenset({COLLEGE}),
        organisation_id=ORGANISATION,
    )
    assert rules.party_of(both, institution_id=INSTITUTION, stakes=STAKES) is rules.Party.COLLEGE


def draft(**changes: object) -> Mapping:
    return Mapping(institution_id=INSTITUTION, state=MappingState.DRAFT, content_hash="a" * 64, **changes)


def test_agreeing_is_offered_until_the_own_party_has_agreed() -> None:
    staff = somebody(Role.ORG_STAFF, organisation_id=ORGANISATION)
    stranger = somebody(Role.ORG_STAFF, organisation_id=UUID(int=99))
    after = draft(organisation_agreed_hash="a" * 64)
    assert rules.allowed_deeds(staff, draft(), stakes=STAKES, today=TODAY) == ["agree"]
    assert rules.allowed_deeds(staff, after, stakes=STAKES, today=TODAY) == []
    assert rules.allowed_deeds(stranger, draft(), stakes=STAKES, today=TODAY) == []


def test_a_registrar_is_offered_nothing_in_another_institution() -> None:
    home = somebody(Role.REGISTRAR, institution_id=INSTITUTION)
    elsewhere = somebody(Role.REGISTRAR, institution_id=UUID(int=99), organisation_id=ORGANISATION)
    mapping = draft()
    assert rules.allowed_deeds(home, mapping, stakes=STAKES, today=TODAY) == ["edit", "withdraw"]
    assert rules.allowed_deeds(elsewhere, mapping, stakes=STAKES, today=TODAY) == []


def test_withdrawing_is_offered_until_the_first_day() -> None:
    registrar = somebody(Role.REGISTRAR, institution_id=INSTITUTION)
    mapping = draft(effective_from=date(2026, 11, 25))
    mapping.state = MappingState.PUBLISHED
    assert rules.allowed_deeds(registrar, mapping, stakes=STAKES, today=TODAY) == ["withdraw", "revise"]
    assert rules.allowed_deeds(registrar, mapping, stakes=STAKES, today=date(2026, 11, 25)) == ["revise"]


def test_editing_and_revising_are_offered_to_the_college_and_the_office_alone() -> None:
    college = somebody(Role.COORDINATOR, institution_id=INSTITUTION, college_ids=frozenset({COLLEGE}))
    sibling = somebody(Role.COORDINATOR, institution_id=INSTITUTION, college_ids=frozenset({UUID(int=98)}))
    published = draft(effective_from=TODAY)
    published.state = MappingState.PUBLISHED
    assert rules.allowed_deeds(college, draft(), stakes=STAKES, today=TODAY) == ["agree", "edit"]
    assert rules.allowed_deeds(college, published, stakes=STAKES, today=TODAY) == ["revise"]
    assert rules.allowed_deeds(sibling, draft(), stakes=STAKES, today=TODAY) == []
    assert rules.allowed_deeds(sibling, published, stakes=STAKES, today=TODAY) == []


@pytest.mark.parametrize(
    ("ends_on", "objections", "asks", "offered"),
    [
        (None, [], False, ["open_notice", "publish", "withdraw"]),
        (None, [], True, ["open_notice", "withdraw"]),
        (TODAY, [], True, ["withdraw"]),
        (date(2026, 11, 23), [], True, ["publish", "withdraw"]),
        (date(2026, 11, 23), ["dismissed", "raised"], False, ["withdraw"]),
        (date(2026, 11, 23), ["dismissed", "upheld"], False, ["withdraw"]),
        (date(2026, 11, 23), ["dismissed"], False, ["publish", "withdraw"]),
    ],
    ids=["none asked for", "none yet", "its last day", "over", "unanswered", "upheld", "dismissed"],
)
def test_publishing_and_showing_are_offered_by_how_the_notice_stands(
    ends_on: date | None, objections: list[str], *, asks: bool, offered: list[str]
) -> None:
    registrar = somebody(Role.REGISTRAR, institution_id=INSTITUTION)
    filed = draft()
    filed.state = MappingState.FILED
    notice = MappingNotice(starts_on=date(2026, 11, 10), ends_on=ends_on) if ends_on else None
    limit = PolicyLimit(code="notice_days", days=5, version=1, document_number="文3号")
    shown = rules.Shown(notice, objections, [limit] if asks else [])
    assert rules.allowed_deeds(registrar, filed, stakes=STAKES, today=TODAY, shown=shown) == offered


def test_approving_is_offered_to_a_second_person_alone() -> None:
    registrar = somebody(Role.REGISTRAR, institution_id=INSTITUTION)
    agreed = draft()
    agreed.state = MappingState.AGREED
    assert "approve" in rules.allowed_deeds(registrar, agreed, stakes=STAKES, today=TODAY)
    assert "approve" not in rules.allowed_deeds(registrar, agreed, stakes=STAKES, today=TODAY, has_agreed_to_it=True)


def test_superseding_is_nobodys_button() -> None:
    registrar = somebody(Role.REGISTRAR, institution_id=INSTITUTION)
    for state in MappingState:
        mapping = draft()
        mapping.state = state
        assert "supersede" not in rules.allowed_deeds(registrar, mapping, stakes=STAKES, today=TODAY)
