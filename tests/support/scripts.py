"""Paragraphs of the Universal Declaration of Human Rights in scripts with invisible characters."""

from __future__ import annotations

OPENINGS = {
    "km": "មនុស្ស\u200bទាំងអស់\u200bកើត\u200bមក\u200bមាន\u200bសេរីភាព\u200bនិង\u200bភាព"
    "\u200bស្មើគ្នា\u200bក្នុង\u200bសិទ្ធិ\u200bនិង\u200bសេចក្ដី\u200bថ្លៃថ្នូរ។",
    "my": "လူတိုင်းသည်\u200b တူညီ\u200bလွတ်လပ်သော\u200b ဂုဏ်သိက္ခာဖြင့်လည်းကောင်း၊\u200b တူညီလွတ်လပ်သော"
    "\u200b အခွင့်အရေးများဖြင့်လည်းကောင်း၊ မွေးဖွားလာသူများ ဖြစ်သည်။",
    "lo": "ມະນຸດ\u200bເກີດ\u200bມາ\u200bມີ\u200bສິດ\u200bເສລີພາບ\u200b ແລະ\u200b ສະເໝີໜ້າ"
    "\u200bກັນ\u200bໃນ\u200bທາງ\u200bກຽດ\u200bສັກ\u200bສີ.",
    "bo": "འགྲོ་\u200bབ་མིའི་རིགས་རྒྱུད་ཡོངས་ལ་\u200bསྐྱེས་ཙམ་ཉིད་ནས་\u200bཆེ་མཐོངས་དང༌།\u200b ཐོབ་ཐངགི་རང་དབང་འདྲ་མཉམ་དུ་ཡོད་ལ།",
    "ug": "ھەممە ئادەم زانىدىنلا ئەركىن،\u200f ئىززەت-ھۆرمەت ۋە ھوقۇقتا\u200c باپباراۋەر بولۇپ تۇغۇلغان.\u200f",
    "vi": "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi.",
}
"""Language -> the first sentence of its article 1, with the characters that its writers type."""


def paragraphs(language: str) -> list[str]:
    """Return ten different paragraphs of two sentences."""
    opening = OPENINGS[language]
    return [f"{opening} {number}. {opening}" for number in range(1, 11)]
