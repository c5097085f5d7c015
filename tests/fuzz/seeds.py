"""What each fuzz program begins with: the files and texts that the other tests use, and the words of its language."""
import os
import re
import struct

SCRIPTS = 9                                             # languages of fuzz_script.c; the first byte chooses
PACKAGES = 4                                            # descriptions of fuzz_package.c


def read(path):
    with open(path, "rb") as file:
        return file.read()


def folder(path, ending, most=1 << 20):
    """The files of a folder with that ending and at most so many bytes; none when it is not there."""
    names = sorted(os.listdir(path)) if os.path.isdir(path) else []
    paths = [os.path.join(path, name) for name in names if name.endswith(ending)]
    return [read(p) for p in paths if os.path.getsize(p) <= most]


def literals(path, least=6):
    """The texts of a C file: neighbours that the compiler would join are one."""
    found = []
    text = re.sub(rb"//[^\n]*|/\*.*?\*/", b" ", read(path), flags=re.S)
    for match in re.finditer(rb'"(?:\\.|[^"\\\n])*"(?:\s*"(?:\\.|[^"\\\n])*")*', text):
        joined = b"".join(part for part in re.findall(rb'"((?:\\.|[^"\\\n])*)"', match.group(0)))
        plain = joined.decode("latin-1").encode("latin-1").decode("unicode_escape").encode("latin-1", "replace")
        if len(plain) >= least:
            found.append(plain)
    return found


def words_of_schema(path):
    """Names and values of a schema, as libFuzzer's dictionary wants them."""
    text = read(path).decode("utf-8")
    names = set(re.findall(r'(?:name|value|fixed)="([\w.:-]{1,40})"', text))
    return sorted(names) + ["<![CDATA[", "<!--", "<?xml", "<!DOCTYPE x [", "<!ENTITY a 'b'>", "&#x202E;", "&lt;", "]]>"]


def reports():
    """With the seal of zeros that fuzz_report.c's digest gives to everything."""
    return [re.sub(rb"(<seal [^>]*>)[0-9a-f]{64}<", rb"\g<1>" + b"0" * 64 + b"<", xml)
            for xml in folder("tests/data/report", ".xml")]


def journal():
    steps = b"".join(b'    <step kb="%d" outcome="%s" code="3010" attempts="1" begun="2026-11-20T20:00:00Z" '
                     b'file="a.msu" sha256="%s" rule="ok-sha1"/>\n' % (kb, outcome, b"0" * 64)
                     for kb, outcome in ((4493730, b"installed"), (4474419, b"pending"), (4534303, b"none")))
    head = (b'<journal version="1" state="restart" target="free" unattended="1" restartAllowed="0" restarts="1" '
            b'restartsWithoutProgress="0" inForceAtRestart="1" begun="2026-11-20T20:00:00Z">\n')
    return (b'<?xml version="1.0" encoding="UTF-8"?>\n' + head +
            b'  <machine id="6f1a" computer="WARD-7"/>\n  <catalogue/>\n  <output/>\n  <ticket>INC-1</ticket>\n'
            b'  <notes>n</notes>\n  <steps>\n' + steps + b'  </steps>\n</journal>\n')


def cabinet():
    """[MS-CAB] 2.1 to 2.4: one folder, two stored files."""
    members = [(b"x-pkgProperties.txt", b'KB Article Number="4493730"\r\n'), (b"x.cab", b"MSCF" + bytes(32))]
    files, at = b"", 0
    for name, data in members:
        files += struct.pack("<IIHHHH", len(data), at, 0, 0x5021, 0, 0x20) + name + b"\0"
        at += len(data)
    data_at = 36 + 8 + len(files)
    data = b"".join(data for _, data in members)
    head = struct.pack("<4sIIIIIBBHHHHH", b"MSCF", 0, data_at + 8 + len(data), 0, 44, 0, 3, 1, 1, len(members), 0, 0, 0)
    return head + struct.pack("<IHH", data_at, 1, 0) + files + struct.pack("<IHH", 0, len(data), len(data)) + data


def installer():
    """The beginning of a compound file, and conditions as they stand in its pool of texts."""
    return b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(504) + b"WindowsBuild = 6002 OR WindowsBuild >= 6003VersionNT"


