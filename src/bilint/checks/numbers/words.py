"""Numbers as words, by language: what may stand where another text has a figure.

These tables only ever excuse: a word that they take for a number costs a finding, and a language
that they lack is one in which small numbers are not looked for.
"""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from bilint.model.pattern import late

Words = tuple[tuple[str, float], ...]
"""The beginnings of words, or whole words with a `$` behind them, and the values they stand for."""

_ENGLISH = (
    "zero=0 no=0 none=0 one=1 once=1 first=1 single=1 a=1 an=1 sub=1 per=1 every=1 each=1 two=2 "
    "twice=2 second=2 double=2 dual=2 both=2 pair=2 couple=2 bi=2 half=2 half=0.5 half=30 "
    "half=50 three=3 "
    "third=3 triple=3 thrice=3 tri=3 four=4 quarter=4 quarter=25 quarter=0.25 five=5 fif=5 six=6 "
    "seven=7 weekly=7 eight=8 nine=9 nin=9 ten=10 eleven=11 twelve=12 twelf=12 dozen=12 year=12 "
    "annual=12 thirteen=13 fourteen=14 fortnight=14 fifteen=15 sixteen=16 seventeen=17 "
    "eighteen=18 nineteen=19 twent=20 thirt=30 monthly=30 fort=40 fift=50 sixt=60 sevent=70 "
    "eight=80 ninet=90 hundred=100 thousand=1000 million=1000000 billion=1000000000 daily=24 "
    "noon=12 midnight=24 midnight=12 quarter=3 half=6 year=365 decade=10 centur=100 clock=24 "
    "clock=7 hourly=60"
)
_TABLES = {
    "it": (
        "zero=0 nessun=0 un=1 prim=1 singol=1 du=2 entramb=2 second=2 doppi=2 coppia=2 mezz=0.5 "
        "mezz=30 "
        "metà=50 metà=2 bi=2 tre=3 tré=3 terz=3 tripl=3 tri=3 quattr=4 quart=4 quadr=4 cinqu=5 "
        "quint=5 sei=6 sest=6 sett=7 ott=8 nov=9 non=9 diec=10 decim=10 decin=10 undic=11 "
        "dodic=12 dozz=12 tredic=13 quattordic=14 quindic=15 sedic=16 diciass=17 diciott=18 "
        "diciann=19 vent=20 trent=30 quarant=40 cinquant=50 sessant=60 settant=70 ottant=80 "
        "novant=90 cent=100 mille=1000 mila=1000 settiman=7 anno=12 annu=12 giorn=24 ora=60 "
        "quart=0.25 trimestr=3 semestr=6 decenni=10 secol=100 mezzogiorn=12 mezzanott=12 "
        "mezzanott=24 milion=1000000 miliard=1000000000"
    ),
    "fr": (
        "zéro=0 aucun=0 un=1 premi=1 prem=1 seul=1 unique=1 deux=2 second=2 doubl=2 bi=2 "
        "demi=0.5 demi=30 "
        "moitié=50 moitié=2 trois=3 tiers=3 tierce=3 tripl=3 tri=3 quatr=4 quart=4 quadr=4 cinq=5 "
        "six=6 sept=7 huit=8 neuf=9 neuv=9 dix=10 diza=10 onz=11 douz=12 treiz=13 quatorz=14 "
        "quinz=15 seiz=16 vingt=20 trent=30 quarant=40 cinquant=50 soixant=60 cent=100 mille=1000 "
        "semain=7 an$=12 année=12 annuel=12 jour=24 heure=60 "
        "quart=0.25 trimestr=3 semestr=6 décenni=10 siècle=100 midi$=12 minuit=12 minuit=24 "
        "septant=70 huitant=80 nonant=90 million=1000000 milliard=1000000000"
    ),
    "es": (
        "cero=0 ning=0 un=1 primer=1 sol=1 dos=2 ambos=2 segund=2 dobl=2 par=2 bi=2 medi=0.5 "
        "medi=30 "
        "mitad=50 mitad=2 tres=3 tercer=3 tripl=3 tri=3 cuatr=4 cuart=4 cuadr=4 cinc=5 quint=5 "
        "seis=6 sext=6 siet=7 sépt=7 och=8 octav=8 nuev=9 noven=9 diez=10 décim=10 decena=10 "
        "once=11 doce=12 trece=13 catorce=14 quince=15 dieci=16 dieci=17 dieci=18 dieci=19 "
        "veint=20 treint=30 cuarent=40 cincuent=50 sesent=60 setent=70 ochent=80 novent=90 "
        "cien=100 mil=1000 seman=7 año=12 anual=12 día=24 hora=60 docen=12 "
        "cuart=0.25 quincen=15 trimestr=3 semestr=6 decenio=10 década=10 siglo=100 mediod=12 "
        "medianoch=12 medianoch=24 millón=1000000 millon=1000000"
    ),
    "pt": (
        "zero=0 nenhum=0 um=1 primeir=1 únic=1 dois=2 duas=2 ambos=2 segund=2 dupl=2 dobr=2 bi=2 "
        "meio=0.5 meia=0.5 meia=30 metade=50 metade=2 três=3 terceir=3 tripl=3 tri=3 quatr=4 "
        "quart=4 "
        "quadr=4 cinc=5 quint=5 seis=6 sext=6 set=7 sétim=7 oit=8 nov=9 non=9 dez=10 décim=10 "
        "onze=11 doze=12 treze=13 quatorze=14 catorze=14 quinze=15 dezes=16 dezes=17 dezas=16 "
        "dezas=17 dezoit=18 dezen=19 dezan=19 vint=20 trint=30 quarent=40 cinquent=50 sessent=60 "
        "setent=70 oitent=80 novent=90 cem=100 cent=100 mil=1000 seman=7 ano=12 anua=12 dia=24 "
        "hora=60 dúzi=12 quart=0.25 quinzen=15 trimestr=3 semestr=6 década=10 século=100 "
        "meio-dia=12 meia-noite=12 meia-noite=24 milhão=1000000 milhões=1000000 bilhão=1000000000 "
        "bilhões=1000000000"
    ),
    "de": (
        "null=0 kein=0 ein=1 erst=1 zwei=2 zwo=2 beid=2 doppel=2 dual=2 paar=2 halb=0.5 halb=30 "
        "hälfte=50 "
        "hälfte=2 drei=3 dritt=3 tripel=3 vier=4 quadr=4 fünf=5 sech=6 sieb=7 acht=8 neun=9 "
        "zehn=10 elf=11 zwölf=12 dutzend=12 dreizehn=13 vierzehn=14 fünfzehn=15 sechzehn=16 "
        "siebzehn=17 achtzehn=18 neunzehn=19 zwanzig=20 dreißig=30 dreissig=30 vierzig=40 "
        "fünfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90 hundert=100 tausend=1000 "
        "woch=7 wöch=7 jahr=12 jähr=12 tag=24 tägl=24 stunde=60 anderthalb=1.5 "
        "eineinhalb=1.5 viertel=0.25 vierteljahr=3 vierteljähr=3 quartal=3 halbjahr=6 halbjähr=6 "
        "jahrhundert=100 jahrzehnt=10 mittag=12 mitternacht=12 "
        "mitternacht=24 million=1000000 milliard=1000000000"
    ),
    "nl": (
        "nul=0 geen=0 een=1 één=1 eerst=1 enkel=1 twee=2 beide=2 dubbel=2 paar=2 half=0.5 half=30 "
        "helft=50 helft=2 drie=3 derd=3 vier=4 kwart=4 vijf=5 zes=6 zeven=7 acht=8 negen=9 "
        "tien=10 elf=11 twaalf=12 dozijn=12 dertien=13 veertien=14 vijftien=15 zestien=16 "
        "zeventien=17 achttien=18 negentien=19 twintig=20 dertig=30 veertig=40 vijftig=50 "
        "zestig=60 zeventig=70 tachtig=80 negentig=90 honderd=100 duizend=1000 week=7 weke=7 "
        "jaar=12 dag=24 uur=60 anderhal=1.5 kwart=0.25 "
        "kwartaal=3 halfjaar=6 decenni=10 eeuw=100 middag=12 middernacht=12 middernacht=24 "
        "miljoen=1000000 miljard=1000000000"
    ),
    "sv": (
        "noll=0 ingen=0 en=1 ett=1 först=1 två=2 båda=2 andra=2 dubbel=2 par=2 halv=0.5 halv=30 "
        "hälft=50 "
        "tre=3 tredj=3 fyra=4 fjärd=4 fem=5 sex=6 sjätt=6 sju=7 åtta=8 åtton=8 nio=9 tio=10 "
        "elva=11 elft=11 tolv=12 dussin=12 tretton=13 fjorton=14 femton=15 sexton=16 sjutton=17 "
        "arton=18 nitton=19 tjugo=20 trettio=30 fyrtio=40 femtio=50 sextio=60 sjuttio=70 åttio=80 "
        "nittio=90 hundra=100 tusen=1000 veck=7 år=12 dag=24 dygn=24 timme=60 varannan=2 "
        "vartannat=2 kvart=0.25 fjärdedel=0.25 kvartal=3 halvår=6 decenni=10 årtionde=10 "
        "sekel=100 sekl=100 middag=12 midnatt=12 midnatt=24 miljon=1000000 miljard=1000000000"
    ),
    "da": (
        "nul=0 ingen=0 en=1 et=1 først=1 to=2 begge=2 anden=2 andet=2 dobbelt=2 par=2 halv=0.5 "
        "halv=30 "
        "tre=3 fire=4 fjerde=4 fem=5 seks=6 sjette=6 syv=7 otte=8 ni=9 ti=10 elleve=11 ellevte=11 "
        "tolv=12 dusin=12 tretten=13 fjorten=14 femten=15 seksten=16 sytten=17 atten=18 "
        "nitten=19 tyve=20 tredive=30 fyrre=40 halvtreds=50 tres$=60 tresinds=60 halvfjerds=70 "
        "firs$=80 firsinds=80 halvfems=90 hundrede=100 tusind=1000 halvdel=50 halvdel=2 "
        "halvanden=1.5 kvart=0.25 fjerdedel=0.25 kvartal=3 halvår=6 årti=10 middag=12 midnat=12 "
        "midnat=24 uge$=7 ugen$=7 uger$=7 år$=12 året$=12 dag$=24 døgn=24 "
        "time$=60 timer$=60 timen$=60 million=1000000 milliard=1000000000"
    ),
    "nb": (
        "null=0 ingen=0 en=1 ett=1 først=1 to=2 begge=2 andre=2 dobbel=2 par=2 halv=0.5 halv=30 "
        "tre=3 "
        "fire=4 fjerde=4 fem=5 seks=6 sjette=6 sju=7 syv=7 åtte=8 ni=9 ti=10 elleve=11 tolv=12 "
        "dusin=12 tretten=13 fjorten=14 femten=15 seksten=16 sytten=17 atten=18 nitten=19 tjue=20 "
        "tretti=30 førti=40 femti=50 seksti=60 sytti=70 åtti=80 nitti=90 hundre=100 tusen=1000 "
        "halvpart=50 halvpart=2 halvannen=1.5 kvart=0.25 fjerdedel=0.25 kvartal=3 halvår=6 "
        "tiår=10 middag=12 midnatt=12 midnatt=24 uke$=7 uken$=7 uker$=7 veke$=7 "
        "år$=12 året$=12 dag$=24 døgn=24 time$=60 timer$=60 timen$=60 "
        "million=1000000 milliard=1000000000"
    ),
}
_TABLES["no"] = _TABLES["nn"] = _TABLES["nb"]

