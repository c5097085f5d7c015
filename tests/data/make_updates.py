#!/usr/bin/env python3
"""make_updates: synthetic .msu files that Wine's own wusa.exe installs, and files that must be refused.

    make_updates.py OUT        makes OUT/media and the other folders named in FOLDERS below

They are for machines of the kind that tests/tools/testbed_arch.py tells of.

Microsoft's updates may not be shipped, so these are our own content in Microsoft's containers: an .msu is a cabinet of
WSUSSCAN.cab, <name>.cab, <name>.xml (unattend) and <name>-pkgProperties.txt; the inner cabinet holds update.mum, the
.mum of each package, component manifests, and one folder of payload per component. They carry no signature and no
catalogue of updates knows them, so the product accepts them only by a site catalogue (make_site_catalogue.py). The
same inputs and tools give the same bytes.

What an installed one does, and why so. Wine 8.0's wusa copies files and writes REG_SZ, REG_EXPAND_SZ, REG_MULTI_SZ and
REG_BINARY; a REG_DWORD becomes 0 whatever the manifest says; it works through one package at a time, dependencies
first, files before registry values, after a dry run of all; it exits with 0 or 1. A real update is finished while
Windows starts. Both are met in the same way:

  at once          files below servicing\\Packages (.mum), servicing\\Version\\<level> (KB4493730); for the two that
                   need a restart the keys CBS\\RebootPending and Auto Update\\RebootRequired
  at the restart   PendingFileRenameOperations puts the new ntoskrnl.exe in place (KB4534303); a RunOnce value named
                   "~servicing KBn" imports servicing\\Packages\\finish-KBn.reg: CBS packages with CurrentState 0x70,
                   the SHA-2 pair (KB4474419), the build number (KB4534303); the keys of the pending restart go

So between KB4493730 and the next restart its stack level is visible, its packages are not.
"""
import hashlib
import os
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "tools"))
import testbed  # noqa: E402
import testbed_registry as registry  # noqa: E402
from testbed_arch import ARCH  # noqa: E402

TOKEN = "31bf3856ad364e35"
TIME = 1577836800                                       # of every file in the cabinets: 2020-01-01 UTC
PENDING = (registry.CBS + "\\RebootPending", registry.WINDOWS + "\\WindowsUpdate\\Auto Update\\RebootRequired")
BUILD_6003 = dict.fromkeys(registry.CURRENT_VERSIONS, {
    "CurrentBuild": "6003", "CurrentBuildNumber": "6003", "BuildLab": "6003.vistasp2_ldr_escrow.200101-1600",
    "BuildLabEx": "6003.20706.%sfre.vistasp2_ldr_escrow.200101-1600" % ARCH.processor})
SHA2_ON = {registry.SHA2: {"SHA2-Codesigning-Support": 1, "SHA2-Core-Codesigning-Support": 1}}

FOLDERS = {
    "media": "the three good files; what the tests and `make run` install from",
    "empty": "nothing",
    "not-a-cabinet": "KB4493730 is a text",
    "truncated": "KB4534303 ends half way",
    "damaged": "one byte in the middle of KB4534303 is another",
    "wrong-architecture": "KB4493730 for the other architecture, x86 or x64, under its own name",
    "wrong-content": "KB4493730 under the name of KB4474419, and that for the other architecture under the own name",
    "wrong-windows": "a KB4474419 for Windows 6.1 under its own name and under the name of the 6.0 file",
    "fails": "as media, but wusa ends with 1 at KB4534303: a payload file is missing",
    "rolls-back": "as media, but KB4534303 is undone at the restart: the build stays 6002, packages are staged",
    "never-ready": "as media, but KB4534303 waits for a restart after every restart",
}


