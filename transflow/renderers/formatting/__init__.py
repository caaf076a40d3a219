"""Formatting that renderers share.

environment   the Jinja2 environment, and errors in templates
markup        inline Markdown as HTML, plain text and portable Markdown
blocks        the body of a story, grouped into lists, quotations and tables
"""
