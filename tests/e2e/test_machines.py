"""Machines of tests/data/machines as real prefixes: the probes read them, and the answer is that of the snapshot.

Wine takes the version that its programs see from the registry, so machines whose registry and kernel disagree about the
version that runs are snapshots only; so are those that differ by WMI, by their firmware or by what the host decides
(disk, power, session). What those checks say is left out of the comparison. Wine's WMI knows no licences and one
hotfix: the snapshot is told of the former, the machine gets a package for the latter.
"""
from bench import *
import make_machines
from testbed_registry import CBS, CURRENT_VERSIONS, SERVICES, SHA2

TARGETS = ("6003", "free", "pa")
HOST = ("IDS_CHK_DISK", "IDS_CHK_HOST", "IDS_CHK_POWER", "IDS_CHK_REMOTE", "IDS_CHK_CLOCK")
HOTFIX = "KB1234567"                                    # the row of Wine's Win32_QuickFixEngineering
SIGNS = {"pending.cbsReboot": CBS + r"\RebootPending", "pending.cbsPackages": CBS + r"\PackagesPending",
         "pending.updateAgent": r"HKEY_LOCAL_MACHINE\Software\Microsoft\Windows\CurrentVersion\WindowsUpdate"
                                r"\Auto Update\RebootRequired"}


def become(bench, machine):
    """Registry and files as the description says; the watch over traces begins anew."""
    facts = {fact: row[2] for fact, row in machine.facts.items() if row[0] == "known"}
    build = facts["version.registry"].rsplit(".", 1)[1]
    version = {"CurrentBuild": build, "CurrentBuildNumber": build}
    keys = {**dict.fromkeys(CURRENT_VERSIONS, version), CBS + r"\Packages": None}
    for name, state in machine.packages.items():
        keys[CBS + "\\Packages\\" + name] = {"CurrentState": state & 0xFFFFFFFF}
    if "sha2.support" in facts:
        keys[SHA2] = {"SHA2-Codesigning-Support": int(facts["sha2.support"]),
                      "SHA2-Core-Codesigning-Support": int(facts["sha2.coreSupport"])}
    keys[SERVICES + r"\wuauserv"] = {"Start": int(facts["service.wuauserv.start"])}
    if "role.cluster" in facts:
        keys[SERVICES + r"\ClusSvc"] = {"Start": int(facts["role.cluster"])}
    keys.update({SIGNS[fact]: {"": None} for fact in SIGNS if fact in facts})
    if "antivirus.sophos" in facts:
        keys[SERVICES + r"\SAVService"] = {"ImagePath": '"%s"' % facts["antivirus.sophos"]}
        program = bench.host(facts["antivirus.sophos"])
        program.parent.mkdir(parents=True)
        program.write_bytes(b"MZ")
        os.utime(program, (1542708000, 1542708000))     # 2018-11-20T10:00:00Z
    bench.set_registry(keys)
    bench.end()
    stack = bench.windows / "servicing/Version"
    shutil.rmtree(stack)
    (stack / facts["stack.version"]).mkdir(parents=True)
    packages = bench.windows / "servicing/Packages"
    shutil.rmtree(packages)
    packages.mkdir()
    for name in machine.manifests:
        (packages / (name + ".mum")).write_text("<!-- stand-in -->\n")
    (bench.windows / "system32/ntoskrnl.exe").unlink()
    testbed.stand_in_kernel(tuple(int(n) for n in facts["version.kernelFile"].split(".")), bench.windows / "system32")
    if "log.servicing" in facts and facts["log.servicing"]:
        (bench.windows / "Logs/CBS/CBS.log").write_text(facts["log.servicing"], newline="\r\n")
    if "log.readiness" in facts:
        (bench.windows / "Logs/CBS/CheckSUR.log").write_text(facts["log.readiness"], newline="\r\n")
    bench.before = Traces(bench.folder)
    bench.boot()


def judgement(result):
    """What /assess says, without the evidence of the checks and without what the host decides."""
    pattern = re.compile(r"^\[(\w+)\] (.*?): ")
    titles = [text(name).pattern.replace("\\", "") for name in HOST]
    lines = []
    for line in result.out.splitlines():
        check = pattern.match(line)
        if text("IDS_SAY_OPENED").match(line) or text("IDS_SAY_COMPUTER").fullmatch(line):
            continue
        if not check:
            lines.append(line)
        elif check.group(2) not in titles:
            lines.append(check.group(0))
    return lines


def compare(bench, name):
    machine = make_machines.read(name)
    machine.do("arch", ARCH.name)
    for fact in machine.facts:
        if fact.startswith("licence."):
            machine.do("unknown", fact + " 50")
    machine.update(HOTFIX, "installed")
    become(bench, machine)
    path = bench.host(r"C:\described.xml")
    bench.may_write.add(os.path.realpath(path))
    path.write_text(machine.xml(), "utf-8")
    for target in TARGETS:
        here = bench.wizard("/assess", "/target:" + target)
        there = bench.wizard("/assess", "/target:" + target, r"/open:C:\described.xml")
        assert here.code == there.code, "%s, %s\n%s\n%s" % (name, target, here, there)
        assert judgement(here) == judgement(there), "%s, %s\n%s\n%s" % (name, target, here, there)
        assert len(judgement(here)) > 15, here


def test_machine_bare(bench):
    compare(bench, "bare-sp2")


def test_machine_of_april_without_sha2(bench):
    compare(bench, "april-2019-without-sha2")


def test_machine_by_a_security_only_update(bench):
    compare(bench, "security-only-6003")


def test_machine_at_the_last_free_level(bench):
    compare(bench, "last-free")


def test_machine_with_staged_sha2(bench):
    compare(bench, "sha2-staged")


def test_machine_with_a_pending_installation(bench):
    compare(bench, "install-pending")


def test_machine_with_superseded_rollups(bench):
    compare(bench, "superseded")


def test_machine_with_a_broken_package(bench):
    compare(bench, "broken-package")


def test_machine_with_a_kernel_ahead(bench):
    compare(bench, "kernel-ahead")


def test_machine_with_old_sophos(bench):
    compare(bench, "old-sophos")


def test_machine_with_a_damaged_store(bench):
    compare(bench, "damaged-store")
