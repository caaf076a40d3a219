"""Actions on glossary, names and translation memory."""
