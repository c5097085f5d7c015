#!/usr/bin/env python3
"""No text that people see repeats a false claim about build 6003: those of the research (its list of claims, claim by
claim, and what it could not verify), each with a sentence that must be caught. One that denies the claim is fine.
Translations may not bring other numbers than the English text: KB numbers, years, builds and codes are the facts."""
import os
import re
import xml.etree.ElementTree as ElementTree

import check_strings
import source

DENIES = r"\b(no|not|none|never|neither|nor|without|cannot|nothing|disputed|separate|free)\b|n't\b"

# (what is false about it, patterns that one sentence has all of, an example that must be caught)
MYTHS = [
    ("6003 needs no licence; the preparation package is ten months younger",
     [r"\b6003\b", r"\bESU\b|Extended Security|licen[cs]|KB4538484|subscription|product key",
      r"\bneeds?\b|\brequires?\b|\bmust\b|\bonly\b|\bafter\b"],
     "Build 6003 requires an active ESU subscription."),
    ("6003 is older than the SHA-2 package of this Windows",
     [r"\b6003\b", r"KB4474419|SHA-2", r"\bneeds?\b|\brequires?\b|\bmust\b|\bbefore\b"],
     "Before reaching build 6003, servers must have SHA-2 support (KB4474419)."),
    ("the revision tells how far a machine is patched, not the number",
     [r"\b6003\b", r"fully patched|up to date|all (kernel-level )?fixes|all (possible )?(ESU )?(security )?patches|"
      r"best indicator|final build"],
     "Build 6003 is the best indicator that a server has received all possible ESU security patches."),
    ("a security update adds no features", [r"ReFS|Storage Spaces|\bnew features?\b"],
     "Build 6003 adds Storage Spaces."),
    ("R2 is 7601, and there is no R3", [r"\bR3\b"], "Build 6003 is Windows Server 2008 R3."),
    ("6003 is 2008, not 2008 R2", [r"\b6003\b", r"\b2008 R2\b"], "Build 6003 brings Windows Server 2008 R2."),
    ("no source for it", [r"\b2038\b"], "Build 6003 fixes the year 2038 problem."),
    ("KB4493471 alone raises the number, and so does KB4499180",
     [r"single (KB|update) that|several prerequisite updates"],
     "The transition happens after installing several prerequisite updates."),
    ("the number went from 6002 to 6003", [r"\b6001\b.{0,40}\b6003\b"], "SP2 jumped from 6001 to 6003."),
    ("KB4499180 is the security-only update; the rollup is KB4499149", [r"KB4499180", r"[Rr]ollup"],
     "KB4499180 is the Monthly Rollup of May 2019."),
    ("KB5022338 is for Windows 7", [r"5022338"], "The last rollup is KB5022338."),
    ("the Platform Update is another thing", [r"Platform Update"], "Build 6003 is the Platform Update."),
    ("rollups raised the revision until January 2026", [r"\bfrozen\b"], "The build is frozen at January 2020."),
    ("the file version of the kernel does become 6003",
     [r"\bkernel\b", r"\bkeeps\b|\bstays\b|\bremains\b", r"\b6002\b"],
     "The kernel keeps 6002 and only queries are redirected."),
    ("a missing SHA-2 support fails before the installation; being undone is the sign of the missing licence",
     [r"SHA-2", r"roll(ed|s)?[ -]?back|\bundoes\b|\bundone\b|revert"],
     "A missing SHA-2 support lets the update be rolled back at the restart."),
    ("no source for it", [r"skip ahead|rollback loop|infinite"],
     "You cannot skip ahead: the system gets stuck in infinite rollback loops."),
    ("sources disagree which update was the first",
     [r"KB4489887", r"\bfirst\b|introduc|\bflips?\b|\bbegan\b|\bbegins\b"],
     "KB4489887 introduced build 6003."),
    ("read the build, never infer it from a KB",
     [r"KB\d{6,7}[^.]*\b(is|are) installed", r"(so|therefore|hence)[^.]*\b6003\b"],
     "KB4489887 is installed, so this computer is on build 6003."),
    ("no source says what this code means for these updates", [r"0x80070661", r"."], "0x80070661 means a missing ESU."),
    ("not verified, so not shown",
     [r"4495374|\bKB955430|4039648|4562031|4570673|5001205|5010452|5032384|Wind23k"], "See KB4495374."),
    ("there is no DISM on this Windows", [r"\b[Dd][Ii][Ss][Mm]\b|RestoreHealth"], "Run DISM /Online /RestoreHealth."),
    ("wusa of this Windows knows /quiet and /norestart alone",
     [r"\bwusa\b", r"/(uninstall|extract|warnrestart|forcerestart|promptrestart)"], "Run wusa /uninstall /kb:4493471."),
    ("the wizard never helps around a licence check", [r"\bbypass|\bget around\b|\bcircumvent"],
     "Use a bypass to install them."),
    ("an error never stands alone as unknown: its code, its origin and the log say something",
     [r"(?i)unknown error|unbekannter fehler|erreur inconnue|error desconocido|erro desconhecido|неизвестная ошибка"
      r"|不明なエラー|未知错误"], "Unknown error."),
    ("KB3205638 is a security update", [r"KB3205638", r"servicing stack"], "KB3205638 is a servicing stack update."),
    ("the number checks no licence", [r"\bbuild\b", r"validates? (ESU )?licen"],
     "The build includes mechanisms to validate ESU licences."),
]
# Names and numbers that are the same in every language; the others are looked for in English, whose denials are known.
NEUTRAL = r"ReFS|\\bR3\\b|2038|5022338|0x80070661|4495374|RestoreHealth|/\(uninstall|unknown error"
# Facts that a translation must leave as they are.
NUMBERS = r"(?<![0-9A-Za-z_.])(?:KB)?([0-9]{4,}|0x[0-9A-Fa-f]+)(?![0-9A-Za-z_])"


