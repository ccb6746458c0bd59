"""Telling the public of rules, of certificates, and of certificates that their holders share."""

from x_pilot_api.public.queries.mappings import feed_of, tell_mappings
from x_pilot_api.public.queries.shares import open_share, tell_shared
from x_pilot_api.public.queries.verification import verify

__all__ = ["feed_of", "open_share", "tell_mappings", "tell_shared", "verify"]
