"""Korean and English as languages: sentences, quantities, names, spelling and style. Knows no catalog."""
