"""Sharing a clone without the words of git: commits of what people wrote, and the others' work.

Invariant: a text that somebody wrote is on the disk, in the history, or in both, at any moment, and
a process that is killed leaves nothing that the next `syncing.sync` does not complete.
"""
