"""testbed_registry: .reg files, and the registry of a Windows Server 2008 SP2 machine before its updates.

Keys are {key: {value name: value}} throughout: a str is REG_SZ, an int REG_DWORD, a list of str REG_MULTI_SZ, None
deletes the value; None in the place of the values deletes the key. Names and values follow real machines as far as
they are known; KB4489880 (March 2019) with kernel 6.0.6002.24565 is the last update.
"""
from testbed_arch import ARCH

CURRENT_VERSION = r"HKEY_LOCAL_MACHINE\Software\Microsoft\Windows NT\CurrentVersion"
# and what a 32-bit program finds there on a 64-bit Windows, which keeps the same values in both
CURRENT_VERSIONS = [CURRENT_VERSION, CURRENT_VERSION.replace("Software", r"Software\Wow6432Node")][:len(ARCH.programs)]
WINDOWS = r"HKEY_LOCAL_MACHINE\Software\Microsoft\Windows\CurrentVersion"
CBS = WINDOWS + r"\Component Based Servicing"
SHA2 = WINDOWS + r"\Servicing\Codesigning\SHA2"
RUN_ONCE = WINDOWS + r"\RunOnce"
FONT_LINKS = CURRENT_VERSION + r"\FontLink\SystemLink"
# "MS Shell Dlg" is Tahoma, which is not there: Wine takes the first font behind it, and from the second Chinese and
# Japanese. Windows has fonts of its own for these.
ASIAN = "Droid Sans Fallback"
FONTS_BEHIND = {name: ["DejaVuSans.ttf,DejaVu Sans"] * (name == "Tahoma") + ["DroidSansFallbackFull.ttf," + ASIAN]
                for name in ("Tahoma", "DejaVu Sans", "DejaVu Sans Bold", "Microsoft Sans Serif")}
# The same for boxes of many lines, by the script's OpenType tag as a little-endian number in hexadecimal: hani, kana.
FONTS_OF_SCRIPTS = {r"HKEY_CURRENT_USER\Software\Wine\Uniscribe\Fallback": {"696e6168": ASIAN, "616e616b": ASIAN}}
SERVICES = r"HKEY_LOCAL_MACHINE\System\CurrentControlSet\Services"


def reg_quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def reg_value(value):
    """A str becomes REG_SZ, an int REG_DWORD, a list REG_MULTI_SZ, None deletes."""
    if value is None:
        return "-"
    if isinstance(value, int):
        return "dword:%08x" % value
    if isinstance(value, list):
        data = ("\0".join(value) + "\0\0").encode("utf-16-le")
        return "hex(7):" + ",".join("%02x" % byte for byte in data)
    return reg_quote(value)


def reg_text(keys):
    """keys: {key: {value name: value}}; a key with None instead of values is deleted; "" names the default value."""
    lines = ["Windows Registry Editor Version 5.00", ""]
    for key, values in keys.items():
        if values is None:
            lines += ["[-%s]" % key, ""]
            continue
        lines.append("[%s]" % key)
        for name, value in values.items():
            lines.append("%s=%s" % ("@" if name == "" else reg_quote(name), reg_value(value)))
        lines.append("")
    return "\r\n".join(lines)


def package(name, version, state=0x70, arch=ARCH.processor):
    """One key below CBS\\Packages, as {key: values}."""
    identity = "%s~31bf3856ad364e35~%s~~%s" % (name, arch, version)
    return {CBS + "\\Packages\\" + identity: {
        "InstallClient": "WindowsUpdateAgent", "InstallName": identity + ".mum", "InstallUser": "S-1-5-18",
        "CurrentState": state, "Visibility": 1, "SelfUpdate": 0, "InstallTimeHigh": 0x01D4D97F,
        "InstallTimeLow": 0x2F3A6C00}}


def server2008_keys():
    """The registry of the machine before: Windows Server 2008 SP2 Standard, patched to March 2019."""
    keys = {
        CURRENT_VERSION: {
            "CurrentVersion": "6.0", "CurrentBuild": "6002", "CurrentBuildNumber": "6002",
            "CSDVersion": "Service Pack 2", "CSDBuildNumber": "1621", "CurrentType": "Multiprocessor Free",
            "ProductName": "Windows Server (R) 2008 Standard", "EditionID": "ServerStandard",
            "BuildLab": "6002.vistasp2_ldr_escrow.190304-1600",
            "BuildLabEx": "6002.24565.%sfre.vistasp2_ldr_escrow.190304-1600" % ARCH.processor,
            "RegisteredOwner": "Test bed", "RegisteredOrganization": "Build 6003 tests"},
        r"HKEY_LOCAL_MACHINE\System\CurrentControlSet\Control\ProductOptions": {"ProductType": "ServerNT"},
        r"HKEY_LOCAL_MACHINE\System\CurrentControlSet\Control\Windows": {"CSDVersion": 0x200, "CSDReleaseType": 0},
        r"HKEY_CURRENT_USER\Software\Wine": {"Version": None},
        r"HKEY_CURRENT_USER\Software\Wine\DllOverrides": {"ntoskrnl.exe": "native"},
        r"HKEY_CURRENT_USER\Software\Wine\AppDefaults\winedevice.exe\DllOverrides": {"ntoskrnl.exe": "builtin"},
        SERVICES + r"\TrustedInstaller": {
            "DisplayName": "Windows Modules Installer", "ImagePath": r"%SystemRoot%\servicing\TrustedInstaller.exe",
            "ObjectName": "LocalSystem", "Start": 3, "Type": 16, "ErrorControl": 1},
        SERVICES + r"\wuauserv": {"Start": 2, "DelayedAutoStart": 1},
        CBS: {"": None},
        FONT_LINKS: FONTS_BEHIND, **FONTS_OF_SCRIPTS,
    }
    keys.update(dict.fromkeys(CURRENT_VERSIONS, keys[CURRENT_VERSION]))
    for name, version, state in (
            ("Microsoft-Windows-Foundation-Package", "6.0.6001.18000", 0x70),
            ("KB936330", "6.0.1.18000", 0x70),
            ("VistaSP2-KB948465", "6.0.1.18005", 0x70),
            ("package_for_KB948465", "6.0.1.18005", 0x70),
            ("Package_1_for_KB948465", "6.0.1.18005", 0x70),
            ("Package_93_for_KB948465", "6.0.1.18005", 0x70),
            ("Package_for_KB4012583", "6.0.1.2", 0x50),                  # superseded: still counts
            ("Package_for_KB3205638", "6.0.1.0", 0x70),
            ("Package_for_KB4487023", "6.0.1.3", 0x50),
            ("Package_for_KB4489880", "6.0.1.4", 0x70),                  # March 2019: kernel 6.0.6002.24565
            ("Package_for_KB4489880_server", "6.0.1.4", 0x70),
            ("Package_for_KB4489880_server_1", "6.0.1.4", 0x70),
            ("Package_for_KB4489880_client", "6.0.1.4", 0x40),           # the other branch is only staged
            ("Package_2_for_KB4489880", "6.0.1.4", 0x70)):
        keys.update(package(name, version, state))
    return keys
