"""Periodic reports of the colleges: types as data, one report a college and period, frozen when it is submitted.

Always true: what was submitted keeps its figures, their query versions and its words; no day is reported twice.
"""
