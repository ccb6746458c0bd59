"""What can be taken of what a device recorded, item by item."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from x_pilot_api.core import errors
from x_pilot_api.core.errors import ItemCode
from x_pilot_api.core.languages import Both, Language
from x_pilot_api.exam_days.models import Conflict

EARLY = timedelta(hours=6)
"""How long before the beginning somebody can be seen at the door."""
LATE = timedelta(hours=12)
"""How long after the end something can still have been recorded."""
FUTURE = timedelta(minutes=10)
"""How far ahead of ours a device's moment may lie, once its clock's error is taken off."""

_REFUSED = Both("签到记录未被接受的原因", "Why a check-in was not taken")
_CONFLICT = Both("签到记录需要人工核对的原因", "Why a check-in waits for a person's look")
_LOOK = Both("请核对证件后按名单签到。", "Look at the identity document and check in by the list.")

TICKET_UNSOUND = ItemCode(
    "ticket_unsound",
    _REFUSED,
    Both("二维码不是本系统签发的准考证，或已被改动。", "The code is no ticket of ours, or was altered."),
    _LOOK,
)
TICKET_OF_ANOTHER_SITTING = ItemCode(
    "ticket_of_another_sitting",
    _REFUSED,
    Both("准考证属于另一场次。", "The ticket is for another sitting."),
    Both("请考生到准考证所列的考点和场次。", "Send the candidate to the sitting that the ticket names."),
)
TICKET_EXPIRED = ItemCode(
    "ticket_expired",
    _REFUSED,
    Both("准考证已过有效期。", "The ticket is no longer good."),
    _LOOK,
)
TICKET_OUTDATED = ItemCode(
    "ticket_outdated",
    _REFUSED,
    Both("考场或座位已调整，准考证是旧版。", "The candidate was moved; this is an older edition of the ticket."),
    Both("请按最新名单的考场和座位签到，并重新打印准考证。", "Check in by the latest list, and print the ticket anew."),
)
NOT_IN_SITTING = ItemCode(
    "candidate_not_in_sitting",
    _REFUSED,
    Both("考生不在本场次的座位名单中。", "The candidate has no seat in this sitting."),
    Both("重新下载名单；仍不在名单中的，请联系教务处。", "Take the list anew; if it still lacks them, ask the office."),
)
ROOM_NOT_IN_SITTING = ItemCode(
    "room_not_in_sitting",
    _REFUSED,
    Both("该考场不属于本场次。", "The room is none of this sitting's."),
    Both("在设备上选择本场次的考场。", "Choose one of the sitting's rooms on the device."),
)
OUT_OF_TIME = ItemCode(
    "seen_out_of_time",
    _REFUSED,
    Both("签到时间不在本场次的时间范围内。", "The moment is outside the sitting's time."),
    Both("校准设备时间后重新签到。", "Set the device's clock right and check in again."),
)
NONCE_REUSED = ItemCode(
    "check_in_nonce_reused",
    _REFUSED,
    Both("同一随机号已用于另一条记录。", "The nonce was used for another record."),
    Both("为每条记录生成新的随机号。", "Make a new nonce for each record."),
)
TWO_DEVICES = ItemCode(
    Conflict.TWO_DEVICES.value,
    _CONFLICT,
    Both("另一台设备已为同一考生签到。", "Another device has checked the same candidate in."),
    Both("核对是否有人冒名，然后裁定出勤。", "Find out whether somebody stood in for them, then settle it."),
)
WRONG_ROOM = ItemCode(
    Conflict.WRONG_ROOM.value,
    _CONFLICT,
    Both("签到的考场不是考生的考场。", "The candidate was seen in a room that is not theirs."),
    Both("引导考生到自己的考场，然后裁定出勤。", "Show the candidate to their room, then settle it."),
)
CONTRADICTED = ItemCode(
    Conflict.CONTRADICTED.value,
    _CONFLICT,
    Both("与其他设备的记录或已作的裁定相反。", "It says the opposite of another device's record or of a settlement."),
    Both("向监考人员核实，然后裁定出勤。", "Ask the invigilators, then settle it."),
)

CODES: Mapping[str, ItemCode] = {
    item.code: item
    for item in (
        TICKET_UNSOUND,
        TICKET_OF_ANOTHER_SITTING,
        TICKET_EXPIRED,
        TICKET_OUTDATED,
        NOT_IN_SITTING,
        ROOM_NOT_IN_SITTING,
        OUT_OF_TIME,
        NONCE_REUSED,
        TWO_DEVICES,
        WRONG_ROOM,
        CONTRADICTED,
    )
}
errors.know_items(*CODES.values())


def explain(code: str, *, language: Language) -> str:
    """Say in words what a code means."""
    return CODES[code].detail.said_in(language)


def is_in_time(seen_at: datetime, *, starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Tell whether a moment can be one of the sitting's; both clocks are ours here."""
    return starts_at - EARLY <= seen_at <= min(ends_at + LATE, now + FUTURE)