def caught(text, is_english=True):
    """[what is false] for each myth that a sentence of the text repeats."""
    found = []
    for sentence in re.split(r"(?<=[.!?:;])\s+|\\n|\n\n", text):
        if re.search(DENIES, sentence, flags=re.I):
            continue
        found += [why for why, patterns, _ in MYTHS if all(re.search(p, sentence) for p in patterns)
                  and (is_english or any(re.search(NEUTRAL, p) for p in patterns))]
    return found


def shown(top):
    """[(where, text)] of all that people read in English or any other language."""
    for path in source.files(top, ["localization"], ".rc"):
        for key, value, line in check_strings.table(source.read(top, path)):
            if key is not None:
                yield "%s:%d: %s" % (path, line, key), value
    root = ElementTree.parse(os.path.join(top, "resources/catalogue.xml")).getroot()
    for update in root.iter("update"):
        for text in [update.get("title") or ""] + ["".join(p.itertext()) for p in update.findall("problem")]:
            yield "resources/catalogue.xml: KB%s" % update.get("kb"), text
    for part in re.split(r"\n\s*\n", source.read(top, "README.md")):
        yield "README.md: '%s …'" % part.strip()[:30].split("\n")[0], re.sub(r"\s+", " ", part)


def check_numbers(top):
    errors = []
    english = {key: value for key, value, _ in check_strings.table(source.read(top, "localization/en-US.rc"))}
    for path in source.files(top, ["localization"], ".rc"):
        for key, value, line in check_strings.table(source.read(top, path)):
            want = set(re.findall(NUMBERS, english.get(key, value)))
            got = set(re.findall(NUMBERS, value))
            if got != want:
                errors.append("%s:%d: %s: has the numbers %s, and the English text %s"
                              % (path, line, key, " ".join(sorted(got)) or "–", " ".join(sorted(want)) or "–"))
    return errors


def check(top):
    errors = ["the myth '%s' is not caught: %s" % (why, example) for why, _, example in MYTHS
              if why not in caught(example)]
    for where, text in shown(top):
        is_english = not where.startswith("localization/") or where.startswith("localization/en-")
        errors += ["%s: repeats a myth: %s" % (where, why) for why in caught(text, is_english)]
    return errors + check_numbers(top)


if __name__ == "__main__":
    source.finish("myths", check(source.TOP))
