#!/usr/bin/env python3
"""Each lint accepts a small sound tree and names what is wrong in a broken one: a lint that cannot fail is none."""
import os
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import check_c
import check_catalogue
import check_format
import check_headers
import check_ids
import check_layers
import check_myths
import check_projects
import check_strings
import source

EN = ("#pragma code_page(65001)\nLANGUAGE LANG_ENGLISH, SUBLANG_ENGLISH_US\nSTRINGTABLE\nBEGIN\n"
      "  IDS_BUTTON_BACK  \"&Back\"\n  IDS_A  \"%1 of &all\"\n  IDS_C  \"&Copy\"\nEND\n")
DE = ("#pragma code_page(65001)\nLANGUAGE LANG_GERMAN, SUBLANG_GERMAN\nSTRINGTABLE\nBEGIN\n"
      "  IDS_BUTTON_BACK  \"&Zurück\"\n  IDS_A  \"&Alle %1\"\n  IDS_C  \"&Kopie\"\nEND\n")
GOOD = {
    "resources/resource.h": "#include \"texts.h\"\n",
    "resources/texts.h": "#define IDS_BUTTON_BACK 5000\n#define IDS_A 5101\n#define IDS_C 5102\n",
    "localization/en-US.rc": EN,
    "localization/de-DE.rc": DE,
    "localization/languages.rc": '#include "en-US.rc"\n#include "de-DE.rc"\n',
    "wizard/core/a.h": "#ifndef A_H\n#define A_H\n#include <stddef.h>\nsize_t wz_a(void);\n#endif\n",
    "wizard/core/a.c": ('#include "core/a.h"\n\nsize_t wz_a(void)\n{\n'
                        "    static const int n = 1;\n\n    return (size_t)n;\n}\n"),
    "wizard/ui/b.c": ('#include "core/a.h"\n#include "platform/wide.h"\n'
                      'const wz_page wz_page_b = { IDS_A + IDS_C };\n'),
    "wizard/ui/sheet.c": "int x = IDS_BUTTON_BACK;\n",
    "wizard/platform/wide.h": "#ifndef W_H\n#define W_H\n#include <windows.h>\nHWND wz_w(void);\n#endif\n",
}


class Lint(unittest.TestCase):
    """A folder with GOOD in it; `given` changes a file, `expect` wants a complaint that contains the text."""

    def setUp(self):
        self.top = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.top)
        for path, text in GOOD.items():
            self.given(path, text)

    def given(self, path, text):
        path = os.path.join(self.top, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode("utf-8"))

    def expect(self, errors, part):
        self.assertTrue(any(part in error for error in errors), "%r is not in %s" % (part, errors))


class Layers(Lint):
    def test_sound(self):
        self.assertEqual(check_layers.check(self.top), [])

    def test_broken(self):
        for path, line, part in (
                ("wizard/core/a.c", '#include "platform/wide.h"', "core/ may not include"),
                ("wizard/core/a.c", "#include <windows.h>", "portable C11"),
                ("wizard/core/a.c", "#include <libxml/tree.h>", "only core/xml.c"),
                ("wizard/core/a.c", '#include "a.h"', "spell it from wizard/"),
                ("wizard/core/a.c", '#include "../core/a.h"', "spell it from wizard/"),
                ("wizard/platform/p.c", '#include "ui/sheet.h"', "platform/ may not include"),
                ("wizard/ui/b.c", '#include "platform/probe.h"', "ui/ may not include"),
                ("wizard/ui/b.c", '#include "ui/frame.h"', "only ui/sheet.c"),
                ("wizard/other/o.c", "", "no such layer")):
            with self.subTest(line or path):
                self.setUp()
                self.given(path, line + "\n")
                self.expect(check_layers.check(self.top), part)

    def test_comment_is_no_include(self):
        self.given("wizard/core/a.c", "/*\n#include <windows.h>\n*/\n")
        self.assertEqual(check_layers.check(self.top), [])


