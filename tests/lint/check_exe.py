#!/usr/bin/env python3
"""The built EXEs start on a bare Windows Server 2008: imports, subsystem version, hardening, resources, size.

  check_exe.py [EXE …]       build/x64 and build/x86; or programs that another compiler has built, which may import
                             whatever nt60-api.csv or imports.csv holds
  check_exe.py --fix         write the list of imports anew from them, where ../shared/facts/nt60-api.csv is; then check

Reads the PE headers itself (PE/COFF specification, sections 3 and 6.4). What the EXEs import stands in imports.csv, no
more and no less, each with the first NT version that exports it and where that is known from: Microsoft's page
(sdk-api:), the export histories of mingw-w64 (hist:), or the exports of DLLs of each version, seen (+) or missing (-)
(dumps:). A function that is not in nt60-api.csv, or a new one where that table is not at hand, is entered by hand after
reading its page.
"""
import csv
import os
import re
import struct
import sys

import source

MACHINES = {0x8664: "x64", 0x14C: "x86"}
LIST = "tests/lint/imports.csv"
BAD_FLAGS = {"removed-by-6.0", "x64-removed-by-6.0", "conflict", "needs-SP2", "needs-MSI-4.5", "wow64-only", "x86-only",
             "x64-only"}                               # in nt60-api.csv: not on every NT 6.0
MAX_BYTES = 5 * 512 * 1024                             # 2.5 MB
# DLLs whose imports nobody can answer with a file beside the program: the KnownDLLs of NT 6.0 (the registry key of that
# name under Session Manager) as far as we use them, and comctl32, which the manifest binds to WinSxS.
SAFE_DLLS = {"advapi32.dll", "comdlg32.dll", "gdi32.dll", "kernel32.dll", "msvcrt.dll", "ole32.dll", "oleaut32.dll",
             "rpcrt4.dll", "setupapi.dll", "shell32.dll", "shlwapi.dll", "user32.dll", "comctl32.dll"}
WRITE, EXECUTE = 0x80000000, 0x20000000                # of a section
RT_VERSION, RT_MANIFEST = 16, 24
RELOCS_STRIPPED = 1                                    # of the file
HIGH_ENTROPY, DYNAMIC_BASE, NX, NO_SEH = 0x20, 0x40, 0x100, 0x400


def number(version):
    """"6.0" as something that compares."""
    return tuple(int(part) for part in version.split("."))


def facts(top):
    """{(dll, function): (first NT version, source)} of the large table that is kept outside the project; {} without."""
    path = os.path.join(os.path.dirname(top), "shared", "facts", "nt60-api.csv")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8", newline="") as file:
        return {(row["dll"], row["function"]): (row["nt_version"], row["source_page"]) for row in csv.DictReader(file)}


def listed(text):
    """{(dll, function): (the one architecture or "", first NT version)} of imports.csv; ValueError: it is not sound."""
    rows = list(csv.DictReader(text.splitlines()))
    table = {}
    for row in rows:
        if not re.fullmatch(r"[56]\.[0-2]", row["since"]) or number(row["since"]) > (6, 0):
            raise ValueError("%s is since NT %s" % (row["function"], row["since"]))
        if not row["source"] or row["only"] not in ("", "x64", "x86"):
            raise ValueError("%s: where from, and only where?" % row["function"])
        table[row["dll"], row["function"]] = (row["only"], row["since"])
    if [(row["dll"], row["function"]) for row in rows] != sorted(table):
        raise ValueError("not sorted, or one stands twice")
    return table


