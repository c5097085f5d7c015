#!/usr/bin/env python3
"""localization/: each language has exactly the English keys, with the same slots and access keys, and clean text."""
import os
import re

import check_ids
import source

ENGLISH = "en-US.rc"
# The sheet's own buttons; no label on a page may take their letter.
BUTTONS = re.compile(r"IDS_(SHEET_|BUTTON_|WIZARD_)?(BACK|NEXT|CANCEL)$")


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


def check_file(name, raw):
    """Errors of one file on its own, and its rows."""
    errors = []
    if raw.startswith(b"\xef\xbb\xbf"):
        errors.append("%s: starts with a byte order mark, which rc.exe does not read" % name)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return errors + ["%s: not UTF-8 at byte %d" % (name, error.start)], []
    for pattern, what in ((r"#pragma code_page\(65001\)", "the code_page(65001) pragma"),
                          (r"LANGUAGE LANG_\w+, SUBLANG_\w+", "a LANGUAGE line")):
        if len(re.findall("^" + pattern, text, flags=re.M)) != 1:
            errors.append("%s: wants %s once" % (name, what))
    rows, seen = [], set()
    for key, value, line in table(text):
        where = "%s:%d: %s" % (name, line, key)
        if key is None:
            errors.append("%s:%d: one key and one text a line, not '%s'" % (name, line, value))
            continue
        rows.append((key, value, line))
        if key in seen:
            errors.append("%s: twice" % where)
        seen.add(key)
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
    return errors, rows


def check_pages(name, rows, numbers):
    """No letter twice among the labels of one page, and none that a button of the sheet has."""
    errors = []
    buttons = {c for key, value, _ in rows if BUTTONS.match(key) for c in access_keys(value)}
    pages = {}
    for key, value, line in rows:
        number = numbers.get(key, 0)
        if not 5100 <= number < 6100:
            continue
        page = pages.setdefault(number // 100, {})
        for letter in access_keys(value):
            if letter in buttons:
                errors.append("%s:%d: %s: Alt+%s belongs to the sheet's buttons" % (name, line, key, letter))
            if letter in page:
                errors.append("%s:%d: %s: Alt+%s is also %s" % (name, line, key, letter, page[letter]))
            page[letter] = key
    return errors


def check(top):
    errors, rows = [], {}
    folder = os.path.join(top, "localization")
    names = sorted(n for n in os.listdir(folder) if n.endswith(".rc") and n != "languages.rc")
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            found, rows[name] = check_file(name, file.read())
        errors += found
    if not rows.get(ENGLISH):
        return errors + ["%s: has no strings" % ENGLISH]

    included = re.findall(r"^#include \"(.*)\"", source.read(top, "localization/languages.rc"), flags=re.M)
    if sorted(included) != names:
        errors.append("languages.rc: includes %s, the folder has %s" % (sorted(included), names))

    numbers = check_ids.numbers(top)
    english = {key: value for key, value, _ in rows[ENGLISH]}
    for key in english:
        if key not in numbers:
            errors.append("%s: %s is not in texts.h" % (ENGLISH, key))
    for name in names:
        keys = {key for key, _, _ in rows[name]}
        errors += ["%s: %s is missing" % (name, key) for key in english if key not in keys]
        for key, value, line in rows[name]:
            if key not in english:
                errors.append("%s:%d: %s: unknown key" % (name, line, key))
                continue
            if slots(value) != slots(english[key]):
                errors.append("%s:%d: %s: slots %s, English has %s"
                              % (name, line, key, slots(value), slots(english[key])))
            if len(access_keys(value)) != len(access_keys(english[key])):
                errors.append("%s:%d: %s: not as many & as in English" % (name, line, key))
        errors += check_pages(name, rows[name], numbers)
    return errors


if __name__ == "__main__":
    source.finish("strings", check(source.TOP))
