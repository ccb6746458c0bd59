"""Training on the pilot itself: sessions each college holds for its teachers and students, and who took part; N(17).

Always true: whoever took part in a session is counted there once, and only sessions that were held count.
"""
