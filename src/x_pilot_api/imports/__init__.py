"""Imports of tables: a file is previewed, confirmed by its preview's digest, applied as a whole, and can be undone.

Always true: an import writes what its preview said or nothing, and at most once. What a kind of table becomes is said
by the area that owns the rows (`registry.importing`); here is what is the same for all of them.
"""
