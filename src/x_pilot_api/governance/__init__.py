"""Overviews across the areas that a decision rests on: what an exit leaves to be done, how a certificate does.

Always true: a teach-out plan is counted when an exit is proposed and kept as it was counted; each item of it has a day
and an owner.
"""
