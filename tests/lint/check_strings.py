#!/usr/bin/env python3
"""localization/: each language has exactly the English keys, with the same slots and access keys, and clean text.

A file that languages.rc does not include is being written: it is checked for syntax alone. While translating:

    python3 tests/lint/check_strings.py localization/de-DE.rc

checks that file as if it were included, and prints each problem with its line.
"""
import os
import re
import sys
import unicodedata

import check_ids
import source

ENGLISH = "en-US.rc"
LIST = "languages.rc"
# Names of winnt.h. SUBLANG_SPANISH is es-ES_tradnl, SUBLANG_CHINESE_SIMPLIFIED is zh-CN.
LANGUAGES = {
    "de-DE": "LANG_GERMAN, SUBLANG_GERMAN", "en-US": "LANG_ENGLISH, SUBLANG_ENGLISH_US",
    "es-ES": "LANG_SPANISH, SUBLANG_SPANISH_MODERN", "fr-FR": "LANG_FRENCH, SUBLANG_FRENCH",
    "ja-JP": "LANG_JAPANESE, SUBLANG_JAPANESE_JAPAN", "pt-BR": "LANG_PORTUGUESE, SUBLANG_PORTUGUESE_BRAZILIAN",
    "ru-RU": "LANG_RUSSIAN, SUBLANG_RUSSIAN_RUSSIA", "zh-CN": "LANG_CHINESE, SUBLANG_CHINESE_SIMPLIFIED",
}
# The sheet's own buttons: on each page, and those that stand on one page only.
EVERY_PAGE = re.compile(r"IDS_BUTTON_(BACK|NEXT|CANCEL|CLOSE)$")
ONE_PAGE = {"page_review": "IDS_BUTTON_INSTALL", "page_install": "IDS_BUTTON_STOP", "page_report": "IDS_BUTTON_FINISH"}
# What these files put on a window is on every page.
FOOT = ("foot", "code")
# Ends of a text that mean something, in any script.
ENDS = {"…": "…", ":": ":", "：": ":", ".": ".", "。": ".", "?": "?", "？": "?", "．": "."}
# What is the same in every language: updates, codes, files and their endings, switches, numbers such as 6003. Of a
# .html only the ending: the wizard proposes such names to people, in their language.
FIXED = re.compile(r"KB\d{6,}|\b0x[0-9A-Fa-f]+|[\w-]*\.(?:exe|dll|sys|msu|cab|xml|txt|csv|log)\b|\.html\b|"
                   r"(?<![\w/.])/[a-z][a-z-]+|(?<![\w.-])\d{4,}(?!\.?\w|-)", re.ASCII)
# Of English: what is counted stands before its number ("Files: %1"), which is right for one as well.
COUNTED = re.compile(r"%[1-9] (?:updates|files|folders|links|packages|places|findings|notes|restarts|steps|pages|"
                     r"revisions|characters|problems|entries|computers|attempts|days|seconds)\b")


def table(text):
    """[(key, text, line)] of one language file, in order; the text as it is written, without the outer quotes."""
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        match = re.fullmatch(r"\s*(IDS_\w+)\s*,?\s*\"((?:[^\"]|\"\")*)\"\s*(//.*)?", line.rstrip("\r"))
        if match:
            rows.append((match.group(1), match.group(2), number))
        elif re.match(r"\s*IDS_", line):
            rows.append((None, line.strip(), number))
    return rows


def slots(text):
    return sorted(set(re.findall(r"%[1-9]", text)))


def access_keys(text):
    """The letters after a single &; && is the character itself."""
    return [c.upper() for c in re.findall(r"&(.)", text.replace("&&", ""))]


def end(text):
    """How a text ends, as ENDS has it; without the (&X) of Chinese and Japanese, quotes and brackets. None: plainly."""
    bare = re.sub(r"\s*[((]&.[))]", "", text).rstrip("\"”»’)') ")
    return ENDS.get(bare[-1:])


def words(text):
    """Words in small Latin letters, as an untranslated sentence has them."""
    return re.findall(r"(?<![\w\\%/.])[a-z]{3,}(?![\w.])", re.sub(r"\\[nrt]", " ", text.replace("&", "")))


# ---- one file on its own ---------------------------------------------------------------------------------------------

def check_text(where, value):
    errors = []
    if value != value.strip():
        errors.append("%s: space at an end" % where)
    if value == "":
        errors.append("%s: empty" % where)
    if "..." in value:
        errors.append("%s: '...' is '…'" % where)
    if re.search(r"%[-+#0.]*[a-zA-Z0*]", value):
        errors.append("%s: a printf conversion; slots are %%1 to %%9" % where)
    if '\\"' in value:
        errors.append('%s: a quotation mark is written ""' % where)
    if re.search(r"(?<!\\)(?:\\\\)*\\(?![nrt\\])", value):
        errors.append("%s: unknown escape" % where)
    if re.search(r"&(\W|$)", value.replace("&&", "")):
        errors.append("%s: & stands before a letter or digit" % where)
    strange = sorted({c for c in value if unicodedata.category(c) in ("Cc", "Co", "Cn") or c in "\ufffd\ufeff\u00ad"})
    if strange:
        errors.append("%s: character %s" % (where, ", ".join("U+%04X" % ord(c) for c in strange)))
    if unicodedata.normalize("NFC", value) != value:
        errors.append("%s: letters in pieces (not Unicode NFC)" % where)
    return errors


