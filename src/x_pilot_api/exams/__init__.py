"""Exam plans, candidates, registrations and results: what an evaluation organisation holds and reports.

Always true: a revision of a result never changes; at most one revision per registration is in effect.
"""