class Update:
    """What one .msu is. `values` are set at the restart; `files` {path below C:\\windows: bytes} are placed at once."""

    def __init__(self, kb, revision, arch=ARCH.name, windows="6.0", tag="", restart=False):
        self.kb, self.revision, self.arch, self.windows = kb, revision, arch, windows
        self.name = "Windows%s-KB%s%s-%s" % (windows, kb, tag, arch)
        self.restart = restart
        self.values, self.files, self.renames = {}, {}, {}
        self.state, self.incomplete, self.waits_on = 0x70, False, False

    @property
    def processor(self):
        return "amd64" if self.arch == "x64" else "x86"

    @property
    def version(self):
        return "%s.1.%d" % (self.windows, self.revision)

    def packages(self):
        """Names of its packages, each the parent of the next."""
        return ["Package_for_KB" + self.kb, "Package_for_KB%s_server" % self.kb, "Package_for_KB%s_server_1" % self.kb,
                "Package_2_for_KB" + self.kb]

    def identity(self, name, version=None):
        return ('<assemblyIdentity name="%s" version="%s" language="neutral" processorArchitecture="%s" '
                'publicKeyToken="%s"/>' % (name, version or self.version, self.processor, TOKEN))


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def assembly(update, name, body, version=None):
    return ('<?xml version="1.0" encoding="utf-8"?>\n<assembly xmlns="urn:schemas-microsoft-com:asm.v3" '
            'manifestVersion="1.0" displayName="default" description="Synthetic update of the test bed">\n  %s\n%s'
            '</assembly>\n' % (update.identity(name, version), body)).encode()


def package_mums(update, component):
    """{file name: text}: update.mum is the first package, the last one names the component."""
    names, mums = update.packages(), {}
    for index, name in enumerate(names):
        last = index + 1 == len(names)
        inner = ("<component>%s</component>" % update.identity(component, update.windows + ".6003.1") if last else
                 '<package integrate="hidden">%s</package>' % update.identity(names[index + 1]))
        if last:
            inner = '<applicable disposition="staged"/>' + inner
        parent = ('    <parent integrate="separate" disposition="%s">\n      <assemblyIdentity '
                  'name="package_for_KB948465" version="6.0.1.18005" processorArchitecture="%s" language="neutral" '
                  'buildType="release" publicKeyToken="%s" versionScope="nonSxS"/>\n    </parent>\n' % (
                      "detect" if index == 0 else "staged", update.processor, TOKEN))
        body = ('  <package identifier="KB%s" releaseType="Security Update" restart="%s">\n%s    <update name="%s-%d">'
                '%s</update>\n  </package>\n' % (update.kb, "required" if update.restart else "possible", parent,
                                                 update.kb, index + 1, inner))
        file_name = "update.mum" if index == 0 else "%s~%s~%s~~%s.mum" % (name.lower(), TOKEN, update.processor,
                                                                          update.version)
        mums[file_name] = assembly(update, name, body)
    return mums


def finish_reg(update):
    """The .reg file that the restart imports."""
    keys = {}
    for name in update.packages():
        keys.update(registry.package(name, update.version, update.state, update.processor))
    keys.update(update.values)
    keys.update({key: {} if update.waits_on else None for key in PENDING})
    return b"\xff\xfe" + registry.reg_text(keys).encode("utf-16-le")


