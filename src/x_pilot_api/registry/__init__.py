"""The academic register: colleges, programmes, courses, students and the identity documents they are found by.

Always true: a document number is stored sealed and as a keyed hash, and is unique within its institution.
"""
