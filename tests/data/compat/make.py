#!/usr/bin/env python3
"""Build what the tests of the compatibility scan read: programs with known answers, and what objdump says of real code.

  make.py FOLDER [MEGABYTES]

FOLDER/NAME.dll        forms.inc and ports.inc by gcc and clang, x64 and x86, O0 to Os
FOLDER/NAME.map        a line "RVA NAME" per function of it, sorted
FOLDER/scripts/        each script of scripts.txt in five encodings
FOLDER/installers/     databases of Windows Installer, by wixl; none when that is missing
FOLDER/corpus.txt      what of this is to be judged: "map NAME" for a program with a map, "KIND PATH" for a whole file
FOLDER/wine.txt        the paths of a part of Wine's programs, one per line: none of them tests for 6002
FOLDER/decode-ARCH.bin one instruction of Wine's programs per 16 bytes: its length, then its bytes, zeros after; taken
                       from about MEGABYTES of code (2), each sequence of bytes once
"""
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
WINE = {"x64": "/usr/lib/x86_64-linux-gnu/wine/x86_64-windows", "x86": "build/deps/wine32/i386-windows"}
GCC = {"x64": "x86_64-w64-mingw32-gcc-win32", "x86": "i686-w64-mingw32-gcc-win32"}
CLANG = {"x64": "x86_64-w64-windows-gnu", "x86": "i686-w64-windows-gnu"}
NM = {"x64": "x86_64-w64-mingw32-nm", "x86": "i686-w64-mingw32-nm"}
QUIET = ["-w", "-ffreestanding", "-fno-stack-protector", "-mno-stack-arg-probe"]


def run(*command):
    subprocess.run(command, check=True)


def program(folder, source, arch, compiler, level):
    """One DLL and the addresses of its functions."""
    name = "%s-%s-%s-%s" % (source, arch, compiler, level)
    base = os.path.join(folder, name)
    # without folding of equal functions, which leaves a label without code of its own
    compile_with = [GCC[arch], "-fno-ipa-icf"] if compiler == "gcc" else ["clang", "--target=" + CLANG[arch]]
    run(*compile_with, "-" + level, *QUIET, "-x", "c", "-c", os.path.join(HERE, source + ".inc"), "-o", base + ".o")
    entry = "_DllMainCRTStartup@12" if arch == "x86" else "DllMainCRTStartup"
    run(GCC[arch], "-shared", "-nostdlib", "-Wl,-e," + entry, "-Wl,--no-insert-timestamp", "-o", base + ".dll",
        base + ".o", "-lkernel32", "-luser32", "-lmsvcrt")
    listing = subprocess.run([NM[arch], base + ".dll"], check=True, capture_output=True, text=True).stdout
    rows = [(int(m.group(1), 16), m.group(2)) for m in re.finditer(r"^([0-9a-f]+) T _?(\w+)", listing, flags=re.M)]
    headers = subprocess.run(["objdump", "-p", base + ".dll"], check=True, capture_output=True, text=True).stdout
    image = int(re.search(r"^ImageBase\s+([0-9a-f]+)", headers, flags=re.M).group(1), 16)
    with open(base + ".map", "w", encoding="ascii") as file:
        for address, label in sorted(rows):
            file.write("%d %s\n" % (address - image, label))
    os.remove(base + ".o")
    return name


