"""Tables in and out: .xlsx and .csv from people, read in a process of its own, and .xlsx written for them.

What columns a table has is data (`columns`, `kinds`); nothing here knows what the rows are about.
"""
