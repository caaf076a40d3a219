"""Actions that run checks."""
