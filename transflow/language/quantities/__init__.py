"""Numbers, money, measures and dates, read from Korean and from English, and compared.

Invariant: reading never fails, whatever the text, and takes time in proportion to its length. `korean(text)` and
`english(text)` give figures with spans; `compare` and `compare_dates` say where two texts differ; `korean_dates` and
`english_when` say which days are meant by a text that was written on a given day.
"""
