"""Stories: drafts from reports, the text as one, clearance, corrections, publications."""
