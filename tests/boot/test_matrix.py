# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx matrix: modules × kernels × compilers, judged cell by cell, reported, and gone on with."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from fixtures.axes import CXX, GATE_SERIES
from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import INTERRUPTIBLE, run
from fixtures.directories import made_once
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel, fetched_kernel
from fixtures.hidden_programs import path_without

COMPILERS = tuple(CXX.values())

PROVIDER = """\
#include <kernel/prelude.hpp>
MODULE_LICENSE("GPL");
extern "C" int provided_answer(int);
extern "C" int provided_answer(int number) { return number + 42; }
EXPORT_SYMBOL_GPL(provided_answer);
namespace {
struct Module {
	static kernel::Result<Module> init(kernel::ThisModule &) { return Module{}; }
};
}
KERNEL_MODULE(Module);
"""
CONSUMER = """\
#include <kernel/prelude.hpp>
MODULE_LICENSE("GPL");
extern "C" int provided_answer(int);
namespace {
struct Module {
	static kernel::Result<Module> init(kernel::ThisModule &) {
		pr_info("the answer is %d\\n", provided_answer(0));
		return Module{};
	}
};
}
KERNEL_MODULE(Module);
"""
LISTS = """\
add_kernel_module(provider provider.cc)
add_kernel_module(consumer consumer.cc KERNEL_MIN 6.6)
add_kernel_module(alone alone.cc)
add_kernel_module(retired alone.cc KERNEL_MAX 5.15)
target_link_libraries(consumer PRIVATE provider)
enable_testing()
add_kernel_module_test(consumer.boots MODULES provider consumer EXPECT "consumer: the answer is 42")
"""


@dataclass
class Matrix:
    """A project, and where its matrix is written to."""

    project: CMakeProject
    output: Path
    program: Path
    release: str

    def command(self, *options: str | Path) -> tuple[str | Path, ...]:
        compilers = [word for name in COMPILERS for word in ("--cxx", name)]
        return (self.program, "matrix", self.project.source, "--output", self.output, "--kernel", self.release, *compilers, *options)

    @property
    def env(self) -> dict[str, str]:
        return {"CMAKE_PREFIX_PATH": str(self.project.package)}

    def run(self, *options: str | Path) -> subprocess.CompletedProcess[str]:
        """Runs it, which may fail."""
        return run(*self.command(*options), env=self.env)

    def document(self) -> dict:
        return json.loads((self.output / "matrix.json").read_text(encoding="utf-8"))

    def cells(self) -> dict[tuple[str, str], dict]:
        """Returns the cells by compiler and module."""
        return {
            (pair["compiler"], cell["module"]): cell
            for pair in self.document()["pairs"]
            for cell in pair["cells"]
        }

    def verdicts(self) -> dict[tuple[str, str], str]:
        return {key: cell["verdict"] for key, cell in self.cells().items()}


def written(directory: Path, kcxx: Path, package: Path, kernels: dict[str, Kernel]) -> Matrix:
    """The project above in @directory."""
    project = CMakeProject(directory / "source", directory / "unused", package, "")
    project.write("provider.cc", PROVIDER)
    project.write("consumer.cc", CONSUMER)
    project.write("alone.cc", MODULE)
    project.lists(LISTS)
    return Matrix(project, directory / "output", kcxx, kernels[GATE_SERIES].release)


@pytest.fixture
def matrix(tmp_path: Path, kcxx: Path, package: Path, kernels: dict[str, Kernel]) -> Matrix:
    return written(tmp_path, kcxx, package, kernels)


@pytest.fixture(scope="session")
def green(run_directory: Path, kcxx: Path, package: Path, kernels: dict[str, Kernel]) -> Matrix:
    """A matrix that was run to its end, all well. Not to be changed."""

    def make(directory: Path) -> None:
        result = written(directory, kcxx, package, kernels).run("--jobs", "2")
        assert result.returncode == 0, result.stdout + result.stderr

    directory = made_once(run_directory / "matrix", make)
    return Matrix(
        CMakeProject(directory / "source", directory / "unused", package, ""),
        directory / "output", kcxx, kernels[GATE_SERIES].release,
    )  # fmt: skip


