"""Documents of OpenDocument: what the reader of ODT consists of.

body    paragraphs, lists, tables and frames, as parts of a report
"""