class Ids(Lint):
    def test_sound(self):
        self.assertEqual(check_ids.check(self.top), [])

    def test_broken(self):
        for text, part in (
                ("#define IDS_A 5101\n#define IDS_B 5101\n", "already IDS_A"),
                ("#define IDS_A 5101\n#define IDS_A 5102\n", "defined twice"),
                ("#define IDS_A 5102\n#define IDS_C 5101\n", "out of order"),
                ("#define IDS_A 101\n", "outside the block"),
                ("#define IDC_A 1101\n", "all else in resources/resource.h"),
                ("#define IDS_A (5101)\n#define IDS_C 5102\n", "not '#define NAME NUMBER'"),
                ("#define IDS_UNUSED 5109\n", "used nowhere"),
                ("#define IDS_UNUSED 5109\n", "has no text")):
            with self.subTest(part):
                self.given("resources/texts.h", text)
                self.expect(check_ids.check(self.top), part)


class Strings(Lint):
    def test_sound(self):
        self.assertEqual(check_strings.check(self.top), [])

    def test_broken(self):
        for old, new, part in (
                ('  IDS_A  "&Alle %1"\n', "", "IDS_A is missing"),
                ("IDS_C", "IDS_X", "unknown key"),
                ('"&Kopie"\n', '"&Kopie"\n  IDS_C  "&Kopie"\n', "twice"),
                ("&Alle %1", "&Alle %2", "slots"),
                ("&Alle %1", "&Alle %1 %s", "printf conversion"),
                ("&Alle %1", "Alle %1", "not as many &"),
                ("&Kopie", "Zu &allem", "Alt+A is also"),
                ("&Kopie", "&Ziel", "Alt+Z is also IDS_BUTTON_BACK"),
                ("&Kopie", "&Kopie ", "space at an end"),
                ("&Kopie", "&Kopie...", "'…'"),
                ("&Kopie", "", "empty"),
                ('"&Kopie"', '"&Kopie', "one key and one text"),
                ("&Kopie", "&Kopie…", "ends with '…'"),
                ("&Kopie", "&Kopie.", "ends with '.'"),
                ("&Kopie", "&Kopie\\n2", "1 line breaks"),
                ("&Kopie", "&Kopie KB4474419", "KB4474419: the same"),
                ("&Kopie", "&Kopie wusa.exe", "wusa.exe: the same"),
                ("&Kopie", "& Kopie", "& stands before"),
                ("&Kopie", "&Kopie\u00ad", "U+00AD"),
                ("Zurück", "Zuru\u0308ck", "NFC"),
                ("SUBLANG_GERMAN", "SUBLANG_GERMAN_SWISS", "LANGUAGE line"),
                ("#pragma code_page(65001)\n", "", "pragma")):
            with self.subTest(part):
                self.given("localization/de-DE.rc", DE.replace(old, new))
                self.expect(check_strings.check(self.top), part)

    def test_encoding(self):
        self.given("localization/de-DE.rc", b"\xef\xbb\xbf" + DE.encode("utf-8"))
        self.expect(check_strings.check(self.top), "byte order mark")
        self.given("localization/de-DE.rc", DE.encode("latin-1"))
        self.expect(check_strings.check(self.top), "not UTF-8")

    def test_not_translated(self):
        self.given("localization/en-US.rc", EN.replace("&Copy", "&Copy all of this here"))
        self.given("localization/de-DE.rc", DE.replace("&Kopie", "&Copy all of this here"))
        self.expect(check_strings.check(self.top), "IDS_C: not translated")

    def test_a_count_stands_behind_what_is_counted(self):
        self.given("localization/en-US.rc", EN.replace("&Copy", "&Copy %1 files"))
        self.expect(check_strings.check(self.top), "IDS_C: '%1 files' is wrong for one")

    def test_a_file_that_is_being_written_is_checked_for_syntax(self):
        self.given("localization/languages.rc", '#include "en-US.rc"\n')
        self.given("localization/de-DE.rc", DE.replace('  IDS_A  "&Alle %1"\n', ""))
        self.assertEqual(check_strings.check(self.top), [])
        self.expect(check_strings.check_all(self.top, ["de-DE.rc"]), "IDS_A is missing")
        self.given("localization/de-DE.rc", DE.replace("&Kopie", "&Kopie..."))
        self.expect(check_strings.check(self.top), "'…'")

    def test_list_of_languages(self):
        for text in ('#include "de-DE.rc"\n', '#include "en-US.rc"\n#include "fr-FR.rc"\n',
                     '#include "en-US.rc"\n#include "en-US.rc"\n'):
            with self.subTest(text):
                self.given("localization/languages.rc", text)
                self.expect(check_strings.check(self.top), "languages.rc")

    def test_same_in_every_language(self):
        for text, found in (("Das ist 6003.", {"6003"}), ("ビルド6003です", {"6003"}),
                            ("wusa.exeを /install で", {"wusa.exe", "/install"}),
                            ("6.0.6003.20489", set()), ("und/oder", set()), (".html, .xml", {".html", ".xml"}),
                            ("Notfallkarte %1.html", {".html"})):
            with self.subTest(text):
                self.assertEqual(set(check_strings.FIXED.findall(text)), found)

    def test_ends(self):
        for text, found in (("浏览(&B)…", "…"), ("言語(&L):", ":"), ("Langue :", ":"), ("终。", "."), ("Ende", None),
                            ("“Fin.”", ".")):
            with self.subTest(text):
                self.assertEqual(check_strings.end(text), found)

    def test_key_without_number(self):
        self.given("resources/texts.h", "#define IDS_A 5101\n#define IDS_BUTTON_BACK 5000\n")
        self.expect(check_strings.check(self.top), "IDS_C is not in texts.h")


