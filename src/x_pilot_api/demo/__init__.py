"""The demonstration institution.

Made-up people in a real institution's structure; figures that no public source gives are labelled as demonstration
values.
"""