_PARTIAL = {
    "fi": (
        "yksi=1 yhde=1 yhtä=1 puoli=0.5 puolen=0.5 puolta=0.5 puoli=30 puolitois=1.5 kaks=2 kahd=2 "
        "kaht=2 tusin=12 viikko=7 viikon=7 vuosi=12 vuode=12 vuorokau=24 tunti=60 tunnin=60 "
        "neljännes=0.25 puolipäiv=12 keskipäiv=12 keskiyö=12 keskiyö=24"
    ),
    "pl": (
        "jed=1 półtor=1.5 pół=0.5 pół=30 półro=6 dwa=2 dwó=2 dwie=2 dwu=2 tuzin=12 tydzień=7 "
        "tygodni=7 rok$=12 roku$=12 doba$=24 dobę$=24 doby$=24 godzin=60 kwadrans=15 kwarta=3 "
        "południ=12 północ=12 północ=24"
    ),
    "cs": (
        "jed=1 půl=0.5 půl=30 půlro=6 dva=2 dvě=2 dvou=2 tucet=12 týden=7 týdn=7 rok$=12 roku$=12 "
        "den$=24 hodin=60 čtvrt=0.25 čtvrtlet=3 poledn=12 půlnoc=12 půlnoc=24"
    ),
    "ru": (
        "один=1 одн=1 полтор=1.5 полутор=1.5 полчас=0.5 полчас=30 полгод=6 полугод=6 два=2 две=2 "
        "двух=2 дюжин=12 недел=7 год$=12 года$=12 сутк=24 суток=24 час$=60 часа$=60 четверт=0.25 "
        "квартал=3 полдень=12 полдня=12 полноч=12 полноч=24"
    ),
    "uk": (
        "один=1 одн=1 півтор=1.5 півгодин=0.5 півгодин=30 півро=6 два=2 дві=2 двох=2 тиж=7 рік=12 "
        "року$=12 доба$=24 добу$=24 доби$=24 годин=60 чверт=0.25 квартал=3 полудень=12 опівдні=12 "
        "опівноч=12 опівноч=24 північ=12 північ=24"
    ),
    "tr": (
        "bir=1 buçuk=0.5 buçuk=30 yarım=0.5 yarım=30 iki=2 düzine=12 hafta=7 yıl=12 saat=60 "
        "gün$=24 günde$=24 günlük$=24 çeyrek=0.25 öğle=12 gece=12 gece=24"
    ),
    "hu": (
        "egy=1 másfél=1.5 fél=0.5 fél=30 félév=6 két=2 kettő=2 tucat=12 hét=7 hete=7 év=12 "
        "nap$=24 napon$=24 naponta$=24 óra=60 órá=60 negyed=0.25 negyedév=3 dél=12 délben=12 "
        "éjfél=12 éjfél=24"
    ),
}
"""The commonest words of spans of time, and for twelve o’clock, in languages that lack the rest.

They excuse what stands in them, and small numbers are as little looked for as without them.
"""
_COMPOUNDING = frozenset(("de", "nl", "sv", "da", "nb", "no", "nn"))

