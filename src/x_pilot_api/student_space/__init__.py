"""A student's own space: everything about themself on a telephone, in small answers, and one feed of what changed.

Whose space it is comes from who asks and from nowhere else: no path and no parameter names a student.
"""
