"""Teacher training: five-year cycles with the X module required, projects with places, and what was completed.

Always true: no project has more participants than places, a place that comes free goes to who has waited longest, and a
completion never changes: a mistake is reversed with its reason.
"""