class C(Lint):
    def test_sound(self):
        self.assertEqual(check_c.check(self.top), [])

    def test_broken(self):
        for text, part in (
                ("x = strdup(y);", "strdup is banned"),
                ("sprintf(a, b);", "sprintf is banned"),
                ("CreateFileA(a);", "CreateFileA: the W function"),
                ("TCHAR c;", "TCHAR"),
                ("TerminateProcess(p, 1);", "TerminateProcess is banned"),
                ('f(L"a %s");', "in a wide format"),
                ('f(L"a %-10S");', "in a wide format"),
                ("    static int n;", "static inside a function"),
                ("    static char buffer[10] = { 0 };", "static inside a function"),
                ("#include <stdatomic.h>", "not in MSVC"),
                ("/* " + "x" * 120 + " */", "columns"),
                ("int x; ", "space at the end"),
                ("\tint x;", "tab"),
                ("\n" * 451, "lines, at most")):
            with self.subTest(text[:30]):
                self.given("wizard/core/a.c", text + "\n")
                self.expect(check_c.check(self.top), part)

    def test_what_is_fine(self):
        for text in ("/* strcpy(a, b) */", 'f("strcpy(a)");', 'f(L"%ls %hs %u 100%%s");', "    static const int n = 1;",
                     "static int file_local(void);", "g.system(x);", "p->system(x);", "    static const char *const n;",
                     "wz_sprintf(a);", "WSASOMETHINGA;"):
            with self.subTest(text):
                self.given("wizard/core/a.c", text + "\n")
                self.assertEqual(check_c.check(self.top), [])


class Headers(Lint):
    def test_alone(self):
        self.assertEqual(check_headers.check(self.top), [])
        self.given("wizard/core/bad.h", "size_t wz_bad(void);\n")
        self.given("wizard/ui/bad.h", "HWND wz_bad(void);\n")
        errors = check_headers.check(self.top)
        self.expect(errors, "wizard/core/bad.h does not compile alone")
        self.expect(errors, "wizard/ui/bad.h does not compile alone")
        self.assertEqual(len(errors), 2)