def component(update, mums):
    """({file name in the cabinet: bytes}, component name): the manifest and its payload."""
    name = "TestBed-KB%s-Payload" % update.kb
    stem = "%s_%s_%s_%s.6003.1_none_0000000000000000" % (update.processor, name.lower(), TOKEN, update.windows)
    finish = r"C:\windows\servicing\Packages\finish-KB%s.reg" % update.kb
    files = {r"servicing\Packages\finish-KB%s.reg" % update.kb: finish_reg(update)}
    for package_name in update.packages():
        identity = "%s~%s~%s~~%s.mum" % (package_name, TOKEN, update.processor, update.version)
        files["servicing\\Packages\\" + identity] = mums.get(identity.lower(), mums["update.mum"])
    files.update(update.files)

    keys = {registry.RUN_ONCE: [("~servicing KB" + update.kb, "REG_SZ", r"C:\windows\regedit.exe /S " + finish)]}
    if update.renames:
        operations = ",".join('"\\??\\C:\\windows\\%s","!\\??\\C:\\windows\\%s"' % pair
                              for pair in update.renames.items())
        keys[r"HKEY_LOCAL_MACHINE\System\CurrentControlSet\Control\Session Manager"] = [
            ("PendingFileRenameOperations", "REG_MULTI_SZ", operations)]
    if update.restart:
        keys.update({key: [] for key in PENDING})

    body, entries = "", {}
    for target, content in files.items():
        folder, leaf = target.rsplit("\\", 1)
        body += '  <file name="%s" destinationPath="$(runtime.windows)\\%s\\" sourceName="%s" sourcePath=".\\"/>\n' % (
            leaf, folder, leaf)
        entries[stem + "/" + leaf] = content
    body += "  <registryKeys>\n"
    for key, values in keys.items():
        body += '    <registryKey keyName="%s">\n' % escape(key)
        for value, kind, data in values:
            body += '      <registryValue name="%s" valueType="%s" value="%s"/>\n' % (value, kind, escape(data))
        body += "    </registryKey>\n"
    body += "  </registryKeys>\n"
    if update.incomplete:
        del entries[stem + "/finish-KB%s.reg" % update.kb]
    return dict({stem + ".manifest": assembly(update, name, body, update.windows + ".6003.1")}, **entries), name


