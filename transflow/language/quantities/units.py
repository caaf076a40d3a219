"""Units of figures, and their names in Korean and in English.

Invariant: a unit has one key, one dimension and one factor, whatever its name. Factors are to the
SI unit of the dimension (metre, square metre, kilogram, litre, second, watt, byte …); a speed
counts as the length covered in an hour. Sources: NIST Special Publication 811 for the customary
units; 평 = 400/121 m², 근 = 0.6 kg, 리 = 0.392727 km, 정보 = 9917.36 m², by the Korean metrology of
1905–1961.
"""

from __future__ import annotations

from typing import NamedTuple


class Measure(NamedTuple):
    dimension: str
    factor: float
    english: str
    """Plural."""

    @property
    def singular(self) -> str:
        return _SINGULARS.get(self.english, self.english.removesuffix("s"))


_SINGULARS = {
    "feet": "foot",
    "inches": "inch",
    "square feet": "square foot",
    "cubic feet": "cubic foot",
    "degrees Celsius": "degree Celsius",
    "degrees Fahrenheit": "degree Fahrenheit",
}
DAY = 86400.0
MEASURES: dict[str, Measure] = {
    "mm": Measure("length", 0.001, "millimeters"),
    "cm": Measure("length", 0.01, "centimeters"),
    "m": Measure("length", 1, "meters"),
    "km": Measure("length", 1000, "kilometers"),
    "mile": Measure("length", 1609.344, "miles"),
    "foot": Measure("length", 0.3048, "feet"),
    "inch": Measure("length", 0.0254, "inches"),
    "yard": Measure("length", 0.9144, "yards"),
    "nmi": Measure("length", 1852, "nautical miles"),
    "ri": Measure("length", 392.727, "ri"),
    "ly": Measure("length", 9.4607e15, "light years"),
    "m2": Measure("area", 1, "square meters"),
    "km2": Measure("area", 1e6, "square kilometers"),
    "ha": Measure("area", 1e4, "hectares"),
    "acre": Measure("area", 4046.856, "acres"),
    "ft2": Measure("area", 0.09290304, "square feet"),
    "mile2": Measure("area", 2589988.0, "square miles"),
    "pyeong": Measure("area", 3.305785, "pyeong"),
    "jongbo": Measure("area", 9917.36, "jongbo"),
    "mg": Measure("weight", 1e-6, "milligrams"),
    "g": Measure("weight", 0.001, "grams"),
    "kg": Measure("weight", 1, "kilograms"),
    "ton": Measure("weight", 1000, "tons"),
    "geun": Measure("weight", 0.6, "geun"),
    "lb": Measure("weight", 0.45359237, "pounds"),
    "oz": Measure("weight", 0.028349523, "ounces"),
    "kiloton": Measure("weight", 1e6, "kilotons"),
    "megaton": Measure("weight", 1e9, "megatons"),
    "ml": Measure("volume", 0.001, "milliliters"),
    "l": Measure("volume", 1, "liters"),
    "m3": Measure("volume", 1000, "cubic meters"),
    "ft3": Measure("volume", 28.316847, "cubic feet"),
    "barrel": Measure("volume", 158.987295, "barrels"),
    "gallon": Measure("volume", 3.785412, "gallons"),
    "second": Measure("time", 1, "seconds"),
    "minute": Measure("time", 60, "minutes"),
    "hour": Measure("time", 3600, "hours"),
    "day": Measure("time", DAY, "days"),
    "week": Measure("time", 7 * DAY, "weeks"),
    "month": Measure("time", 30.4369 * DAY, "months"),
    "year": Measure("time", 365.2425 * DAY, "years"),
    "W": Measure("power", 1, "watts"),
    "kW": Measure("power", 1e3, "kilowatts"),
    "MW": Measure("power", 1e6, "megawatts"),
    "GW": Measure("power", 1e9, "gigawatts"),
    "kWh": Measure("energy", 1, "kilowatt-hours"),
    "KB": Measure("memory", 1e3, "kilobytes"),
    "MB": Measure("memory", 1e6, "megabytes"),
    "GB": Measure("memory", 1e9, "gigabytes"),
    "TB": Measure("memory", 1e12, "terabytes"),
    "degree": Measure("degree", 1, "degrees"),
    "degreeC": Measure("degree", 1, "degrees Celsius"),
    "degreeF": Measure("degree", 1, "degrees Fahrenheit"),
}

