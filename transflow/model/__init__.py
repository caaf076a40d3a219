"""Value types that are shared by all rooms.

Invariant: every type is frozen, compares by value, and uses no file, clock or user. Times are ISO
8601 in UTC with seconds (`2024-03-26T05:40:12Z`), kept as text, so that they sort as text.
"""
