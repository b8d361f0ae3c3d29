# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Mistakes in a program that end in a BUG, which names the mistake: those of bugs.cc and new_bugs.cc, one after the other in one guest."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from fixtures.commands import run
from fixtures.directories import made_once
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.library_guest import SOURCES


# Mistakes that end in a fault, because a check would cost what C does not pay
FAULTS = ["percpu_moved_from"]

# Mistakes of new_bugs.cc
NEW_BUGS = {
    "plain_new_without_memory": "operator new: no memory for 4194305 bytes",
    "plain_aligned_new_without_memory": "operator new: no memory for 4194368 bytes",
}

# By mistake of bugs.cc: the text of its BUG. The last one is a worker's, for which the task that made it waits for ever.
BUGS = {
    "vec_index": "Vec: index out of bounds",
    "vec_pop": "Vec: pop() of an empty one",
    "vec_insert": "Vec: insert() out of bounds",
    "vec_remove": "Vec: index out of bounds",
    "string_index": "String: index out of bounds",
    "box_moved_from": "Box: used after a move",
    "arc_moved_from": "Arc: used after a move",
    "list_twice": "List: the object is in a list already",
    "list_object_destroyed": "List: an object was destroyed in its list",
    "list_remove_twice": "List: remove() of an object that is in none",
    "list_erases_its_end": "List: end() has no object to take out",
    "list_spliced_into_itself": "List: splice() of a list into itself",
    "page_moved_from": "Page: used after a move",
    "percpu_without_such_a_cpu": "PerCpu: no such CPU",
    "slab_object_moved_from": "SlabObject: used after a move",
    "result_without_an_error": "Result: error() of a success",
    "pure_virtual_call": "pure virtual function called",
    "delete_expression": "operator delete called: memory belongs in a kernel::Box",
    "copy_without_room": "copy(): more elements than there is room for",
    "ring_buffer_index": "RingBuffer: index out of bounds",
    "ring_buffer_without_room": "RingBuffer: force_push_back() where there is no room",
    "deque_index": "Deque: index out of bounds",
    "small_vec_index": "SmallVec: index out of bounds",
    "small_vec_pop": "SmallVec: pop() of an empty one",
    "small_vec_insert": "SmallVec: insert() out of bounds",
    "rb_tree_twice": "RbTree: the object is in a tree already",
    "rb_tree_object_destroyed": "RbTree: an object was destroyed in its tree",
    "rb_tree_remove_twice": "RbTree: remove() of an object that is in none",
    "rb_tree_place_taken": "RbTree: insert_commit() to a place that is taken",
    "map_erases_its_end": "Map: end() has no entry",
    "rb_tree_erases_its_end": "RbTree: end() has no object to take out",
    "hash_map_erases_its_end": "HashMap: the iterator has no entry",
    "map_node_moved_from": "Box: used after a move",
    "another_lock": "LockedBy: another lock is held",
    "not_held": "TryGuard: the lock is not held",
    "work_waits_for_itself": "Work: its function waits for itself",
}

PRECONDITION = "std: precondition violated, or a value asked for that is not there"

# By mistake of a call of std: the function of the module that calls
CALLERS = {
    "std_array_index": "element",
    "std_array_at": "at_of_array",
    "std_span_index": "at",
    "std_span_of_nothing": "front",
    "std_optional_value": "of",
    "std_string_view_substr": "behind",
    "std_variant_get": "number_in",
    "std_expected_value": "expected_of",
    "std_string_view_index": "letter",
    "std_optional_dereferenced": "content",
    "std_assert": "asserted",
    "std_abort": "gives_up",
    "std_terminate": "ends",
}

# A BUG ends the task that writes, which keeps what it holds: the module cannot be unloaded then. So the last BUG ends the guest.
SCRIPT = """\
make()
{{
	echo "mistake: $1" >/dev/kmsg
	(echo -n $1 >$device)
}}
echo 0 >/proc/sys/kernel/panic_on_oops
device=/dev/kcxx_new_bug
for name in {new_names}; do
	make $name
done
device=/dev/kcxx_bug
for name in {names}; do
	make $name
done
echo 1 >/proc/sys/kernel/panic_on_oops
make {last}
"""


