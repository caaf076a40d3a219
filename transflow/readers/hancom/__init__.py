"""Documents of Hancom's word processor: what the readers of HWPX and of HWP 5 share.

flow        text of a document as it is read: links, deletions, kinds of paragraphs
hwpx_head   formats of an HWPX file
hwpx_body   paragraphs, tables and shapes of an HWPX file
hwp5_file   streams and records of an HWP 5 file, also of those for distribution only
hwp5_head   formats of an HWP 5 file
hwp5_body   paragraphs, tables and shapes of an HWP 5 file
"""
