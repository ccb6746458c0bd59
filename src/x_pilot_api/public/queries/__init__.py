"""Telling the public of rules, and of certificates that their holders share."""

from x_pilot_api.public.queries.mappings import feed_of, tell_mappings
from x_pilot_api.public.queries.shares import tell_shared

__all__ = ["feed_of", "tell_mappings", "tell_shared"]
