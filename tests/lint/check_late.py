#!/usr/bin/env python3
"""Functions that are asked for at run time come through the table of wizard/platform/late.h, and it holds no others.

That each is done without as the table says is tests/platform/test_late.c, which compiles for every row alone.
"""
import re

import check_exe
import source

TABLE = "wizard/platform/late.h"
ROW = re.compile(r'^ +ROW\(L"([\w.]+)", +(\w+), +"([\d.]+)", +(\w+)\)', flags=re.M)
WORD = re.compile(r"^ \* ([A-Z_]+)  +\S", flags=re.M)
DOORS = {"wizard/platform/late.c", "wizard/platform/system_dll.c", "wizard/platform/system_dll.h"}
OTHER_WAYS = re.compile(r"\b(GetProcAddress|wz_system_function|LoadLibrary\w*|LoadPackagedLibrary|CoLoadLibrary"
                        r"|LdrLoadDll|LdrGetProcedureAddress)\b")
HANDLE = re.compile(r"\bGetModuleHandle(?:Ex)?[AW]?\s*\(([^)]*)\)")
ALWAYS_LOADED = {"NULL", 'L"ntdll.dll"'}               # before a line of ours runs
BY_ADDRESS = {"GetVersionExW"}                         # could be imported; newer SDKs deprecate the name


def check_rows(top, rows, words):
    errors = []
    facts = check_exe.facts(top)
    code = "".join(source.blank(source.read(top, path)) for path in source.files(top, ["wizard"], (".c", ".h"))
                   if path != TABLE)
    for dll, function, since, without in rows:
        if not re.search(r"\bWZ_LATE_%s\b" % function, code):
            errors.append("%s: %s is used nowhere" % (TABLE, function))
        if without not in words:
            errors.append("%s: what %s means is not said" % (TABLE, without))
        if dll in check_exe.SAFE_DLLS and check_exe.number(since) <= (6, 0) and function not in BY_ADDRESS:
            errors.append("%s: %s can be imported" % (TABLE, function))
        if facts and facts.get((dll, function), ("", ""))[0] != since:
            errors.append("%s: %s is since %s by nt60-api.csv" % (TABLE, function, facts.get((dll, function), "?")[0]))
    for word in words - {row[3] for row in rows}:
        errors.append("%s: %s is nowhere in the table" % (TABLE, word))
    if [row[:2] for row in rows] != sorted({row[:2] for row in rows}):
        errors.append("%s: the rows are not sorted, or one stands twice" % TABLE)
    return errors


def check(top):
    text = source.read(top, TABLE)
    rows = ROW.findall(text)
    errors = check_rows(top, rows, set(WORD.findall(text))) if rows else [TABLE + ": no rows found"]
    if len(rows) != len(re.findall(r"^ +ROW\(", text, flags=re.M)):
        errors.append(TABLE + ": a row is not ROW(L\"dll\", function, \"version\", WORD)")
    for path in source.files(top, ["wizard"], (".c", ".h")):
        code = source.blank(source.read(top, path), literals=False)
        for match in OTHER_WAYS.finditer(code) if path not in DOORS else ():
            errors.append("%s:%d: %s: functions come by name from platform/late.h alone"
                          % (path, code.count("\n", 0, match.start()) + 1, match.group(1)))
        for match in HANDLE.finditer(code):
            if match.group(1).split(",")[-1].strip() not in ALWAYS_LOADED:
                errors.append("%s:%d: %s may be another's file" % (path, code.count("\n", 0, match.start()) + 1,
                                                                 match.group(0)))
    return errors


if __name__ == "__main__":
    source.finish("late", check(source.TOP))