def cabinet(target, entries):
    """Write a cabinet of {name: bytes}, compressed, every file of the same time."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in entries.items():
            path = pathlib.Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            os.utime(path, (TIME, TIME))
        testbed.check_call(["gcab", "-c", "-z", pathlib.Path(target).resolve(), *entries], cwd=folder,
                           env=dict(os.environ, TZ="UTC", LC_ALL="C.UTF-8"))


def cabinet_bytes(entries):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "it.cab"
        cabinet(path, entries)
        return path.read_bytes()


def properties(update):
    major = update.windows
    products = ("Windows Vista SP2;Windows Server Core SP2;Windows Server 2008 SP2;" if major == "6.0" else
                "Windows 7.0 Client SP1;Windows 7.0 Server Core SP1;Windows 7.0 Embedded SP1;")
    rows = (("ApplicabilityInfo", products), ("Applies to", "Windows " + major), ("Build Date", "2020/01/01"),
            ("Company", "Test bed"), ("File Version", "1"), ("Installation Type", "FULL"),
            ("Installer Engine", "Component Based Servicing - WUSA.exe"), ("Installer Version", "6.0.0.0"),
            ("KB Article Number", update.kb), ("Language", "ALL"), ("Package Type", "Security Update"),
            ("Processor Architecture", update.processor),
            ("Product Name", "Windows Vista" if major == "6.0" else "Windows 7"),
            ("Support Link", "http://support.example/?kbid=" + update.kb))
    return "".join('%s="%s"\r\n' % row for row in rows).encode()


def unattend(update):
    return ('<?xml version="1.0" encoding="utf-8"?>\n<unattend xmlns="urn:schemas-microsoft-com:unattend">\n'
            '    <servicing>\n        <package action="install">\n            %s\n'
            '            <source location="%%configsetroot%%\\%s.CAB" />\n        </package>\n    </servicing>\n'
            '</unattend>\n'
            % (update.identity("Package_for_KB" + update.kb).replace("<assemblyIdentity ", "<assemblyIdentity  "),
               update.name)).encode()


def scan_cabinet(update, inner):
    """WSUSSCAN.cab holds package.cab, which holds package.xml: size and hashes of the inner cabinet."""
    text = ('<?xml version="1.0" encoding="utf-8"?>\n<testBedScan kb="%s" file="%s.cab" size="%d" sha256="%s"/>\n' % (
        update.kb, update.name, len(inner), hashlib.sha256(inner).hexdigest())).encode()
    return cabinet_bytes({"package.cab": cabinet_bytes({"package.xml": text})})


def write_msu(update, folder, name=None):
    mums = package_mums(update, "TestBed-KB%s-Payload" % update.kb)
    payload, _ = component(update, mums)
    inner = cabinet_bytes(dict(mums, **payload))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or update.name + ".msu")
    cabinet(path, {"WSUSSCAN.cab": scan_cabinet(update, inner), update.name + ".cab": inner,
                   update.name + ".xml": unattend(update), update.name + "-pkgProperties.txt": properties(update)})
    return path


# ---- the updates --------------------------------------------------------------------------------------------------

def servicing_stack(arch=ARCH.name):
    update = Update("4493730", 0, arch)
    update.files[r"servicing\Version\6.0.6003.20484\stack.txt"] = b"stand-in of a servicing stack\n"
    return update


def sha2_support(windows="6.0", tag="-v4"):
    update = Update("4474419", 4, ARCH.name, windows, tag, restart=True)
    update.values.update(SHA2_ON)
    return update


def last_free_rollup(kernel):
    update = Update("4534303", 5, restart=True)
    update.files[r"winsxs\bulk-KB4534303\bulk.bin"] = random.Random(6003).randbytes(2 << 20)
    waiting = r"winsxs\pending-KB4534303\ntoskrnl.exe"
    update.files[waiting] = kernel
    update.renames[waiting] = r"system32\ntoskrnl.exe"
    update.values.update(BUILD_6003)
    return update


def make(out):
    """Make every folder of FOLDERS below `out`; returns the list of files of `media`."""
    for name in FOLDERS:
        (out / name).mkdir(parents=True, exist_ok=True)
        for old in (out / name).iterdir():
            old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        kernel = testbed.stand_in_kernel((6, 0, 6003, 20706), folder).read_bytes()

    media = [write_msu(update, out / "media") for update in
             (servicing_stack(), sha2_support(), last_free_rollup(kernel))]
    stack, sha2, rollup = (path.read_bytes() for path in media)

    (out / "not-a-cabinet" / media[0].name).write_text("This is not an update.\n" * 40)
    (out / "truncated" / media[2].name).write_bytes(rollup[:len(rollup) // 2])
    middle = len(rollup) // 2
    (out / "damaged" / media[2].name).write_bytes(
        rollup[:middle] + bytes([rollup[middle] ^ 0x20]) + rollup[middle + 1:])
    write_msu(servicing_stack(ARCH.other), out / "wrong-architecture")
    (out / "wrong-content" / media[1].name).write_bytes(stack)
    write_msu(servicing_stack(ARCH.other), out / "wrong-content", media[0].name)
    write_msu(sha2_support(windows="6.1", tag="-v3"), out / "wrong-windows")
    write_msu(sha2_support(windows="6.1", tag="-v3"), out / "wrong-windows", media[1].name)

    for name, spoil in (("fails", lambda update: setattr(update, "incomplete", True)), ("rolls-back", roll_back),
                        ("never-ready", wait_on)):
        (out / name / media[0].name).write_bytes(stack)
        (out / name / media[1].name).write_bytes(sha2)
        update = last_free_rollup(kernel)
        spoil(update)
        write_msu(update, out / name)
    return media


def wait_on(update):
    update.values.clear()
    update.renames.clear()
    update.state, update.waits_on = 0x60, True


def roll_back(update):
    update.values.clear()
    update.renames.clear()
    update.state = 0x40


def main(arguments):
    if len(arguments) != 1:
        print(__doc__)
        return 2
    for path in make(pathlib.Path(arguments[0]).resolve()):
        content = path.read_bytes()
        print("%s  %8d bytes  SHA-1 %s" % (path.name, len(content), hashlib.sha1(content).hexdigest()))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (testbed.TestBedError, subprocess.SubprocessError) as error:
        sys.exit("make_updates: %s" % error)
