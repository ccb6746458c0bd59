"""Decisions about posts, working groups and lead units."""
