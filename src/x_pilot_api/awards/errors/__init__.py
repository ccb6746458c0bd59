"""Refusals about issued certificates."""

from x_pilot_api.awards.errors.numbers import NumberTaken, SerialsExhausted
from x_pilot_api.awards.errors.papers import PrintRefused, ReissueOpen, ReissueOwnRequest
from x_pilot_api.awards.errors.shares import ShareClosed, SharesTooMany

__all__ = [
    "NumberTaken",
    "PrintRefused",
    "ReissueOpen",
    "ReissueOwnRequest",
    "SerialsExhausted",
    "ShareClosed",
    "SharesTooMany",
]
