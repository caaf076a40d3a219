"""Privacy: redaction of texts, renaming of reports, stories and people, protection of people."""
