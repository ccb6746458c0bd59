"""What teachers are told about their training."""

from x_pilot_api.core.languages import Both
from x_pilot_api.inbox import rules as messages
from x_pilot_api.inbox.rules import MessageKind

_EXAMPLE = {"title": "智能财税师资培训", "starts_on": "2026-07-10", "ends_on": "2026-07-14"}

PLACE_FREED = MessageKind(
    "training.place_freed",
    Both("培训候补转为正式", "A place in a training came free"),
    Both("您已获得培训名额：{title}", "You have a place: {title}"),
    Both(
        "您候补的培训“{title}”有名额空出，您已转为正式参训，培训时间 {starts_on} 至 {ends_on}。",
        "A place came free in {title}, and it is yours: from {starts_on} to {ends_on}.",
    ),
    _EXAMPLE,
)
TRAINING_CANCELLED = MessageKind(
    "training.cancelled",
    Both("培训取消", "A training was cancelled"),
    Both("培训已取消：{title}", "Cancelled: {title}"),
    Both(
        "您报名的培训“{title}”（{starts_on} 至 {ends_on}）已取消：{reason}",
        "The training {title}, from {starts_on} to {ends_on}, was cancelled: {reason}",
    ),
    _EXAMPLE | {"reason": "授课专家时间调整"},
)
messages.know(PLACE_FREED, TRAINING_CANCELLED)
