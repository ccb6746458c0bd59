"""What a password must be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sizes import sized
from x_pilot_api.core import languages
from x_pilot_api.core.languages import Language
from x_pilot_api.core.settings import PasswordProfile
from x_pilot_api.identity import password_policy
from x_pilot_api.identity.errors import PasswordUnfit
from x_pilot_api.identity.password_policy import Owner

STUDENT = Owner(names=("20240115", "王小明"), is_staff=False)
STAFF = Owner(names=("li.lei", "李雷"), is_staff=True)


def faults(password: str, owner: Owner = STUDENT, profile: PasswordProfile = PasswordProfile.ASVS) -> set[str]:
    try:
        password_policy.check(password, owner, profile=profile)
    except PasswordUnfit as refusal:
        return {str(fault.get("code")) for fault in refusal.faults}
    return set()


@pytest.mark.parametrize(
    "password",
    [
        "password1234", "qwertyuiop12", "123456789012", "aaaaaaaaaaaa", "20240115wang", "zhengshu2026", "woaini131420",
        "Admin@123456", "P@ssw0rd!234", "jiaowuchu123", "abcabcabcabc", "certificate1",
    ],
)  # fmt: skip
def test_what_is_easily_guessed_is_refused(password: str) -> None:
    assert "password_easily_guessed" in faults(password)


@pytest.mark.parametrize(
    ("language", "says"), [(Language.ZH, "至少 12 个字符。"), (Language.EN, "At least 12 characters.")]
)
def test_the_reasons_are_given_in_the_language_asked_for(language: Language, says: str) -> None:
    before = languages.spoken()
    languages.speak(language)
    try:
        with pytest.raises(PasswordUnfit) as refused:
            password_policy.check("kx7 vm2", STUDENT, profile=PasswordProfile.ASVS)
    finally:
        languages.speak(before)
    assert says in [fault.get("detail") for fault in refused.value.faults]


def test_staff_need_more_characters_than_students() -> None:
    assert faults("kx7 vm2 qpz9") == set()
    assert faults("kx7 vm2 qpz9", STAFF) == {"password_too_short"}
    assert faults("雨后长江边的白鹭飞过旧码头啊") == set()


def test_the_other_profile_asks_for_kinds_of_characters() -> None:
    assert faults("a giraffe reads the timetable", profile=PasswordProfile.MLPS) == {"password_of_too_few_kinds"}
    assert faults("a Giraffe reads 12 timetables", profile=PasswordProfile.MLPS) == set()


@settings(max_examples=sized(40, 2_000), deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_every_password_is_judged_and_a_short_one_never_passes(password: str) -> None:
    found = faults(password, STAFF)
    assert ("password_too_short" in found) == (len(password) < password_policy.STAFF_LENGTH_MIN)