def instructions(path):
    """The bytes of each instruction that objdump decodes in one program."""
    command = ["objdump", "-d", "-w", "-z", "--insn-width=15", path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as tool:
        for line in tool.stdout:
            parts = line.split("\t")
            # a prefix on its own is objdump's way of saying that it did not know what follows
            if len(parts) == 3 and not re.match(r"\(bad\)|(rex|data16|addr|cs|ds|es|fs|gs|ss|lock|rep\w*)[.\w]*\s*$|"
                                                r"\.byte|.*\(bad\)", parts[2]):
                yield bytes.fromhex(parts[1])


def decoded(folder, arch, megabytes):
    source = WINE[arch]
    if not os.path.isdir(source):
        print("%s: %s is not there" % (arch, source))
        return
    seen, code = set(), 0
    for name in sorted(os.listdir(source)):
        if code > megabytes * (1 << 20):
            break
        if name.endswith((".dll", ".exe", ".sys", ".drv")):
            for insn in instructions(os.path.join(source, name)):
                code += len(insn)
                # objdump writes fwait and the instruction after it as one: fstcw for fwait, fnstcw
                if len(insn) <= 15 and not (insn[0] == 0x9B and len(insn) > 1):
                    seen.add(insn)
    with open(os.path.join(folder, "decode-%s.bin" % arch), "wb") as file:
        for insn in sorted(seen):
            file.write(bytes([len(insn)]) + insn.ljust(15, b"\0"))
    print("%s: %d different instructions of %.1f MB" % (arch, len(seen), code / (1 << 20)))


def wine_list(folder):
    paths = [os.path.join(top, name) for arch in sorted(WINE) if os.path.isdir(WINE[arch])
             for top in [os.path.abspath(WINE[arch])] for name in sorted(os.listdir(top)) if not name.endswith(".tlb")]
    with open(os.path.join(folder, "wine.txt"), "w", encoding="utf-8") as file:
        file.writelines(path + "\n" for path in paths[::12])


ENCODINGS = {"ansi": "cp1252", "utf8": "utf-8", "mark": "utf-8-sig", "little": "utf-16-le", "big": "utf-16-be"}
MARKS = {"little": b"\xff\xfe", "big": b"\xfe\xff"}


def scripts(folder):
    """scripts.txt, each in every encoding; the lines of corpus.txt for them."""
    with open(os.path.join(HERE, "scripts.txt"), encoding="utf-8") as file:
        parts = re.split(r"^=== (\w+) (\S+)\n", file.read(), flags=re.M)[1:]
    os.makedirs(os.path.join(folder, "scripts"), exist_ok=True)
    lines = []
    for kind, name, text in zip(parts[::3], parts[1::3], parts[2::3]):
        base, ending = os.path.splitext(name)
        for encoding, codec in ENCODINGS.items():
            path = "scripts/%s-%s-%s%s" % (kind, base, encoding, ending)
            with open(os.path.join(folder, path), "wb") as file:
                file.write(MARKS.get(encoding, b"") + text.replace("\n", "\r\n").encode(codec))
            lines.append("%s %s\n" % (kind, path))
    return lines


CONDITIONS = [
    ("strict", "WindowsBuild = 6002"), ("strict", "VersionNT = 600 AND WindowsBuild = 6002"),
    ("strict", "WindowsBuild = &quot;6002&quot;"), ("strict", "NOT (WindowsBuild &lt;&gt; 6002)"),
    ("capped", "WindowsBuild &lt;= 6002"), ("capped", "NOT WindowsBuild &gt; 6002"),
    ("tolerant", "WindowsBuild &gt;= 6002"), ("tolerant", "WindowsBuild = 6002 OR WindowsBuild = 6003"),
    ("noise", "VersionNT = 600"), ("noise", "WindowsBuild &gt;= 6000"),
]
# where a condition may stand; wixl knows no conditions of components
PLACES = {"launch": '<Condition Message="Not for this Windows.">%s</Condition>',
          "sequence": '<InstallExecuteSequence><InstallFinalize Sequence="6600">%s</InstallFinalize>'
                      '</InstallExecuteSequence>'}
PACKAGE = """<?xml version="1.0"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
<Product Id="*" Name="Test" Language="1033" Version="1.0" Manufacturer="Test"
 UpgradeCode="12345678-1234-1234-1234-111111111111">
<Package InstallerVersion="200" Compressed="yes"/>
<Media Id="1" Cabinet="a.cab" EmbedCab="yes"/>
%s
<Directory Id="TARGETDIR" Name="SourceDir"><Component Id="C" Guid="12345678-1234-1234-1234-222222222222">
<CreateFolder/></Component></Directory>
<Feature Id="F" Level="1"><ComponentRef Id="C"/></Feature>
</Product></Wix>
"""


def installers(folder):
    """Databases of Windows Installer with one condition each."""
    if shutil.which("wixl") is None:
        print("wixl is not there: no installers among the corpus")
        return []
    os.makedirs(os.path.join(folder, "installers"), exist_ok=True)
    lines = []
    for number, (kind, condition) in enumerate(CONDITIONS):
        for place, pattern in PLACES.items():
            path = "installers/%s-%d-%s.msi" % (kind, number, place)
            source = os.path.join(folder, path[:-4] + ".wxs")
            with open(source, "w", encoding="utf-8") as file:
                file.write(PACKAGE % (pattern % condition))
            run("wixl", "-o", os.path.join(folder, path), source)
            os.remove(source)
            lines.append("%s %s\n" % (kind, path))
    return lines


def main():
    folder = sys.argv[1]
    for part in ("scripts", "installers"):             # what is no longer made is not to be judged
        shutil.rmtree(os.path.join(folder, part), ignore_errors=True)
    os.makedirs(folder, exist_ok=True)
    wine_list(folder)
    lines = scripts(folder) + installers(folder)
    for arch in ("x64", "x86"):
        for compiler in ("gcc", "clang"):
            for level in ("O0", "O1", "O2", "Os"):
                lines.append("map %s\n" % program(folder, "forms", arch, compiler, level))
            lines.append("map %s\n" % program(folder, "ports", arch, compiler, "O2"))
        decoded(folder, arch, float(sys.argv[2]) if len(sys.argv) > 2 else 2)
    with open(os.path.join(folder, "corpus.txt"), "w", encoding="utf-8") as file:
        file.writelines(lines)


if __name__ == "__main__":
    main()
