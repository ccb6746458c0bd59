"""What is made known: the library of policies, typical cases, and bulletins.

A policy document has versions; a version is never changed once it is published, and which one holds on a day follows
from the days alone. A typical case is a college's, reviewed before everybody may read it, and names no person.
A *bulletin* (通知) tells an audience something until a day; a *notice* elsewhere is a 公示, shown for objections.
"""