class Projects(Lint):
    """On a copy of the real projects with a tree of its own."""

    def setUp(self):
        self.top = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.top)
        for path in ("Makefile", "wizard.sln", "wizard/wizard.vcxproj", "wizard/vcpkg.json", "tests/tests.vcxproj"):
            with open(os.path.join(source.TOP, path), "rb") as file:
                self.given(path, file.read())
        self.given("wizard/core/a.c", "")
        self.given("resources/wizard.rc", "")
        self.given("tests/core/t.c", "")
        for project in check_projects.PROJECTS:
            check_projects.fix(self.top, project)

    def change(self, path, old, new):
        with open(os.path.join(self.top, path), encoding="utf-8", newline="") as file:
            text = file.read()
        self.assertIn(old, text)
        self.given(path, text.replace(old, new))

    def test_sound(self):
        self.assertEqual(check_projects.check(self.top), [])

    def test_fix_adds_and_drops(self):
        self.given("wizard/core/b.c", "")
        os.remove(os.path.join(self.top, "wizard/core/a.c"))
        errors = check_projects.check(self.top)
        self.expect(errors, "core\\b.c is not listed")
        self.expect(errors, "core\\a.c does not exist")
        self.assertTrue(check_projects.fix(self.top, "wizard/wizard.vcxproj"))
        self.assertEqual(check_projects.check(self.top), [])

    def test_broken(self):
        item = '    <ClCompile Include="core\\a.c" />\n'
        project = "wizard/wizard.vcxproj"
        for path, old, new, part in (
                (project, item, item + item, "is listed 2 times"),
                (project, item, item.strip() + "\n", "on a line of its own"),
                (project, "core\\a.c", "core\\*.c", "no wildcards"),
                (project, "v142", "v143", "PlatformToolset"),
                (project, ">MultiThreaded<", ">MultiThreadedDLL<", "RuntimeLibrary"),
                (project, "stdc11", "stdc17", "LanguageStandard_C"),
                (project, "/utf-8", "", "/utf-8"),
                (project, "_WIN32_WINNT=0x0600", "_WIN32_WINNT=0x0601", "definitions"),
                (project, "Level4", "Level3", "WarningLevel"),
                (project, "x64-windows-static", "x64-windows", "VcpkgTriplet"),
                (project, "$(ProjectDir)..\\resources;", "", "include paths"),
                (project, "<GenerateManifest>false", "<GenerateManifest>true", "GenerateManifest"),
                (project, 'Debug|x64">\n      <Configuration>Debug</Configuration>\n      <Platform>x64</Platform>',
                 'Debug|ARM">\n      <Configuration>Debug</Configuration>\n      <Platform>ARM</Platform>',
                 "wants exactly Debug and Release"),
                (project, "<ProjectGuid>{5E2B7C1A", "<ProjectGuid>{5E2B7C1B", "ProjectGuid"),
                (project, ">Application<", ">DynamicLibrary<", "ConfigurationType"),
                (project, ">Unicode<", ">MultiByte<", "CharacterSet"),
                (project, "<VcpkgEnableManifest>true", "<VcpkgEnableManifest>false", "VcpkgEnableManifest"),
                (project, "<VcpkgUseStatic>true", "<VcpkgUseStatic>false", "VcpkgUseStatic"),
                (project, "<TreatWarningAsError>true", "<TreatWarningAsError>false", "TreatWarningAsError"),
                (project, "<SubSystem>Windows", "<SubSystem>Console", "SubSystem"),
                (project, "<MinimumRequiredVersion>6.0", "<MinimumRequiredVersion>6.1", "MinimumRequiredVersion"),
                (project, "<GenerateDebugInformation>true", "<GenerateDebugInformation>false",
                 "GenerateDebugInformation"),
                (project, ">MultiThreadedDebug<", ">MultiThreaded<", "Debug|Win32: RuntimeLibrary"),
                (project, "advapi32.lib;", "", "Makefile: libraries"),
                (project, item, "", "is not listed"),
                ("tests/tests.vcxproj", "core\\t.c", "core\\u.c", "does not exist"),
                ("tests/tests.vcxproj", "$(ProjectDir)..\\wizard;", "", "include paths"),
                ("tests/tests.vcxproj", ">StaticLibrary<", ">Application<", "ConfigurationType"),
                ("Makefile", "-DLIBXML_STATIC", "", "Makefile: definitions"),
                ("Makefile", "-DUNICODE", "", "Makefile: definitions"),
                ("Makefile", "INCLUDE := -Iwizard", "INCLUDE :=", "Makefile: include paths"),
                ("Makefile", "-lole32 -loleaut32", "-loleaut32 -lole32", "Makefile: libraries"),
                ("Makefile", "--major-subsystem-version=6", "--major-subsystem-version=5", "Makefile: subsystem"),
                ("Makefile", "-std=c11", "-std=c17", "Makefile: language"),
                ("Makefile", " -Werror", "", "Makefile: language"),
                ("wizard.sln", "Release|x64.Build.0", "Release|x64.Deploy.0", "wizard.sln: lacks"),
                ("wizard.sln", "{5E2B7C1A", "{5E2B7C1B", "does not name"),
                ("wizard.sln", "{A93D4F60-6003-4B7C-8E2D-72D5C0F41B93}.Debug|x86.ActiveCfg = Debug|Win32",
                 "{A93D4F60-6003-4B7C-8E2D-72D5C0F41B93}.Debug|x86.ActiveCfg = Debug|x64", "wizard.sln: lacks"),
                ("wizard.sln", "tests\\tests.vcxproj", "tests\\other.vcxproj", "does not name tests/tests.vcxproj"),
                ("wizard/vcpkg.json", "libxml2", "curl", "vcpkg.json")):
            with self.subTest(new or old):
                self.setUp()
                self.change(path, old, new)
                self.expect(check_projects.check(self.top), part)


