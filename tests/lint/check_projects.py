#!/usr/bin/env python3
"""The Visual Studio projects are the list of sources and say what the Makefile says.

  check_projects.py          every .c, .h and .rc is listed exactly once and exists; platforms, configurations, GUIDs,
                             toolset, options, definitions and include paths are as in SETTINGS below
  check_projects.py --fix    list new files, drop those that are gone, sort; then check

The Makefile reads the lists with sed, so the items stay boring: one ItemGroup per kind, one item per line, no
conditions, no wildcards.
"""
import json
import os
import re
import sys
import xml.etree.ElementTree as ET

NS = "{http://schemas.microsoft.com/developer/msbuild/2003}"
PAIRS = [(c, p) for c in ("Debug", "Release") for p in ("Win32", "x64")]

# What the Makefile's DEFINE, WIDE and INCLUDE say, with the reader's addition for Microsoft's library.
DEFINES = ["_WIN32_WINNT=0x0600", "WINVER=0x0600", "NTDDI_VERSION=0x06000100", "PSAPI_VERSION=1", "LIBXML_STATIC",
           "UNICODE", "_UNICODE", "_CRT_SECURE_NO_WARNINGS"]
MAKE_ONLY = ["__USE_MINGW_ANSI_STDIO=1"]
COMPILE = {"WarningLevel": "Level4", "TreatWarningAsError": "true", "LanguageStandard_C": "stdc11"}

PROJECTS = {
    "wizard/wizard.vcxproj": {
        "name": "wizard", "guid": "{5E2B7C1A-6003-4D0E-9A51-1C6F0B8D2E41}", "type": "Application",
        "roots": ["wizard"], "resources": ["resources/wizard.rc"], "headers": ["resources"],
        "includes": ["$(ProjectDir)", "$(ProjectDir)..\\resources"], "subsystem": "Windows",
    },
    "tests/tests.vcxproj": {
        "name": "tests", "guid": "{A93D4F60-6003-4B7C-8E2D-72D5C0F41B93}", "type": "StaticLibrary",
        "roots": ["tests"], "resources": [], "headers": [],
        "includes": ["$(ProjectDir)", "$(ProjectDir)..\\wizard", "$(ProjectDir)..\\resources"], "subsystem": None,
    },
}
KINDS = [("ClCompile", ".c"), ("ClInclude", ".h"), ("ResourceCompile", ".rc")]


def files_on_disk(top, project):
    """{kind: [path seen from the project's folder, with backslashes]}, sorted."""
    settings = PROJECTS[project]
    base = os.path.dirname(project)
    found = {kind: [] for kind, _ in KINDS}

    def add(kind, path):
        found[kind].append(os.path.relpath(path, base).replace("/", "\\"))

    for root in settings["roots"]:
        for folder, folders, names in os.walk(os.path.join(top, root)):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            for name in sorted(names):
                path = os.path.relpath(os.path.join(folder, name), top)
                if name.endswith(".c"):
                    add("ClCompile", path)
                elif name.endswith(".h"):
                    add("ClInclude", path)
    for root in settings["headers"]:
        for name in sorted(os.listdir(os.path.join(top, root))) if os.path.isdir(os.path.join(top, root)) else []:
            if name.endswith(".h"):
                add("ClInclude", os.path.join(root, name))
    for path in settings["resources"]:
        add("ResourceCompile", path)
    return {kind: sorted(paths) for kind, paths in found.items()}


def listed(text, kind):
    return re.findall(r"<%s Include=\"([^\"]*)\"" % kind, text)