def chosen(texts, count):
    """Each text once for each value of the first byte that chooses."""
    return [bytes([first]) + text for text in texts for first in range(count)]


def programs():
    small = folder("build/compat", ".dll", 12 << 10)
    return small[:6] + [small[0][:n] for n in (64, 300, 1024) if small] + [installer(), b"PK\3\4" + bytes(40)]


def decoder():
    return [dll[at:at + 2048] for dll in folder("build/compat", ".dll")[:6] for at in (1024, 3072)]


def core(name):
    return literals("tests/core/test_%s.c" % name)


def options():
    switches = [b"/" + name for name in literals("wizard/core/options.c", 1) if re.fullmatch(rb"[a-z-]+|\?", name)]
    return switches + [b"/media:E:\\updates\n/install\n/target:esu3\n/norestart", b"/open:a.xml\n/report:b.html\n/plan"]


SUPPRESSIONS = (b'<?xml version="1.0" encoding="UTF-8"?>\n<suppressions version="1">\n'
                b'  <suppression path="\\agent.exe" rule="code-equal" reason="asked the maker"/>\n'
                b'  <suppression path="Agent\\agent.exe" rule="*" reason="r"/>\n</suppressions>\n')

# name: (seeds, words); both are functions, because only what is asked for is made
TARGETS = {
    "catalogue": (lambda: [read("resources/catalogue.xml"), read("tests/data/report/catalogue.xml")],
                  lambda: words_of_schema("resources/catalogue.xsd")),
    "snapshot": (lambda: folder("tests/data/snapshots", ".xml"), lambda: words_of_schema("resources/snapshot.xsd")),
    "journal": (lambda: [journal()], lambda: words_of_schema("resources/journal.xsd")),
    "report": (reports, lambda: words_of_schema("resources/report.xsd")),
    "package": (lambda: chosen(core("package_file") + core("package"), PACKAGES),
                lambda: ["KB Article Number=", "Processor Architecture=", "Applies to=", "ApplicabilityInfo=",
                         "assemblyIdentity", "urn:schemas-microsoft-com:asm.v3", "parent", "package", "identifier"]),
    "cabinet": (lambda: [cabinet()] + folder("tests/data/signature", ".cab"), lambda: ["MSCF", "update.mum"]),
    "program": (programs, lambda: ["GetVersionExW", "NtBuildNumber", "6002", "6.0.6002", "WindowsBuild", "BSJB"]),
    "script": (lambda: chosen(literals("tests/scan/test_scan_script.c", 12), SCRIPTS),
               lambda: ["6002", "6003", "0x1772", "6.0.6002", "BuildNumber", "if ", "select ", "/*", "@\"", "<#"]),
    "decode": (decoder, lambda: []),
    "code": (lambda: core("support_code") + [b"0" * 24], lambda: []),
    "checksum": (lambda: core("checksum"), lambda: ["SHA1 (", "SHA256(", ") = ", "CertUtil:", "  ", " *"]),
    "options": (options, lambda: [name.decode() for name in literals("wizard/core/options.c", 2) if name.isalnum()]),
    "log": (lambda: core("servicing_log"), lambda: ["Error", "CBS", "HRESULT = 0x", "hr=0x", "CheckSUR", "Summary:"]),
    "suppressions": (lambda: [SUPPRESSIONS], lambda: words_of_schema("resources/suppressions.xsd") + ["agent.exe"]),
    "redact": (lambda: core("redact"), lambda: ["WARD-7", "clinic.example", "\\Users\\", "S-1-5-21-", "fe80::"]),
}


def write(name, to):
    """Seeds as files in a folder, and the dictionary beside it; its path, None when the language has no words."""
    seeds, words = TARGETS[name]
    os.makedirs(to, exist_ok=True)
    for number, seed in enumerate(seeds()):
        with open(os.path.join(to, "seed-%04d" % number), "wb") as file:
            file.write(seed)
    if not words():
        return None
    dictionary = to + ".dict"
    with open(dictionary, "w", encoding="ascii") as file:
        for word in words():
            file.write('"%s"\n' % word.replace("\\", "\\\\").replace('"', '\\"'))
    return dictionary
