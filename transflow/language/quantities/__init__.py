"""Numbers, money, measures and dates, read from Korean and from English, and compared.

Invariant: reading never fails, whatever the text, and takes time proportional to its length.

`korean` and `english` return figures with spans; `compare` and `compare_dates` find the differences
between two texts; `korean_dates` and `english_calendar` resolve dates, in a text that was written
on a given day.
"""
