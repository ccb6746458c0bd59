"""Oversight: who did what, read by auditors; and the tamper-evident logs of what must never change, proven to anybody.

A log is a Merkle tree of leaves, one for each row of the tables that are in it: one log an institution, one for the
platform. Always true: a leaf never moves; a seal's tree is the beginning of every later one; a row enters its log
within `models.LATE_MAX` of being recorded, so that one which claims to be older than that is found.
"""
