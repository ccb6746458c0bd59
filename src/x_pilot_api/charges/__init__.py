"""Guaranteed attempts, and what an exam costs whom: charges, waivers and subsidies, refunds, payments.

Always true: a student has one guaranteed attempt and it is used once; no student is charged while it is unused; nothing
is given back that was not paid; every fen that moves is a transfer in the book.
"""
