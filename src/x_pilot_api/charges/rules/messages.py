"""What students are told of their guaranteed attempt."""

from x_pilot_api.core.languages import Both
from x_pilot_api.inbox import rules as messages
from x_pilot_api.inbox.rules import MessageKind

_EXAMPLE = {"absences": "1"}

WARNED = MessageKind(
    "guarantee.warned",
    Both("保障性考核机会的缺考警告", "A warning about the guaranteed attempt"),
    Both("您缺考一次，保障性考核机会仅此保留一次", "You missed an exam; your guaranteed attempt is kept this once"),
    Both(
        "您无故缺考 {absences} 次。保障性考核机会已退还；再次无故缺考即视为已使用。因病缺考请凭证明向学院申请恢复。",
        "You were absent without an excuse ({absences}). Your guaranteed attempt was given back; another such absence"
        " uses it up. If you were ill, show your college a document.",
    ),
    _EXAMPLE,
)
FORFEITED = MessageKind(
    "guarantee.forfeited",
    Both("保障性考核机会因缺考用尽", "The guaranteed attempt was used up by absence"),
    Both("您的保障性考核机会因再次缺考已用尽", "Your guaranteed attempt was used up"),
    Both(
        "您无故缺考已达 {absences} 次，保障性考核机会视为已使用。如有正当理由，请凭证明向学院申请恢复。",
        "You were absent without an excuse {absences} times, which uses the guaranteed attempt up. If there was a"
        " cause, show your college a document.",
    ),
    {"absences": "2"},
)
USED = MessageKind(
    "guarantee.used",
    Both("保障性考核机会已使用", "The guaranteed attempt was used"),
    Both("您已使用保障性考核机会", "You used your guaranteed attempt"),
    Both("您参加了考核，保障性考核机会已使用。", "You took the exam that your guaranteed attempt was for."),
    {},
)
RESTORED = MessageKind(
    "guarantee.restored",
    Both("保障性考核机会已恢复", "The guaranteed attempt was restored"),
    Both("您的保障性考核机会有恢复", "Your guaranteed attempt was restored"),
    Both(
        "因考核取消、考务事件、因病或更正，您的保障性考核机会已恢复，请查看当前状态。",
        "Your guaranteed attempt came back, because of a cancelled sitting, an incident, illness or a correction.",
    ),
    {},
)
messages.know(WARNED, FORFEITED, USED, RESTORED)

BY_DEED = {"warn": WARNED, "forfeit": FORFEITED, "use": USED, "restore": RESTORED, "correct": RESTORED}
"""Which message goes with which deed; of a reservation the registration itself tells."""
