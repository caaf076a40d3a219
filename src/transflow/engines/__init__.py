"""Machine translation engines."""