@pytest.fixture(scope="session")
def broken(run_directory: Path, kcxx: Path, package: Path, kernels: dict[str, Kernel]) -> Matrix:
    """A matrix one of whose modules does not compile, on kernels that it is for; booted is nothing."""

    def made(directory: Path) -> Matrix:
        return written(directory, kcxx, package, kernels)

    def make(directory: Path) -> None:
        matrix = made(directory)
        matrix.project.write("consumer.cc", CONSUMER.replace("provided_answer(0)", 'provided_answer("<b>&\x01")'))
        result = matrix.run("--no-boot")
        assert result.returncode == ExitStatus.CELLS, result.stdout + result.stderr

    directory = made_once(run_directory / "broken-matrix", make)
    return Matrix(
        CMakeProject(directory / "source", directory / "unused", package, ""),
        directory / "output", kcxx, kernels[GATE_SERIES].release,
    )  # fmt: skip


# Verdicts


def test_green_matrix(green: Matrix) -> None:
    """Status 0 where all that the constraints include is green; what they exclude has its reason."""
    assert green.verdicts() == {
        (compiler, module): "excluded" if module == "retired" else "ok"
        for compiler in COMPILERS
        for module in ("provider", "consumer", "alone", "retired")
    }
    excluded = green.cells()[CXX["gcc"], "retired"]
    assert excluded["reason"].startswith("the kernel is newer than this module is for (found 6.12.")
    assert green.document()["complete"] is True


def test_cells_were_booted(green: Matrix) -> None:
    """A cell boots by the tests that the project declares, or else loads the module; the logs are the kernel's."""
    cells = green.cells()
    by_test = cells["clang++-19", "consumer"]["steps"][-1]
    assert (by_test["step"], by_test["test"]) == ("boot", "consumer.boots")
    assert "consumer: the answer is 42" in (green.output / by_test["log"]).read_text(encoding="utf-8")
    bare = cells[CXX["gcc"], "alone"]["steps"][-1]
    assert (bare["step"], bare["test"]) == ("boot", None)
    assert "kcxx: ok: alone loaded and unloaded on 6.12." in (green.output / bare["log"]).read_text(encoding="utf-8")


def test_nothing_is_written_to_the_project(green: Matrix) -> None:
    """The project's directory stays as it is."""
    assert sorted(path.name for path in green.project.source.iterdir()) == ["CMakeLists.txt", "alone.cc", "consumer.cc", "provider.cc"]


def test_broken_module_fails_alone(broken: Matrix) -> None:
    """The other modules are green; the cell has the step and the compiler's message."""
    assert {verdict for (_, module), verdict in broken.verdicts().items() if module in ("provider", "alone")} == {"ok"}
    for compiler in COMPILERS:
        cell = broken.cells()[compiler, "consumer"]
        assert (cell["verdict"], cell["step"]) == ("failed", "build")
        assert cell["reason"].startswith("consumer.cc:")
        assert "error: " in cell["reason"]
        assert broken.cells()[compiler, "retired"]["verdict"] == "excluded"


# Going on


@pytest.mark.every
def test_failed_module_stops_each_test_that_needs_it(matrix: Matrix) -> None:
    """A test that cannot run fails its modules, and these stop the other tests that load them: every cell is done."""
    for name in ("first", "second"):
        matrix.project.write(f"{name}.cc", MODULE)
    matrix.project.write("broken.cc", "nothing of C++\n")
    matrix.project.lists("""\
add_kernel_module(first first.cc)
add_kernel_module(second second.cc)
add_kernel_module(broken broken.cc)
enable_testing()
add_kernel_module_test(a.boots MODULES first second)
add_kernel_module_test(b.boots MODULES second broken)
""")
    result = matrix.run()
    assert result.returncode == ExitStatus.CELLS, result.stdout + result.stderr
    for compiler in COMPILERS:
        cells = {module: cell for (of, module), cell in matrix.cells().items() if of == compiler}
        assert {module: cell["verdict"] for module, cell in cells.items()} == dict.fromkeys(("first", "second", "broken"), "failed")
        assert cells["second"]["reason"] == "its test b.boots needs broken, which failed"
        assert cells["first"]["reason"] == "its test a.boots needs second, which failed"


