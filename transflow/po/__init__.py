"""PO files. `parse` and `serialize` are inverse; `scan` counts units without building them.

This module imports nothing, because `transflow status` needs `scan` alone and has to start fast.
"""
