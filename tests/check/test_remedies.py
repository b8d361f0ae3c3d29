# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kbuild/remedies.tsv: each row can be read, and recommends what there is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fixtures.commands import must, run
from fixtures.repository import REPOSITORY

HEADERS = REPOSITORY / "kbuild/include/kernel"
KINDS = {"std", "name", "kernel", "error", "inside"}


@dataclass(frozen=True)
class Row:
    """A row of the table."""

    kind: str
    pattern: str
    found: str
    write: str
    id: str


def rows() -> list[Row]:
    """The table without its comments."""
    text = (REPOSITORY / "kbuild/remedies.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [Row(*columns) for columns in lines if columns[0] != "object"]


def objects() -> dict[str, list[str]]:
    """The rows of constructs that check-object.sh finds: what is found, why it is refused, what to write instead."""
    text = (REPOSITORY / "kbuild/remedies.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line.startswith("object\t")]
    return {name: rest for _, name, *rest, _ in lines}


def test_rows_are_of_known_kinds_and_patterns_compile() -> None:
    """Each row is of a known kind, has a pattern that compiles, and is one sentence without a full stop."""
    assert {row.kind for row in rows()} == KINDS
    for row in rows():
        re.compile(row.pattern)
        assert not row.found.endswith("."), row


def test_each_construct_of_an_object_has_one_row_that_can_be_read() -> None:
    """Each construct that the awk scripts print has a row of its own, and no column of it is empty."""
    printed = "".join((REPOSITORY / f"kbuild/unwanted-{part}.awk").read_text(encoding="utf-8") for part in ("code", "symbols"))
    places_of_ktry = {"initialiser"}
    constructs = places_of_ktry | set(re.findall(r'"([a-z]+) ?(?:[a-z ]+\\n)?"', re.sub(r"(?m)^#.*", "", printed)))
    assert constructs - {"unreadable"} == set(objects())
    for name, columns in objects().items():
        assert len(columns) == 3 and all(columns), name


def test_rows_that_take_the_remedy_of_a_construct_name_one() -> None:
    """A row whose last column is =types has the remedy of "object types", so that each remedy stands once."""
    taken = [row.write[1:] for row in rows() if row.write.startswith("=")]
    assert set(taken) == {"types", "floating"}
    assert set(taken) <= set(objects())
    remedies = [columns[2] for columns in objects().values()]
    assert [row for row in rows() if row.write in remedies] == []


def text_of(header: str) -> str:
    """The text of a subsystem's header, with the headers of its folder."""
    paths = [HEADERS / header, *(HEADERS / header).with_suffix("").glob("*.hpp")]
    return "".join(path.read_text(encoding="utf-8") for path in paths)


def test_headers_that_rows_recommend_exist() -> None:
    """Each header <kernel/….hpp> that a row names exists."""
    named = [name for row in rows() for name in re.findall(r"<kernel/(\w+\.hpp)>", row.write)]
    assert named
    assert [name for name in named if not (HEADERS / name).exists()] == []


def test_names_that_rows_recommend_are_in_their_header() -> None:
    """A row that recommends kernel::Vec<T> of <kernel/memory.hpp> is right: the header declares Vec."""
    recommended = [
        (name, header)
        for row in rows()
        for name, header in re.findall(r"kernel::(\w+)(?:::\w+)?(?:<T>)?(?:\([^)]*\)+)? of <kernel/(\w+\.hpp)>", row.write)
    ]
    recommended += [
        (name, header)
        for row in rows()
        if row.kind == "kernel"
        for header in re.findall(r"<kernel/(\w+\.hpp)>", row.write)
        for name in row.pattern.split("|")
        if name.isidentifier()
    ]
    assert len(recommended) > 60
    missing = [
        (name, header)
        for name, header in recommended
        if not re.search(rf"\b{name}\b", text_of(header))
    ]
    assert missing == []


def test_each_row_has_an_identifier_of_its_own() -> None:
    """So that a message leads to one place of docs/errors.md."""
    lines = (REPOSITORY / "kbuild/remedies.tsv").read_text(encoding="utf-8").splitlines()
    identifiers = [line.split("\t")[-1] for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"E\d{4}", identifier) for identifier in identifiers)
    assert len(set(identifiers)) == len(identifiers)


def test_page_of_errors_is_the_one_that_the_table_makes() -> None:
    """docs/errors.awk makes docs/errors.md."""
    made = must(run("awk", "-f", REPOSITORY / "docs/errors.awk", REPOSITORY / "kbuild/remedies.tsv"))
    assert (REPOSITORY / "docs/errors.md").read_text(encoding="utf-8") == made


def refusals() -> list[tuple[str, str]]:
    """The place and the message of each refusal by a type: of a static_assert, or of a function that has an error."""
    found = []
    literal = re.compile(r'"(?:[^"\\]|\\.)*"')
    for header in sorted(HEADERS.rglob("*.hpp")):
        text = header.read_text(encoding="utf-8")
        for call in re.finditer(r"^(?!#define|\s*//).*?(?:static_assert|KCXX_MODULE_WITHOUT|gnu::error)\s*\(", text, re.M):
            depth, at = 1, call.end()
            while depth:
                string = literal.match(text, at)
                depth += {"(": 1, ")": -1}.get(text[at], 0)
                at = string.end() if string else at + 1
            message = [part[1:-1] for part in literal.findall(text[call.end() : at]) if part != '""']
            if message:
                found.append((f"{header.name}:{text[: call.end()].count(chr(10)) + 1}", "".join(message)))
    return found


def test_each_refusal_of_the_library_has_an_identifier() -> None:
    """A message begins with one, and two messages do not share it."""
    assert len(refusals()) > 150
    assert [place for place, message in refusals() if not re.match(r"kcxx-E\d{4}: ", message)] == []
    messages: dict[str, set[str]] = {}
    for _, message in refusals():
        messages.setdefault(message[:10], set()).add(message)
    assert [shared for shared in messages.values() if len(shared) > 1] == []


def test_identifiers_of_refusals_are_those_of_no_other_row() -> None:
    """But for the two messages that the table has explanations of."""
    rows_too = {f"kcxx-{row.id}" for row in rows()}
    assert {message[:10] for _, message in refusals()} & rows_too == {"kcxx-E0205", "kcxx-E0604"}


def test_page_of_errors_has_each_refusal() -> None:
    """docs/errors.md lists each identifier once."""
    page = (REPOSITORY / "docs/errors.md").read_text(encoding="utf-8")
    for _, message in refusals():
        assert page.count(f"| {message[:10]} |") == 1, message
