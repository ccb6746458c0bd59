"""Conversion rules between certificates and courses: proposed, agreed by both sides, approved, filed, published.

Always true: a published version never changes; at most one rule is in force per programme, entry year, level,
direction and day.
"""
