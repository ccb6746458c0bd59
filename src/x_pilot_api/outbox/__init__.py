"""Announcements to evaluation organisations: an event is written in the deed's own transaction and read in one order.

Within an event stands what the organisation may know anyway, never personal data. Readers go by `(xid, id)` and only
up to the oldest transaction still at work, so that whatever order transactions end in, nobody misses an event.
"""
