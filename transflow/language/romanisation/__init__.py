"""Romanised Korean names as their bearers spell them.

Invariant: spellings are judged, never generated: the only right romanisation of a person's name is
the one that the person uses.

    syllables   costs of the spellings of a syllable
    surnames    family names and their spellings
    names       judgement of a text in Latin letters as the spelling of a name
"""
