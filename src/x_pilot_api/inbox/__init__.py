"""Messages to persons, in the application and by mail: sent many at once, in the transaction of the deed they tell of.

Within a message stand its kind and figures, never a score, a name or a number of a person; its words come from the
kind's template, which lives with the area that sends it.
"""
