"""Actions that ask machine translation engines."""