def kept(matrix: Matrix) -> list[bool]:
    return [step["kept"] for cell in matrix.cells().values() for step in cell["steps"]]


def test_second_run_does_nothing_again(green: Matrix) -> None:
    """No step is made anew where nothing changed, and no module is linked again."""
    modules = {path: path.stat().st_mtime_ns for path in green.output.rglob("*.ko")}
    result = green.run()
    assert result.returncode == 0, result.stdout
    assert all(kept(green))
    assert modules == {path: path.stat().st_mtime_ns for path in green.output.rglob("*.ko")}


def test_changed_source_is_built_and_booted_again(green: Matrix, tmp_path: Path) -> None:
    """After an edit of one module: it, and what loads it; with the log of its new words."""
    # The build directories hold their own path: the matrix runs in place, and is restored.
    source = green.project.source / "consumer.cc"
    text = source.read_text(encoding="utf-8")
    try:
        source.write_text(text.replace("%d\\n", "%d, again\\n"), encoding="utf-8")
        result = green.run()
        cell = green.cells()[CXX["gcc"], "consumer"]
        assert [(step["step"], step["kept"]) for step in cell["steps"] if step["step"] in ("check", "build", "boot")] == [
            ("check", True), ("build", False), ("boot", False),
        ]  # fmt: skip
        assert result.returncode == 0, result.stdout
        assert "the answer is 42, again" in (green.output / cell["steps"][-1]["log"]).read_text(encoding="utf-8")
        # inspect looks at all modules of the project, because one may export what another needs
        again = [step["step"] for step in green.cells()[CXX["gcc"], "alone"]["steps"] if not step["kept"]]
        assert again in ([], ["inspect"])
    finally:
        source.write_text(text, encoding="utf-8")


