"""printers: a print system of its own for tests, with the printers Front-desk (the default one) and Ward-3.

A CUPS that listens on a socket file only, throws away what it prints, and keeps the jobs: Wine's PostScript driver
shows its printers to Windows programs that have CUPS_SERVER in their environment. Nothing of this computer's own
printing is touched. As root, cupsd works as the user lp; otherwise as whoever starts it.

    with printers.office() as office:
        machine.variables.update(office.variables)
        ...
        for job in office.wait_jobs(1):
            job.pdf(path); printers.text(path); printers.pictures(path, folder, 70)

Needs cups-daemon, cups-client, ghostscript and poppler-utils.
"""
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import testbed

NAMES = ("Front-desk", "Ward-3")                        # CUPS allows no spaces

CUPSD = """LogLevel warn
Listen %(folder)s/socket
Browsing Off
WebInterface No
DefaultAuthType None
PreserveJobFiles Yes
PreserveJobHistory Yes
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
FILES = """FileDevice Yes
ServerRoot %(folder)s/root
StateDir %(folder)s/state
RequestRoot %(folder)s/spool
TempDir %(folder)s/spool/tmp
CacheDir %(folder)s/cache
ErrorLog %(folder)s/error.log
AccessLog %(folder)s/access.log
PageLog %(folder)s/page.log
Printcap
"""

# A printer with one kind of paper, which wastes 18 points at its sides and 36 above and below.
PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "PAPER.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*PSVersion: "(3010.000) 0"
*ModelName: "Test"
*ShortNickName: "Test"
*NickName: "Test"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*FileSystem: False
*DefaultResolution: 600dpi
*cupsFilter: "application/postscript 0 -"
*OpenUI *PageSize/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: %(paper)s
*PageSize %(paper)s/%(paper)s: "<</PageSize[%(width)d %(height)d]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: %(paper)s
*PageRegion %(paper)s/%(paper)s: "<</PageSize[%(width)d %(height)d]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: %(paper)s
*ImageableArea %(paper)s/%(paper)s: "18 36 %(right)d %(top)d"
*DefaultPaperDimension: %(paper)s
*PaperDimension %(paper)s/%(paper)s: "%(width)d %(height)d"
*DefaultFont: Courier
*Font Courier: Standard "(002.004S)" Standard ROM
"""


class Job:
    """One printed document: the PostScript that the printer was given."""

    def __init__(self, path):
        self.path = path
        head = path.read_bytes()[:400].decode("latin-1")
        self.title = re.search(r"^%%Title: (.*)$", head, re.M).group(1).strip()

    def pdf(self, target):
        testbed.check_call(["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite",
                            "-sOutputFile=" + str(target), self.path])
        return target


class Office:
    def __init__(self, folder):
        self.folder = folder
        self.variables = {"CUPS_SERVER": str(folder / "socket")}

    def tell(self, *arguments):
        subprocess.run(arguments, env=dict(os.environ, **self.variables), stdout=subprocess.DEVNULL,
                       stderr=subprocess.PIPE, check=True)

    def jobs(self):
        return sorted((self.folder / "spool").glob("d*"))

    def wait_jobs(self, count, seconds=60):
        """The jobs, as soon as there are so many and all of them are whole."""
        def whole():
            paths = self.jobs()
            ends = [path.read_bytes().rstrip().endswith(b"%%EOF") for path in paths]
            return paths if len(paths) >= count and all(ends) else None
        return [Job(path) for path in testbed.wait_until(whole, seconds, "%d print jobs" % count)]

    def set_paper(self, name, paper, width, height):
        """From now on the printer has this paper only, of so many points."""
        path = self.folder / (paper + ".ppd")
        path.write_text(PPD % {"paper": paper, "width": width, "height": height,
                               "right": width - 18, "top": height - 36})
        self.tell("lpadmin", "-p", name, "-P", path)

    def stop_printers(self):
        """As after the spooler service was stopped."""
        for name in NAMES:
            self.tell("lpadmin", "-x", name)


@contextlib.contextmanager
def office(names=NAMES):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="wz-cups-"))         # a socket's path must be short
    folder.chmod(0o755)
    for name in ("root/ssl", "root/ppd", "state", "spool/tmp", "cache"):
        (folder / name).mkdir(parents=True)
    (folder / "root/cupsd.conf").write_text(CUPSD % {"folder": folder})
    (folder / "root/cups-files.conf").write_text(FILES % {"folder": folder})
    log = (folder / "output.txt").open("w")
    daemon = subprocess.Popen(["/usr/sbin/cupsd", "-f", "-c", folder / "root/cupsd.conf", "-s",
                               folder / "root/cups-files.conf"], stdout=log, stderr=log)
    made = Office(folder)
    try:
        testbed.wait_until((folder / "socket").exists, 30, "cupsd: " + (folder / "output.txt").read_text())
        for name in names:
            testbed.wait_until(lambda: subprocess.run(
                ["lpadmin", "-p", name, "-E", "-v", "file:/dev/null", "-m", "raw"], stdout=subprocess.DEVNULL,
                env=dict(os.environ, **made.variables), stderr=subprocess.DEVNULL, check=False).returncode == 0, 30,
                "the printer " + name)
        if names:
            made.tell("lpadmin", "-d", names[0])
        yield made
    finally:
        daemon.terminate()
        daemon.wait()
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def text(pdf):
    """The words of a PDF, as pdftotext orders them in columns; a form feed ends each page."""
    return testbed.check_call(["pdftotext", "-layout", pdf, "-"]).decode()


def page_count(pdf):
    return int(re.search(r"^Pages:\s*(\d+)", testbed.check_call(["pdfinfo", pdf]).decode(), re.M).group(1))


def pictures(pdf, prefix, per_inch=80):
    testbed.check_call(["pdftoppm", "-r", str(per_inch), "-png", pdf, prefix])


def page_sizes(pdf):
    """{(width, height)} of all pages, in whole points."""
    told = testbed.check_call(["pdfinfo", "-f", "1", "-l", "999", pdf]).decode()
    return {(round(float(width)), round(float(height)))
            for width, height in re.findall(r"^Page +\d+ size: +([\d.]+) x ([\d.]+)", told, re.M)}


def word_boxes(pdf):
    """[(left, top, right, bottom)] of each word on its page, in points."""
    told = testbed.check_call(["pdftotext", "-bbox", pdf, "-"]).decode()
    return [tuple(map(float, box)) for box in
            re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', told)]
