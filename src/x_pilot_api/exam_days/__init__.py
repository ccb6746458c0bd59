"""The day of an exam: seats, admission tickets and lists on paper, checking in, and what went wrong.

Always true: a seat holds one registration and a registration one seat; a ticket's code says nothing about a person;
what a device recorded is taken once, however often it is sent; whoever reports an incident does not decide on it.
"""