_NO_NUMBERS = frozenset(
    ("innerhalb", "außerhalb", "ausserhalb", "oberhalb", "unterhalb", "deshalb", "weshalb")
)
"""Words that have a word for a number within them, by chance."""

_JOINED = {
    "it": late(r" (?:vent|trent|quarant|cinquant|sessant|settant|ottant|novant)[ia]?"),
    "es": late(r" veinti"),
}
"""The tens that are one word with what follows: `ventiquattro`."""

_HAN = {one: value for value, one in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "両": 2,
    "两": 2,
    "兩": 2,
}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000}
_HAN_NUMBER = late("[〇零一二三四五六七八九两兩両十百千]+")
_HAN_HALF = "半双雙"
_HAN_PHRASES = {
    12: late("正午|中午|半日|半天|真夜中|午夜|半夜|一打|1 ?ダース"),
    24: late("真夜中|午夜|半夜|[二两兩]打"),
    6: late("半年"),
    3: late("四半期|季度"),
    15: late("一刻|刻[钟鐘]"),
    25: late("四分の一|四分之一"),
    75: late("四分の三|四分之三"),
    2: late("隔[日週周年月天]"),
    100: late("世[紀纪]"),
}
_HAN_SPAN = late("[一1１] ?[个個か]?(?:([年])|([週周])|([天日])|([小時]))")
_HAN_SPANS = (12.0, 7.0, 24.0, 60.0)
_HANGUL = (
    "영=0 공=0 하나=1 한=1 첫=1 일=1 둘=2 두=2 이=2 양=2 셋=3 세=3 삼=3 넷=4 네=4 사=4 다섯=5 "
    "오=5 여섯=6 육=6 일곱=7 칠=7 여덟=8 팔=8 아홉=9 구=9 열=10 십=10 열한=11 열두=12 스무=20 "
    "스물=20 하루=1 이틀=2 사흘=3 나흘=4 닷새=5 엿새=6 이레=7 열흘=10 보름=15 이십=20 서른=30 "
    "삼십=30 마흔=40 쉰=50 백=100 천=1000 반=0.5 반=30 절반=50 "
    "십일=11 십이=12 십삼=13 십사=14 십오=15 십육=16 십칠=17 십팔=18 십구=19 열세=13 열네=14 "
    "열다섯=15 열여섯=16 열일곱=17 열여덟=18 열아홉=19 사십=40 예순=60 육십=60 일흔=70 칠십=70 "
    "여든=80 팔십=80 아흔=90 구십=90 오십=50 정오=12 자정=12 자정=24 반년=6 반일=12 분기=3 "
    "세기=100 1주=7 일주=7 1년=12 일년=12 하루=24 1시간=60 "
)
_WORD = late(r"[^\W\d_]+")
_ROMAN = late(r"(?<![^\W_])(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})(?=(?:er?|ème)?(?![^\W_]))")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


