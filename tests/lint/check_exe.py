#!/usr/bin/env python3
"""The built EXEs start on a bare Windows Server 2008: imports, subsystem version, hardening, size.

  check_exe.py [EXE …]        without arguments build/x64 and build/x86

Reads the PE headers itself (PE/COFF specification, sections 3 and 6.4). The allowed imports are in nt60_exports.txt.
"""
import os
import re
import struct
import sys

import source

MACHINES = {0x8664: "x64", 0x14C: "x86"}
MAX_BYTES = 5 * 512 * 1024                             # 2.5 MB
# DLLs whose imports nobody can answer with a file beside the program: the KnownDLLs of NT 6.0 (the registry key of that
# name under Session Manager) as far as we use them, and comctl32, which the manifest binds to WinSxS.
SAFE_DLLS = {"advapi32.dll", "comdlg32.dll", "gdi32.dll", "kernel32.dll", "msvcrt.dll", "ole32.dll", "oleaut32.dll",
             "rpcrt4.dll", "setupapi.dll", "shell32.dll", "shlwapi.dll", "user32.dll", "comctl32.dll"}
WRITE, EXECUTE = 0x80000000, 0x20000000                # of a section
HIGH_ENTROPY, DYNAMIC_BASE, NX, NO_SEH = 0x20, 0x40, 0x100, 0x400


def exports(text):
    """{dll: {name: "" or the one architecture}} of nt60_exports.txt."""
    table, names = {}, {}
    for line in text.splitlines():
        if line.startswith("["):
            names = table.setdefault(line.strip("[]").lower(), {})
        elif line and not line.startswith("#"):
            name, _, arch = line.partition(" ")
            names[name] = arch
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
        self.stamp = self.number("I", pe + 8)
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


def check_image(path, data, table):
    errors = []
    try:
        image = Image(data)
        imports = image.imports()
    except (ValueError, struct.error) as error:
        return ["%s: %s" % (path, error)]
    for dll, name in imports:
        arch = table.get(dll, {}).get(name)
        if arch is None or arch not in ("", image.arch):
            errors.append("%s: imports %s from %s, which NT 6.0 is not known to export" % (path, name, dll))
    for dll in sorted({dll for dll, _ in imports} - SAFE_DLLS):
        errors.append("%s: imports from %s, which Windows would take from beside the program; use wz_system_function"
                      % (path, dll))
    if image.number("I", image.directories) != 0:
        errors.append("%s: exports something" % path)
    if any(flags & WRITE and flags & EXECUTE for flags in image.section_flags):
        errors.append("%s: has a section that can be written and executed" % path)
    for trace in (b".pdb", b"/tmp/", b"/usr/", source.TOP.encode()):
        if trace in data:
            errors.append("%s: says %s, which is of the machine it was built on" % (path, trace.decode()))
    if not imports:
        errors.append("%s: imports nothing" % path)
    if image.arch not in path.replace("\\", "/").split("/"):
        errors.append("%s: is for %s" % (path, image.arch))
    if image.subsystem != 2:
        errors.append("%s: subsystem %d, not Windows" % (path, image.subsystem))
    for what, version in (("subsystem", image.subsystem_version), ("system", image.os_version)):
        if version > (6, 0):
            errors.append("%s: %s version %d.%d, newer than 6.0" % ((path, what) + version))
    want = DYNAMIC_BASE | NX | (HIGH_ENTROPY if image.arch == "x64" else 0)
    if image.flags & want != want or image.flags & NO_SEH:
        errors.append("%s: flags %#06x, want %#06x and not %#06x" % (path, image.flags, want, NO_SEH))
    if image.stamp != 0:
        errors.append("%s: carries the time it was built" % path)
    if len(data) > MAX_BYTES:
        errors.append("%s: %d bytes, at most %d" % (path, len(data), MAX_BYTES))
    manifests = len(re.findall(rb"<assembly\s", data))
    if manifests != 1:
        errors.append("%s: %d manifests" % (path, manifests))
    return errors


def check(top, paths):
    table = exports(source.read(top, "tests/lint/nt60_exports.txt"))
    errors = []
    for path in paths:
        try:
            with open(os.path.join(top, path), "rb") as file:
                errors += check_image(path, file.read(), table)
        except OSError as error:
            errors.append("%s: %s" % (path, error.strerror))
    return errors


if __name__ == "__main__":
    source.finish("exe", check(source.TOP, sys.argv[1:] or ["build/x64/Build6003Wizard.exe",
                                                            "build/x86/Build6003Wizard.exe"]))
