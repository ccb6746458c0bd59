"""Progress: each student's way to the diploma beside the way to the certificates; it reads, and keeps nothing itself.

Always true: what is not known is named as missing, and never guessed.
"""