def check_file(name, raw):
    """Errors of one file on its own, and its rows."""
    errors = []
    if raw.startswith(b"\xef\xbb\xbf"):
        errors.append("%s: starts with a byte order mark, which rc.exe does not read" % name)
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return errors + ["%s: not UTF-8 at byte %d" % (name, error.start)], []
    if not text.startswith("#pragma code_page(65001)") or text.count("#pragma") != 1:
        errors.append("%s: wants the code_page(65001) pragma once, on the first line" % name)
    found = re.findall(r"^LANGUAGE (LANG_\w+, SUBLANG_\w+)", text, flags=re.M)
    wanted = LANGUAGES.get(name[:-len(".rc")])
    if len(found) != 1 or (wanted is not None and found[0] != wanted):
        errors.append("%s: wants one LANGUAGE line: LANGUAGE %s" % (name, wanted or "LANG_…, SUBLANG_…"))
    rows, seen = [], set()
    for key, value, line in table(text):
        if key is None:
            errors.append("%s:%d: one key and one text a line, not '%s'" % (name, line, value))
            continue
        where = "%s:%d: %s" % (name, line, key)
        rows.append((key, value, line))
        if key in seen:
            errors.append("%s: twice" % where)
        seen.add(key)
        errors += check_text(where, value)
    return errors, rows


# ---- beside English --------------------------------------------------------------------------------------------------

def check_translation(name, rows, english):
    errors = []
    keys = {key for key, _, _ in rows}
    errors += ["%s: %s is missing" % (name, key) for key in english if key not in keys]
    for key, value, line in rows:
        where = "%s:%d: %s" % (name, line, key)
        if key not in english:
            errors.append("%s: unknown key" % where)
            continue
        original = english[key]
        if slots(value) != slots(original):
            errors.append("%s: slots %s, English has %s" % (where, slots(value), slots(original)))
        if len(access_keys(value)) != len(access_keys(original)):
            errors.append("%s: not as many & as in English" % where)
        if value.count("\\n") != original.count("\\n"):
            errors.append("%s: %d line breaks, English has %d"
                          % (where, value.count("\\n"), original.count("\\n")))
        if end(value) != end(original):
            errors.append("%s: ends with '%s', English with '%s'" % (where, value[-1:], original[-1:]))
        fixed, theirs = set(FIXED.findall(value)), set(FIXED.findall(original))
        if fixed != theirs:
            errors.append("%s: %s: the same as in English" % (where, ", ".join(sorted(fixed ^ theirs))))
        if value == original and len(words(value)) >= 3:
            errors.append("%s: not translated" % where)
    return errors


# ---- access keys -----------------------------------------------------------------------------------------------------

def windows(top):
    """Name of a file in wizard/ui -> (its keys, whether it is a page). A window and its texts are in one file."""
    found = {}
    for path in source.files(top, ["wizard/ui"], (".c",)):
        text = source.blank(source.read(top, path))
        name = os.path.basename(path)[:-2]
        found[name] = (set(re.findall(r"\bIDS_\w+", text)), re.search(r"\bwz_page wz_page_\w+ = ", text) is not None)
    return found


def check_access(name, rows, found):
    """No letter twice in one window, and on a page none that the foot or the buttons around it have."""
    errors = []
    letters = {key: (access_keys(value), line) for key, value, line in rows if access_keys(value)}
    foot = set().union(*(found[f][0] for f in FOOT if f in found)) if found else set()
    for window, (keys, is_page) in sorted(found.items()):
        if window in FOOT or window == "sheet":
            continue
        around = set()
        if is_page:
            around = foot | {k for k in letters if EVERY_PAGE.match(k)} | {ONE_PAGE.get(window)}
        owner = {}
        for key in [k for k in letters if k in around] + [k for k in letters if k in keys and k not in around]:
            for letter in letters[key][0]:
                if letter in owner:
                    errors.append("%s:%d: %s: Alt+%s is also %s (%s)"
                                  % (name, letters[key][1], key, letter, owner[letter], window))
                owner[letter] = key
    return errors


# ---- all -------------------------------------------------------------------------------------------------------------

def read(top, name):
    with open(os.path.join(top, "localization", name), "rb") as file:
        return check_file(name, file.read())


def check_all(top, wanted):
    """Errors of these files, each beside English."""
    errors, english = [], {}
    for key, value, _ in read(top, ENGLISH)[1]:
        english[key] = value
    if not english:
        return ["%s: has no strings" % ENGLISH]
    found = windows(top)
    for name in wanted:
        own, rows = read(top, name)
        errors += own
        if name != ENGLISH:
            errors += check_translation(name, rows, english)
        else:
            errors += ["%s:%d: %s: '%s' is wrong for one" % (name, line, key, found_count.group())
                       for key, value, line in rows for found_count in COUNTED.finditer(value)]
        errors += check_access(name, rows, found)
    return errors


def check(top):
    there = sorted(n for n in os.listdir(os.path.join(top, "localization")) if n.endswith(".rc") and n != LIST)
    included = re.findall(r"^#include \"(.*)\"", source.read(top, "localization/" + LIST), flags=re.M)
    if sorted(set(included)) != sorted(included) or not set(included) <= set(there) or ENGLISH not in included:
        return ["%s: includes %s, the folder has %s" % (LIST, sorted(included), there)]
    errors = check_all(top, [n for n in there if n in included])
    for name in there:
        if name not in included:
            print("note: %s is not in %s: only its syntax is checked" % (name, LIST))
            errors += read(top, name)[0]
    numbers = check_ids.numbers(top)
    errors += ["%s: %s is not in texts.h" % (ENGLISH, key) for key, _, _ in read(top, ENGLISH)[1] if key not in numbers]
    return errors


if __name__ == "__main__":
    if len(sys.argv) > 1:
        source.finish("strings", check_all(source.TOP, [os.path.basename(path) for path in sys.argv[1:]]))
    source.finish("strings", check(source.TOP))
