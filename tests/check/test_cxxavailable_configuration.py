# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""cxxavailable.sh on options that change layout or ABI, or want care."""

from __future__ import annotations

import pytest

from fixtures.availability_check import Check
from fixtures.fake_compiler import found

SUPPORTED = {
    "gcc_plugins": (["GCC_PLUGINS"], "they instrument C++ as C"),
    "lto": (["LTO_CLANG_THIN"], "C++ objects are machine code, beside bitcode of C"),
    "kasan": (["KASAN", "KASAN_GENERIC"], "C++ is instrumented as C is"),
    "kcsan": (["KCSAN"], "C++ is instrumented as C is"),
    "kmsan": (["KMSAN"], "C++ is instrumented as C is"),
    "constructors": (["CONSTRUCTORS"], "for sanitizers; static constructors in C++ are refused all the same"),
}


@pytest.mark.parametrize("name", SUPPORTED)
def test_option_supported_and_set(name: str, check: Check) -> None:
    """An option that is set is named, with kcxx's way to support it."""
    options, how = SUPPORTED[name]
    check.kernel.configure(**dict.fromkeys(options, "y"))
    check.passes(name, f"{' '.join(f'CONFIG_{option}' for option in options)}: {how}")


@pytest.mark.parametrize("name", SUPPORTED)
def test_option_supported_and_not_set(name: str, check: Check) -> None:
    """An option that is not set is named, too."""
    check.passes(name, f"not set: CONFIG_{SUPPORTED[name][0][0]}")


def test_randstruct(check: Check) -> None:
    """The kernel's structures are no matter; those of function pointers which a module's C and C++ share are."""
    check.kernel.configure(RANDSTRUCT="y")
    check.warns(
        "randstruct", "the kernel randomises structures, and C++ does not",
        "CONFIG_RANDSTRUCT: the kernel's own structures are no matter, C++ takes their layout from C",
        "the same layout in C and C++ of the module, where they share a structure of function pointers",
        "mark such a structure with __no_randomize_layout",
    )  # fmt: skip


def test_randstruct_not(check: Check) -> None:
    """Structures are as they are declared."""
    check.passes("randstruct", "not set: CONFIG_RANDSTRUCT")


@pytest.mark.parametrize(
    ("options", "said"),
    {
        "GENKSYMS": "CONFIG_MODVERSIONS by genksyms",
        "GENDWARFKSYMS": "CONFIG_MODVERSIONS by gendwarfksyms",
        "": "not set: CONFIG_MODVERSIONS",
    }.items(),
)
def test_modversions(options: str, said: str, check: Check) -> None:
    """The check names the program that makes the CRCs."""
    if options:
        check.kernel.configure(**{"MODVERSIONS": "y", options: "y"})
    check.passes("modversions", said)


# trimmed_symbols


def test_trimmed_symbols(check: Check) -> None:
    """A module may miss what the kernel's own do not use."""
    check.kernel.configure(TRIM_UNUSED_KSYMS="y")
    check.warns(
        "trimmed_symbols", "the kernel exports only what its own modules use", "CONFIG_TRIM_UNUSED_KSYMS=y",
        "the symbols your module uses", "CONFIG_UNUSED_KSYMS_WHITELIST with them, where modpost finds one missing",
    )  # fmt: skip


def test_trimmed_symbols_not(check: Check) -> None:
    """If exports are not trimmed, the check passes."""
    check.passes("trimmed_symbols", "not set: CONFIG_TRIM_UNUSED_KSYMS")


# btf

NO_BTF = "the module gets no BTF, which only BPF programs that trace it miss"
PAHOLE = "pahole 1.24 or newer, that knows the kernel's options"


def btf(check: Check) -> None:
    """Makes the kernel one with BTF, and its vmlinux there."""
    check.kernel.configure(DEBUG_INFO_BTF_MODULES="y")
    check.prepare().file("vmlinux")


def test_btf_not_set(check: Check) -> None:
    """A kernel without BTF for modules needs no pahole."""
    check.passes("btf", "not set: CONFIG_DEBUG_INFO_BTF_MODULES")


def test_btf_without_vmlinux(check: Check) -> None:
    """Headers packages have none: neither do C modules get BTF."""
    check.kernel.configure(DEBUG_INFO_BTF_MODULES="y")
    check.passes("btf", "no vmlinux in the kernel directory: Kbuild makes none")


@pytest.mark.parametrize("fact", ["pahole", "", "/nonexistent/pahole", "nice pahole"])
def test_btf_without_pahole(fact: str, check: Check) -> None:
    """The module can be built without."""
    check.kernel.facts["PAHOLE"] = fact
    btf(check)
    command = fact.split()[-1] if fact else "pahole"
    check.warns("btf", NO_BTF, f"no command '{command}'", PAHOLE, "apt-get install pahole")


PAHOLE_SCRIPT = """case "$*" in
--version) echo v{version} ;;
*--{unknown}*) echo 'pahole: unrecognized option' >&2; exit 64 ;;
*--version) echo v{version} ;;
*) exit 1 ;;
esac"""


@pytest.mark.parametrize(("version", "unknown"), [("1.22", "lang_exclude"), ("1.24", "btf_features")])
def test_btf_by_a_pahole_that_cannot(version: str, unknown: str, check: Check) -> None:
    """A pahole that cannot skip C++, or does not know the kernel's options, is a warning."""
    check.kernel.facts["PAHOLE_FLAGS"] = "-j --btf_features=encode_force,var"
    check.tools.script("pahole", PAHOLE_SCRIPT.format(version=version, unknown=unknown))
    btf(check)
    check.warns("btf", NO_BTF, f"pahole v{version}", PAHOLE, "apt-get install pahole")


def test_btf_by_a_pahole_that_can(check: Check) -> None:
    """pahole is called with the kernel's options."""
    check.kernel.facts["PAHOLE_FLAGS"] = "--btf_gen_floats --lang_exclude=rust"
    check.tools.script("pahole", PAHOLE_SCRIPT.format(version="1.24", unknown="btf_features"))
    btf(check)
    check.passes("btf", "pahole v1.24")


def test_btf_by_the_real_pahole(check: Check) -> None:
    """This machine's"""
    check.tools.link("pahole", found("pahole"))
    btf(check)
    outcome = check.run()
    assert outcome.states("warning", "failed") == []
    assert outcome.records["btf"].found and outcome.records["btf"].found.startswith("pahole v1.")


# signatures


def test_signatures_enforced(check: Check) -> None:
    """The module can be built; it has to be signed before a kernel loads it."""
    check.kernel.configure(MODULE_SIG="y", MODULE_SIG_FORCE="y")
    check.warns(
        "signatures", "this kernel loads signed modules only", "CONFIG_MODULE_SIG_FORCE=y",
        "a signature by a key the kernel knows",
        f"{check.kernel.directory}/scripts/sign-file sha256 <key> <certificate> <module>.ko",
    )  # fmt: skip


def test_signatures_not_enforced(check: Check) -> None:
    """Without MODULE_SIG_FORCE an unsigned module taints the kernel and is loaded."""
    check.kernel.configure(MODULE_SIG="y")
    check.passes("signatures", "CONFIG_MODULE_SIG_FORCE is not set")
