#!/usr/bin/env python3
"""resources/resource.h and texts.h: each id is unique, in its block, in order, used; every string exists in English."""
import re

import source

FILES = ("resources/resource.h", "resources/texts.h")
# Prefix: the numbers it may have. Page n has 1000 + 100 n and 5000 + 100 n.
RANGES = {"IDI_": (1, 99), "IDB_": (100, 199), "IDR_": (200, 299), "IDD_": (1000, 2999), "IDC_": (1000, 2999),
          "IDM_": (3000, 3999), "IDS_": (5000, 9999)}


def ids(text):
    """[(name, value, line)] of the #defines with a number, in order."""
    found = []
    for number, line in enumerate(source.blank(text).split("\n"), 1):
        match = re.fullmatch(r"#define\s+(ID[A-Z]_\w+)\s+(\d+)\s*", line)
        if match:
            found.append((match.group(1), int(match.group(2)), number))
    return found


def numbers(top):
    """Name -> number, of both files."""
    return {name: value for path in FILES for name, value, _ in ids(source.read(top, path))}


def check_file(top, path, by_value, by_name):
    """Errors of one file; what it defines is added to by_value (number -> name) and by_name (name -> path)."""
    errors, last = [], None
    text = source.read(top, path)
    rows = ids(text)
    lines = {line for _, _, line in rows}
    for number, line in enumerate(source.blank(text).split("\n"), 1):
        if re.match(r"#define\s+ID", line) and number not in lines:
            errors.append("%s:%d: not '#define NAME NUMBER'" % (path, number))
    for name, value, line in rows:
        where = "%s:%d: %s" % (path, line, name)
        if value in by_value:
            errors.append("%s: %d is already %s" % (where, value, by_value[value]))
        if name in by_name:
            errors.append("%s: defined twice" % where)
        by_value.setdefault(value, name)
        by_name[name] = path
        low, high = RANGES.get(name[:4], (1, 0))
        if not low <= value <= high:
            errors.append("%s: %d is outside the block of %s*" % (where, value, name[:4]))
        if (name[:4] == "IDS_") != (path == FILES[1]):
            errors.append("%s: strings are in %s, all else in %s" % (where, FILES[1], FILES[0]))
        if last is not None and last[2] == line - 1 and value <= last[1]:
            errors.append("%s: %d is out of order" % (where, value))
        last = (name, value, line)
    return errors


def check(top):
    by_value, by_name = {}, {}
    errors = [error for path in FILES for error in check_file(top, path, by_value, by_name)]
    if not by_name:
        return ["%s: no ids found" % ", ".join(FILES)]

    def words(roots, endings):
        text = "\n".join(source.blank(source.read(top, p)) for p in source.files(top, roots, endings)
                         if p not in FILES)
        return set(re.findall(r"\bID[A-Z]_\w+", text))

    used = words(["wizard"], (".c", ".h")) | words(["resources"], (".rc",))
    english = words(["localization/en-US.rc"], ())
    for name, path in by_name.items():
        if name not in used:
            errors.append("%s: %s is used nowhere in wizard/ or resources/" % (path, name))
        if name.startswith("IDS_") and name not in english:
            errors.append("%s: %s has no text in localization/en-US.rc" % (path, name))
    return errors


if __name__ == "__main__":
    source.finish("ids", check(source.TOP))