class Format(Lint):
    FINE = """int a(void)
{
    for (;;)
        if (b(1, 2)) {
            c();
        } else {
            d();
        }
    switch (e) {
    case 1: f(); break;
    default:
        g();
    }
    h((i){ 0 },
      "{,;  ;");
    j = k &&
        l;
    do {
        m();
    } while (n);
}

static const int o[] = {
      1, 2,
    3,
};

#define P(q) \\
   if(q) \\
  r()
"""

    def test_sound(self):
        self.assertEqual(check_format.check_text("a.c", self.FINE), [])

    def test_broken(self):
        for old, new, part in (
                ("for (;;)", "for(;;)", "before the parenthesis"), ("} else {", "}else {", "beside the brace"),
                ("} else {", "} else{", "beside the brace"), ("if (b(1, 2)) {", "if (b(1, 2)){", "beside the brace"),
                ("b(1, 2)", "b( 1, 2)", "inside parentheses"), ("b(1, 2)", "b(1, 2 )", "inside parentheses"),
                ("b(1, 2)", "b(1,2)", "behind the comma"), ("c();", "c() ;", "before the semicolon"),
                ("int a(void)\n{", "int a(void) {", "a line of its own"), ("int a(void)", "int a(char* x)", "the star"),
                ("            c();", "           c();", "column 11, not 12"),
                ("    h((i)", "     h((i)", "column 5, not 4"), ("    case 1", "        case 1", "column 8, not 4"),
                ("    } while", "   } while", "column 3, not 4"), ("(e) {", "(e)\n    {", "end of the line before"),
                ("} else {", "}\n        else {", "} else on one line"),
                ("}\n\nstatic", "}\n\n\nstatic", "empty lines"), ("int a(", "\nint a(", "empty lines"),
                ("  r()\n", "  r()\n\n", "empty lines")):
            with self.subTest(new):
                self.assertIn(old, self.FINE)
                self.expect(check_format.check_text("a.c", self.FINE.replace(old, new, 1)), part)


