"""What an admission ticket's code holds, and what is on the paper beside it.

The code says which registration sits in which sitting, by which edition of the ticket and until when: 39 bytes that
tell nobody anything who has not got the list. It is signed by a key of the sitting's own.
"""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from x_pilot_api.core.languages import Both

USE = "admission-ticket"
"""What the sitting's key is derived for, and what each signature begins with."""
PREFIX = "XP."
VERSION = 1
GOOD_AFTER = timedelta(hours=12)
"""How long after the end of the sitting a ticket can still be read."""

_LAYOUT = struct.Struct(">B16s16sHI")

LEVELS = {
    "1": Both("初级", "Elementary"),
    "2": Both("中级", "Intermediate"),
    "3": Both("高级", "Advanced"),
}

TITLE = Both("职业技能等级证书考核准考证", "Admission ticket · vocational skill level certificate assessment")

RULES = (
    Both(
        "凭本准考证和有效身份证件原件参加考核，二者缺一不可。",
        "Bring this ticket and the original of your identity document; neither does without the other.",
    ),
    Both(
        "请提前到达考场，扫码或签名签到，经核验后按座位号入座。",
        "Come early, check in by the code or your signature, and take the seat named once you have been verified.",
    ),
    Both(
        "迟到、提前交卷的时限以考核组织方公布的规定和监考人员宣布为准。",
        "How late one may enter and how early one may leave is as the organisation publishes and the invigilator says.",
    ),
    Both(
        "除规定的用品外，不得携带手机等通信工具、存储设备和资料进入考场。",
        "Except for what is permitted, no telephones, storage devices or papers are taken into the room.",
    ),
    Both(
        "服从监考人员管理，遵守考场纪律；违纪违规按有关规定处理。",
        "Follow the invigilators and the rules of the room; breaches are dealt with as published.",
    ),
    Both(
        "机器故障、停电或身体不适时，请立即举手报告，由监考人员登记处理。",
        "If equipment or power fails or you feel ill, raise your hand at once; the invigilator records it.",
    ),
    Both(
        "考场或座位如有调整，以最新一版准考证为准；旧版二维码失效。",
        "If your room or seat is changed, the latest edition counts, and the code of an older one is no longer good.",
    ),
)


class TicketUnreadable(Exception):
    """The bytes of a code are no ticket's."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket's code says."""

    sitting_id: UUID
    registration_id: UUID
    edition: int
    expires_at: datetime

    def packed(self) -> bytes:
        """Write it in its bytes."""
        ids = (self.sitting_id.bytes, self.registration_id.bytes)
        return _LAYOUT.pack(VERSION, *ids, self.edition, int(self.expires_at.timestamp()))


def unpack(content: bytes) -> Ticket:
    """Read a ticket from its bytes."""
    if len(content) != _LAYOUT.size:
        raise TicketUnreadable
    version, sitting, registration, edition, expires = _LAYOUT.unpack(content)
    if version != VERSION:
        raise TicketUnreadable
    return Ticket(UUID(bytes=sitting), UUID(bytes=registration), edition, datetime.fromtimestamp(expires, UTC))


def subject_of(institution_id: UUID, sitting_id: UUID) -> bytes:
    """Name the sitting whose key signs."""
    return institution_id.bytes + sitting_id.bytes
