"""Gazetteer: people, organisations and places in the news, with their usual English spellings.

Invariant: the lists are public facts as of the date at their head, collected by hand. They are not
complete: a name that is not in them means nothing. A project's glossary overrides them.

    people.txt, organisations.txt, places.txt    the lists; the head of each explains its lines
    first_names.txt                              first names of people in English news
    entries      the lists, and their search in a text
    strangers    names of the English that no Korean explains
    compare      people, organisations and places that the English names differently
    koreans      people of both Koreas in a text
    anonymous    people whom only the English names
    explained    what was read on both sides
    alone        family names with a title: 박 대통령
"""
