"""The language when nobody chooses one: that of the person's Windows, or the nearest there is.

Wine takes the language of its Windows from the environment when a session begins: a locale that is made here, in a
folder of its own, is a Windows in that language.
"""
from bench import *

LOCALES = testbed.BUILD / "locales"
WINDOWS = [                                             # the locale, which is the language of Windows; what is spoken
    ("de_DE", "de-DE"), ("de_AT", "de-DE"),
    ("en_GB", "en-US"),
    ("fr_FR", "fr-FR"), ("fr_CA", "fr-FR"),
    ("es_ES", "es-ES"), ("es_MX", "es-ES"),
    ("pt_BR", "pt-BR"), ("pt_PT", "pt-BR"),
    ("ru_RU", "ru-RU"),
    ("ja_JP", "ja-JP"),
    ("zh_CN", "zh-CN"), ("zh_SG", "zh-CN"),
    ("zh_TW", "en-US"), ("zh_HK", "en-US"),             # written in other signs: who reads these reads no zh-CN
    ("fi_FI", "en-US"),
]
TAGS = [("de", "de-DE"), ("DE-at", "de-DE"), ("es-419", "es-ES"), ("pt", "pt-BR"), ("zh", "zh-CN"),
        ("zh-Hans", "zh-CN"), ("zh-Hans-HK", "zh-CN"), ("zh-sg", "zh-CN"), ("zh-CN", "zh-CN")]
STRANGERS = ["fi", "fi-FI", "zh-TW", "zh-Hant", "zh-Hant-CN", "zh-hk", "d", "deu", "-", "x-none"]


def locale(name):
    """The folder for LOCPATH, with this locale in it."""
    folder = LOCALES / (name + ".UTF-8")
    if not folder.exists():
        LOCALES.mkdir(parents=True, exist_ok=True)
        testbed.check_call(["localedef", "-i", name, "-f", "UTF-8", folder])
    return str(LOCALES)


def speak(bench, name):
    """Begin a session on a Windows of this language; None: on the one that the machine was made with."""
    bench.end()
    bench.variables = {"LOCPATH": locale(name), "LC_ALL": name + ".UTF-8"} if name else {}
    bench.boot()
    tag = bench.registry(r"HKCU\Control Panel\International", "LocaleName")
    assert tag == (name or "en_US").replace("_", "-"), "%s: Windows is %s" % (name, tag)


def is_in(tag, name, said):
    return text(name, tag).search(said) is not None


def test_windows_own_language_is_spoken(bench):
    wrong = []
    for name, tag in WINDOWS:
        speak(bench, name)
        said = bench.expect(DONE, "/?").out
        if not is_in(tag, "IDS_HELP_USAGE", said):
            wrong.append("%s: %s" % (name, said.splitlines()[0]))
    speak(bench, None)                                  # Windows itself writes down how its language writes dates
    assert not wrong, "\n".join(wrong)


test_windows_own_language_is_spoken.seconds = 60


def test_an_assessment_and_its_report_are_in_windows_own_language(bench):
    speak(bench, "de_DE")
    told = bench.expect(UPDATES_WAIT, "/assess", r"/report:C:\bericht.txt").out
    assert is_in("de-DE", "IDS_SAY_VERDICT", told), told
    report = bench.host(r"C:\bericht.txt").read_text("utf-8-sig")
    assert is_in("de-DE", "IDS_DOC_CHECKS", report) and not is_in("en-US", "IDS_DOC_CHECKS", report)
    english = bench.expect(UPDATES_WAIT, "/assess", "/lang:en", r"/report:C:\report.txt").out
    assert is_in("en-US", "IDS_SAY_VERDICT", english), english
    assert is_in("en-US", "IDS_DOC_CHECKS", bench.host(r"C:\report.txt").read_text("utf-8-sig"))
    line = bench.refuses(USAGE, "/bogus")
    assert is_in("de-DE", "IDS_OPTION_UNKNOWN", line), line
    line = bench.refuses(USAGE, "/assess", "/lang:fi")
    assert is_in("de-DE", "IDS_OPTION_LANGUAGE", line) and "zh-CN" in line, line
    speak(bench, None)


def test_a_language_is_chosen_by_its_tag(bench):
    for tag, spoken in TAGS:
        said = bench.expect(DONE, "/?", "/lang:" + tag).out
        assert is_in(spoken, "IDS_HELP_USAGE", said), "%s: %s" % (tag, said)
    for tag in STRANGERS:
        line = bench.refuses(USAGE, "/assess", "/lang:" + tag)
        assert line.startswith("/lang:" + tag) and is_in("en-US", "IDS_OPTION_LANGUAGE", line), line
        line = bench.refuses(USAGE, "/assess", r"/report:C:\report.txt", "/report-lang:" + tag)
        assert line.startswith("/report-lang:" + tag), line
    bench.untouched()
