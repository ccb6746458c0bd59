"""The deeds on an organisation's events: trying the way, naming endpoints, and sending."""

from x_pilot_api.partners.commands.deliveries import claim, fan_out, forget_deliveries, record_attempt
from x_pilot_api.partners.commands.endpoints import (
    change_endpoint,
    create_endpoint,
    disable_endpoint,
    enable_endpoint,
    rotate_secret,
)
from x_pilot_api.partners.commands.replaying import replay_delivery, replay_period
from x_pilot_api.partners.commands.testing import send_test_event

__all__ = [
    "change_endpoint",
    "claim",
    "create_endpoint",
    "disable_endpoint",
    "enable_endpoint",
    "fan_out",
    "forget_deliveries",
    "record_attempt",
    "replay_delivery",
    "replay_period",
    "rotate_secret",
    "send_test_event",
]
