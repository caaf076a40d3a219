"""TOML files of projects and users: parsing, values, and schemas.

parsing     text to a document, and the lines of its keys
values      readers of values: texts, numbers, choices, dates, lists
schema      the keys and tables of a file as data, and the reader of such a file
"""
