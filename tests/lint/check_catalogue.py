#!/usr/bin/env python3
"""resources/catalogue.xml tells the truth: each entry as tests/data/catalogue-sources.tsv has it from the research, and
consistent in itself: chains, dates, revisions, prerequisites, hashes, architectures. The schema and what the program
checks as it reads are tested in tests/core/test_catalogue.c."""
import calendar
import datetime
import os
import re
import xml.etree.ElementTree as ElementTree

import source

CATALOGUE = "resources/catalogue.xml"
TABLE = "tests/data/catalogue-sources.tsv"
SHA2_SINCE = "2019-07"
IA64_UNTIL = "2020-01"
# The first month of each programme (the patch days after the anniversaries are its last).
PROGRAMMES = [("free", "0000-00"), ("esu1", "2020-02"), ("esu2", "2021-02"), ("esu3", "2022-02"), ("esu4", "2023-02"),
              ("pa", "2024-02")]
TARGETS = {"6003": "free", "free": "free", "esu3": "esu3", "esu4": "esu4", "pa": "pa"}
FREE_KINDS = ("stack", "licensing", "sha2", "service-pack")     # nothing found gates them, whatever their date


def read_table(text):
    """{key: name} of the sources, and [(line, kb, what, value, keys, confidence)]."""
    names, rows, errors = {}, [], []
    for number, line in enumerate(text.split("\n"), 1):
        fields = line.split("\t")
        if not line or line.startswith("#"):
            continue
        if fields[0] == "source" and len(fields) == 3:
            names[fields[1]] = fields[2]
        elif len(fields) == 5 and fields[0].isdigit() and fields[4] in ("P", "S+", "S", "I"):
            rows.append((number, fields[0], fields[1], fields[2], fields[3], fields[4]))
        else:
            errors.append("%s:%d: not a source and not five fields" % (TABLE, number))
    return names, rows, errors


def patch_day(month):
    """The second Tuesday of "2019-04"."""
    year, number = int(month[:4]), int(month[5:7])
    first = datetime.date(year, number, 1)
    return str(first + datetime.timedelta((calendar.TUESDAY - first.weekday()) % 7 + 7))


def version(text):
    return tuple(int(part) for part in text.split("."))


def in_catalogue(update):
    """[(what, value, confidence, source)] of one element, in the words of the table. None: not compared."""
    get = update.get
    rows = [("kind", get("kind"), get("confidence"), get("source"))]
    rows += [(what, get(what), None, None) for what in ("month", "date") if get(what)]
    if get("build"):
        file = get("buildFile")
        rows.append(("build", get("build") + (" " + file if file and file != "ntoskrnl.exe" else ""),
                     get("buildConfidence"), None))
    if get("stack"):
        rows.append(("stack", get("stack"), None, None))
    rows += [("replaces", kb, None, None) for kb in (get("supersedes") or "").split()]
    if "ia64" in get("architectures").split():
        rows.append(("ia64", "yes", None, None))
    for file in update.findall("file"):
        name = file.get("name") or ""
        ending = "inner" if file.get("inner") == "true" else name[-3:]
        rows.append(("file", " ".join((file.get("architecture"), ending, file.get("sha1") or "-",
                                       file.get("sha256") or "-")), file.get("confidence"), file.get("source")))
    return rows