class Image:
    """What the checks need of one PE file; raises ValueError on anything else."""

    def __init__(self, data):
        self.data = data
        if data[:2] != b"MZ":
            raise ValueError("not a program")
        pe = self.number("I", 0x3C)
        if data[pe:pe + 4] != b"PE\0\0":
            raise ValueError("not a PE file")
        machine, sections = self.number("H", pe + 4), self.number("H", pe + 6)
        self.stamp, self.characteristics = self.number("I", pe + 8), self.number("H", pe + 22)
        self.arch = MACHINES.get(machine)
        optional = pe + 24
        self.wide = self.number("H", optional) == 0x20B
        self.os_version = struct.unpack_from("<HH", data, optional + 40)
        self.subsystem_version = struct.unpack_from("<HH", data, optional + 48)
        self.subsystem, self.flags = struct.unpack_from("<HH", data, optional + 68)
        self.directories = optional + (112 if self.wide else 96)
        first = optional + self.number("H", pe + 20)
        self.sections = [struct.unpack_from("<IIII", data, first + 40 * i + 8) for i in range(sections)]
        self.section_flags = [self.number("I", first + 40 * i + 36) for i in range(sections)]

    def number(self, kind, offset):
        return struct.unpack_from("<" + kind, self.data, offset)[0]

    def offset(self, rva):
        for size, start, raw_size, raw in self.sections:
            if start <= rva < start + max(size, raw_size):
                return raw + rva - start
        raise ValueError("address %#x is in no section" % rva)

    def text(self, rva):
        start = self.offset(rva)
        return self.data[start:self.data.index(b"\0", start)].decode("ascii")

    def imports(self):
        """[(dll, name or "#ordinal")], delayed ones too: they are resolved by the same loader."""
        found = []
        table = self.number("I", self.directories + 8)
        step, top = (8, 1 << 63) if self.wide else (4, 1 << 31)
        if self.number("I", self.directories + 13 * 8):
            raise ValueError("has delayed imports, which this check does not read")
        at = self.offset(table)
        while any(self.data[at:at + 20]):
            lookup, _, _, name, address = struct.unpack_from("<IIIII", self.data, at)
            dll = self.text(name).lower()
            entry = self.offset(lookup or address)
            while (value := self.number("Q" if self.wide else "I", entry)) != 0:
                found.append((dll, "#%d" % (value & 0xFFFF) if value & top else self.text(value + 2)))
                entry += step
            at += 20
        return found


    def resources(self, kind, level=0, at=0):
        """The bytes of all resources of one kind, in all languages."""
        found = []
        root = self.offset(self.number("I", self.directories + 16))
        named, numbered = struct.unpack_from("<HH", self.data, root + at + 12)
        for entry in range(root + at + 16, root + at + 16 + 8 * (named + numbered), 8):
            name, to = struct.unpack_from("<II", self.data, entry)
            if level == 0 and name != kind:
                continue
            if to & 0x80000000:
                found += self.resources(kind, level + 1, to & 0x7FFFFFFF)
            else:
                rva, length = struct.unpack_from("<II", self.data, root + to)
                start = self.offset(rva)
                found.append(self.data[start:start + length])
        return found


def check_imports(path, image, imports, table, others):
    """others: what another compiler's program may import besides; None: it is ours, and imports all of the table."""
    errors = []
    for dll, name in imports:
        if table.get((dll, name), ("none",))[0] not in ("", image.arch) and (dll, name) not in (others or ()):
            errors.append("%s: imports %s from %s, which is not in %s for %s" % (path, name, dll, LIST, image.arch))
    wanted = [key for key, (only, _) in table.items() if only in ("", image.arch)] if others is None else []
    for dll, name in sorted(wanted):
        if (dll, name) not in imports:
            errors.append("%s: does not import %s from %s, which is in %s" % (path, name, dll, LIST))
    for dll in sorted({dll for dll, _ in imports} - SAFE_DLLS):
        errors.append("%s: imports from %s, which Windows would take from beside the program; use wz_late"
                      % (path, dll))
    return errors if imports else ["%s: imports nothing" % path]


def check_resources(path, image):
    """One manifest that binds comctl32 and asks for no rights; one version resource, which says the same version."""
    errors = []
    manifests, versions = image.resources(RT_MANIFEST), image.resources(RT_VERSION)
    for what, found in (("manifests", manifests), ("version resources", versions)):
        if len(found) != 1:
            errors.append("%s: %d %s" % (path, len(found), what))
    if errors:
        return errors
    for want in (b'name="Microsoft.Windows.Common-Controls" version="6.0.0.0"', b'level="asInvoker"', b"<dpiAware "):
        if want not in manifests[0]:
            errors.append("%s: the manifest lacks %s" % (path, want.decode()))
    at = versions[0].find(struct.pack("<I", 0xFEEF04BD))   # VS_FIXEDFILEINFO: signature, structure, file, product
    said = struct.unpack_from("<IIIIII", versions[0], at) if at >= 0 else (0,) * 6
    version = "%d.%d.%d.%d" % (said[2] >> 16, said[2] & 0xFFFF, said[3] >> 16, said[3] & 0xFFFF)
    if said[2:4] != said[4:6] or b'"Build6003Wizard" version="%s"' % version.encode() not in manifests[0]:
        errors.append("%s: version %s in the version resource, not that of the manifest" % (path, version))
    return errors


