"""How Korean names are spelled in Latin letters by the people who bear them.

Invariant: a spelling is only judged, never made: no romanisation is right for a person but the one that the person uses.

    syllables   what a spelling of a syllable costs
    surnames    family names and how they are spelled
    names       whether a text in Latin letters is a name's spelling
"""
