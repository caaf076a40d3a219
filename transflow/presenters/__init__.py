"""Values that a screen, a prompt or a page shows and offers. Imports no widget."""