@pytest.fixture(scope="session")
def bugs(kernel: Kernel, kcxx: Path, package: Path, run_directory: Path) -> dict[str, str]:
    """Returns the kernel's log of each mistake."""

    def make(directory: Path) -> None:
        project = KbuildProject(directory, package, kernel.build)
        for source in ("bugs/bugs.cc", "bugs/new_bugs.cc", "bugs/mistakes.hpp", "memory/containers.hpp", "memory/behaviours.hpp"):
            shutil.copy(SOURCES / source, directory)
        project.kbuild("obj-m := bugs.o new_bugs.o\nCXXFLAGS_new_bugs.o := -DKCXX_OPERATOR_NEW=GFP_KERNEL -DKCXX_OUT_OF_MEMORY=BUG\n")
        said = project.made()
        assert "warning:" not in said, said
        *names, last = [*FAULTS, *CALLERS, *BUGS]
        script = project.write("script", SCRIPT.format(new_names=" ".join(NEW_BUGS), names=" ".join(names), last=last))
        result = run(kcxx, "boot", "--script", script, project.module("new_bugs"), project.module("bugs"))
        assert result.returncode == ExitStatus.OOPS, result.stdout + result.stderr
        project.write("log", result.stdout)

    log = (made_once(run_directory / f"bugs-{kernel.series}", make) / "log").read_text(encoding="utf-8")
    parts = re.split(r"\] mistake: (\w+)\n", log)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_mistakes_of_the_source_are_all_made() -> None:
    """The test makes every mistake of the two sources."""
    source = "".join((SOURCES / f"bugs/{name}.cc").read_text(encoding="utf-8") for name in ("bugs", "new_bugs"))
    assert sorted(re.findall(r"^\tMISTAKE\((\w+)\),$", source, re.M)) == sorted([*FAULTS, *CALLERS, *BUGS, *NEW_BUGS])


def test_program_error_ends_in_a_named_bug(bugs: dict[str, str]) -> None:
    """A mistake that only the program can make is a BUG whose log line names the mistake and its place; for new, the function."""
    wrong = []
    for name, message in (NEW_BUGS | BUGS).items():
        log = bugs.get(name, "not made")
        place = r"\S+\+0x\S+ \[new_bugs\]" if name in NEW_BUGS else r"\S+:\d+"
        if not re.search(rf"kcxx: {place}: {re.escape(message)}$", log, re.M) or "kernel BUG at" not in log:
            wrong.append(f"{name}: no BUG that reads {message!r}, but\n{log}")
    assert not wrong, "\n".join(wrong)


def test_precondition_of_std_ends_in_a_bug_of_its_caller(bugs: dict[str, str]) -> None:
    """Where std would throw or end the program, and where its assertion fails, the BUG names the module's function, none of std."""
    wrong = []
    for name, caller in CALLERS.items():
        log = bugs.get(name, "not made")
        function = rf"_ZN12_GLOBAL__N_1L?{len(caller)}{caller}E\S*\+0x\S+ \[bugs\]"
        message = re.escape("std::terminate() called" if name == "std_terminate" else PRECONDITION)
        if not re.search(rf"kcxx: {function}: {message}$", log, re.M) or "kernel BUG at" not in log:
            wrong.append(f"{name}: no BUG of {caller}(), but\n{log}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", FAULTS)
def test_program_error_without_a_check_ends_in_a_fault(name: str, bugs: dict[str, str]) -> None:
    """No memory is where the mistake leads: the kernel ends the task there."""
    log = bugs.get(name, "not made")
    assert re.search("unable to handle (kernel )?(page fault|paging request)|general protection fault", log, re.I), log
    assert re.search(rf"IP: .*{name}", log), log
