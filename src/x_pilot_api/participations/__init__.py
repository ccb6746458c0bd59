"""Yearly pilot participation: which college or programme takes part with which certificate level, and its quota.

Always true: no more places are taken than the quota has, and every decision on it stays on record with its document.
"""