class Catalogue(Lint):
    """The real catalogue and table, with one thing wrong at a time."""

    def setUp(self):
        self.top = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.top)
        for path in (check_catalogue.CATALOGUE, check_catalogue.TABLE):
            self.given(path, source.read(source.TOP, path))

    def test_sound(self):
        self.assertEqual(check_catalogue.check(self.top), [])

    def test_broken(self):
        table, catalogue = check_catalogue.TABLE, check_catalogue.CATALOGUE
        for path, old, new, part in (
                (catalogue, 'build="6.0.6003.23717"', 'build="6.0.6003.23600"', "is not above"),
                (catalogue, 'build="6.0.6003.23717"', 'build="6.0.6003.23718"', "no source for build"),
                (catalogue, 'date="2026-01-13"', 'date="2026-01-14"', "is no second Tuesday"),
                (catalogue, 'date="2025-12-09"', 'date="2025-11-11"', "but dated"),
                (catalogue, 'supersedes="5071504"', 'supersedes="5068906"', "the rollup before it"),
                (catalogue, 'supersedes="4538484"', 'supersedes="5016891"', "circle of supersedence"),
                (catalogue, 'requires="4493730"', 'requires="4493731"', "which is not there"),
                (catalogue, 'requires="4493730"', 'requires="5073697"', "circle of requirements"),
                (catalogue, 'kb="5073700"', 'kb="5073697"', "twice"),
                (catalogue, "5cb91f4e9000383f061b80f88feffdf228c2443c.msu",
                 "5cb91f4e9000383f061b80f88feffdf228c2443d.msu", "states another SHA-1"),
                (catalogue, 'sha256="26bf790fadd1', 'sha256="26bf790fadd', "has not 64 digits"),
                (catalogue, 'file architecture="x86" name="windows6.0-kb4474419',
                 'file architecture="x64" name="windows6.0-kb4474419', "another update or architecture"),
                (catalogue, 'architectures="x86 x64" sha2="true" requires="4474419 4493730 5016891 5050682" supersedes'
                 '="5071504"', 'architectures="x86 x64 ia64" sha2="true" requires="4474419 4493730 5016891 5050682" '
                 'supersedes="5071504"', "nothing is for Itanium"),
                (catalogue, '<target name="esu3" kb="5022340"/>', '<target name="esu3" kb="5034173"/>', "target esu3"),
                (catalogue, 'confidence="S+" buildSource="Microsoft CVE record CVE-2026-20833"',
                 'confidence="P" buildSource="Microsoft CVE record CVE-2026-20833"', "is P here and S+ by its source"),
                (catalogue, 'kb="5073697" kind="rollup" programme="pa"', 'kb="5073697" kind="rollup" programme="free"',
                 "its programme is pa"),
                (table, "5073697\tkind\trollup\t", "5073698\tkind\trollup\t", "is not in the catalogue"),
                (table, "5073697\tkind\trollup\t", "5073697\tkind rollup\t", "not five fields"),
                (table, "5073697\tkind\trollup\tMSRC", "5073697\tkind\trollup\tUV", "is not named")):
            with self.subTest(part):
                self.setUp()
                text = source.read(self.top, path)
                self.assertIn(old, text)
                self.given(path, text.replace(old, new))
                self.expect(check_catalogue.check(self.top), part)


class Myths(Lint):
    def setUp(self):
        super().setUp()
        self.given("README.md", "A wizard for build 6003.\n\nBuild 6003 needs no licence, and no SHA-2 support.\n")
        self.given("resources/catalogue.xml",
                   "<catalogue><update kb=\"1\"><problem>It hangs.</problem></update></catalogue>")

    def test_sound(self):
        self.assertEqual(check_myths.check(self.top), [])

    def test_each_example_is_caught_wherever_it_stands(self):
        for why, _, example in check_myths.MYTHS:
            for path, text in (("README.md", "A wizard.\n\n" + example + "\n"),
                               ("localization/en-US.rc", EN.replace("%1 of &all", "%1 of &all. " + example)),
                               ("resources/catalogue.xml", "<c><update kb=\"1\" title=\"%s\"/></c>" % example)):
                with self.subTest(example + path):
                    self.setUp()
                    self.given(path, text)
                    self.expect(check_myths.check(self.top), why)

    def test_a_translation_is_read_for_names_alone(self):
        for text, is_fine in (("&Alle %1, 6003 und 2008 R2", True), ("&Alle %1 ReFS", False), ("&Alle %1 DISM", False)):
            self.given("localization/en-US.rc", EN.replace("%1 of &all", "%1 of &all (6003, 2008)"))
            self.given("localization/de-DE.rc", DE.replace("&Alle %1", text + (" 6003, 2008" if not is_fine else "")))
            self.assertEqual(check_myths.check(self.top) == [], is_fine, text)

    def test_a_translation_brings_no_other_numbers(self):
        self.given("localization/en-US.rc", EN.replace("%1 of &all", "%1 of &all (KB4534303, January 2020)"))
        for text, part in (("&Alle %1 (KB4534303, Januar 2020)", ""), ("&Alle %1 (KB4534303, 2021年1月)", "2021"),
                           ("&Alle %1 (KB4534312, Januar 2020)", "4534312"), ("&Alle %1 (Januar 2020)", "IDS_A")):
            self.given("localization/de-DE.rc", DE.replace("&Alle %1", text))
            errors = check_myths.check(self.top)
            if part:
                self.expect(errors, part)
            else:
                self.assertEqual(errors, [])


if __name__ == "__main__":
    unittest.main()
