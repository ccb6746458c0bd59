"""Credit accounts and learning outcomes: what was recognised, by which rule, and what it brought.

Always true: a student has at most one open account; every credit in it is a transfer with its outcome as evidence.
"""
