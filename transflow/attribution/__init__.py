"""Whose words a text is made of, who is credited, who is assigned."""
