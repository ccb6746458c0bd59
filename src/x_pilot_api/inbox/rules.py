"""The kinds of messages, whom a wish reaches, and when a mail is tried again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from x_pilot_api.core.languages import Both


@dataclass(frozen=True)
class MessageKind:
    """One kind of message: its code, its name in a list of choices, and the words around its figures."""

    code: str
    name: Both
    title: Both
    text: Both
    example: Mapping[str, str]
    """Figures to show it with; what the words speak of has to be among them."""


_KNOWN: dict[str, MessageKind] = {}


def know(*kinds: MessageKind) -> None:
    """Take in the kinds an area sends; each code once."""
    for kind in kinds:
        if _KNOWN.setdefault(kind.code, kind) is not kind:
            raise ValueError(f"two kinds of message have the code {kind.code}")


def known_kinds() -> list[MessageKind]:
    """List every kind there is, by code."""
    return [_KNOWN[code] for code in sorted(_KNOWN)]


def is_known(code: str) -> bool:
    """Tell whether a code is a kind's."""
    return code in _KNOWN


_GONE = MessageKind(
    "gone",
    Both("其他通知", "Another message"),
    Both("通知", "A message"),
    Both("此类通知已不再使用。", "Messages of this kind are no longer in use."),
    {},
)


def words(code: str, figures: Mapping[str, object]) -> tuple[Both, Both]:
    """Put a message into words: its title and its text; a kind that is no longer there is told as one."""
    kind = _KNOWN.get(code, _GONE)
    said = {name: str(value) for name, value in figures.items()}
    return (
        Both(kind.title.zh.format(**said), kind.title.en.format(**said)),
        Both(kind.text.zh.format(**said), kind.text.en.format(**said)),
    )


def to_student(student_id: str) -> str:
    """Join the persons who are a student of the register, as `reader`; nobody for who has no account."""
    return (
        "JOIN memberships AS reader ON reader.institution_id = :institution_id"
        f" AND reader.role = 'student' AND reader.student_id = {student_id}"
    )


_PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)


def pause_after(attempts: int) -> timedelta | None:
    """Tell how long to wait after so many tries, or nothing once it is given up."""
    return _PAUSES[attempts - 1] if attempts <= len(_PAUSES) else None


CODE_DIGITS = 8
CODE_LIFETIME = timedelta(minutes=30)
CODE_FAILURES_MAX = 5
ASKING_PAUSE = timedelta(minutes=1)
