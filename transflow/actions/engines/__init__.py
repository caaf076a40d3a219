"""Actions that send texts to machine translation engines."""
