"""How the pilot is going: rates with what they are made of, credits, and trends, from sums; each opens its rows.

Always true: a figure is the sum of the rows that it opens, and nobody counts whom they may not see.
"""
