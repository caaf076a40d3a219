"""Translation memory: a project's translations, found again while people translate.

Invariant: the memory is derived. Catalogs and imported memories are the record; an index may be
deleted at any time, and its users go on without it if it fails. No text of a confidential report is
ever in an index.

    grams           normalisation, and the character 3-grams that texts are found by
    entries         the entries that the memory keeps of a catalog
    index, tables   the embedded index: SQLite with FTS5
    nearest         the sources most similar to a text
    match           matches and their origin
    wording         differences between two sentences
    lookup          translations of similar texts, best first
    concordance     occurrences of words in sources and targets
    repair          numbers, dates and names replaced in a match, if certain
    tmx, pairs      memories of other programs
    shared, schema  a shared memory on PostgreSQL, and its tables
    upkeep          the owner's work on it: tables, roles, withheld reports
    connecting      connections to its server
    address, errors its address, and its exceptions
"""
