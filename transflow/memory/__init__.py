"""Translation memory: what the people of a project wrote, found again while they translate.

Invariant: the memory is derived. Catalogs and imported memories are the record; an index may be deleted at any time, and
what uses it does without where it fails. No text of a confidential report is ever in an index.

    grams          how texts are compared, and the character 3-grams that they are found by
    entries        what the memory keeps of a catalog
    index, tables  the embedded index: SQLite with FTS5
    nearest        the sources most like a text
    match          what is found
    wording        where two sentences differ
    lookup         translations of like texts, best first
    concordance    where words stand, on either side
    repair         numbers, dates and names exchanged where that is certain
    tmx, pairs     memories of other programs
    team, schema   a shared memory on PostgreSQL
    address, away  where it is, and why it does not answer
"""
