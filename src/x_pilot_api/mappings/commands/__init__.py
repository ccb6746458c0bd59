"""The deeds on conversion rules, their notices, and the limits of policy."""

from x_pilot_api.mappings.commands.drafts import edit_mapping, propose_mapping, revise_mapping
from x_pilot_api.mappings.commands.limits import load_limit, withdraw_limit
from x_pilot_api.mappings.commands.mapping import (
    agree_mapping,
    approve_mapping,
    file_mapping,
    publish_mapping,
    withdraw_mapping,
)
from x_pilot_api.mappings.commands.notices import answer_objection, open_notice, raise_objection

__all__ = [
    "agree_mapping",
    "answer_objection",
    "approve_mapping",
    "edit_mapping",
    "file_mapping",
    "load_limit",
    "open_notice",
    "propose_mapping",
    "publish_mapping",
    "raise_objection",
    "revise_mapping",
    "withdraw_limit",
    "withdraw_mapping",
]
