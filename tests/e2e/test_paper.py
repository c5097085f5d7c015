"""/print: what comes out of a printer for four machines, and the report in HTML as another program sees it.

Printers are those of tests/tools/printers.py; what they are given becomes a PDF, which other programs count and read.
The PDFs and their pictures are left in build/e2e/paper, to be looked at. Windows' own print system is not proved here.
"""
import contextlib
import shutil
import tempfile

import printers
from bench import *

PAPER = E2E / "paper"
MACHINES = {"bare-sp2-x64": UPDATES_WAIT, "6003-january-2020-x64": DONE, "broken-pending-x64": BLOCKED,
            "vista-sp2-x86": UNSUPPORTED}
# titles that every report has, in this order
TITLES = ["IDS_DOC_COL_VERDICT", "IDS_DOC_ORDER", "IDS_DOC_ABOUT_NOW", "IDS_DOC_SYSTEM", "IDS_DOC_SOURCES",
          "IDS_DOC_CHECKS", "IDS_DOC_LICENCE", "IDS_DOC_TARGETS", "IDS_DOC_PLAN", "IDS_DOC_RESULTS",
          "IDS_DOC_FILES", "IDS_DOC_COMPATIBILITY", "IDS_DOC_UNCHECKED", "IDS_DOC_CATALOGUE", "IDS_DOC_SUPPORT",
          "IDS_DOC_SIGNATURES", "IDS_DOC_FACTS"]


def opened(name):
    return "/open:" + windows(SNAPSHOTS / (name + ".xml"))


@contextlib.contextmanager
def office(bench, names=printers.NAMES):
    """The bench with printers; what Wine notes of them is no trace of the product."""
    with printers.office(names) as made:
        bench.variables.update(made.variables)
        bench.wizard("/print:nowhere")
        bench.end()
        bench.before = Traces(bench.folder)
        bench.boot()
        yield made
        bench.end()


def check_pages(words, count):
    """Each page says which it is, once, at its foot; none is empty."""
    pages = words.split("\f")[:-1]
    assert len(pages) == count, "%d pages in the text, %d in the file" % (len(pages), count)
    for number, page in enumerate(pages, 1):
        lines = [line for line in page.splitlines() if line.strip()]
        assert re.search(r"\bPage %d of %d$" % (number, count), lines[-1]), lines[-1]
        assert text("IDS_DOC_TITLE").search(lines[0]), lines[0]
        assert len(lines) > 4, page


def check_order(words):
    at = 0
    for title in TITLES:
        found = re.compile("^" + text(title).pattern + "$", re.M).search(words, at)
        assert found, "%s is not on paper, or not where it should be" % title
        at = found.end()


def test_four_machines_on_paper(bench):
    shutil.rmtree(PAPER, ignore_errors=True)
    PAPER.mkdir(parents=True)
    with office(bench) as here:
        for number, (name, code) in enumerate(MACHINES.items(), 1):
            result = bench.expect(code, "/assess", "/print:ward-3" if number == 2 else "/print", opened(name))
            job = here.wait_jobs(number)[-1]
            pdf = job.pdf(PAPER / (name + ".pdf"))
            count = printers.page_count(pdf)
            told = text("IDS_PRINT_SENT").search(result.out).group(0)
            assert re.search(r"\b%d$" % count, told.splitlines()[0]), told
            assert printers.NAMES[number == 2] in told, told
            words = printers.text(pdf)
            check_pages(words, count)
            check_order(words)
            printers.pictures(pdf, PAPER / name)
    bench.untouched()


def test_letter_paper(bench):
    """A printer that has Letter gets Letter, every word of it on the paper."""
    PAPER.mkdir(parents=True, exist_ok=True)
    with office(bench) as here:
        here.set_paper("Ward-3", "Letter", 612, 792)
        bench.expect(BLOCKED, "/print:ward-3", opened("broken-pending-x64"))
        pdf = here.wait_jobs(1)[0].pdf(PAPER / "letter.pdf")
        assert printers.page_sizes(pdf) == {(612, 792)}, printers.page_sizes(pdf)
        check_pages(printers.text(pdf), printers.page_count(pdf))
        check_order(printers.text(pdf))
        boxes = printers.word_boxes(pdf)
        assert len(boxes) > 500
        for x0, y0, x1, y1 in boxes:
            assert 18 <= x0 and x1 <= 594 and 18 <= y0 and y1 <= 774, (x0, y0, x1, y1)
        printers.pictures(pdf, PAPER / "letter")


