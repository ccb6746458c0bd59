"""Issued certificates: who holds which level since when, and whether it still stands.

Always true: a person holds a level at most once within an institution, unless the earlier award was revoked.
"""
