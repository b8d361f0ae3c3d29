# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The commands of a shell script, and where they are: what of it could be run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A simple command: its first word, where that is literal, and the lines it is in."""

    word: str | None
    first: int
    last: int


@dataclass
class Token:
    kind: str  # word, operator, newline
    text: str
    line: int
    last: int
    inside: list[tuple[str, int]]  # $(…) in a word, each with its line


OPERATORS = re.compile(r";;|&&|\|\||<<-?|>>|[<>]&|[;&|()<>]")
NAME = re.compile(r"[A-Za-z_]\w*=")


def closing(text: str, start: int) -> int:
    """Where the $( that was opened before @start is closed"""
    depth, i = 1, start
    while depth:
        character = text[i]
        if character == "\\":
            i += 1
        elif character == "'":
            i = text.index("'", i + 1)
        elif character == '"':
            i = end_of_quote(text, i + 1)
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        elif character == "#" and text[i - 1].isspace():
            i = text.index("\n", i)
        i += 1
    return i


def end_of_quote(text: str, i: int) -> int:
    """Where the double quote that was opened before @i is closed"""
    while text[i] != '"':
        if text[i] == "\\":
            i += 1
        elif text.startswith("$(", i):
            i = closing(text, i + 2) - 1
        i += 1
    return i


def substitutions(word: str, line: int) -> Iterator[tuple[str, int]]:
    """Each $(…) of a word, but for arithmetic, with its line"""
    i = 0
    while i < len(word):
        if word[i] == "\\":
            i += 1
        elif word[i] == "'" and word[:i].count('"') % 2 == 0:
            i = word.index("'", i + 1)
        elif word.startswith("$((", i):
            i += 2
        elif word.startswith("$(", i):
            end = closing(word, i + 2)
            yield word[i + 2 : end - 1], line + word.count("\n", 0, i)
            i = end - 1
        i += 1


def tokens(text: str, line: int) -> Iterator[Token]:
    """What the shell reads, without comments and the text of here-documents"""
    i = 0
    heredocs: list[str] = []
    while i < len(text):
        if text[i] == "\n":
            yield Token("newline", "\n", line, line, [])
            i, line = i + 1, line + 1
            for end in heredocs:
                match = re.compile(rf"^\t*{re.escape(end)}$", re.MULTILINE).search(text, i)
                assert match
                line += text.count("\n", i, match.end() + 1)
                i = match.end() + 1
            heredocs = []
        elif text.startswith("\\\n", i):
            i, line = i + 2, line + 1
        elif text[i].isspace():
            i += 1
        elif text[i] == "#":
            i = (text.find("\n", i) + 1 or len(text) + 1) - 1
        elif match := OPERATORS.match(text, i):
            i = match.end()
            if match[0].startswith("<<"):
                end = re.compile(r"\s*(['\"]?)(\w+)\1").match(text, i)
                assert end
                heredocs.append(end[2])
                i = end.end()
            else:
                yield Token("operator", match[0], line, line, [])
        else:
            start = i
            while i < len(text) and not text[i].isspace() and not OPERATORS.match(text, i):
                if text[i] == "\\":
                    i += 2
                elif text[i] == "'":
                    i = text.index("'", i + 1) + 1
                elif text[i] == '"':
                    i = end_of_quote(text, i + 1) + 1
                elif text.startswith("$(", i):
                    i = closing(text, i + 2)
                elif text.startswith("${", i):
                    i = text.index("}", i) + 1
                else:
                    i += 1
            word = text[start:i]
            if word.isdigit() and text[i : i + 1] in ("<", ">"):
                continue  # of a redirection
            yield Token("word", word, line, line + word.count("\n"), list(substitutions(word, line)))
            line += word.count("\n")


KEYWORDS = {"if", "then", "else", "elif", "fi", "while", "until", "do", "done", "{", "}", "!"}


REDIRECTIONS = {"<", ">", ">>", ">&", "<&"}


def commands(text: str, line: int = 1, within: tuple[int, int] | None = None) -> Iterator[Command]:
    """
    The simple commands of @text, which begins at @line, and those in what they substitute: as shells
    count, the latter may be in any line of the command that they are in, @within.
    """
    read = list(tokens(text, line))
    cases: list[str] = []  # of each case that is open: pattern or body
    at = 0

    def simple(start: int) -> int:
        """The end of the simple command that begins at @start"""
        end = start
        while end < len(read) and (
            read[end].kind == "word" or read[end].text in REDIRECTIONS
        ):
            end += 1
        return end

    def inside(words: list[Token]) -> Iterator[Command]:
        """Those that @words substitute"""
        around = within or (words[0].line, words[-1].last)
        for word in words:
            for inner, where in word.inside:
                yield from commands(inner, where, around)

    while at < len(read):
        token = read[at]
        if cases and cases[-1] == "pattern":
            if token.text == "esac":
                cases.pop()
            elif token.text == ")":
                cases[-1] = "body"
            at += 1
        elif token.text in REDIRECTIONS:
            at += 2
        elif token.kind != "word":
            if token.text == ";;":
                cases[-1] = "pattern"
            at += 1
        elif token.text == "esac":
            cases.pop()
            at += 1
        elif token.text == "case":
            yield from inside([read[at + 1]])
            at += 3
            cases.append("pattern")
        elif token.text == "for":
            end = simple(at)
            yield from inside(read[at:end])
            at = end
        elif token.text in KEYWORDS:
            at += 1
        elif at + 2 < len(read) and read[at + 1].text == "(" and read[at + 2].text == ")":
            at += 3
        else:
            end = simple(at)
            yield from inside(read[at:end])
            rest = [word for word in read[at:end] if word.kind == "word"]
            while len(rest) > 1 and NAME.match(rest[0].text):
                rest.pop(0)
            word: str | None = rest[0].text
            if assignment := NAME.match(word):
                word = assignment[0]
            elif "$" in word or '"' in word:
                word = None
            yield Command(word, *(within or (token.line, read[end - 1].last)))
            at = end