def check_sources(updates, names, rows):
    """The catalogue says what the table says, with the same confidence, and nothing else; and the other way round."""
    errors, used = [], set()
    table = {}
    for row in rows:
        table.setdefault((row[1], row[2]), []).append(row)
    for update in updates:
        kb = update.get("kb")
        for what, value, confidence, told in in_catalogue(update):
            found = [row for row in table.get((kb, what), []) if row[3] == value]
            if what == "date" and not found and (update.get("month") or "")[:7] == value[:7] \
                    and value == patch_day(value):
                continue                                # calculated, as the table says of them
            if not found:
                errors.append("KB%s: no source for %s %s" % (kb, what, value))
                continue
            number, keys, sure = found[0][0], found[0][4].split(), found[0][5]
            used.add(number)
            if confidence is not None and confidence != sure:
                errors.append("KB%s: %s is %s here and %s by its source" % (kb, what, confidence, sure))
            if told is not None and what == "kind":
                errors += ["KB%s: its source %s is not named" % (kb, key) for key in keys
                           if names.get(key, key) not in told]
            if told is not None and not told.strip():
                errors.append("KB%s: %s without a source" % (kb, what))
    present = {update.get("kb"): update for update in updates}
    for number, kb, what, value, _, _ in rows:
        if kb not in present:
            errors.append("%s:%d: KB%s is not in the catalogue" % (TABLE, number, kb))
        elif what == "programme" and present[kb].get("programme") != value:
            errors.append("KB%s: its programme is %s" % (kb, value))
        elif what != "programme" and number not in used:
            errors.append("%s:%d: the catalogue does not have %s %s of KB%s" % (TABLE, number, what, value, kb))
    return errors


def check_dates(updates, rows):
    errors = []
    marked = {(kb, value) for _, kb, what, value, _, _ in rows if what == "date"}
    for update in updates:
        kb, date, month = update.get("kb"), update.get("date"), update.get("month")
        if date and date != patch_day(date) and (kb, date) not in marked:
            errors.append("KB%s: %s is no second Tuesday, and no source says so" % (kb, date))
        if date and month and date[:7] != month[:7]:
            errors.append("KB%s: of %s, but dated %s" % (kb, month, date))
        when = (date or month or "")[:7]
        programme = [name for name, since in PROGRAMMES if since <= max(when, "0000-00")][-1]
        if when and update.get("programme") != ("free" if update.get("kind") in FREE_KINDS else programme):
            errors.append("KB%s: %s belongs to the programme %s" % (kb, when, programme))
        if when and (update.get("sha2") == "true") != (when >= SHA2_SINCE) and update.get("kind") != "sha2":
            errors.append("KB%s: signed with SHA-2 alone since %s, not before" % (kb, SHA2_SINCE))
    return errors


def check_chain(updates):
    """The rollups are one chain from the first to the last, in time, and their revisions grow along it."""
    errors = []
    rollups = sorted((u for u in updates if u.get("kind") == "rollup"), key=lambda u: (u.get("date"), u.get("kb")))
    known = {update.get("kb") for update in updates}
    for older, newer in zip(rollups, rollups[1:]):
        if (newer.get("supersedes") or "").split() != [older.get("kb")]:
            errors.append("KB%s: does not replace KB%s, the rollup before it" % (newer.get("kb"), older.get("kb")))
    if rollups and known & set((rollups[0].get("supersedes") or "").split()):
        errors.append("KB%s: the first rollup replaces another one" % rollups[0].get("kb"))
    last = None
    for update in rollups:
        build = update.get("build")
        if build and last is not None and version(build) <= version(last.get("build")):
            errors.append("KB%s: %s is not above %s of KB%s" % (update.get("kb"), build, last.get("build"),
                                                               last.get("kb")))
        last = update if build else last
    months = {update.get("month"): update for update in rollups}
    if len(months) != len(rollups):
        errors.append("two rollups of one month")
    for update in updates:
        if update.get("kind") == "security-only" and \
                update.get("build") != months[update.get("month")].get("build"):
            errors.append("KB%s: not the build of the rollup of its month" % update.get("kb"))
    return errors


def circles(edges, what):
    """A depth-first walk: names a KB of each circle."""
    errors, done = [], set()

    def walk(kb, path):
        if kb in path:
            errors.append("KB%s: in a circle of %s" % (kb, what))
        elif kb not in done:
            for other in edges.get(kb, ()):
                walk(other, path | {kb})
            done.add(kb)

    for kb in edges:
        walk(kb, frozenset())
    return errors


