#!/usr/bin/env python3
"""The rules for C that a pattern can see: banned calls, text of the wrong width, hidden state, long lines and files."""
import re

import source

BANNED = {
    "strdup": "wz_text_copy", "_strdup": "wz_text_copy", "strtok": "a cursor", "strtok_r": "a cursor",
    "sprintf": "snprintf", "vsprintf": "vsnprintf", "strcpy": "wz_text", "strcat": "wz_text", "strncpy": "wz_text",
    "gets": "fgets", "wcscpy": "a checked copy", "wcscat": "a checked copy", "lstrcpyW": "a checked copy",
    "lstrcatW": "a checked copy", "wsprintfW": "swprintf", "alloca": "wz_new_array", "_alloca": "wz_new_array",
    "atoi": "strtol and a check", "atol": "strtol and a check", "scanf": "a parser", "sscanf": "a parser",
    "system": "a full path and CreateProcessW", "popen": "a full path and CreateProcessW",
    "_popen": "a full path and CreateProcessW", "WinExec": "a full path and CreateProcessW",
    "TerminateThread": "a request to stop", "IsBadReadPtr": "a contract",
}
# Allowed in tests, which end a program under test that hangs; the product ends nothing.
BANNED_IN_PRODUCT = {"TerminateProcess": "nothing: the product ends no other program"}
WORDS = {
    r"\btypeof\b|__typeof": "not in MSVC", r"\b__attribute__\b": "not in MSVC", r"\b__builtin_": "not in MSVC",
    r"\b(TCHAR|LPTSTR|LPCTSTR|_T|_TEXT)\b": "use wchar_t and the W functions",
    r"#\s*include\s*<(stdatomic|threads)\.h>": "not in MSVC v142",
}
NARROW_WIN32 = re.compile(r"\b([A-Z][A-Za-z0-9]*[a-z0-9]A)\s*\(")
LINE, WARN_LINES, MAX_LINES = 120, 400, 450


def check_text(path, text):
    errors = []
    code = source.blank(text)
    spelled = source.blank(text, literals=False)

    def report(where, start, what):
        errors.append("%s:%d: %s" % (path, where.count("\n", 0, start) + 1, what))

    banned = dict(BANNED)
    if path.startswith("wizard/"):
        banned.update(BANNED_IN_PRODUCT)
    for match in re.finditer(r"(?<![\w.>])(\w+)\s*\(", code):
        if match.group(1) in banned:
            report(code, match.start(), "%s is banned; use %s" % (match.group(1), banned[match.group(1)]))
    for match in NARROW_WIN32.finditer(code):
        report(code, match.start(), "%s: the W function, never the A one" % match.group(1))
    for pattern, why in WORDS.items():
        for match in re.finditer(pattern, code):
            report(code, match.start(), "'%s': %s" % (match.group(0), why))
    for match in re.finditer(r'\bL"(?:\\.|[^"\\])*"', spelled):
        if re.search(r"%[-+ #0-9.*]*[sS]", match.group(0).replace("%%", "")):
            report(spelled, match.start(), "%s in a wide format: write %ls or %hs")
    # Inside a function: indented, and not const up to the name.
    for match in re.finditer(r"^[ \t]+static\s+([^=;({]*)", code, flags=re.M):
        if not re.search(r"\bconst\b", match.group(1)):
            report(code, match.start(1), "static inside a function must be const")
    return errors


def check_shape(path, text):
    """Lines and length, for every kind of text."""
    errors = []
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if len(line) > LINE:
            errors.append("%s:%d: %d columns, at most %d" % (path, number, len(line), LINE))
        if line != line.rstrip():
            errors.append("%s:%d: space at the end" % (path, number))
        if "\t" in line and not path.endswith("Makefile"):
            errors.append("%s:%d: tab" % (path, number))
    if not text.endswith("\n"):
        errors.append("%s: no newline at the end" % path)
    if path.endswith((".c", ".h")) and not path.endswith(("/resource.h", "/texts.h")):
        count = len(lines) - 1
        if count > MAX_LINES:
            errors.append("%s: %d lines, at most %d" % (path, count, MAX_LINES))
        elif count > WARN_LINES:
            print("note: %s has %d lines, about %d is meant" % (path, count, WARN_LINES))
    return errors


def check(top):
    errors = []
    sources = source.files(top, ["wizard", "tests", "resources"], (".c", ".h"))
    for path in sources:
        text = source.read(top, path)
        errors += check_text(path, text) + check_shape(path, text)
    for path in source.files(top, ["tests", "resources", "Makefile"], (".py", ".sh", ".rc", "/run")):
        errors += check_shape(path, source.read(top, path))
    return errors if sources else ["no C files found"]


if __name__ == "__main__":
    source.finish("c", check(source.TOP))
