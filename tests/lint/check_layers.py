#!/usr/bin/env python3
"""ui -> platform -> core, scan -> core: nobody includes upwards, and few files may include the great outside.

Includes are spelled from wizard/ ("core/plan.h"). Only core/xml.c knows libxml2 and only ui/sheet.c the
window around the pages, so either can be replaced in one place.
"""
import re

import source

MAY = {
    "core": {"core"},
    "scan": {"core", "scan"},
    "platform": {"core", "scan", "platform"},
    "ui": {"core", "scan", "ui"},
}
# What ui/ may know of platform/: text, library and drawing helpers; the entry point alone opens the door to the rest.
UI_FROM_PLATFORM = {"platform/wide.h", "platform/system_dll.h", "platform/win32.h", "platform/paper.h",
                    "platform/windows.h"}
SHARED = {"resource.h", "texts.h", "product.h"}
ONLY = [
    (re.compile(r"libxml/"), {"core/xml.c"}, "only core/xml.c includes libxml2"),
    (re.compile(r"^ui/frame\.h"), {"ui/sheet.c", "ui/frame.c"}, "only ui/sheet.c knows the frame"),
    (re.compile(r"^platform/windows\.h"), {"ui/main.c", "platform/windows.c"}, "only ui/main.c may open it"),
]
# Instructions of the processor: in one place, behind a search that finds the same without them.
PROCESSOR = {"scan/hunt.c": {"cpuid.h", "intrin.h"}, "scan/hunt_sse2.c": {"emmintrin.h"}}
STANDARD = {"assert.h", "ctype.h", "errno.h", "float.h", "inttypes.h", "limits.h", "math.h", "setjmp.h", "stdarg.h",
            "stdbool.h", "stddef.h", "stdint.h", "stdio.h", "stdlib.h", "string.h", "time.h", "wchar.h"}


def check(top):
    errors = []
    for path in source.files(top, ["wizard"], (".c", ".h")):
        name = path[len("wizard/"):]
        layer = name.split("/")[0]
        if layer not in MAY:
            errors.append("%s: no such layer" % path)
            continue
        text = source.blank(source.read(top, path), literals=False)
        for match in re.finditer(r"^[ \t]*#[ \t]*include[ \t]*([<\"])([^>\"]+)[>\"]", text, flags=re.M):
            line = text.count("\n", 0, match.start()) + 1
            ours, what = match.group(1) == '"', match.group(2)
            where = "%s:%d: %s" % (path, line, what)
            for pattern, allowed, rule in ONLY:
                if pattern.search(what) and name not in allowed:
                    errors.append("%s: %s" % (where, rule))
            if ours and what not in SHARED:
                if "/" not in what or what.startswith("."):
                    errors.append("%s: spell it from wizard/" % where)
                elif what.split("/")[0] not in MAY[layer] and not (layer == "ui" and what in UI_FROM_PLATFORM):
                    errors.append("%s: %s/ may not include this" % (where, layer))
            elif not ours and layer in ("core", "scan") and not what.startswith("libxml/") \
                    and what not in STANDARD | PROCESSOR.get(name, set()):
                errors.append("%s: %s/ is portable C11" % (where, layer))
    return errors


if __name__ == "__main__":
    source.finish("layers", check(source.TOP))
