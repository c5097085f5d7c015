#!/usr/bin/env python3
"""make_site_catalogue: the built-in catalogue with the hashes of other files.

    make_site_catalogue.py MEDIA OUT.xml

Writes a site catalogue (resources/catalogue.xsd, kind="site"): resources/catalogue.xml, but for every .msu in MEDIA
called Windows6.0-KB<n>[-v<m>]-<architecture>.msu the update's files of that architecture give way to this one. With
it, by /catalogue:OUT.xml, the product accepts the synthetic updates of make_updates.py; without it, it must not. The
order of updates, prerequisites and targets stay those of the real catalogue.
"""
import datetime
import hashlib
import pathlib
import re
import sys
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAME = re.compile(r"windows6\.0-kb(\d+)(?:-v\d+)?-(x64|x86|ia64)\.msu", re.I)


def make(media, out, base=ROOT / "resources" / "catalogue.xml"):
    """Write the catalogue; returns the KB numbers whose files it now has, in ascending order."""
    tree = ET.parse(base)
    root = tree.getroot()
    root.set("kind", "site")
    root.set("date", datetime.date.today().isoformat())
    done = []
    for path in sorted(pathlib.Path(media).iterdir()):
        match = NAME.fullmatch(path.name)
        if not match:
            continue
        update = root.find("updates/update[@kb='%s']" % match.group(1))
        if update is None:
            raise ValueError("the catalogue has no KB%s" % match.group(1))
        for old in update.findall("file[@architecture='%s']" % match.group(2)):
            update.remove(old)
        content = path.read_bytes()
        file = ET.Element("file", architecture=match.group(2), name=path.name, sha1=hashlib.sha1(content).hexdigest(),
                          sha256=hashlib.sha256(content).hexdigest(), source="Synthetic file of the test bed",
                          confidence="P")
        update.insert(0, file)
        done.append(int(match.group(1)))
    ET.indent(tree)
    tree.write(out, encoding="utf-8", xml_declaration=True)
    return sorted(done)


def main(arguments):
    if len(arguments) != 2:
        print(__doc__)
        return 2
    done = make(*arguments)
    print("%s: %s" % (arguments[1], ", ".join("KB%d" % kb for kb in done) or "no file found"))
    return 0 if done else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (OSError, ValueError, ET.ParseError) as error:
        sys.exit("make_site_catalogue: %s" % error)
