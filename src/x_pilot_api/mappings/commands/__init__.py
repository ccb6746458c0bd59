"""The deeds on conversion rules and on the limits of policy."""

from x_pilot_api.mappings.commands.limits import load_limit, withdraw_limit
from x_pilot_api.mappings.commands.mapping import (
    agree_mapping,
    approve_mapping,
    file_mapping,
    propose_mapping,
    publish_mapping,
    withdraw_mapping,
)

__all__ = [
    "agree_mapping",
    "approve_mapping",
    "file_mapping",
    "load_limit",
    "propose_mapping",
    "publish_mapping",
    "withdraw_limit",
    "withdraw_mapping",
]
