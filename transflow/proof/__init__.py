"""Proof that an approval is somebody's own: the commit that brought it, by author or signature.

Invariant: nothing that the judged commits say about people, keys and servers counts, unless an
editor's own commit says it. No program of the clone is run, and git is asked for no signature.

    claims      what somebody is said to have done, as catalogs record it
    commits     commit objects, and the differences between commits
    authorship  words that somebody's commit attributes to another person
    header_changes
                names withheld and clearances taken back by somebody who may not
    walk        the newest commit that brought each claim
    unit_changes
                changes of units, by commit
    trust       people, keys and servers as editors recorded them
    signatures  SSH signatures
    judgement   claims that are somebody's own, and the reasons against the others
"""
