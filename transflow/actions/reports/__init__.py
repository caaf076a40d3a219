"""Actions on reports: add, update, assign, queue."""