KOREAN_MEASURES: dict[str, str] = {
    "밀리미터": "mm", "mm": "mm", "㎜": "mm", "센티미터": "cm", "센티": "cm", "cm": "cm", "㎝": "cm", "미터": "m", "메터": "m",
    "m": "m", "ｍ": "m", "킬로미터": "km", "키로미터": "km", "km": "km", "㎞": "km", "마일": "mile", "피트": "foot",
    "인치": "inch", "야드": "yard", "해리": "nmi", "노트": "nmi", "리": "ri", "광년": "ly",
    "제곱미터": "m2", "평방미터": "m2", "㎡": "m2", "m²": "m2", "m2": "m2", "제곱킬로미터": "km2", "평방킬로미터": "km2",
    "㎢": "km2", "km²": "km2", "km2": "km2", "헥타르": "ha", "㏊": "ha", "ha": "ha", "에이커": "acre",
    "제곱피트": "ft2", "평방피트": "ft2", "평": "pyeong", "정보": "jongbo",
    "밀리그램": "mg", "mg": "mg", "㎎": "mg", "그램": "g", "g": "g", "킬로그램": "kg", "키로그램": "kg", "kg": "kg",
    "㎏": "kg", "톤": "ton", "t": "ton", "근": "geun", "온스": "oz", "킬로톤": "kiloton", "kt": "kiloton", "메가톤": "megaton",
    "밀리리터": "ml", "ml": "ml", "㎖": "ml", "㏄": "ml", "cc": "ml", "리터": "l", "L": "l", "ℓ": "l",
    "세제곱미터": "m3", "입방미터": "m3", "㎥": "m3", "큐빅피트": "ft3", "세제곱피트": "ft3", "배럴": "barrel", "갤런": "gallon",
    "와트": "W", "킬로와트": "kW", "kW": "kW", "kw": "kW", "㎾": "kW", "메가와트": "MW", "MW": "MW", "기가와트": "GW",
    "GW": "GW", "킬로와트시": "kWh", "kWh": "kWh", "KB": "KB", "킬로바이트": "KB", "MB": "MB", "메가바이트": "MB",
    "GB": "GB", "기가바이트": "GB", "TB": "TB", "테라바이트": "TB", "도": "degree", "℃": "degreeC", "℉": "degreeF", "°C": "degreeC",
    "초": "second", "시간": "hour", "분간": "minute", "시간여": "hour", "주일": "week", "주간": "week", "주": "week",
    "개월": "month", "달": "month",
}  # fmt: skip
"""Korean names, except 일, 년, 시, 분, which may be parts of a date, and 파운드, 킬로, which are
ambiguous.
"""