@lru_cache(maxsize=64)
def _table(language: str) -> Words:
    if language == "en":
        said = _ENGLISH
    elif language == "ko":
        said = _HANGUL
    else:
        said = _TABLES.get(language) or _PARTIAL.get(language, "")
    pairs = (one.partition("=") for one in said.split())
    return tuple((word, float(value)) for word, _, value in pairs)


def knows_words(language: str) -> bool:
    """Whether small numbers as words are known in a language."""
    return language in _TABLES or language in ("en", "ja", "zh", "yue", "ko")


def word_values(text: str, language: str, *, joined: bool = True) -> frozenset[float]:
    """The values for which words of a text may stand.

    Where a language joins its words, they are looked for within others too, unless not `joined`.
    """
    values: set[float] = set()
    if language in ("ja", "zh", "yue"):
        values.update(_han(match[0]) for match in _HAN_NUMBER.finditer(text))
        values.update(float(_HAN[one]) for one in text if one in _HAN)
        if any(one in text for one in _HAN_HALF):
            values.update((0.5, 2.0, 30.0, 50.0))
        values.update(float(one) for one, said in _HAN_PHRASES.items() if said.search(text))
        values.update(_HAN_SPANS[(match.lastindex or 1) - 1] for match in _HAN_SPAN.finditer(text))
    elif language == "ko":
        values.update(value for word, value in _table(language) if word in text)
    elif table := _table(language):
        # A blank at both ends of each word: behind one it begins, before one it ends.
        lowered = text.lower()
        said = set(_WORD.findall(lowered)) - _NO_NUMBERS
        words = " ".join(["", *said, ""])
        if language in _JOINED:
            words = _JOINED[language].sub(r"\g<0> ", words)
        before = "" if joined and language in _COMPOUNDING else " "
        for stem, value in table:
            if (f" {stem[:-1]} " if stem[-1] == "$" else f"{before}{stem}") in words or (
                "-" in stem and stem in lowered
            ):
                values.add(value)
        if language == "fr":
            values |= _in_sums(values)
    for match in _ROMAN.finditer(text):
        if match[0]:
            values.add(float(_roman(match[0])))
    return frozenset(values)


def _in_sums(values: Set[float]) -> set[float]:
    """What French says in sums: 17 as ten and seven, 70 as sixty and ten, 90 as 80 and ten."""
    found = {10 + one for one in (7.0, 8.0, 9.0) if {10.0, one} <= values}
    tens = [60.0] if 60.0 in values else []
    tens += [80.0] if {4.0, 20.0} <= values or 80.0 in values else []
    small = [one for one in (*values, *found) if one < 20]
    return found.union(tens, (ten + one for ten in tens for one in small))


def _han(text: str) -> float:
    total = digit = 0
    for one in text:
        if one in _HAN:
            digit = digit * 10 + _HAN[one]
        else:
            total += (digit or 1) * _HAN_TENS[one]
            digit = 0
    return float(total + digit)


def _roman(text: str) -> int:
    total = 0
    for one, following in zip(text, text[1:] + " ", strict=True):
        value = _ROMAN_VALUES[one]
        total += -value if _ROMAN_VALUES.get(following, 0) > value else value
    return total
