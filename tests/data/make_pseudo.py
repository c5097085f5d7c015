#!/usr/bin/env python3
"""Two languages that nobody speaks, made from localization/en-US.rc for tests and never shipped.

    make_pseudo.py FOLDER        writes is-IS.rc, he-IL.rc and pseudo.rc, which has them beside all real ones

is-IS     every text in brackets, with accents and 40 % longer: what stays plain did not come from the string table,
          what lacks a bracket was cut, and what fits fits a long language too
          (the number is one that Wine and this Windows know, no more; they know none for such languages)
he-IL     Latin letters in double brackets, under the number of a language that is written from right to left: pages
          are mirrored, and whoever tests it can still read them
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENGLISH = ROOT / "localization" / "en-US.rc"
ROW = re.compile(r'^(\s*IDS_\w+\s*,?\s*)"((?:[^"]|"")*)"')
# Slots, access keys, escapes and doubled quotation marks stay; so does what is compared letter by letter.
KEEP = re.compile(r'%[1-9]|&.|\\.|""|KB\d+|[\w-]+\.(?:exe|dll|html|xml|txt|csv)')
ACCENTS = str.maketrans("AaCcEeIiNnOoSsUuYyZz", "ÀáÇčÈéÌíÑñÒóŠšÙúÝýŽž")
MORE = "löñg ànd lóñgèr wórds thât ñóbódý réàds "
LANGUAGES = {"is-IS": "LANG_ICELANDIC, SUBLANG_DEFAULT", "he-IL": "LANG_HEBREW, SUBLANG_DEFAULT"}
NAMES = {"is-IS": "[Pšéúdó]", "he-IL": "[[Mirrored]]"}


def accented(text):
    parts, at = [], 0
    for match in KEEP.finditer(text):
        parts += [text[at:match.start()].translate(ACCENTS), match.group(0)]
        at = match.end()
    return "".join(parts) + text[at:].translate(ACCENTS)


def longer(text):
    """In brackets, 40 % longer, and not shorter than a letter more; line breaks and ends of sentences stay."""
    lines = text.split(r"\n")
    extra = sum(len(re.sub(r"%[1-9]|&|\\r", "", line)) for line in lines) * 2 // 5
    tail = (MORE * (extra // len(MORE) + 1))[:extra].strip()
    lines[-1] = lines[-1] + (" " + tail if extra > 3 else tail)
    return "[" + accented(r"\n".join(lines)) + "]"


def mirrored(text):
    return "[[" + text + "]]"


def translate(tag, change):
    out = ["#pragma code_page(65001)", "LANGUAGE " + LANGUAGES[tag], "STRINGTABLE", "BEGIN"]
    for line in ENGLISH.read_text(encoding="utf-8").split("\n"):
        match = ROW.match(line)
        if match:
            is_name = match.group(1).strip() == "IDS_LANGUAGE_NAME"
            out.append('%s"%s"' % (match.group(1), NAMES[tag] if is_name else change(match.group(2))))
    return "\n".join(out + ["END", ""])


def make(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for tag, change in (("is-IS", longer), ("he-IL", mirrored)):
        (folder / (tag + ".rc")).write_text(translate(tag, change), encoding="utf-8")
    (folder / "pseudo.rc").write_text('#include "wizard.rc"\n#include "is-IS.rc"\n#include "he-IL.rc"\n')


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    make(sys.argv[1])