def fix(top, project):
    """Rewrite the item lists of one project from what is on the disk; True when that changed the file."""
    path = os.path.join(top, project)
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    before = text
    for kind, paths in files_on_disk(top, project).items():
        items = "".join("    <%s Include=\"%s\" />\n" % (kind, p) for p in paths)
        group = "<!-- %s -->\n  <ItemGroup>\n%s  </ItemGroup>\n  <!-- /%s -->" % (kind, items, kind)
        text, count = re.subn(r"<!-- %s -->.*?<!-- /%s -->" % (kind, kind), lambda _: group, text, flags=re.S)
        if count != 1:
            sys.exit("%s: the marks around the %s items are missing" % (project, kind))
    if text != before:
        temporary = path + ".new"
        with open(temporary, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(temporary, path)
    return text != before


def check_lists(top, project, text):
    errors = []
    disk = files_on_disk(top, project)
    for kind, _ in KINDS:
        names = listed(text, kind)
        for name in sorted(set(names)):
            if names.count(name) > 1:
                errors.append("%s: %s is listed %d times" % (project, name, names.count(name)))
            if "*" in name or "$" in name:
                errors.append("%s: %s: no wildcards, no macros" % (project, name))
            elif not os.path.exists(os.path.join(top, os.path.dirname(project), name.replace("\\", "/"))):
                errors.append("%s: %s does not exist" % (project, name))
        for name in disk[kind]:
            if name not in names:
                errors.append("%s: %s is not listed; run tests/lint/check_projects.py --fix" % (project, name))
        if names != sorted(names):
            errors.append("%s: the %s items are not sorted" % (project, kind))
        lines = re.findall(r"^.*<%s Include=.*$" % kind, text, flags=re.M)
        if len(lines) != len(names) or any(not re.fullmatch(
                r"    <%s Include=\"[^\"]+\" />\r?" % kind, line) for line in lines):
            errors.append("%s: each %s item stands on a line of its own, without settings" % (project, kind))
    return errors


def applies(condition, config, platform):
    """The few forms of Condition that the projects use."""
    if condition is None:
        return True
    want = "'$(Configuration)|$(Platform)'=='%s|%s'" % (config, platform)
    return condition in (want, "'$(Configuration)'=='%s'" % config, "'$(Platform)'=='%s'" % platform)


def value(tree, config, platform, section, name):
    """The last value that applies of PropertyGroup/name (section None) or ItemDefinitionGroup/section/name."""
    result = None
    for group in tree.getroot():
        if not applies(group.get("Condition"), config, platform):
            continue
        if section is None and group.tag == NS + "PropertyGroup":
            for item in group.findall(NS + name):
                if applies(item.get("Condition"), config, platform):
                    result = item.text
        elif section and group.tag == NS + "ItemDefinitionGroup":
            for item in group.findall("%s%s/%s%s" % (NS, section, NS, name)):
                if applies(item.get("Condition"), config, platform):
                    result = item.text
    return result or ""


def check_settings(project, path):
    settings = PROJECTS[project]
    tree = ET.parse(path)
    errors = []
    have = {(e.findtext(NS + "Configuration"), e.findtext(NS + "Platform"))
            for e in tree.iter(NS + "ProjectConfiguration")}
    if have != set(PAIRS):
        errors.append("%s: wants exactly Debug and Release, Win32 and x64" % project)

    for config, platform in PAIRS:
        def want(section, name, expected):
            got = value(tree, config, platform, section, name)
            if got.lower() != expected.lower():
                errors.append("%s, %s|%s: %s is '%s', wants '%s'" % (project, config, platform, name, got, expected))

        want(None, "ProjectGuid", settings["guid"])
        want(None, "PlatformToolset", "v142")
        want(None, "ConfigurationType", settings["type"])
        want(None, "CharacterSet", "Unicode")
        want(None, "VcpkgEnableManifest", "true")
        want(None, "VcpkgUseStatic", "true")
        want(None, "VcpkgTriplet", "x64-windows-static" if platform == "x64" else "x86-windows-static")
        for name, expected in COMPILE.items():
            want("ClCompile", name, expected)
        want("ClCompile", "RuntimeLibrary", "MultiThreadedDebug" if config == "Debug" else "MultiThreaded")
        if "/utf-8" not in value(tree, config, platform, "ClCompile", "AdditionalOptions").split():
            errors.append("%s, %s|%s: /utf-8 is missing" % (project, config, platform))
        defines = [d for d in value(tree, config, platform, "ClCompile", "PreprocessorDefinitions").split(";")
                   if not d.startswith("%")]
        if sorted(defines) != sorted(DEFINES):
            errors.append("%s, %s|%s: definitions are %s, want %s" % (project, config, platform, defines, DEFINES))
        includes = [d for d in value(tree, config, platform, "ClCompile", "AdditionalIncludeDirectories").split(";")
                    if not d.startswith("%")]
        if includes != settings["includes"]:
            errors.append("%s, %s|%s: include paths are %s" % (project, config, platform, includes))
        if settings["subsystem"]:
            want("Link", "SubSystem", settings["subsystem"])
            want("Link", "MinimumRequiredVersion", "6.0")
            want("Link", "GenerateDebugInformation", "true")
            want(None, "GenerateManifest", "false")        # wizard.rc embeds it; the linker must not as well
    return errors


def variable(text, name):
    """The words of a variable of the Makefile."""
    match = re.search(r"^%s +:= ((?:[^\n]*\\\n)*[^\n]*)" % name, text, flags=re.M)
    return match.group(1).replace("\\\n", " ").split() if match else []


def check_makefile(text, tree):
    """The Makefile's options are the projects', apart from what only mingw knows. tree: of the wizard's project."""
    def project(section, name):
        return [word for word in value(tree, "Release", "x64", section, name).split(";") if not word.startswith("%")]

    linked = dict(re.findall(r"--(\w+)-subsystem-version=(\d+)", " ".join(variable(text, "LINK"))))
    pairs = [
        ("definitions", sorted(word[2:] for word in variable(text, "DEFINE") + variable(text, "WIDE")),
         sorted([word for word in DEFINES if not word.startswith("_CRT_")] + MAKE_ONLY)),
        ("include paths", [word[2:] for word in variable(text, "INCLUDE")],
         [word.replace("$(ProjectDir)..\\", "").replace("$(ProjectDir)", "wizard")
          for word in project("ClCompile", "AdditionalIncludeDirectories")]),
        ("libraries", [word[2:] + ".lib" for word in variable(text, "LIBS")],
         project("Link", "AdditionalDependencies")),
        ("subsystem version", ["%s.%s" % (linked.get("major"), linked.get("minor"))],
         project("Link", "MinimumRequiredVersion")),
        ("language and warnings", [word for word in ("-std=c11", "-Werror") if word in variable(text, "WARN")],
         ["-std=c11", "-Werror"]),
    ]
    return ["Makefile: %s are %s, the projects' %s" % (what, have, want) for what, have, want in pairs if have != want]


def check_solution(text):
    errors = []
    for project, settings in PROJECTS.items():
        line = '"%s", "%s", "%s"' % (settings["name"], project.replace("/", "\\"), settings["guid"])
        if line not in text:
            errors.append("wizard.sln: does not name %s with %s" % (project, settings["guid"]))
        for config, platform in PAIRS:
            shown = "x86" if platform == "Win32" else platform
            for what in ("ActiveCfg", "Build.0"):
                row = "%s.%s|%s.%s = %s|%s" % (settings["guid"], config, shown, what, config, platform)
                if row not in text:
                    errors.append("wizard.sln: lacks '%s'" % row)
    return errors


def check(top):
    errors = []
    for project in PROJECTS:
        path = os.path.join(top, project)
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        errors += check_lists(top, project, text)
        errors += check_settings(project, path)
    with open(os.path.join(top, "wizard.sln"), encoding="utf-8-sig") as file:
        errors += check_solution(file.read())
    with open(os.path.join(top, "Makefile"), encoding="utf-8") as file:
        errors += check_makefile(file.read(), ET.parse(os.path.join(top, "wizard/wizard.vcxproj")))
    with open(os.path.join(top, "wizard/vcpkg.json"), encoding="utf-8") as file:
        needs = json.load(file)["dependencies"]
    if needs != [{"name": "libxml2", "default-features": False}]:
        errors.append("wizard/vcpkg.json: the product needs libxml2 without default features and nothing else")
    return errors


def main():
    top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    if "--fix" in sys.argv[1:]:
        for project in PROJECTS:
            if fix(top, project):
                print("%s: lists updated" % project)
    errors = check(top)
    for error in errors:
        print(error)
    print("projects: %d %s" % (len(errors), "error" if len(errors) == 1 else "errors"))
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