def test_the_report_names_nobody_on_paper_either(bench):
    with office(bench) as here:
        bench.expect(UPDATES_WAIT, "/print", "/redact", opened("bare-sp2-x64"))
        words = printers.text(here.wait_jobs(1)[0].pdf(bench.folder / "redacted.e2e"))
        assert "MRT-SRV-01" not in words and "COMPUTER-" in words
        assert "MRT-SRV-01" not in here.wait_jobs(1)[0].title


def test_printers_that_are_not_there(bench):
    told = bench.refuses(FAILED, "/print")
    assert text("IDS_PRINT_NONE").search(told), told
    with office(bench) as here:
        told = bench.refuses(FAILED, "/print:No such printer")
        assert told.startswith("No such printer: ") and all(name in told for name in printers.NAMES), told
        told = bench.refuses(FAILED, "/install", "/norestart", media(), catalogue(), "/print:nowhere")
        assert told.startswith("nowhere: "), told
        assert not here.jobs()
        here.stop_printers()                            # between two prints
        told = bench.refuses(FAILED, "/print:ward-3")
        assert text("IDS_PRINT_NONE").search(told), told
    bench.untouched()


def test_the_installation_is_printed(bench):
    """Steps, restarts and results of a real installation, with both states of the machine."""
    with office(bench) as here:
        bench.installs = True
        bench.expect(RESTART, "/install", "/norestart", media(), catalogue())
        for _ in range(1):
            bench.restart()
            bench.expect(RESTART, "/resume", "/norestart")
        bench.restart()
        bench.expect(DONE, "/resume", "/norestart", "/print")
        pdf = here.wait_jobs(1)[0].pdf(PAPER / "installed.pdf")
        words = printers.text(pdf)
        check_pages(words, printers.page_count(pdf))
        assert text("IDS_DOC_ABOUT").search(words)
        for number, kb in enumerate(STEPS, 1):
            assert "%d. KB%s" % (number, kb) in words, kb
        assert len(re.findall(r"\bRestart\b(?! afterwards)", words)) >= 2
        printers.pictures(pdf, PAPER / "installed")


# ---- HTML --------------------------------------------------------------------------------------------------------

def html_of(bench, name):
    bench.wizard(opened(name), "/report:" + windows(PAPER / (name + ".html")))
    return PAPER / (name + ".html")


def test_html_is_valid(bench):
    PAPER.mkdir(parents=True, exist_ok=True)
    for name in MACHINES:
        path = html_of(bench, name)
        done = subprocess.run(["tidy", "-errors", "-quiet", path], stderr=subprocess.PIPE, check=False)
        assert done.returncode == 0 and not done.stderr, "%s: %s" % (name, done.stderr.decode())
        content = path.read_text("utf-8")
        # what Internet Explorer 7 reads as nothing: laid out with it, the report would not be legible there
        newer = re.search(r"flex|grid|columns?-|var\(|calc\(|rgba\(|hsla?\(|\d(rem|vw|vh|ch)\b|:not|:nth|::|box-sizing|"
                          r"<(section|article|header|footer|main|nav|details|figure)\b", content.split("<body")[0] +
                          re.sub(r">[^<]*<", "><", content))
        assert newer is None, "%s: %s" % (name, newer.group(0))
        assert "<script" not in content and not re.search(r"""(src|href)\s*=|@import|url\(""", content), name


def test_html_prints_as_paper_does(bench):
    """A browser is not installed for this; where there is one, it must have nothing to complain of."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise Skip("chromium is not installed")
    PAPER.mkdir(parents=True, exist_ok=True)
    with office(bench) as here, tempfile.TemporaryDirectory() as profile:
        for number, name in enumerate(MACHINES, 1):
            path, pdf = html_of(bench, name), PAPER / (name + "-html.pdf")
            common = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
                      "--user-data-dir=" + profile]
            for arguments in (["--no-pdf-header-footer", "--print-to-pdf=" + str(pdf)],
                              ["--window-size=1000,1400", "--screenshot=" + str(pdf.with_suffix(".png"))]):
                done = subprocess.run([*common, *arguments, path.as_uri()], stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, timeout=120, check=False)
                assert done.returncode == 0 and b"CONSOLE" not in done.stdout, done.stdout.decode(errors="replace")
            bench.wizard("/print", opened(name))
            paper = printers.page_count(here.wait_jobs(number)[-1].pdf(PAPER / (name + ".pdf")))
            assert abs(printers.page_count(pdf) - paper) <= 1, "%s: %d pages from the browser, %d on paper" % (
                name, printers.page_count(pdf), paper)


test_four_machines_on_paper.seconds = 20