def check_image(path, data, table, others=None):
    try:
        image = Image(data)
        errors = check_imports(path, image, image.imports(), table, others) + check_resources(path, image)
    except (ValueError, struct.error) as error:
        return ["%s: %s" % (path, error)]
    if image.number("I", image.directories) != 0:
        errors.append("%s: exports something" % path)
    if any(flags & WRITE and flags & EXECUTE for flags in image.section_flags):
        errors.append("%s: has a section that can be written and executed" % path)
    for trace in (b".pdb", b"/tmp/", b"/usr/", source.TOP.encode()):
        if trace in data:
            errors.append("%s: says %s, which is of the machine it was built on" % (path, trace.decode()))
    if others is None and image.arch not in path.replace("\\", "/").split("/"):
        errors.append("%s: is for %s" % (path, image.arch))
    if image.subsystem != 2:
        errors.append("%s: subsystem %d, not Windows" % (path, image.subsystem))
    for what, version in (("subsystem", image.subsystem_version), ("system", image.os_version)):
        if version > (6, 0):
            errors.append("%s: %s version %d.%d, newer than 6.0" % ((path, what) + version))
    want = DYNAMIC_BASE | NX | (HIGH_ENTROPY if image.arch == "x64" else 0)
    if image.flags & want != want or image.flags & NO_SEH:
        errors.append("%s: flags %#06x, want %#06x and not %#06x" % (path, image.flags, want, NO_SEH))
    if image.characteristics & RELOCS_STRIPPED or not image.number("I", image.directories + 5 * 8):
        errors.append("%s: has no relocations, so it is always loaded at one address" % path)
    if image.stamp != 0:
        errors.append("%s: carries the time it was built" % path)
    if len(data) > MAX_BYTES:
        errors.append("%s: %d bytes, at most %d" % (path, len(data), MAX_BYTES))
    return errors


def check_list(top, table):
    """The list against the large table, where that is at hand."""
    errors = []
    known = facts(top)
    for (dll, name), (only, since) in table.items() if known else ():
        version, where = known.get((dll, name), ("unknown", ""))
        flags = set(where.split(";")) & BAD_FLAGS
        if version != since:
            errors.append("%s: %s is since NT %s by nt60-api.csv" % (LIST, name, version))
        if flags - {only + "-only"}:
            errors.append("%s: %s: %s by nt60-api.csv" % (LIST, name, ", ".join(sorted(flags))))
    return errors


def read_exe(top, path):
    with open(os.path.join(top, path), "rb") as file:
        return file.read()


def check(top, paths, others=None):
    try:
        table = listed(source.read(top, LIST))
    except ValueError as error:
        return ["%s: %s" % (LIST, error)]
    errors = check_list(top, table)
    for path in paths:
        try:
            errors += check_image(path, read_exe(top, path), table, others)
        except OSError as error:
            errors.append("%s: %s" % (path, error.strerror))
    return errors


def fix(top, paths):
    """Write the list anew: what is imported, with what the large table says of it."""
    found = {}
    known = facts(top)
    for path in paths:
        image = Image(read_exe(top, path))
        for key in image.imports():
            found.setdefault(key, set()).add(image.arch)
    with open(os.path.join(top, LIST), "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["dll", "function", "only", "since", "source"])
        for key in sorted(found):
            since, where = known.get(key, ("unknown", ""))
            short = ";".join([part for part in where.split(";") if part != "-"][:2])
            out.writerow([*key, "" if len(found[key]) > 1 else found[key].pop(), since, short])


if __name__ == "__main__":
    exes = ["build/x64/Build6003Wizard.exe", "build/x86/Build6003Wizard.exe"]
    if "--fix" in sys.argv[1:]:
        fix(source.TOP, exes)
    given = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    old = {key for key, (since, where) in facts(source.TOP).items()
           if re.fullmatch(r"5\.[0-2]|6\.0", since) and not set(where.split(";")) & BAD_FLAGS}
    source.finish("exe", check(source.TOP, given or exes, old if given else None))
