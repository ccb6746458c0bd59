"""Institutions, evaluation organisations, people, their roles, machine clients and sign-in.

Always true: a person's roles are read from the database for each request; a secret is kept only as a hash.
"""
