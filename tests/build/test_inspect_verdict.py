# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The answer of kcxx inspect: its first line, its exit status and its JSON agree, and no answer is given without a kernel."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.exit_status import ExitStatus
from fixtures.inspected import (
    ARM64, FUNCTIONS, GPL, QUIET, RELEASE, RISCV64, VERMAGIC, VERSIONS, X86,
    Arch, Inspect, kernel_directory, module,
)  # fmt: skip

LOADS, UNDECIDED, REFUSED = ExitStatus.OK, ExitStatus.UNDECIDED, ExitStatus.LOAD
WORDS = {LOADS: "would load", UNDECIDED: "cannot tell", REFUSED: "would not load"}
LOADABLE = {LOADS: True, UNDECIDED: None, REFUSED: False}

HELPER = ("0x22222222", "helper", "vmlinux", "EXPORT_SYMBOL", "")
HELPER_GPL = ("0x22222222", "helper", "vmlinux", "EXPORT_SYMBOL_GPL", "")
HELPER_SPACE = ("0x22222222", "helper", "vmlinux", "EXPORT_SYMBOL_GPL", "SPACE")
CALLS = "void helper(void);\nint init_module(void) { helper(); return 0; }\n"
USES = VERSIONS + "VERSION(helper, 0x22222222);\n" + CALLS


@pytest.fixture(scope="session")
def inspect(kcxx: Path) -> Inspect:
    """The program."""
    return Inspect(kcxx)


def answers(inspect: Inspect, status: int, reason: str, *arguments: str | Path, env: dict[str, str] | None = None) -> None:
    """Text, JSON and status are the answer of @status for the last of @arguments, and its first reason has @reason."""
    result = inspect.text(*arguments, env=env)
    first = result.stdout.splitlines()[0]
    assert first.startswith(f"{WORDS[status]}: {arguments[-1]}: "), result.stdout + result.stderr
    assert reason in first
    assert result.returncode == status
    report = inspect(*arguments, env=env)
    assert (report.status, report.module["verdict"], report.module["loadable"]) == (status, WORDS[status], LOADABLE[status])
    assert reason in report.module["reasons"][0]
    assert report.document["verdict"] == {LOADS: "ok", UNDECIDED: "undecided", REFUSED: "load"}[status]
    decides = [one["text"] for one in report.module["problems"] if one["gravity"] == {UNDECIDED: "unknown", REFUSED: "refused"}.get(status)]
    assert decides == (report.module["reasons"] if status else [])


