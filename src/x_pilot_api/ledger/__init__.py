"""The double-entry book: accounts, journal entries and transfers in whole units; it knows no domain word.

Always true: a transfer takes from one account what it gives to another, in one unit; no row is ever changed; a limited
account never falls below zero, not even between two transfers.
"""
