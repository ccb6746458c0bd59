"""Guidance and consultation: problems until they are solved, what is publicised, and what is agreed with others.

Always true: whoever raised a problem says whether it is solved; a minute that was signed off never changes; a survey's
questions never change once it takes answers.
"""
