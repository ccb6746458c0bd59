"""Qualifications: seed teachers, training consortia, and who may teach or examine which level of a certificate.

Always true: nobody is certified by who nominated them; of one kind and level a teacher holds one qualification at a
time; a consortium has one lead at a time; what lapses does so by the day, and no job has to say it.
"""
