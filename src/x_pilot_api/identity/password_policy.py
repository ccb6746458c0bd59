"""What a password must be; how it is kept is `passwords`' business.

The profile `asvs` follows OWASP ASVS 5.0 (6.2: length, no rules of composition, nothing easily guessed); `mlps` adds
what assessments under GB/T 22239-2019 ask for: kinds of characters, and a change from time to time.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from zxcvbn import zxcvbn

from x_pilot_api.core import errors, languages
from x_pilot_api.core.errors import Fault, ItemCode
from x_pilot_api.core.languages import Both
from x_pilot_api.core.settings import PasswordProfile
from x_pilot_api.identity.errors import PasswordUnfit

LENGTH_MIN = 12
STAFF_LENGTH_MIN = 15
LENGTH_MAX = 256
SCORE_MIN = 4
"""Of 0 to 4: more than 10^10 guesses, by an estimator that knows common passwords, dates and keyboard walks."""

MLPS_KINDS_MIN = 3
MLPS_AGE_MAX = timedelta(days=90)
_ESTIMATED_MAX = 72
"""The estimator's time grows with length; what it finds good so far is not made worse by what follows."""

_OF_THE_PLACE = (
    "xpilot", "1+x", "zhengshu", "xueyuan", "xuexiao", "daxue", "jiaowu", "jiaowuchu", "jiaoshi", "laoshi", "xuesheng",
    "xuefen", "kaoshi", "zhiye", "jiangsu", "caijing", "mima", "woaini", "college", "certificate", "registrar",
    "coordinator", "teacher", "student", "school", "exam",
)  # fmt: skip


_UNFIT = Both("新密码的一处问题", "What is wrong with a new password")
_TOO_SHORT = ItemCode(
    "password_too_short",
    _UNFIT,
    Both("至少 {length_min} 个字符。", "At least {length_min} characters."),
    Both("加长密码，例如再加一个不相关的词。", "Make it longer, by one more unrelated word for example."),
    {"length_min": STAFF_LENGTH_MIN},
)
_TOO_FEW_KINDS = ItemCode(
    "password_of_too_few_kinds",
    _UNFIT,
    Both(
        "大写、小写、数字、符号中至少 {kinds_min} 类。",
        "At least {kinds_min} of: capitals, small letters, digits, other characters.",
    ),
    Both("加入缺少的字符种类。", "Add characters of the kinds it lacks."),
    {"kinds_min": MLPS_KINDS_MIN},
)
_EASILY_GUESSED = ItemCode(
    "password_easily_guessed",
    _UNFIT,
    Both("容易被猜到。", "It is easily guessed."),
    Both(
        "换用更长或更少见的组合，不用姓名、用户名、日期和常见密码。",
        "Use a longer or rarer combination, without names, dates and common passwords.",
    ),
)
errors.know_items(_TOO_SHORT, _TOO_FEW_KINDS, _EASILY_GUESSED)


@dataclass(frozen=True)
class Owner:
    """What of a password's owner bears on it."""

    names: Collection[str]
    is_staff: bool


def check(password: str, owner: Owner, *, profile: PasswordProfile) -> None:
    """Refuse a password that is unfit, saying every reason at once."""
    faults = list(_faults(password, owner, profile))
    if faults:
        raise PasswordUnfit(profile=profile, faults=faults)


def _faults(password: str, owner: Owner, profile: PasswordProfile) -> Iterator[Fault]:
    length_min = STAFF_LENGTH_MIN if owner.is_staff else LENGTH_MIN
    if len(password) < length_min:
        yield _fault(_TOO_SHORT, length_min=length_min)
    if profile is PasswordProfile.MLPS and _kinds(password) < MLPS_KINDS_MIN:
        yield _fault(_TOO_FEW_KINDS, kinds_min=MLPS_KINDS_MIN)
    known = [name for name in (*owner.names, *_OF_THE_PLACE) if name]
    if not password or zxcvbn(password[:_ESTIMATED_MAX], user_inputs=known)["score"] < SCORE_MIN:
        yield _fault(_EASILY_GUESSED)


def _kinds(password: str) -> int:
    tests = (str.isupper, str.islower, str.isdigit, _is_other)
    return sum(any(test(char) for char in password) for test in tests)


def _is_other(char: str) -> bool:
    return not (char.isupper() or char.islower() or char.isdigit())


def _fault(item: ItemCode, **figures: int) -> Fault:
    detail = item.detail.said_in(languages.spoken()).format_map(figures)
    return {"pointer": "/new_password", "code": item.code, "detail": detail, "blocking": True}


def is_outdated(changed_at: datetime | None, *, profile: PasswordProfile, now: datetime) -> bool:
    """Tell whether a password is to be changed for its age; one of unknown age is not."""
    return profile is PasswordProfile.MLPS and changed_at is not None and now - changed_at > MLPS_AGE_MAX
