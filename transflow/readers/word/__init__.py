"""Documents of Word: what the reader of DOCX consists of.

package  members of a file, their relations, and formats
body     paragraphs, tables and shapes, as parts of a report
"""
