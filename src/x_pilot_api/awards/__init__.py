"""Issued certificates: who holds which level since when, under which number, and whether it still stands.

Always true: a person holds a level at most once within an institution, unless the earlier award was revoked. A number
of an organisation is borne by one certificate within an institution. A certificate issued anew is the same award on
other paper: it keeps its first date, and the old code tells of the new number.
"""