# A kernel of each kind, and a module for it: the body, what the kernel exports, its options, the answer and why
CASES = {
    "fits": (GPL + USES, (HELPER,), (), LOADS, f"{RELEASE} takes its vermagic and exports its 1 imports"),
    "other-vermagic": (QUIET, (), ("PREEMPT_BUILD",), REFUSED, "vermagic is"),
    "other-crc": (GPL + USES.replace("0x22222222", "0x22222223"), (HELPER,), (), REFUSED, "helper: its CRC is 0x22222223"),
    "missing-symbol": (GPL + USES, (), (), REFUSED, "helper: exported by neither"),
    "missing-weak-symbol": (GPL + USES.replace("void helper", "__attribute__((weak)) void helper"), (), (), LOADS, "takes its vermagic"),
    "no-crcs": (GPL + CALLS, (HELPER,), (), REFUSED, "it carries no CRCs"),
    "proprietary": ('INFO(license, "license=Proprietary");\n' + USES, (HELPER_GPL,), (), REFUSED, 'GPL-only, but the module\'s licence is "Proprietary"'),
    "no-licence": (USES, (HELPER_GPL,), (), REFUSED, "GPL-only, but the module's licence is not given"),
    "no-licence-needed": (USES, (HELPER,), (), LOADS, "its licence taints the kernel"),
    "missing-namespace": (GPL + USES, (HELPER_SPACE,), (), REFUSED, "in the namespace SPACE, which is not imported"),
    "namespace": (GPL + 'INFO(space, "import_ns=SPACE");\n' + USES, (HELPER_SPACE,), (), LOADS, "takes its vermagic"),
    "unsigned": (QUIET, (), ("MODULE_SIG", "MODULE_SIG_FORCE"), REFUSED, "it is not signed"),
    "livepatch": (QUIET + 'INFO(patch, "livepatch=Y");\n', (), (), REFUSED, "it is a livepatch"),
    "livepatch-served": (QUIET + 'INFO(patch, "livepatch=Y");\n', (), ("LIVEPATCH",), LOADS, "takes its vermagic"),
    "damaged-btf": (
        QUIET + 'static const char btf[32] __attribute__((used, section(".BTF"))) = "no BTF";\n',
        (), ("DEBUG_INFO_BTF_MODULES",), REFUSED, ".BTF is damaged",
    ),
    "damaged-btf-allowed": (
        QUIET + 'static const char btf[32] __attribute__((used, section(".BTF"))) = "no BTF";\n',
        (), ("DEBUG_INFO_BTF_MODULES", "MODULE_ALLOW_BTF_MISMATCH"), LOADS, "takes its vermagic",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_answer_has_its_reason(inspect: Inspect, case: str, tmp_path: Path) -> None:
    """The first line begins with the answer and has the file and the reason; status and JSON are the same answer."""
    body, exports, options, status, reason = CASES[case]
    kernel = kernel_directory(tmp_path / "kernel", *exports, options=options)
    answers(inspect, status, reason, "--kernel", kernel, module(tmp_path, body))


def installed(tmp_path: Path, *exports: tuple[str, str, str, str, str], **options) -> dict[str, str]:
    """An environment whose cache has a kernel RELEASE"""
    entry = tmp_path / "cache/kernels" / RELEASE
    kernel_directory(entry / "build", *exports, **options)
    (entry / "vmlinuz").touch()
    return {"KCXX_CACHE": str(tmp_path / "cache")}


def test_kernel_that_is_not_here_leaves_no_answer(inspect: Inspect, tmp_path: Path) -> None:
    """Without --kernel and without the kernel of its vermagic: which is missing, and what to type."""
    env = {"KCXX_CACHE": str(tmp_path / "cache")}
    answers(inspect, UNDECIDED, f"no kernel {RELEASE} here for x86_64; type: kcxx kernels get {RELEASE} x86_64", module(tmp_path, QUIET), env=env)


def test_kernel_of_another_arch_leaves_no_answer(inspect: Inspect, tmp_path: Path) -> None:
    """A kernel of the same release for another machine is not the module's."""
    env = installed(tmp_path, arch=ARM64)
    answers(inspect, UNDECIDED, f"no kernel {RELEASE} here for x86_64", module(tmp_path, QUIET), env=env)


SYMVERS = {
    "missing": (None, "no Module.symvers in"),
    "empty": ("", "a Module.symvers without the symbols of vmlinux in"),
    "of-modules-alone": ("0x22222222\thelper\tother\tEXPORT_SYMBOL\t\n", "a Module.symvers without the symbols of vmlinux in"),
    "damaged": ("0x11111111\tmodule_layout\tvmlinux\tEXPORT_SYMBOL\t\n0x2222", "a damaged line of Module.symvers in"),
}


@pytest.mark.parametrize("case", SYMVERS)
def test_kernel_whose_symbols_are_unknown_leaves_no_answer(inspect: Inspect, case: str, tmp_path: Path) -> None:
    """Where Module.symvers is missing or not whole, no symbol is called missing; asked for by name, it is an error."""
    text, reason = SYMVERS[case]
    env = installed(tmp_path)
    symvers = tmp_path / "cache/kernels" / RELEASE / "build/Module.symvers"
    symvers.unlink()
    if text is not None:
        symvers.write_text(text, encoding="utf-8")
    path = module(tmp_path, GPL + USES)
    answers(inspect, UNDECIDED, reason, path, env=env)
    result = inspect.text("--kernel", symvers.parent, path)
    assert (result.returncode, result.stdout) == (4, "")
    assert reason in result.stderr


def test_kernel_without_configuration_leaves_no_answer(inspect: Inspect, tmp_path: Path) -> None:
    """Without a configuration the verdict is undecided; a fault in any configuration still refuses the module."""
    kernel = kernel_directory(tmp_path / "kernel", HELPER)
    for name in ("include/config/auto.conf", ".config"):
        (kernel / name).unlink()
    answers(inspect, UNDECIDED, f"the configuration of {RELEASE} is not known", "--kernel", kernel, module(tmp_path, GPL + USES))
    answers(inspect, REFUSED, "missing: exported by neither", "--kernel", kernel, module(tmp_path, GPL + USES + "void missing(void);\nvoid more(void) { missing(); }\n"))


def test_signature_by_an_unknown_key_leaves_no_answer(inspect: Inspect, kcxx: Path, tmp_path: Path) -> None:
    """A kernel that loads signed modules only has keys that are not known here."""
    must(run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=somebody", "-keyout", tmp_path / "key", "-out", tmp_path / "certificate"))
    path = module(tmp_path, QUIET)
    must(run("openssl", "cms", "-sign", "-binary", "-noattr", "-nocerts", "-outform", "DER", "-in", path, "-signer", tmp_path / "certificate", "-inkey", tmp_path / "key", "-out", tmp_path / "signature"))
    signature = (tmp_path / "signature").read_bytes()
    path.write_bytes(path.read_bytes() + signature + bytes((0, 0, 2, 0, 0, 0, 0, 0)) + struct.pack(">I", len(signature)) + b"~Module signature appended~\n")
    kernel = kernel_directory(tmp_path / "kernel", options=("MODULE_SIG", "MODULE_SIG_FORCE"))
    answers(inspect, UNDECIDED, "signed by a key that is not known here", "--kernel", kernel, path)
    answers(inspect, LOADS, "takes its vermagic", "--certificate", tmp_path / "certificate", "--kernel", kernel, path)
    lax = kernel_directory(tmp_path / "lax", options=("MODULE_SIG",))
    answers(inspect, LOADS, "takes its vermagic", "--kernel", lax, path)


def test_btf_of_another_kernel_leaves_no_answer(inspect: Inspect, tmp_path: Path) -> None:
    """Loaded by its CRCs alone, its BTF may or may not fit; with .BTF.base it does."""
    header = struct.pack("<HBBIIIII", 0xEB9F, 1, 0, 24, 0, 0, 0, 1) + b"\0"
    text = "".join(f"\\{byte:03o}" for byte in header[:-1])
    body = QUIET + f'static const char btf[25] __attribute__((used, section(".BTF"))) = "{text}";\n'
    other = ("-UVERMAGIC", f'-DVERMAGIC="{VERMAGIC.replace("6.12.0", "6.12.1")}"')
    kernel = kernel_directory(tmp_path / "kernel", options=("DEBUG_INFO_BTF_MODULES",))
    answers(inspect, UNDECIDED, "its .BTF was made for the types of another kernel", "--kernel", kernel, module(tmp_path, body, *other))
    answers(inspect, LOADS, "takes its vermagic", "--kernel", kernel, module(tmp_path, body))
    base = 'static const char base[1] __attribute__((used, section(".BTF.base"))) = { 1 };\n'
    answers(inspect, LOADS, "takes its vermagic", "--kernel", kernel, module(tmp_path, body + base, *other))


@pytest.mark.parametrize("missing", [".gnu.linkonce.this_module", "the symbols"])
def test_file_that_no_kernel_takes_needs_no_kernel(inspect: Inspect, missing: str, tmp_path: Path) -> None:
    """Stripped of its symbols, or never linked as a module: the answer is the same for every kernel."""
    path = module(tmp_path, QUIET)
    must(run("objcopy", *(["--strip-all"] if missing == "the symbols" else ["--remove-section", missing]), path))
    env = {"KCXX_CACHE": str(tmp_path / "cache")}
    reason = "0 symbol tables" if missing == "the symbols" else f"no section {missing}"
    answers(inspect, REFUSED, reason, path, env=env)
    answers(inspect, REFUSED, reason, "--kernel", kernel_directory(tmp_path / "kernel"), path)


# Relocations that a compiler makes with options that Kbuild never gives
UNKNOWN_RELOCATIONS = {
    "thread-local": (X86, "__thread int own; int *read(void) { return &own; }\n", (), "of type 23, which the kernel's loader does not know, as of a thread-local variable"),
    "position-independent": (X86, "extern int other; int read(void) { return other; }\n", ("-fPIC", "-mcmodel=small"), "position-independent code"),
    "arm64-thread-local": (ARM64, "__thread int own; int *read(void) { return &own; }\n", (), "as of a thread-local variable"),
    "arm64-position-independent": (ARM64, "extern int other; int read(void) { return other; }\n", ("-fPIC",), "position-independent code"),
    "riscv64-thread-local": (RISCV64, "__thread int own; int *read(void) { return &own; }\n", (), "as of a thread-local variable"),
}


@pytest.mark.parametrize("case", UNKNOWN_RELOCATIONS)
def test_relocation_that_the_loader_does_not_know(inspect: Inspect, case: str, tmp_path: Path) -> None:
    """A relocation of an unknown type is named with its section, even without a kernel."""
    arch, body, flags, reason = UNKNOWN_RELOCATIONS[case]
    path = module(tmp_path, QUIET + body, *flags, arch=arch)
    report = inspect(path, env={"KCXX_CACHE": str(tmp_path / "cache")})
    assert (report.status, report.module["verdict"]) == (REFUSED, "would not load")
    assert [reason in one["text"] for one in report.module["problems"] if one["kind"] == "relocation-type"].count(True) >= 1


@pytest.mark.parametrize("arch", [X86, ARM64, RISCV64], ids=lambda arch: arch.name)
def test_relocations_of_the_kernels_build_are_known(inspect: Inspect, arch: Arch, tmp_path: Path) -> None:
    """Relocations of ordinary code are not reported."""
    body = QUIET + FUNCTIONS + "int table[4]; int *far(int i) { return &table[i]; }\n"
    report = inspect(module(tmp_path, body, arch=arch))
    assert [kind for _, kind, _ in report.problems if kind.startswith("relocation")] == []


def test_relocation_of_written_bytes_is_refused(inspect: Inspect, tmp_path: Path) -> None:
    """The loader of x86 wants zeros in the place that it writes."""
    written = 'asm(".data; pointer: .quad {}; .reloc pointer, R_X86_64_64, pointer; .text");\n'
    kernel = kernel_directory(tmp_path / "kernel")
    answers(inspect, LOADS, "takes its vermagic", "--kernel", kernel, module(tmp_path, QUIET + written.format(0)))
    path = module(tmp_path, QUIET + written.format(1))
    answers(inspect, REFUSED, ".data: 1 relocations of places that are not zero", path, env={"KCXX_CACHE": str(tmp_path / "cache")})


def test_several_answers_make_one_status(inspect: Inspect, tmp_path: Path) -> None:
    """Each module has its line; a refusal outweighs a file that is none, and that outweighs one that nothing is known of."""
    env = installed(tmp_path)
    paths = {
        LOADS: module(tmp_path / "fits", QUIET),
        REFUSED: module(tmp_path / "lacks", GPL + USES),
        UNDECIDED: module(tmp_path / "unknown", QUIET, "-UVERMAGIC", '-DVERMAGIC="6.1.0 SMP mod_unload modversions "'),
    }
    none = tmp_path / "none.ko"
    none.touch()
    for statuses, status in {
        (LOADS, LOADS): LOADS, (LOADS, UNDECIDED): UNDECIDED, (UNDECIDED, REFUSED): REFUSED, (REFUSED, LOADS, UNDECIDED): REFUSED,
    }.items():  # fmt: skip
        result = inspect.text(*(paths[one] for one in statuses), env=env)
        lines = [line.split(": /")[0] for line in result.stdout.splitlines() if re.match(r"\S", line)]
        assert (result.returncode, lines) == (status, [WORDS[one] for one in statuses])
    assert inspect.text(none, paths[UNDECIDED], env=env).returncode == 3
    assert inspect.text(none, paths[REFUSED], env=env).returncode == REFUSED


def test_statuses_are_in_the_manual(kcxx: Path) -> None:
    """The help names each status and the three answers."""
    text = " ".join(must(run(kcxx, "inspect", "--help")).split())
    for words in ('"would load"', '"would not load"', '"cannot tell"', "8 cannot tell", "13 the kernel would not load"):
        assert words in text
