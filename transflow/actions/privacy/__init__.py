"""Actions that rename, redact and protect in the whole project."""
