# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The runtime in running kernels: what Box, Vec, Result and the module object promise."""

from __future__ import annotations

import re
from pathlib import Path

from fixtures.behaviours import lines_of
from fixtures.commands import must, run
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.library_guest import LibraryGuest, library_guest
from fixtures.module_file import modinfo_field

__all__ = ["library_guest"]

BEGIN = """\
#include <utility>
#include <kernel/prelude.hpp>
MODULE_LICENSE("GPL");
using namespace kernel;
namespace {
"""
END = """
}
KERNEL_MODULE(Subject);
"""


def at_load(code: str) -> str:
    """A module that only runs @code at load."""
    return f"{BEGIN}struct Subject {{ static Result<Subject> init(ThisModule &) {{ {code} }} }};{END}"


def built(directory: Path, package: Path, kernel: Kernel, source: str) -> Path:
    """The module subject.ko of a C++ @source, of which nothing may be warned."""
    project = KbuildProject(directory, package, kernel.build)
    project.write("main.cc", source)
    project.kbuild("obj-m := subject.o\nsubject-y := main.o\n")
    said = project.made()
    assert "warning" not in said, said
    return project.module("subject")


def test_init_error_is_what_insmod_reports(kcxx: Path, package: Path, kernel: Kernel, tmp_path: Path) -> None:
    """The Error that init() returns reaches insmod as its errno, and nothing stays loaded."""
    module = built(tmp_path, package, kernel, at_load("return std::unexpected(ENOSPC);"))
    result = run(kcxx, "boot", module)
    assert result.returncode == ExitStatus.LOAD
    assert "ENOSPC" in result.stdout + result.stderr


def test_module_object_lives_from_load_to_unload(library_guest: LibraryGuest) -> None:
    """The object init() makes is constructed once, where it stays, and destroyed once, at unload."""
    life = [line for line in lines_of(library_guest.log, "memory") if line.startswith("object: ")]
    assert life == ["object: constructed", "object: destroyed, not moved, 3"]


OBJECT = f"""\
{BEGIN}struct Subject {{
	static Result<Subject> init(ThisModule &)
	{{
		Result<Subject> made{{std::in_place}};
		if (!made)
			return {{std::in_place}};
		return EIO;
	}}
	Subject() {{ pr_info("constructed\\n"); }}
	Subject(const Subject &) = delete;
	~Subject() {{ pr_info("destroyed\\n"); }}
}};{END}"""


def test_init_that_fails_after_the_object_exists_destroys_it(kcxx: Path, package: Path, kernel: Kernel, tmp_path: Path) -> None:
    """If init fails after it made the object, the object is destroyed once, and insmod reports the error."""
    result = run(kcxx, "boot", built(tmp_path, package, kernel, OBJECT))
    assert (result.returncode, "EIO" in result.stdout + result.stderr) == (ExitStatus.LOAD, True), result.stdout
    assert lines_of(result.stdout, "subject") == ["constructed", "destroyed"]


def test_metadata_is_what_modinfo_shows(package: Path, kernel: Kernel, tmp_path: Path) -> None:
    """Each MODULE_*() leaves its one field, in C's format."""
    metadata = (
        'MODULE_LICENSE("Dual MIT/GPL"); MODULE_AUTHOR("A. One"); MODULE_AUTHOR("B. Two");'
        'MODULE_DESCRIPTION("says what it does"); MODULE_VERSION("1.2.3"); MODULE_ALIAS("other-name");'
        'MODULE_FIRMWARE("a/b.bin"); MODULE_SOFTDEP("pre: crc32c"); MODULE_IMPORT_NS(SOME_SPACE);'
        'MODULE_INFO(intree_cousin, "no");'
    )
    source = at_load("return Subject{};").replace('MODULE_LICENSE("GPL");', metadata)
    module = built(tmp_path, package, kernel, source)
    assert {
        field: sorted(modinfo_field(module, field).splitlines())
        for field in (
            "license", "author", "description", "version", "alias", "firmware", "softdep", "import_ns", "intree_cousin",
        )
    } == {
        "license": ["Dual MIT/GPL"],
        "author": ["A. One", "B. Two"],
        "description": ["says what it does"],
        "version": ["1.2.3"],
        "alias": ["other-name"],
        "firmware": ["a/b.bin"],
        "softdep": ["pre: crc32c"],
        "import_ns": ["SOME_SPACE"],
        "intree_cousin": ["no"],
    }  # fmt: skip
    assert re.fullmatch(r"[0-9A-F]{23}", modinfo_field(module, "srcversion"))


def test_imported_namespace_gives_its_symbols(kcxx: Path, package: Path, kernel: Kernel, tmp_path: Path) -> None:
    """MODULE_IMPORT_NS() in either of the kernel's spellings: a symbol of the namespace is found at load."""
    spellings = {"by_name": "DMA_BUF", "by_text": '"DMA_BUF"'}
    source = at_load(
        "void (*volatile put)(struct dma_buf *) = dma_buf_put;"
        'pr_info("%s\\n", put != nullptr ? "found" : "none"); return Subject{};'
    )
    declared = 'struct dma_buf;\nextern "C" void dma_buf_put(struct dma_buf *buffer);\n'
    project = KbuildProject(tmp_path, package, kernel.build)
    for name, spelling in spellings.items():
        imported = f"MODULE_IMPORT_NS({spelling});\n"
        project.write(f"{name}.cc", source.replace("using namespace kernel;", f"{declared}{imported}using namespace kernel;"))
    project.kbuild(f"obj-m := {' '.join(f'{name}.o' for name in spellings)}\n")
    project.made()
    log = must(run(kcxx, "boot", *map(project.module, spellings)))
    assert {name: lines_of(log, name) for name in spellings} == {name: ["found"] for name in spellings}


def test_helpers_come_only_when_called(package: Path, kernel: Kernel, tmp_path: Path) -> None:
    """A module that allocates nothing has no allocator's helper in it, and imports none."""
    names = must(run("nm", built(tmp_path, package, kernel, at_load("return Subject{};"))))
    assert "init_module" in names
    assert not re.findall(r"\w*(?:alloc|free)\w*|kcxx_bug", names.replace("alloc_tags", ""))