@pytest.mark.every
@pytest.mark.parametrize(("number", "status", "left"), [
    (signal.SIGINT, 128 + signal.SIGINT, "cancelled"),
    (signal.SIGKILL, -signal.SIGKILL, "waiting"),
])  # fmt: skip
def test_interrupted_run_goes_on(number: signal.Signals, status: int, left: str, matrix: Matrix) -> None:
    """After a signal, once a cell is done: the rest is not done; then only that is done."""
    process = subprocess.Popen(
        (*INTERRUPTIBLE, *matrix.command("--jobs", "1")), env=os.environ | matrix.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout
    for line in process.stdout:
        if line.startswith("ok "):
            process.send_signal(number)
            break
    process.communicate()
    assert process.returncode == status
    first = matrix.cells()
    done = {key for key, cell in first.items() if cell["verdict"] == "ok"}
    assert done
    assert left in {cell["verdict"] for cell in first.values()}
    assert matrix.document()["complete"] is False
    assert (matrix.output / "matrix.html").exists() is (number is signal.SIGINT)
    result = matrix.run()
    assert result.returncode == 0, result.stdout
    for key in done:
        assert all(step["kept"] for step in matrix.cells()[key]["steps"]), key


@pytest.mark.every
def test_second_run_at_once_is_refused(matrix: Matrix) -> None:
    """Two would build in the same places: status 4, and what to do; the first is not disturbed."""
    with subprocess.Popen(
        matrix.command("--no-boot"), env=os.environ | matrix.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as first:
        assert first.stdout
        first.stdout.readline()  # of the first cell that is done
        second = matrix.run()
        first.stdout.read()
    assert first.returncode == 0
    assert second.returncode == ExitStatus.UNAVAILABLE
    assert re.search(r"another kcxx matrix is at work .*\n +found: .*\n +needed: .*\n +type: +wait for it", second.stderr)


@pytest.mark.every
def test_kernels_and_arches_are_mixed(kcxx: Path, package: Path, tmp_path: Path) -> None:
    """A single run takes kernels of two series and three architectures: each cell has a compiler for its own, and boots."""
    project = CMakeProject(tmp_path / "source", tmp_path / "unused", package, "")
    project.write("alone.cc", MODULE)
    project.lists("add_kernel_module(alone alone.cc)\nadd_kernel_module(newer alone.cc KERNEL_MIN 6.6)\n")
    wanted = (("6.1", "x86_64"), ("6.12", "x86_64"), ("6.12", "arm64"), ("6.12", "riscv64"))
    kernels = [fetched_kernel(kcxx, *one) for one in wanted]
    named = [word for kernel in kernels for word in ("--kernel", kernel.release)]
    command = (kcxx, "matrix", project.source, "--output", tmp_path / "output", *named)
    result = run(*command, env={"CMAKE_PREFIX_PATH": str(package)})
    assert result.returncode == 0, result.stdout + result.stderr
    document = json.loads((tmp_path / "output/matrix.json").read_text(encoding="utf-8"))
    cells = {(pair["kernel"], pair["arch"], cell["module"]): cell for pair in document["pairs"] for cell in pair["cells"]}
    old, *_ = kernels
    excluded = cells.pop((old.release, "x86_64", "newer"))
    assert excluded["reason"].startswith("the kernel is older than this module is for (found 6.1.")
    every = {(kernel.release, kernel.arch, name) for kernel in kernels for name in ("alone", "newer")}
    assert set(cells) == every - {(old.release, "x86_64", "newer")}
    for cell in cells.values():
        assert [step["step"] for step in cell["steps"]][-3:] == ["build", "inspect", "boot"]


# Reports


def test_junit_agrees_with_json(green: Matrix, broken: Matrix) -> None:
    """A testcase for each cell: passed, failed at the same step, or skipped with the same reason."""
    for matrix in (green, broken):
        root = ET.parse(matrix.output / "matrix.xml").getroot()
        assert root.tag == "testsuites"
        counts = matrix.document()["counts"]
        assert (root.get("tests"), root.get("failures"), root.get("skipped")) == (
            str(counts["total"]), str(counts["failed"]), str(counts["excluded"]),
        )  # fmt: skip
        for suite, pair in zip(root, matrix.document()["pairs"], strict=True):
            assert suite.get("name") == f"{pair['kernel']} {pair['compiler']}"
            for case, cell in zip(suite, pair["cells"], strict=True):
                assert case.get("name") == cell["module"]
                failure, skipped = case.find("failure"), case.find("skipped")
                assert (failure is not None) == (cell["verdict"] == "failed")
                assert (skipped is not None) == (cell["verdict"] == "excluded")
                if failure is not None:
                    assert failure.get("type") == cell["step"]
                if skipped is not None:
                    assert skipped.get("message") == cell["reason"]


class Page(HTMLParser):
    """Checks that elements are closed in their order, and gathers what a test asks for."""

    VOID = {"meta", "link", "br", "img", "hr", "input"}

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.logs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "pre":
            self.logs.append("")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "pre":
            self.logs[-1] += data


def page(matrix: Matrix) -> Page:
    parser = Page()
    parser.feed((matrix.output / "matrix.html").read_text(encoding="utf-8"))
    parser.close()
    assert not parser.open
    return parser


def test_page_stands_alone(green: Matrix) -> None:
    """No script and no other file; for phones, with the reader's own colours."""
    shown = page(green)
    assert not {tag for tag, _ in shown.tags} & {"script", "link", "img", "iframe", "object"}
    assert not [value for _, attrs in shown.tags for name, value in attrs.items() if name in ("src", "href") or name.startswith("on")]
    text = (green.output / "matrix.html").read_text(encoding="utf-8")
    assert "url(" not in text
    assert "@import" not in text
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in shown.tags
    assert "prefers-color-scheme: dark" in text


def test_page_has_the_log_of_each_step(broken: Matrix) -> None:
    """The page shows the log as text: source lines that a compiler quotes are no markup."""
    shown = page(broken)
    cells = [attrs["class"] for tag, attrs in shown.tags if tag == "details" and (attrs["class"] or "").startswith("cell ")]
    assert sorted(cells) == sorted(f"cell {verdict}" for verdict in broken.verdicts().values())
    logs = [log for log in shown.logs if 'provided_answer("<b>&' in log]
    assert len(logs) == len(COMPILERS)
    assert not [tag for tag, attrs in shown.tags if tag == "b" and not attrs and tag in shown.open]


def test_verdict_is_text_too(broken: Matrix) -> None:
    """The verdict does not depend on colour."""
    text = (broken.output / "matrix.html").read_text(encoding="utf-8")
    for verdict, count in (("failed at build", 2), ("excluded", 2), ("ok", 4)):
        assert len(re.findall(rf'<span class="verdict"><i [^>]*>.</i> {verdict}</span>', text)) == count


def test_json_on_standard_output(broken: Matrix) -> None:
    """--format json: the document, and nothing else; the lines for people are on the other stream."""
    result = broken.run("--no-boot", "--format", "json")
    assert result.returncode == ExitStatus.CELLS
    assert json.loads(result.stdout)["counts"] == broken.document()["counts"]
    assert "failed at build" in result.stderr


# Bad input


def test_no_project(kcxx: Path, tmp_path: Path) -> None:
    """A directory without a CMakeLists.txt, or a Kbuild file."""
    result = run(kcxx, "matrix", tmp_path)
    assert result.returncode == ExitStatus.INPUT
    assert f"kcxx: no project of kernel modules in {tmp_path}" in result.stderr
    assert run(kcxx, "matrix", tmp_path / "nowhere").returncode == ExitStatus.USAGE


def test_project_without_modules(matrix: Matrix) -> None:
    """A project that configures, but has no modules, is refused."""
    matrix.project.lists("")
    result = matrix.run()
    assert result.returncode == ExitStatus.INPUT
    assert "kcxx: the project has no kernel modules\n" in result.stderr
    assert "type:   add_kernel_module(name name.cc), in CMakeLists.txt" in result.stderr


def test_pattern_that_matches_no_kernel(matrix: Matrix) -> None:
    """The kernels that are here are listed."""
    result = run(matrix.program, "matrix", matrix.project.source, "--kernel", "2.6*")
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert "kcxx: no kernel here is '2.6*'" in result.stderr
    assert matrix.release in result.stderr


def test_output_that_cannot_be_written(matrix: Matrix, tmp_path: Path) -> None:
    """A file where a directory should be."""
    (tmp_path / "output").write_text("a file")
    result = matrix.run()
    assert result.returncode == ExitStatus.USAGE
    assert f"kcxx: the output directory cannot be written: {tmp_path / 'output'}" in result.stderr


@pytest.mark.every
@pytest.mark.parametrize(("key", "place"), [("log", "../../secret"), ("log", "/etc/hostname"), ("module", "../outside")])
def test_output_that_leads_elsewhere(matrix: Matrix, key: str, place: str) -> None:
    """A matrix.json that names a log or a module in another directory is none of kcxx's: no other file is shown or written."""
    assert matrix.run("--no-boot").returncode == 0
    document = matrix.document()
    cell = document["pairs"][0]["cells"][0]
    (cell if key == "module" else cell["steps"][0])[key] = place
    (matrix.output / "matrix.json").write_text(json.dumps(document), encoding="utf-8")
    result = matrix.run("--no-boot")
    assert result.returncode == ExitStatus.USAGE
    assert f"{matrix.output}/matrix.json is no report of kcxx's" in result.stderr


def test_output_of_another_project(broken: Matrix, matrix: Matrix) -> None:
    """The output directory of another project is refused."""
    matrix.output = broken.output
    result = matrix.run("--no-boot")
    assert result.returncode == ExitStatus.USAGE
    assert "kcxx: the output directory is not this project's" in result.stderr


def test_qemu_missing(matrix: Matrix, posix: Path) -> None:
    """The error comes before anything is built."""
    result = run(*matrix.command(), env=matrix.env | {"PATH": str(posix)})
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert "kcxx: QEMU for x86_64 is missing" in result.stderr
    assert "kcxx matrix --no-boot" in result.stderr


@pytest.mark.every
def test_project_of_cmake_without_ninja(matrix: Matrix, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """make builds it then, and again after a change; a directory that is configured keeps its generator."""
    env = matrix.env | {"PATH": str(path_without(tmp_path / "bin", "^ninja$"))}
    command = (matrix.program, "matrix", matrix.project.source, "--output", matrix.output, "--no-boot",
               "--kernel", kernels["6.12"].release)  # fmt: skip
    for text in (PROVIDER, PROVIDER.replace("42", "43")):
        matrix.project.write("provider.cc", text)
        result = run(*command, env=env)
        assert result.returncode == 0, result.stdout + result.stderr
        assert {cell["verdict"] for cell in matrix.cells().values()} == {"ok", "excluded"}
    assert not list(matrix.output.glob("**/build.ninja"))
    matrix.project.write("provider.cc", PROVIDER.replace("42", "44"))
    again = run(*command, env=matrix.env)
    assert again.returncode == 0, again.stdout + again.stderr


@pytest.mark.every
def test_compiler_that_is_not_there(matrix: Matrix) -> None:
    """Cells of a missing compiler fail at the check unless they are excluded; those of the other compiler are green."""
    result = matrix.run("--cxx", "g++-99", "--no-boot")
    assert result.returncode == ExitStatus.CELLS
    cells = matrix.cells()
    assert (cells["g++-99", "consumer"]["verdict"], cells["g++-99", "consumer"]["step"]) == ("failed", "check")
    assert "the C++ compiler is missing" in cells["g++-99", "consumer"]["reason"]
    assert cells["g++-99", "retired"]["verdict"] == "excluded"
    assert cells["g++-99", "provider"]["verdict"] == "failed"
    assert cells[CXX["gcc"], "consumer"]["verdict"] == "ok"


@pytest.mark.every
def test_devices_are_in_guests_without_a_test(matrix: Matrix) -> None:
    """--device is for the modules that no test loads: QEMU's refusal of a device that it does not have is theirs."""
    matrix.project.lists("add_kernel_module(alone alone.cc)\n")
    assert matrix.run("--device", "nosuch").returncode == ExitStatus.CELLS
    assert {cell["reason"] for cell in matrix.cells().values()} == {"kcxx: QEMU refuses --device 'nosuch'"}
    assert matrix.run("--device", "edu").returncode == 0


# Kbuild


@pytest.mark.every
def test_project_of_kbuild(kcxx: Path, package: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """Built out of its directory; one broken module leaves the other's cell green."""
    project = tmp_path / "source"
    project.mkdir()
    (project / "provider.cc").write_text(PROVIDER)
    (project / "broken.cc").write_text("#include <kernel/prelude.hpp>\nnothing of C++\n")
    (project / "Kbuild").write_text(
        "obj-m := provider.o broken.o\nprovider-y := provider.o\nbroken-y := broken.o\n"
        f"include {package}/share/kcxx/kbuild/Makefile.cxx\n"
    )
    release = kernels[GATE_SERIES].release
    result = run(kcxx, "matrix", project, "--kernel", release, "--output", tmp_path / "output")
    assert result.returncode == ExitStatus.CELLS, result.stdout + result.stderr
    document = json.loads((tmp_path / "output/matrix.json").read_text(encoding="utf-8"))
    assert {cell["module"]: cell["verdict"] for pair in document["pairs"] for cell in pair["cells"]} == {
        "provider": "ok",
        "broken": "failed",
    }
    assert sorted(path.name for path in project.iterdir()) == ["Kbuild", "broken.cc", "provider.cc"]
