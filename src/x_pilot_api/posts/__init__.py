"""Who is answerable for the pilot: posts of the colleges, working groups, and the province's lead units.

Always true: no college has two persons in charge at once, and an established group has exactly one leader on every day.
"""