ENGLISH_MEASURES: dict[str, str] = {
    "millimeter": "mm", "millimetre": "mm", "mm": "mm", "centimeter": "cm", "centimetre": "cm", "cm": "cm", "meter": "m",
    "metre": "m", "m": "m", "kilometer": "km", "kilometre": "km", "km": "km", "kms": "km", "kph": "km", "mile": "mile",
    "mph": "mile", "foot": "foot", "feet": "foot", "ft": "foot", "inch": "inch", "inches": "inch", "yard": "yard", "ri": "ri",
    "knot": "nmi", "hectare": "ha", "ha": "ha", "acre": "acre", "pyeong": "pyeong", "pyong": "pyeong", "jongbo": "jongbo",
    "jeongbo": "jongbo", "chongbo": "jongbo", "milligram": "mg", "mg": "mg", "gram": "g", "g": "g", "kilogram": "kg",
    "kilo": "kg", "kg": "kg", "kgs": "kg", "ton": "ton", "tonne": "ton", "geun": "geun", "ounce": "oz", "oz": "oz",
    "lb": "lb", "lbs": "lb", "kiloton": "kiloton", "megaton": "megaton", "milliliter": "ml", "ml": "ml", "cc": "ml",
    "liter": "l", "litre": "l", "barrel": "barrel", "gallon": "gallon", "second": "second", "minute": "minute",
    "hour": "hour", "day": "day", "night": "day", "week": "week", "month": "month", "year": "year", "yr": "year",
    "watt": "W", "kilowatt": "kW", "kw": "kW", "megawatt": "MW", "mw": "MW", "gigawatt": "GW", "gw": "GW", "kwh": "kWh",
    "kilobyte": "KB", "kb": "KB", "megabyte": "MB", "mb": "MB", "gigabyte": "GB", "gb": "GB", "terabyte": "TB",
    "degree": "degree", "celsius": "degreeC", "centigrade": "degreeC", "fahrenheit": "degreeF",
}  # fmt: skip
"""English names in lower case; the plural in -s is implied."""
ENGLISH_POWERS: dict[tuple[str, str], str] = {
    ("square", "meter"): "m2", ("square", "metre"): "m2", ("square", "kilometer"): "km2", ("square", "kilometre"): "km2",
    ("square", "foot"): "ft2", ("square", "feet"): "ft2", ("square", "mile"): "mile2", ("sq", "ft"): "ft2", ("sq", "km"): "km2",
    ("cubic", "meter"): "m3", ("cubic", "metre"): "m3", ("cubic", "foot"): "ft3", ("cubic", "feet"): "ft3",
    ("nautical", "mile"): "nmi", ("light", "year"): "ly", ("metric", "ton"): "ton", ("kilowatt", "hour"): "kWh",
    ("degree", "celsius"): "degreeC", ("degree", "fahrenheit"): "degreeF", ("degree", "centigrade"): "degreeC",
    ("degree", "c"): "degreeC", ("degree", "f"): "degreeF",
}  # fmt: skip

KOREAN_MONEY: dict[str, str] = {
    "달러": "dollar", "달라": "dollar", "딸라": "dollar", "불": "dollar", "센트": "cent", "원": "won", "위안": "yuan",
    "위엔": "yuan", "엔": "yen", "유로": "euro", "루블": "ruble", "페소": "peso", "루피": "rupee", "바트": "baht",
    "€": "euro", "£": "pound", "$": "dollar", "프랑": "franc", "마르크": "mark", "리라": "lira", "링깃": "ringgit",
}  # fmt: skip
ENGLISH_MONEY: dict[str, str] = {
    "dollar": "dollar", "buck": "dollar", "cent": "cent", "won": "won", "yuan": "yuan", "renminbi": "yuan", "rmb": "yuan",
    "yen": "yen", "euro": "euro", "ruble": "ruble", "rouble": "ruble", "peso": "peso", "rupee": "rupee", "baht": "baht",
    "franc": "franc", "mark": "mark", "lira": "lira", "ringgit": "ringgit", "pound": "pound", "sterling": "pound",
    "usd": "dollar", "krw": "won", "kpw": "won", "cny": "yuan", "jpy": "yen", "eur": "euro",
}  # fmt: skip
SYMBOLS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen or yuan", "₩": "won", "￥": "yen or yuan", "￦": "won"}


def is_same_currency(left: str, right: str) -> bool:
    return left == right or not set(left.split(" or ")).isdisjoint(right.split(" or "))


def convertible(left: str, right: str) -> bool:
    """True if one unit can be converted into the other, and is another unit."""
    return left != right and left in MEASURES and right in MEASURES and dimension(left) == dimension(right)


def dimension(unit: str) -> str:
    return MEASURES[unit].dimension if unit in MEASURES else ""


def converted(value: float, unit: str, to_unit: str) -> float:
    """Convert a value in `unit` to `to_unit`: 100 km in miles is 62.1."""
    if (unit, to_unit) in (("degreeC", "degreeF"), ("degree", "degreeF")):
        return value * 1.8 + 32
    if (unit, to_unit) in (("degreeF", "degreeC"), ("degreeF", "degree")):
        return (value - 32) / 1.8
    return value * MEASURES[unit].factor / MEASURES[to_unit].factor
