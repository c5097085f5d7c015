#!/usr/bin/env python3
"""resources/resource.h: every id is unique, in its block, in order, used, and every string exists in English."""
import re

import source

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


def check(top):
    errors = []
    path = "resources/resource.h"
    text = source.read(top, path)
    rows = ids(text)
    if not rows:
        return ["%s: no ids found" % path]
    for number, line in enumerate(source.blank(text).split("\n"), 1):
        if re.match(r"#define\s+ID", line) and not any(row[2] == number for row in rows):
            errors.append("%s:%d: not '#define NAME NUMBER'" % (path, number))

    by_value, by_name, last = {}, {}, None
    for name, value, line in rows:
        where = "%s:%d: %s" % (path, line, name)
        if value in by_value:
            errors.append("%s: %d is already %s" % (where, value, by_value[value]))
        if name in by_name:
            errors.append("%s: defined twice" % where)
        by_value.setdefault(value, name)
        by_name[name] = value
        low, high = RANGES.get(name[:4], (1, 0))
        if not low <= value <= high:
            errors.append("%s: %d is outside the block of %s*" % (where, value, name[:4]))
        if last is not None and last[2] == line - 1 and value <= last[1]:
            errors.append("%s: %d is out of order" % (where, value))
        last = (name, value, line)

    def words(roots, endings):
        text = "\n".join(source.blank(source.read(top, p)) for p in source.files(top, roots, endings)
                         if p != path)
        return set(re.findall(r"\bID[A-Z]_\w+", text))

    used = words(["wizard"], (".c", ".h")) | words(["resources"], (".rc",))
    english = words(["localization/en-US.rc"], ())
    for name in by_name:
        if name not in used:
            errors.append("%s: %s is used nowhere in wizard/ or resources/" % (path, name))
        if name.startswith("IDS_") and name not in english:
            errors.append("%s: %s has no text in localization/en-US.rc" % (path, name))
    return errors


if __name__ == "__main__":
    source.finish("ids", check(source.TOP))
