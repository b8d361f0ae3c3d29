# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Comments and docstrings are plain English: a named subject, an active verb, the condition before the consequence."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator

import pytest

from fixtures.commands import must, run
from fixtures.repository import REPOSITORY

# Programs print, return, report, require and refuse. A name such as @says, $said, kcxx-said or said.cc is not a word.
UNWANTED_WORD = re.compile(r"(?<![\w@$./-])(?:said|told|says|nobody)(?![\w/-]|\.\w)", re.IGNORECASE)
HEADLESS_OPENING = re.compile(r"(?:What|Those|Of|Nobody)\b")

# Comments that quote another text, by file
QUOTATIONS = {
    "docs/write-compatibility.sh": ["What kcxx needs"],  # a title of docs/compatibility.md
}

# A driver of the kernel's, in C and converted, keeps its comments.
FOREIGN = ("examples/from_c/c/", "examples/from_c/converted/")

# A comment does not begin inside a literal
C_TOKEN = re.compile(
    r"""R"(?P<fence>[^()\s\\]*)\(.*?\)(?P=fence)"|"(?:\\.|[^"\\])*"|(?<!\w)'(?:\\.|[^'\\\n])+'|//(?P<line>[^\n]*)|/\*(?P<block>.*?)\*/""",
    re.DOTALL,
)
CMAKE_BLOCK = re.compile(r"^[ \t]*#\[(?P<fence>=*)\[(?P<block>.*?)\](?P=fence)\]", re.DOTALL | re.MULTILINE)
HASH = re.compile(r"(?:^|(?<=\s))#(?!!)(?P<text>#*(?:\s.*)?)$")

# A comment's first line, its column, and its text; a column of -1 joins no neighbour
Comment = tuple[int, int, str]


def line_of(text: str, position: int) -> int:
    """The number of the line at @position."""
    return text.count("\n", 0, position) + 1


def comments_of_c(text: str) -> Iterator[Comment]:
    """Yields the comments of C and C++."""
    for token in C_TOKEN.finditer(text):
        line_start = text.rfind("\n", 0, token.start()) + 1
        alone = not text[line_start : token.start()].strip()
        if (block := token["block"]) is not None:
            yield line_of(text, token.start()), -1, block
        elif (line := token["line"]) is not None and not line.startswith(" expected:"):
            yield line_of(text, token.start()), token.start() - line_start if alone else -1, line


def comments_of_hash(text: str) -> Iterator[Comment]:
    """Yields the comments of sh, awk, make and CMake, without those that become documentation or usage."""
    for block in CMAKE_BLOCK.finditer(text):
        yield line_of(text, block.start()), -1, block["block"]
    usage = False
    for number, line in enumerate(text.splitlines(), start=1):
        usage = line.startswith("#") and (usage or line.startswith("# Usage:"))
        found = HASH.search(line)
        while found and (line[: found.start()].count('"') % 2 or line[: found.start()].count("'") % 2):
            found = HASH.search(line, found.end())
        if found and not usage and not line.startswith("## "):
            yield number, -1 if line[: found.start()].strip() else found.start(), found["text"]


def comments_of_python(text: str) -> Iterator[Comment]:
    """Yields the comments and docstrings of Python."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], -1 if token.line[: token.start[1]].strip() else token.start[1], token.string
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and (docstring := ast.get_docstring(node)):
            yield node.body[0].lineno, -1, docstring


READERS: dict[re.Pattern[str], Callable[[str], Iterator[Comment]]] = {
    re.compile(r"\.(c|h|cc|hpp|inc)(\.in)?$|/freestanding/\w+$"): comments_of_c,
    re.compile(r"\.(sh|bash|awk|mk|cmake|txt)(\.in)?$|/(Makefile|Kbuild|kmodtool|reload-rules)[^/]*$|^/templates/.*\.in$|^/\.ci/"): comments_of_hash,
    re.compile(r"\.py$"): comments_of_python,
}


def plain(text: str) -> str:
    """Returns @text on one line, without the comment's own signs and without quoted code."""
    lines = ["" if line.startswith("#!") else re.sub(r"^[\s#*/!<]+", "", line).strip() for line in text.splitlines()]
    return re.sub(r"`[^`]*`", "``", " ".join(line for line in lines if line))


