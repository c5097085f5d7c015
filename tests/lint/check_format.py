#!/usr/bin/env python3
"""How C is laid out, as far as a pattern can see; .clang-format says why clang-format does not judge it.

Blocks are indented by 4 from where their statement begins; a function's brace stands on a line of its own, every other
one at the end of its line; keywords, commas and semicolons have their blanks; one empty line at most. What stands
inside parentheses, a table or a continued expression may be aligned by hand.
"""
import re

import source

PATTERNS = [
    (r"\b(?:if|for|while|switch|return)\(", "a blank before the parenthesis"),
    (r"^ *(?:\} *)?(?:if|for|while|switch|else)\b.*\)\{ *$|\b(?:else|do)\{|\}(?:else|while)\b",
     "a blank beside the brace"),
    (r"\( +[^ \\]|[^ ;(] +\)(?! *\\?$)", "no blank inside parentheses"),
    (r",[^\s)]", "a blank behind the comma"),
    (r"[^\s(;] +;", "no blank before the semicolon"),
    (r"\b(?:char|int|void|bool|unsigned|wz_\w+|wchar_t)\* ", "the star stands at the name"),
    (r"^\w[^=]*\) *\{ *$", "a function's brace stands on a line of its own"),
]
OPENS = re.compile(r"^ *(?:\} *)?(?:if|for|while|switch|else|do|case|default)\b")
ALONE = re.compile(r"^ *(?:if|for|while|switch) \(.*\) *$|^ *(?:\} )?(?:else|do) *$")


def plain_lines(text):
    """Without comments, literals filled with a letter; lines of the preprocessor and what continues them are empty."""
    code = re.sub(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", lambda match: "x" * len(match.group(0)),
                  source.blank(text, literals=False))
    lines, is_directive = [], False
    for line in code.split("\n"):
        is_directive = is_directive or line.lstrip().startswith("#")
        lines.append("" if is_directive else line.rstrip())
        is_directive = is_directive and line.rstrip().endswith("\\")
    return lines


class Blocks:
    """Follows braces and parentheses; says where a line that begins a statement has to begin."""

    def __init__(self):
        self.blocks, self.parentheses, self.start, self.is_new = [], 0, 0, True

    def expected(self, line):
        """The column, or None where it is free."""
        if not self.is_new or self.parentheses or not line.strip() or re.match(r" *(?:else\b|\w+:$)", line):
            return None
        if not self.blocks:
            return 0
        start, is_free = self.blocks[-1]
        if is_free:
            return None
        if line.lstrip().startswith("}") or re.match(r" *(?:case\b|default:)", line):
            return start
        return start + 4

    def take(self, line):
        if not line.strip():
            return
        if (self.is_new and not self.parentheses) or OPENS.match(line):
            self.start = len(line) - len(line.lstrip())
        for at, character in enumerate(line):
            self.parentheses += (character in "([") - (character in ")]")
            if character == "{":                       # of a value, or with text behind it: aligned by hand
                is_value = line[:at].endswith(")") or line[:at].rstrip().endswith(("=", ",", "{"))
                self.blocks.append((self.start, is_value or bool(line[at + 1:].strip(" {"))))
            elif character == "}" and self.blocks:
                self.start = self.blocks.pop()[0]
        self.is_new = line.rstrip()[-1] in ";{}" or bool(re.search(r"^ *(?:case\b.*|default *):$", line))


def check_text(path, text):
    errors = []
    blocks = Blocks()
    lines = plain_lines(text)
    for number, line in enumerate(lines, 1):
        for pattern, what in PATTERNS:
            if re.search(pattern, line):
                errors.append("%s:%d: %s" % (path, number, what))
        column = blocks.expected(line)
        if column is not None and len(line) - len(line.lstrip()) != column:
            errors.append("%s:%d: begins in column %d, not %d" % (path, number, len(line) - len(line.lstrip()), column))
        if number > 1 and line.strip() == "{" and line != "{" and ALONE.match(lines[number - 2]):
            errors.append("%s:%d: the brace stands at the end of the line before" % (path, number))
        if number > 1 and re.match(r" *else\b", line) and re.match(r" *\}$", lines[number - 2]):
            errors.append("%s:%d: } else on one line" % (path, number))
        blocks.take(line)
    if re.search(r"\n\n\n|\A\n|\n\n\Z", text):
        errors.append("%s: two empty lines, or one at an end" % path)
    return errors


def check(top):
    errors = []
    for path in source.files(top, ["wizard", "tests", "resources"], (".c", ".h")):
        errors += check_text(path, source.read(top, path))
    return errors


if __name__ == "__main__":
    source.finish("format", check(source.TOP))
