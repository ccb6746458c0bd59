"""Supervision: the colleges' yearly assessment by weighted indicators, and findings that are put right and checked.

Always true: a scheme in force never changes; what a college submitted keeps its figures, and another person reviews it;
no ranking is shown that the office has not published; whoever put a finding right does not check it.
"""
