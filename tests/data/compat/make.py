#!/usr/bin/env python3
"""Build what the tests of the compatibility scan read: programs with known answers, and what objdump says of real code.

  make.py FOLDER [MEGABYTES]

FOLDER/NAME.dll        forms.inc and ports.inc by gcc and clang, x64 and x86, O0 to Os
FOLDER/NAME.map        a line "RVA NAME" per function of it, sorted
FOLDER/wine.txt        the paths of a part of Wine's programs, one per line: none of them tests for 6002
FOLDER/decode-ARCH.bin one instruction of Wine's programs per 16 bytes: its length, then its bytes, zeros after; taken
                       from about MEGABYTES of code (2), each sequence of bytes once
"""
import os
import re
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
    compile_with = [GCC[arch]] if compiler == "gcc" else ["clang", "--target=" + CLANG[arch]]
    run(*compile_with, "-" + level, *QUIET, "-x", "c", "-c", os.path.join(HERE, source + ".inc"), "-o", base + ".o")
    entry = "_DllMainCRTStartup@12" if arch == "x86" else "DllMainCRTStartup"
    run(GCC[arch], "-shared", "-nostdlib", "-Wl,-e," + entry, "-Wl,--no-insert-timestamp", "-o", base + ".dll",
        base + ".o", "-lkernel32", "-lmsvcrt")
    listing = subprocess.run([NM[arch], base + ".dll"], check=True, capture_output=True, text=True).stdout
    rows = [(int(m.group(1), 16), m.group(2)) for m in re.finditer(r"^([0-9a-f]+) T _?(\w+)", listing, flags=re.M)]
    headers = subprocess.run(["objdump", "-p", base + ".dll"], check=True, capture_output=True, text=True).stdout
    image = int(re.search(r"^ImageBase\s+([0-9a-f]+)", headers, flags=re.M).group(1), 16)
    with open(base + ".map", "w", encoding="ascii") as file:
        for address, label in sorted(rows):
            file.write("%d %s\n" % (address - image, label))
    os.remove(base + ".o")


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
        if code > megabytes << 20:
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


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    wine_list(folder)
    for arch in ("x64", "x86"):
        for compiler in ("gcc", "clang"):
            for level in ("O0", "O1", "O2", "Os"):
                program(folder, "forms", arch, compiler, level)
            program(folder, "ports", arch, compiler, "O2")
        decoded(folder, arch, float(sys.argv[2]) if len(sys.argv) > 2 else 2)


if __name__ == "__main__":
    main()
