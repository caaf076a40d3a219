"""PO files as the record. `parse` and `serialize` are a pair; `scan` counts without building anything.

This page imports nothing: `scan` is on the path of `transflow status`, the rest is not.
"""