def blocks(comments: Iterator[Comment]) -> Iterator[tuple[int, str]]:
    """Joins the comments of neighbouring lines at one column. An empty comment line begins a new block."""
    start, after, at, text = 0, 0, -1, ""
    for line, column, more in comments:
        words = "" if "SPDX-License-Identifier" in more else plain(more)
        if words and text and (line, column) == (after, at) and column >= 0:
            text, after = f"{text} {words}", line + 1
            continue
        if text:
            yield start, text
        start, after, at, text = line, line + 1, column, words
    if text:
        yield start, text


def findings(name: str, text: str) -> Iterator[str]:
    """Yields each sentence of the file @name that breaks the rule, behind file and line."""
    for reader in [reader for pattern, reader in READERS.items() if pattern.search(f"/{name}")][:1]:
        for line, block in blocks(reader(text)):
            for quotation in QUOTATIONS.get(name, []):
                block = block.replace(quotation, "…")
            for place, sentence in enumerate(re.split(r"(?<=[.:;!?]) ", block)):
                if UNWANTED_WORD.search(sentence) or (place == 0 and HEADLESS_OPENING.match(sentence)):
                    yield f"{name}:{line}: {sentence}"


def test_comments_are_plain_english() -> None:
    """No comment and no docstring has one of the unwanted words, or opens without a subject."""
    wrong = []
    for name in must(run("git", "-C", REPOSITORY, "ls-files", "-z")).split("\0"):
        path = REPOSITORY / name
        if name and not name.startswith(FOREIGN) and path.is_file():
            wrong += findings(name, path.read_text(encoding="utf-8"))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "name, text, expected",
    [
        ("a.cc", "// What a timer\n// calls\nint a;", "a.cc:1: What a timer calls"),
        ("a.hpp", "int a; //!< Of the class", "a.hpp:1: Of the class"),
        ("a.c", "/*\n * Good. As the caller said.\n */", "a.c:1: As the caller said."),
        ("a.sh", "# SPDX-License-Identifier: MIT\n# Those that fail\n", "a.sh:2: Those that fail"),
        ("a.awk", "{ print }  # make told us", "a.awk:1: make told us"),
        ("Makefile.cxx", "# Good\n#\n# Nobody asks", "Makefile.cxx:3: Nobody asks"),
        ("a.cmake", "#[=[.rst:\nA kernel says no\n]=]", "a.cmake:1: A kernel says no"),
        ("a.py", 'def f():\n    """What it returns."""', "a.py:2: What it returns."),
        ("a.py", "# The names\n# nobody reads\nx = '# What'", "a.py:1: The names nobody reads"),
    ],
)
def test_english_findings(name: str, text: str, expected: str) -> None:
    """A finding names the file, the first line of the comment, and the sentence."""
    assert list(findings(name, text)) == [expected]


@pytest.mark.parametrize(
    "name, text",
    [
        ("a.cc", 'auto url = "//What";  // kcxx-said and said.cc are names'),
        ("a.cc", "// expected: What the compiler said\nint a = 1'000;  // The count's upper bound"),
        ("a.sh", "## What the kernel said\nprintf '# What'"),
        ("a.sh", "#!/bin/sh\n# Usage: a.sh [--quiet]\n#\n# --quiet  says nothing"),
        ("a.sh", "# Sets $said to the output"),
        ("a.py", "# Prints `What`\nx = 'nobody'"),
    ],
)
def test_english_passes(name: str, text: str) -> None:
    """Strings, names, quoted code and comments that become documentation are not comments of this rule."""
    assert not list(findings(name, text))
