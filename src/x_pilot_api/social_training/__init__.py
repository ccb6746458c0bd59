"""Social service: training classes for people who are no students here, and the workload of who teaches them.

Always true: a participant sits an exam as a social candidate like any other; nobody verifies hours they logged
themselves; verified hours stand in the book once, by the ratio of the day of the work, until they are reversed.
"""