def check_requirements(updates):
    errors = []
    by_kb = {update.get("kb"): update for update in updates}
    requires = {kb: (u.get("requires") or "").split() for kb, u in by_kb.items()}
    replaces = {kb: (u.get("supersedes") or "").split() for kb, u in by_kb.items()}

    def time(update):
        return (update.get("date") or update.get("month") or "")[:7]

    for kb, needed in requires.items():
        for other in needed:
            if other not in by_kb:
                errors.append("KB%s: requires KB%s, which is not there" % (kb, other))
            elif set(by_kb[other].get("architectures").split()) < set(by_kb[kb].get("architectures").split()):
                errors.append("KB%s: requires KB%s, which is for fewer architectures" % (kb, other))
            elif time(by_kb[kb]) and time(by_kb[other]) > time(by_kb[kb]) and \
                    by_kb[other].get("kind") not in ("licensing", "sha2"):     # the last of these serves all before
                errors.append("KB%s: requires the newer KB%s" % (kb, other))
        if by_kb[kb].get("sha2") == "true" and not {"4474419", "4493730"} <= set(needed):
            errors.append("KB%s: signed with SHA-2 alone and does not require its support" % kb)
        if by_kb[kb].get("programme") != "free" and \
                not any(by_kb[other].get("kind") == "licensing" for other in needed if other in by_kb):
            errors.append("KB%s: needs a licence and no licensing preparation package" % kb)
    return errors + circles(requires, "requirements") + circles(replaces, "supersedence")


def check_files(update):
    errors = []
    kb = update.get("kb")
    architectures = update.get("architectures").split()
    when = (update.get("date") or update.get("month") or "")[:7]
    if not set(architectures) <= {"x86", "x64", "ia64"} or len(set(architectures)) != len(architectures):
        errors.append("KB%s: architectures %s" % (kb, " ".join(architectures)))
    if not {"x86", "x64"} <= set(architectures):
        errors.append("KB%s: no update leaves x86 or x64 out" % kb)
    if "ia64" in architectures and when > IA64_UNTIL:
        errors.append("KB%s: nothing is for Itanium after %s" % (kb, IA64_UNTIL))
    for file in update.findall("file"):
        name = (file.get("name") or "").lower()
        for hash_name, length in (("sha1", 40), ("sha256", 64)):
            value = file.get(hash_name)
            if value is not None and not re.fullmatch("[0-9a-f]{%d}" % length, value):
                errors.append("KB%s: %s of %s has not %d digits" % (kb, hash_name, name, length))
        stated = re.search(r"_([0-9a-f]+)\.\w+$", name)
        if stated and stated.group(1) != file.get("sha1"):
            errors.append("KB%s: the name %s states another SHA-1" % (kb, name))
        if name and ("kb%s-" % kb not in name or "-%s_" % file.get("architecture") not in name):
            errors.append("KB%s: the name %s is of another update or architecture" % (kb, name))
        if file.get("architecture") not in architectures:
            errors.append("KB%s: a file for %s" % (kb, file.get("architecture")))
    return errors


def check(top):
    names, rows, errors = read_table(source.read(top, TABLE))
    root = ElementTree.parse(os.path.join(top, CATALOGUE)).getroot()
    updates = root.findall("updates/update")
    seen, hashes = set(), set()
    for update in updates:
        kb = update.get("kb")
        if kb in seen:
            errors.append("KB%s: twice" % kb)
        seen.add(kb)
        for file in update.findall("file"):
            if file.get("sha1") in hashes:
                errors.append("KB%s: a hash that another file has" % kb)
            if file.get("sha1"):
                hashes.add(file.get("sha1"))
        errors += check_files(update)
    programme = {update.get("kb"): update.get("programme") for update in updates}
    for target in root.findall("targets/target"):
        if programme.get(target.get("kb")) != TARGETS.get(target.get("name")):
            errors.append("target %s: KB%s is of another programme" % (target.get("name"), target.get("kb")))
    return (errors + check_sources(updates, names, rows) + check_dates(updates, rows) + check_chain(updates)
            + check_requirements(updates))


if __name__ == "__main__":
    source.finish("catalogue", check(source.TOP))
