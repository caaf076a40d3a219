"""Korean and English as languages: sentences, quantities, names, spelling and style.

The room knows no catalog.
"""
