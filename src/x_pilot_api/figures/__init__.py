"""Figures: what is counted of the pilot, each by a name, a version and its numerator and denominator, as of an instant.

Always true: a figure is the sum of rows that can be listed; what is recorded after the instant does not change it.
"""
