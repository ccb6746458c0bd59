"""Sums kept ready: what a change adds to a measure is written beside it and folded later; it knows no domain word.

Always true: what is folded and what is not yet, together, are what counting the facts anew would give.
"""
