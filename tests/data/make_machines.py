#!/usr/bin/env python3
"""Machines for tests, from descriptions that a person can read: tests/data/machines/NAME.txt says how a machine
differs from another one. make_machines.py FOLDER writes each as a snapshot, FOLDER/NAME.xml, and their names to
FOLDER/list.txt; tests/e2e/test_machines.py makes Wine prefixes of some of them.

The first lines up to an empty one say what the machine is. Then, one a line:

    from NAME              begin with that machine, or with a snapshot of tests/data/snapshots
    arch x86|x64|ia64
    version 6.0.6003.20489 what all four witnesses say, and the kernel's revision
    stack VERSION          servicing stack
    sha2                   both values of SHA-2 support are 1
    update KB STATE        its packages: installed superseded pending staged broken removing, or a number
    packages COUNT         so many installed ones of updates that concern nobody
    fact ID VALUE          known; \\n in VALUE is a line end
    no ID                  looked for, is not there
    unknown ID CODE        could not be read; 0: no answer in time
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape, quoteattr

DATA = pathlib.Path(__file__).resolve().parent
MACHINES, SNAPSHOTS = DATA / "machines", DATA / "snapshots"
TIME = "2026-11-06T21:20:00Z"
STATES = {"installed": 0x70, "superseded": 0x50, "pending": 0x60, "staged": 0x40, "broken": -0x70, "removing": 5}
PLATFORM = {"x86": "x86", "x64": "amd64", "ia64": "ia64"}
WITNESSES = ("version.api", "version.shim", "version.registry", "version.wmi")
TOKEN = "~31bf3856ad364e35~"


class Machine:
    """Facts by id, each [state, source, value or code]; packages {identity: state}; hotfixes and manifests."""

    def __init__(self, name):
        self.name, self.about = name, ""
        self.facts, self.packages, self.hotfixes, self.manifests = {}, {}, [], []

    @property
    def arch(self):
        return self.facts["version.architecture"][2]

    # reading

    def read_snapshot(self, path):
        root = ElementTree.parse(path).getroot()
        for fact in root.findall("fact"):
            self.facts[fact.get("id")] = [fact.get("state"), fact.get("source"), fact.text or fact.get("code") or ""]
        self.packages = {p.get("name"): int(p.get("state")) for p in root.findall("packages/package")}
        self.hotfixes = [h.get("id") for h in root.findall("hotfixes/hotfix")]
        self.manifests = [m.get("name") for m in root.findall("manifests/manifest")]

    def source(self, fact):
        return self.facts[fact][1] if fact in self.facts else "test"

    def known(self, fact, value):
        self.facts[fact] = ["known", self.source(fact), value]

    def do(self, word, rest):
        fact, _, value = rest.partition(" ")
        if word == "from":
            other = SNAPSHOTS / (rest + ".xml")
            if other.exists():
                self.read_snapshot(other)
            else:
                base = read(rest)
                self.facts = {key: list(row) for key, row in base.facts.items()}
                self.packages, self.hotfixes = dict(base.packages), list(base.hotfixes)
                self.manifests = list(base.manifests)
        elif word == "arch":
            self.packages = {re.sub(r"~(amd64|x86|ia64)~", "~%s~" % PLATFORM[rest], name): state
                             for name, state in self.packages.items()}
            self.manifests = [re.sub(r"~(amd64|x86|ia64)~", "~%s~" % PLATFORM[rest], name) for name in self.manifests]
            self.known("version.architecture", rest)
        elif word == "version":
            for witness in WITNESSES:
                self.known(witness, rest.rsplit(".", 1)[0])
            self.known("version.kernelFile", rest)
        elif word == "stack":
            self.known("stack.version", rest)
        elif word == "sha2":
            self.known("sha2.support", "1")
            self.known("sha2.coreSupport", "1")
        elif word == "update":
            self.update(fact.upper(), value)
        elif word == "packages":
            for number in range(int(rest)):
                self.update("KB%d" % (2000000 + number), "installed", parts=("Package_for_%s",))
        elif word == "fact":
            self.known(fact, value.replace("\\n", "\n"))
        elif word == "no":
            self.facts[rest] = ["absent", self.source(rest), ""]
        elif word == "unknown":
            self.facts[fact] = ["unreadable", self.source(fact), value]
        else:
            raise ValueError("%s: there is no word '%s'" % (self.name, word))

    def update(self, kb, state, parts=("Package_for_%s", "Package_for_%s_server", "Package_1_for_%s")):
        for part in parts:
            name = "%s%s%s~~6.0.1.0" % (part % kb, TOKEN, PLATFORM[self.arch])
            self.packages[name] = STATES[state] if state in STATES else int(state)
            if name.lower() not in self.manifests:
                self.manifests.append(name.lower())
        if self.packages[name] in (0x70, 0x50, 7) and kb not in self.hotfixes:
            self.hotfixes.append(kb)

    # writing

    def xml(self):
        for fact, count in (("packages", len(self.packages)), ("hotfixes", len(self.hotfixes)),
                            ("manifests", len(self.manifests))):
            if self.facts[fact][0] == "known":
                self.known(fact, str(count))
        lines = ['<?xml version="1.0" encoding="UTF-8"?>',
                 '<snapshot version="1" taken="%s" product="0.1.0">' % TIME]
        for fact, (state, source, value) in self.facts.items():
            line = '  <fact id="%s" state="%s" source=%s time="%s"' % (fact, state, quoteattr(source), TIME)
            if state == "known":
                line += ">%s</fact>" % escape(value)
            else:
                line += ' code="%s"/>' % value if state == "unreadable" else "/>"
            lines.append(line)
        for group, item, rows in (("packages", "package", ["name=%s state=\"%d\"" % (quoteattr(n), s)
                                                           for n, s in self.packages.items()]),
                                  ("hotfixes", "hotfix", ["id=%s" % quoteattr(h) for h in self.hotfixes]),
                                  ("manifests", "manifest", ["name=%s" % quoteattr(m) for m in self.manifests])):
            if self.facts[group][0] == "known":
                lines += ["  <%s>" % group, *("    <%s %s/>" % (item, row) for row in rows), "  </%s>" % group]
        return "\n".join([*lines, "</snapshot>", ""])


def read(name):
    machine = Machine(name)
    about, _, lines = (MACHINES / (name + ".txt")).read_text("utf-8").partition("\n\n")
    machine.about = " ".join(about.split())
    for line in lines.split("\n"):
        if line.strip():
            machine.do(*line.strip().partition(" ")[::2])
    return machine


def names():
    return sorted(path.stem for path in MACHINES.glob("*.txt"))


def make(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.xml"):
        old.unlink()
    for name in names():
        (folder / (name + ".xml")).write_text(read(name).xml(), "utf-8")
    (folder / "list.txt").write_text("".join(name + "\n" for name in names()), "utf-8")


if __name__ == "__main__":
    make(sys.argv[1])
