#!/usr/bin/env python3
"""The lints that read built programs, and the one of late.h, can fail: see test_lints.py."""
import os
import struct
import subprocess
import sys
import tempfile
import unittest
import unittest.mock

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import check_exe
import check_late
import check_symbols
from test_lints import Lint


class Symbols(unittest.TestCase):
    def test_listing(self):
        good = "0 T wz_plan\n0 t local\n0 r table\n0 R .refptr.x\n0 t .text\n0 b .bss\n0 T wWinMain\n0 R wz_table\n"
        self.assertEqual(check_symbols.symbol_errors("a.o", good), [])
        for line, part in (("0 b counter", "writable"), ("0 D wz_state", "writable"), ("4 C common", "writable"),
                           ("0 T plan", "does not start with wz_"), ("0 R table", "does not start with wz_")):
            with self.subTest(line):
                errors = check_symbols.symbol_errors("a.o", good + line + "\n")
                self.assertEqual(len(errors), 1)
                self.assertIn(part, errors[0])

    def test_real_compiler(self):
        """What gcc makes of a function-local static shows in the table."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.o")
            code = "int wz_next(void) { static int n; return ++n; } const int wz_k[2] = { 1, 2 };"
            subprocess.run(["x86_64-w64-mingw32-gcc-win32", "-x", "c", "-c", "-", "-Os", "-fdata-sections", "-o", path],
                           input=code, text=True, check=True)
            listing = subprocess.run(["x86_64-w64-mingw32-nm", "--defined-only", path], capture_output=True, text=True,
                                     check=True).stdout
        errors = check_symbols.symbol_errors("a.o", listing)
        self.assertEqual(len(errors), 1, errors)
        self.assertIn("writable", errors[0])


class Exe(unittest.TestCase):
    """On a program linked as the Makefile does, once sound, then spoilt byte by byte."""

    RC = ('1 24 "a.manifest"\n1 VERSIONINFO\nFILEVERSION 1, 2, 3, 0\nPRODUCTVERSION 1, 2, 3, 0\nBEGIN\nEND\n')
    MANIFEST = ('<assembly><assemblyIdentity name="Build6003Wizard" version="1.2.3.0"/><assemblyIdentity '
                'name="Microsoft.Windows.Common-Controls" version="6.0.0.0"/><x level="asInvoker"/>'
                '<dpiAware x="">true</dpiAware></assembly>')

    @classmethod
    def build(cls, folder, call, *libraries):
        path = os.path.join(folder, "x64", "a.exe")
        resources = os.path.join(folder, "a.o")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        for name, text in (("a.rc", cls.RC), ("a.manifest", cls.MANIFEST)):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        subprocess.run(["x86_64-w64-mingw32-windres", "-O", "coff", "a.rc", resources], cwd=folder, check=True)
        code = ("#include <windows.h>\nint WINAPI WinMain(HINSTANCE a, HINSTANCE b, LPSTR c, int d) { %s; return 0; }"
                % call)
        subprocess.run(["x86_64-w64-mingw32-gcc-win32", "-x", "c", "-", "-o", path, "-s", "-mwindows",
                        "-Wl,--nxcompat,--dynamicbase,--high-entropy-va,--no-insert-timestamp",
                        "-Wl,--major-subsystem-version=6,--minor-subsystem-version=0", "-x", "none",
                        resources, *libraries],
                       input=code, text=True, check=True)
        with open(path, "rb") as file:
            return file.read()

    def check(self, data, known=None):
        """As if the list held just what this program imports, or what is known."""
        if known is None:
            try:
                known = {key: ("", "6.0") for key in check_exe.Image(data).imports()}
            except ValueError:
                known = {}
        return check_exe.check_image("x64/a.exe", data, known)

    def test_headers(self):
        with tempfile.TemporaryDirectory() as folder:
            good = self.build(folder, "GetTickCount64()")
        self.assertEqual(self.check(good), [])
        pe = struct.unpack_from("<I", good, 0x3C)[0]
        for at, value, part in ((pe + 24 + 48, 7, "subsystem version"), (pe + 24 + 40, 7, "system version"),
                                (pe + 24 + 68, 3, "not Windows"), (pe + 24 + 70, 0x40, "flags"),
                                (pe + 8, 1, "the time it was built"), (pe, 0, "not a PE file"),
                                (0, 0, "not a program")):
            with self.subTest(part):
                bad = bytearray(good)
                struct.pack_into("<H", bad, at, value)
                errors = self.check(bytes(bad))
                self.assertTrue(any(part in error for error in errors), errors)
        self.assertIn("written and executed", self.check(self.with_flags(good, check_exe.WRITE | check_exe.EXECUTE))[0])
        self.assertIn("built on", self.check(good + b"C:\\work\\a.pdb")[0])
        self.assertIn("no relocations", self.check(self.with_characteristics(good, check_exe.RELOCS_STRIPPED))[0])
        for old, new, part in ((b'level="asInvoker"', b'level="highestAv"', "the manifest lacks"),
                               (b"version=\"1.2.3.0", b"version=\"1.2.4.0", "in the version resource"),
                               (struct.pack("<I", 0xFEEF04BD), bytes(4), "in the version resource")):
            with self.subTest(part):
                self.assertEqual(good.count(old), 1)
                self.assertIn(part, self.check(good.replace(old, new))[0])
        self.assertIn("at most", self.check(good + bytes(check_exe.MAX_BYTES))[0])

    def test_resources_that_are_missing(self):
        with tempfile.TemporaryDirectory() as folder, unittest.mock.patch.object(Exe, "RC", "1 RCDATA BEGIN 1 END\n"):
            errors = self.check(self.build(folder, ""))
        self.assertEqual([error.partition(": ")[2] for error in errors], ["0 manifests", "0 version resources"])

    @staticmethod
    def with_characteristics(data, flag):
        bad = bytearray(data)
        bad[struct.unpack_from("<I", data, 0x3C)[0] + 22] |= flag
        return bytes(bad)

    @staticmethod
    def with_flags(data, flags):
        """With these flags of the first section."""
        bad = bytearray(data)
        pe = struct.unpack_from("<I", data, 0x3C)[0]
        struct.pack_into("<I", bad, pe + 24 + struct.unpack_from("<H", data, pe + 20)[0] + 36, flags)
        return bytes(bad)

    def test_import_that_can_be_planted(self):
        with tempfile.TemporaryDirectory() as folder:
            errors = self.check(self.build(folder, "static DWORD (WINAPI *volatile f)(LPCSTR, LPDWORD) = "
                                           "GetFileVersionInfoSizeA; (void)f", "-lversion"))
        self.assertEqual(len(errors), 1, errors)
        self.assertIn("beside the program", errors[0])

    def test_exports(self):
        with tempfile.TemporaryDirectory() as folder:
            errors = self.check(self.build(folder, "} __declspec(dllexport) int x(void) { return 1; } int y(void) {"))
        self.assertEqual(len(errors), 1, errors)
        self.assertIn("exports something", errors[0])

    def test_imports_are_those_of_the_list(self):
        with tempfile.TemporaryDirectory() as folder:
            program = self.build(folder, "SRWLOCK l = { 0 }; TryAcquireSRWLockExclusive(&l)")
        known = {key: ("", "6.0") for key in check_exe.Image(program).imports()}
        new = known.pop(("kernel32.dll", "TryAcquireSRWLockExclusive"))
        for change, part in (({}, "imports TryAcquireSRWLockExclusive from kernel32.dll, which is not in"),
                             ({("kernel32.dll", "TryAcquireSRWLockExclusive"): ("x86", "6.0")}, "which is not in"),
                             ({("kernel32.dll", "TryAcquireSRWLockExclusive"): new, ("kernel32.dll", "Beep"):
                               ("x64", "5.0")}, "does not import Beep")):
            errors = self.check(program, {**known, **change})
            self.assertEqual(len(errors), 1, errors)
            self.assertIn(part, errors[0])
        also = {("kernel32.dll", "TryAcquireSRWLockExclusive"): new, ("kernel32.dll", "Beep"): ("x86", "5.0")}
        self.assertEqual(self.check(program, {**known, **also}), [])
        other = check_exe.check_image("Release/a.exe", program, {("kernel32.dll", "Beep"): ("", "5.0")}, set(known))
        self.assertEqual(len(other), 1, other)
        self.assertIn("imports TryAcquireSRWLockExclusive", other[0])

    def test_list(self):
        head = "dll,function,only,since,source\n"
        good = head + "a.dll,A,,6.0,page\na.dll,B,x86,5.1,page\n"
        self.assertEqual(check_exe.listed(good), {("a.dll", "A"): ("", "6.0"), ("a.dll", "B"): ("x86", "5.1")})
        for old, new, part in (("6.0", "6.1", "since NT 6.1"), ("6.0", "unknown", "since NT unknown"),
                               ("6.0,page", "6.0,", "where from"), ("x86", "arm", "only where"), ("A,", "C,", "sorted"),
                               ("A,", "B,", "twice")):
            with self.subTest(part), self.assertRaisesRegex(ValueError, part):
                check_exe.listed(good.replace(old, new))

    def test_list_against_the_large_table(self):
        with tempfile.TemporaryDirectory() as top:
            os.makedirs(os.path.join(top, "shared", "facts"))
            with open(os.path.join(top, "shared", "facts", "nt60-api.csv"), "w", encoding="utf-8") as file:
                file.write("dll,function,min_client,min_server,nt_version,source_page\na.dll,A,,,6.0,page\n"
                           "a.dll,B,,,6.1,page\na.dll,C,,,6.0,page;needs-SP2\na.dll,D,,,6.0,-;x64-only\n")
            here = os.path.join(top, "project")
            for name, only, since, part in (("A", "", "6.0", None), ("B", "", "6.0", "is since NT 6.1"),
                                            ("C", "", "6.0", "needs-SP2"), ("D", "", "6.0", "x64-only"),
                                            ("D", "x64", "6.0", None), ("E", "", "6.0", "since NT unknown")):
                errors = check_exe.check_list(here, {("a.dll", name): (only, since)})
                self.assertEqual(len(errors), 0 if part is None else 1, errors)
                self.assertIn(part or "", "".join(errors))


class Late(Lint):
    TABLE = ("/*\n * GONE  the fact cannot be read\n */\n/* ROW(dll, function) */\n#define WZ_LATE_ROWS(ROW) \\\n"
             "    ROW(L\"a.dll\", AaBb, \"5.0\", GONE) \\\n    ROW(L\"a.dll\", Cc,   \"6.2\", GONE)\n")

    def setUp(self):
        super().setUp()
        self.given("wizard/platform/late.h", self.TABLE)
        self.given("wizard/platform/p.c", "f a = (f)wz_late(WZ_LATE_AaBb), b = (f)wz_late(WZ_LATE_Cc);\n")

    def test_sound(self):
        self.given("wizard/platform/late.c", "wz_function wz_late(int a) { return wz_system_function(r[a]); }\n")
        self.given("wizard/platform/system_dll.c", "x = GetProcAddress(LoadLibraryExW(path, NULL, 8), name);\n")
        self.given("wizard/platform/q.c", "/* GetProcAddress */ x = GetModuleHandleW(NULL) + "
                                          "GetModuleHandleW(L\"ntdll.dll\");\n")
        self.assertEqual(check_late.check(self.top), [])

    def test_broken_table(self):
        for old, new, part in (
                ("Cc, ", "Dd, ", "Dd is used nowhere"),
                ("\"6.2\", GONE", "\"6.2\", LOST", "what LOST means is not said"),
                (" * GONE ", " * LOST  nothing\n * GONE ", "LOST is nowhere in the table"),
                ("AaBb", "Cc", "stands twice"),
                ("\"a.dll\", Cc", "\"A.dll\", Cc", "not sorted"),
                ("a.dll\", AaBb", "kernel32.dll\", AaBb", "can be imported"),
                ("\"6.2\", GONE", "6.2, GONE", "a row is not")):
            with self.subTest(part):
                self.assertIn(old, self.TABLE)
                self.given("wizard/platform/late.h", self.TABLE.replace(old, new))
                self.expect(check_late.check(self.top), part)

    def test_other_ways(self):
        for line, part in (("x = GetProcAddress(m, n);", "GetProcAddress"), ("LoadLibraryW(n);", "LoadLibraryW"),
                           ("LoadLibraryExW(n, NULL, 0);", "LoadLibraryExW"), ("LdrLoadDll(a);", "LdrLoadDll"),
                           ("wz_system_function(a, b);", "wz_system_function"),
                           ("GetModuleHandleW(L\"version.dll\");", "another's file"),
                           ("GetModuleHandleExW(0, L\"version.dll\");", "another's file")):
            with self.subTest(line):
                self.given("wizard/ui/b.c", line + "\n")
                self.expect(check_late.check(self.top), part)


if __name__ == "__main__":
    unittest.main()
