"""Writes what Unicode CLDR's exemplar characters say of the letters that languages are written with.

npm install --prefix FOLDER --ignore-scripts cldr-core@48.2.0 cldr-misc-full@48.2.0 cldr-localenames-full@48.2.0
python make_alphabets.py FOLDER

alphabets.tsv, a row a language: all of those whose data CLDR holds to be at least of basic coverage. A letter is one
code point of the general category L: combining marks, which draw nothing on their own, and sequences of several code
points are left out. CLDR lists lower case; upper case is Unicode's mapping to one code point. Korean has 11,172
syllables in CLDR; kept are the 2,350 of KS X 1001, which Korean fonts draw and Korean texts use. Hiragana and katakana
are Japanese's letters by script. Digits are the language's own where it has some.

accents.tsv: letters of these that Unicode decomposes, with the letter that remains without the mark.
"""
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).parent
CLDR = "48.2.0"
SPECIAL_UPPER = {"tr": {"i": "İ"}, "az": {"i": "İ"}}
# Their texts know no capitals, though Unicode has (Mtavruli is for headings alone).
NO_CAPITALS = {"ka", "chr"}
SPECIAL_NAMES = {"bn": "bengali", "zh-Hant": "chinese-traditional"}
COLUMNS = ("name", "tag", "script", "lower", "upper", "auxiliary_lower", "auxiliary_upper", "digits")


def elements(text):
    """The strings of a UnicodeSet as CLDR writes one: [a b-d {ch} \\u061C]."""
    assert text[0] == "[" and text[-1] == "]", text
    token = re.compile(r"\{(?:\\.|[^}])*\}|\\u([0-9A-Fa-f]{4})|\\(.)|(\s+)|(-)|(.)", re.S)
    found, in_range = [], False
    for match in token.finditer(text[1:-1]):
        if match[3]:
            continue
        if match[4]:
            in_range = True
            continue
        if match[0].startswith("{"):
            found.append(match[0][1:-1].replace("\\", ""))
            continue
        value = chr(int(match[1], 16)) if match[1] else match[2] or match[5]
        if in_range:
            found.extend(chr(c) for c in range(ord(found[-1]) + 1, ord(value)))
            in_range = False
        found.append(value)
    return found


def category(characters, initial):
    return [c for c in characters if len(c) == 1 and unicodedata.category(c).startswith(initial)]


def capital(letter, tag):
    if tag in NO_CAPITALS:
        return letter
    return SPECIAL_UPPER.get(tag, {}).get(letter, letter.upper())


def upper_case(letters, tag):
    """Capitals in the letters' order, each once; none of a script without case."""
    capitals = [capital(c, tag) for c in letters]
    return list(dict.fromkeys(c for c, small in zip(capitals, letters) if len(c) == 1 and c != small))


def native(digits):
    return [c for c in digits if c > "9"] or digits


def slug(name):
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def in_korean_standard(syllable):
    try:
        return len(syllable.encode("euc_kr")) == 2
    except UnicodeEncodeError:
        return False


def alphabet(name, tag, script, standard, auxiliary, digits):
    auxiliary = [c for c in auxiliary if c not in standard]
    upper = upper_case(standard, tag)
    auxiliary_upper = [c for c in upper_case(auxiliary, tag) if c not in upper]
    auxiliary = [c for c in auxiliary if c not in auxiliary_upper and c not in upper]
    return dict(zip(COLUMNS, (name, tag, script, standard, upper, auxiliary, auxiliary_upper, digits)))


class Cldr:
    def __init__(self, folder):
        modules = folder / "node_modules"
        self.main = modules / "cldr-misc-full/main"
        supplemental = modules / "cldr-core/supplemental"
        load = lambda path: json.loads(path.read_text("utf-8"))
        self.likely = load(supplemental / "likelySubtags.json")["supplemental"]["likelySubtags"]
        self.levels = load(modules / "cldr-core/coverageLevels.json")["effectiveCoverageLevels"]
        english = modules / "cldr-localenames-full/main/en"
        self.names = load(english / "languages.json")["main"]["en"]["localeDisplayNames"]["languages"]
        self.scripts = load(english / "scripts.json")["main"]["en"]["localeDisplayNames"]["scripts"]

    def characters(self, tag):
        return json.loads((self.main / tag / "characters.json").read_text("utf-8"))["main"][tag]["characters"]

    def script(self, tag):
        written = [part for part in tag.split("-") if len(part) == 4 and part.isalpha()]
        return written[0] if written else self.likely[tag].split("-")[1]

    def tags(self):
        """Languages, and further scripts that a language is written in."""
        for tag in sorted(self.levels):
            if not (self.main / tag / "characters.json").exists():
                continue
            language, *rest = tag.split("-")
            if not rest or (len(rest) == 1 and len(rest[0]) == 4 and rest[0].isalpha() and
                            rest[0] != self.script(language)):
                yield tag

    def name(self, tag):
        if tag in SPECIAL_NAMES:
            return SPECIAL_NAMES[tag]
        language, *scripts = tag.split("-")
        return "-".join([slug(self.names[language]), *(slug(self.scripts[script]) for script in scripts)])

    def alphabet(self, tag):
        data = self.characters(tag)
        letters = list(dict.fromkeys(category(elements(data["exemplarCharacters"]), "L")))
        auxiliary = list(dict.fromkeys(category(elements(data["auxiliary"]), "L")))
        digits = native(list(dict.fromkeys(category(elements(data.get("numbers", "[0-9]")), "Nd"))))
        if tag == "ko":
            letters = [c for c in letters if in_korean_standard(c)]
            auxiliary = [c for c in auxiliary if not unicodedata.name(c).startswith("HANGUL")]
        capitals = upper_case(letters, tag)
        small = [c for c in letters if c not in capitals]  # Some locales list both cases.
        return alphabet(self.name(tag), tag, self.script(tag), small, auxiliary, digits)


def syllabary(japanese, script):
    kana = [c for c in japanese["lower"] if unicodedata.name(c).startswith(script.upper() + " LETTER")]
    return alphabet(script, "ja-Hira" if script == "hiragana" else "ja-Kana",
                    "Hira" if script == "hiragana" else "Kana", kana, [], [])


def unaccented(letter):
    """What a letter is without its marks; None if it has none."""
    decomposed = unicodedata.normalize("NFD", letter)
    hangul = "가" <= letter <= "힣"
    return decomposed[0] if len(decomposed) > 1 and not hangul else None


def write(name, lines):
    source = f"# Unicode CLDR {CLDR}, made by make_alphabets.py; Unicode-3.0, see LICENSE-UNICODE"
    text = "\n".join([source, *lines]) + "\n"
    (HERE / name).write_text(text, "utf-8")
    print(name, len(lines), "lines,", len(text.encode()), "bytes")


def main(folder):
    cldr = Cldr(folder)
    rows = [cldr.alphabet(tag) for tag in cldr.tags()]
    japanese = next(row for row in rows if row["tag"] == "ja")
    rows += [syllabary(japanese, script) for script in ("hiragana", "katakana")]
    rows = sorted((row for row in rows if row["lower"]), key=lambda row: row["name"])
    assert len({row["name"] for row in rows}) == len(rows)
    write("alphabets.tsv", ["\t".join("".join(row[column]) for column in COLUMNS) for row in rows])
    letters = sorted({c for row in rows for column in COLUMNS[3:7] for c in row[column]})
    write("accents.tsv", [f"{c}\t{unaccented(c)}" for c in letters if unaccented(c)])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
