"""What the lints share: finding files, and reading C and resource scripts without their comments and literals."""
import os
import re
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def files(top, roots, endings):
    """Paths seen from top, sorted, of the files under the given folders (or the files themselves)."""
    found = []
    for root in roots:
        if os.path.isfile(os.path.join(top, root)):
            found.append(root)
        for folder, folders, names in os.walk(os.path.join(top, root)):
            folders[:] = [f for f in folders if not f.startswith(".") and f != "__pycache__"]
            found += [os.path.relpath(os.path.join(folder, n), top) for n in names if n.endswith(endings)]
    return sorted(found)


def read(top, path):
    with open(os.path.join(top, path), encoding="utf-8") as file:
        return file.read()


def blank(text, literals=True):
    """C text with comments, and when asked string and character literals, replaced by spaces; lines stay lines."""
    def empty(match):
        part = match.group(0)
        if part[0] == "/" or literals:
            return re.sub(r"[^\n]", " ", part)
        return part

    return re.sub(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", empty, text, flags=re.S)


def finish(name, errors):
    """Print the errors and the closing line of a lint; the exit code."""
    for error in errors:
        print(error)
    print("%s: %d %s" % (name, len(errors), "error" if len(errors) == 1 else "errors"))
    sys.exit(1 if errors else 0)
