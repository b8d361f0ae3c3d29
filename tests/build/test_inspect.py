# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx inspect: what is to be known of a module before it is loaded."""

from __future__ import annotations

import gzip
import lzma
import random
import re
import shutil
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.directories import made_once, new_directory
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel
from fixtures.guest_modules import SOURCES as GUESTS
from fixtures.inspected import (
    ARCHES, ARM64, FUNCTIONS, GPL, QUIET, RELEASE, RISCV64, VERMAGIC, VERSIONS, X86,
    Arch, Inspect, kernel_directory, module,
)  # fmt: skip
from fixtures.kbuild_project import KbuildProject
from fixtures.module_file import modinfo_field, relocations, sections
from fixtures.repository import REPOSITORY
from fixtures.signing_keys import KeyPair, make_key_pair

REFUSED = ExitStatus.LOAD
NO_MODULE = ExitStatus.INPUT

CALLS_HELPER = "void helper(void);\nint init_module(void) { helper(); return 0; }\n"
HELPER = ("0x22222222", "helper", "vmlinux", "EXPORT_SYMBOL", "")
HELPER_GPL = ("0x22222222", "helper", "vmlinux", "EXPORT_SYMBOL_GPL", "")
USES_HELPER = VERSIONS + "VERSION(helper, 0x22222222);\n" + CALLS_HELPER


@pytest.fixture(scope="session")
def inspect(kcxx: Path) -> Inspect:
    """The program."""
    return Inspect(kcxx)


# A function that has its stack guarded
BUFFER = """\
int first();
int first()
{
	char text[64];
	asm volatile("" : : "r"(text) : "memory");
	return text[0];
}
"""


@pytest.fixture(scope="session")
def project(kernel: Kernel, package: Path, run_directory: Path) -> Path:
    """Three modules built for the kernel: hello, in C++, and two in C, of which one uses the other."""

    def make(directory: Path) -> None:
        built = KbuildProject(directory, package, kernel.build)
        shutil.copy(REPOSITORY / "examples/hello/hello.cc", directory)
        built.write("buffer.cc", BUFFER)
        for name in ("provider", "consumer", "clean"):
            shutil.copy(GUESTS / f"{name}.c", directory)
        built.write("part.c", "int part(int a);\nint part(int a)\n{\n\treturn a + 4711;\n}\n")
        built.kbuild("obj-m := hello.o provider.o consumer.o clean.o\nhello-y := hello.o buffer.o part.o\n")
        built.made()

    return made_once(run_directory / f"inspected-{kernel.series}", make)


@pytest.fixture
def hello(project: Path) -> Path:
    """A module in C++."""
    return project / "hello.ko"


only_612 = pytest.mark.parametrize("kernel", ["6.12"], indirect=True)


def code_size(path: Path) -> int:
    """Bytes of code that get memory."""
    return sum(section.size for section in sections(path) if "X" in section.flags and "A" in section.flags)


# Real modules


def test_module_is_fit_for_its_kernel(inspect: Inspect, hello: Path, kernel: Kernel) -> None:
    """Without --kernel, it is held against the kernel that its vermagic names, which would load it."""
    report = inspect(hello)
    assert (report.status, report.problems) == (0, [])
    assert report.module["loadable"] is True
    assert report.module["kernel"]["release"] == kernel.release
    assert report.module["kernel"]["vermagic"].strip() == modinfo_field(hello, "vermagic")


def test_identity_is_that_of_modinfo(inspect: Inspect, hello: Path) -> None:
    """Name, licence, description and author are those of modinfo(8)."""
    found = inspect(hello).module
    for key, field in {"name": "name", "licence": "license", "description": "description"}.items():
        assert found[key] == modinfo_field(hello, field) != ""
    assert found["authors"] == [modinfo_field(hello, "author")]
    assert found["vermagic"].strip() == modinfo_field(hello, "vermagic")
    assert found["arch"] == "x86_64"


def test_imports_are_those_of_modprobe(inspect: Inspect, hello: Path) -> None:
    """Each imported symbol has the CRC that modprobe(8) shows, and the kernel as its exporter."""
    dumped = must(run("/sbin/modprobe", "--dump-modversions", hello)).splitlines()
    wanted = {name: int(crc, 16) for crc, name in (line.split() for line in dumped) if name != "module_layout"}
    imports = inspect(hello).module["imports"]
    assert {one["name"]: int(one["crc"], 16) for one in imports} == wanted
    assert {one["exporter"] for one in imports} == {"vmlinux"}


def test_parameters_are_told(inspect: Inspect, project: Path) -> None:
    """Name, type and description."""
    parameters = inspect(project / "clean.ko").module["parameters"]
    assert [(one["name"], one["type"]) for one in parameters] == [("word", "charp")]


def test_code_is_split_by_debug_information(inspect: Inspect, hello: Path) -> None:
    """Most of hello is C++, one of its members is C, and no byte is counted twice."""
    code = inspect(hello).module["code"]
    assert code["by"] == "debug-info"
    assert code["cxx_bytes"] > code["c_bytes"] > 0
    parts = ("cxx_bytes", "c_bytes", "unmangled_bytes", "other_bytes")
    assert sum(code[part] for part in parts) == code_size(hello)


def test_code_without_debug_information_is_split_by_symbols(inspect: Inspect, hello: Path, tmp_path: Path) -> None:
    """Mangled names are C++; code with other names may be C or extern "C", and is counted as unmangled."""
    exact = inspect(hello).module["code"]
    stripped = tmp_path / "hello.ko"
    must(run("strip", "--strip-debug", "-o", stripped, hello))
    code = inspect(stripped).module["code"]
    assert code["by"] == "symbols"
    assert 0 < code["cxx_bytes"] <= exact["cxx_bytes"]
    assert code["unmangled_bytes"] > 0


def test_c_module_has_no_cxx(inspect: Inspect, project: Path) -> None:
    """A module in C alone has C alone."""
    code = inspect(project / "clean.ko").module["code"]
    assert code["c_bytes"] > 0
    assert code["cxx_bytes"] == 0


def test_mitigations_of_the_kernel_are_in_cxx(inspect: Inspect, hello: Path, kernel: Kernel) -> None:
    """Return thunks as many as readelf shows, ENDBR where the kernel has IBT, stack protector, ftrace."""
    report = inspect(hello)
    thunks = [line for lines in relocations(hello).values() for line in lines if "__x86_return_thunk" in line]
    found = report.module["mitigations"]
    assert found["return-thunks"] | {"evidence": ""} == {
        "presence": "yes", "count": len(thunks), "of": len(thunks), "evidence": "",
    }  # fmt: skip
    assert report.mitigation("ibt") == ("yes" if kernel.series == "6.12" else "no")
    assert report.mitigation("stack-protector") == "yes"
    assert report.mitigation("kcfi") == "no"
    assert found["ftrace-entries"]["count"] > 0


def test_btf_is_told(inspect: Inspect, hello: Path, kernel: Kernel) -> None:
    """6.12's headers come with the vmlinux that BTF is made from."""
    found = inspect(hello).module
    assert found["btf"] is any(section.name == ".BTF" for section in sections(hello))
    assert found["btf"] is (kernel.series == "6.12")


@pytest.mark.every
def test_other_kernel_refuses(inspect: Inspect, hello: Path, kernel: Kernel, kernels: dict[str, Kernel]) -> None:
    """Held against another series, both vermagics and each CRC that differs are named; status 13."""
    other = kernels["6.1" if kernel.series == "6.12" else "6.12"]
    result = inspect.text("--kernel", other.series, hello)
    assert result.returncode == REFUSED
    said = " ".join(result.stdout.split())
    assert f'vermagic is "{kernel.release} SMP preempt mod_unload modversions"' in said
    assert f'the kernel\'s is "{other.release} SMP preempt mod_unload modversions"' in said
    report = inspect("--kernel", other.series, hello)
    assert ("refused", "crc-mismatch", "module_layout") in report.problems
    assert report.module["loadable"] is False


@pytest.mark.parametrize("way", ["release", "series", "directory"])
@only_612
def test_kernel_is_named(inspect: Inspect, hello: Path, kernel: Kernel, way: str) -> None:
    """--kernel takes a release, a series or a build directory."""
    named = {"release": kernel.release, "series": kernel.series, "directory": str(kernel.build)}[way]
    report = inspect("--kernel", named, hello)
    assert (report.status, report.module["kernel"]["release"]) == (0, kernel.release)


def test_export_of_another_module_is_missed(inspect: Inspect, project: Path) -> None:
    """A symbol that the module it depends on exports is missing where that is not given."""
    report = inspect(project / "consumer.ko")
    assert report.status == REFUSED
    assert {kind for _, kind, _ in report.problems} == {"missing-symbol"}
    assert report.module["depends"] == ["provider"]


def test_export_of_another_module_is_found(inspect: Inspect, project: Path) -> None:
    """The modules given satisfy each other, in any order; the CRC of the one is that of the other."""
    report = inspect(project / "consumer.ko", project / "provider.ko")
    assert report.status == 0
    consumer, provider = report.document["modules"]
    exported = {one["name"]: one["crc"] for one in provider["exports"]}
    imported = {one["name"]: one["crc"] for one in consumer["imports"] if one["exporter"] == "provider"}
    assert imported
    assert imported.items() <= exported.items()


def test_export_of_a_module_loaded_before_is_found(inspect: Inspect, project: Path) -> None:
    """--with: the consumer may use exports of that module, and no problem is reported."""
    report = inspect("--with", project / "provider.ko", project / "consumer.ko")
    assert (report.status, [module["name"] for module in report.document["modules"]]) == (0, ["consumer"])


def test_what_is_loaded_before_has_to_be_a_module(inspect: Inspect, project: Path) -> None:
    """--with a file that is none: status 3, and which."""
    result = inspect.text("--with", project / "Kbuild", project / "consumer.ko")
    assert result.returncode == 3
    assert f"{project}/Kbuild" in result.stderr


@only_612
def test_changed_crc_is_named(inspect: Inspect, hello: Path, tmp_path: Path) -> None:
    """A single CRC that differs refuses the module, with the symbol and both numbers."""
    versions, changed = tmp_path / "versions", tmp_path / "hello.ko"
    must(run("objcopy", "--dump-section", f"__versions={versions}", hello, changed))
    data = bytearray(versions.read_bytes())
    at = data.index(b"_printk\0") - 8
    was = int.from_bytes(data[at : at + 4], "little")
    data[at] ^= 1
    versions.write_bytes(data)
    must(run("objcopy", "--update-section", f"__versions={versions}", changed))
    report = inspect(changed)
    assert report.status == REFUSED
    assert report.problems == [("refused", "crc-mismatch", "_printk")]
    text = report.module["problems"][0]["text"]
    assert f"0x{was:08x}" in text
    assert f"0x{was ^ 1:08x}" in text


@pytest.mark.parametrize("suffix", ["xz", "gz", "zst"])
@only_612
def test_compressed_module_is_read(inspect: Inspect, hello: Path, suffix: str, tmp_path: Path) -> None:
    """A compressed module, as distributions ship it, is read."""
    packed = tmp_path / f"hello.ko.{suffix}"
    content = hello.read_bytes()
    if suffix == "zst":
        must(run("zstd", "-q", "-o", packed, hello))
    else:
        packed.write_bytes({"xz": lzma.compress, "gz": gzip.compress}[suffix](content))
    assert inspect(packed).module | {"path": ""} == inspect(hello).module | {"path": ""}


@only_612
def test_text_fits_a_terminal(inspect: Inspect, project: Path, tmp_path: Path) -> None:
    """No line is longer than 80 columns but for a word that is; no colour in a file; problems come first."""
    result = inspect.text("--kernel", kernel_directory(tmp_path / "kernel"), project / "hello.ko")
    lines = result.stdout.splitlines()
    assert lines[0].startswith(f"would not load: {project / 'hello.ko'}: vermagic is ")
    assert re.match(r"  REFUSED  \S", lines[1])
    assert all(len(line) <= 80 for line in lines[1:])
    assert "\033" not in result.stdout


# Signatures


@pytest.fixture(scope="session")
def signing_key(run_directory: Path) -> KeyPair:
    """A throw-away key and its certificate."""
    return make_key_pair(new_directory(run_directory, "inspect-key"), "A throw-away key", "-set_serial", "0x4D0102FE")


@pytest.fixture(scope="session")
def other_key(run_directory: Path) -> KeyPair:
    """Somebody else's."""
    return make_key_pair(new_directory(run_directory, "inspect-key"), "Another key")


def signed(hello: Path, kernel: Kernel, key: KeyPair, copy: Path, *options: str) -> Path:
    """@hello, signed by the kernel's own tool."""
    must(run(kernel.build / "scripts/sign-file", *options, "sha512", key.key, key.certificate, hello, copy))
    return copy


@only_612
def test_signature_is_told(
    inspect: Inspect, hello: Path, kernel: Kernel, signing_key: KeyPair, tmp_path: Path
) -> None:
    """Signer, serial number of the key and hash are those of modinfo(8)."""
    module_signed = signed(hello, kernel, signing_key, tmp_path / "hello.ko")
    found = inspect(module_signed).module["signature"]
    assert found["signer"] == modinfo_field(module_signed, "signer") == "A throw-away key"
    assert found["key"] == modinfo_field(module_signed, "sig_key") == "4D:01:02:FE"
    assert found["hash"] == modinfo_field(module_signed, "sig_hashalgo") == "sha512"
    assert found["damage"] is None


@only_612
def test_signature_by_key_id_is_told(
    inspect: Inspect, hello: Path, kernel: Kernel, signing_key: KeyPair, tmp_path: Path
) -> None:
    """A signature may name the key by its identifier instead."""
    found = inspect(signed(hello, kernel, signing_key, tmp_path / "hello.ko", "-k")).module["signature"]
    assert found["signer"] is None
    text = must(run("openssl", "x509", "-in", signing_key.certificate, "-noout", "-ext", "subjectKeyIdentifier"))
    assert found["key"] in text


MARKER = b"~Module signature appended~\n"
# struct module_signature, from the end of the file: algo, hash, id_type, signer_len, key_id_len, padding, length
TRAILER = -12 - len(MARKER)
FIELDS = {"algo": 0, "hash": 1, "signer_len": 3, "key_id_len": 4, "pad0": 5, "pad1": 6, "pad2": 7, "length": 8}


def with_byte(path: Path, at: int, value: int) -> Path:
    """@path with another byte"""
    data = bytearray(path.read_bytes())
    assert data[at] != value
    data[at] = value
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("value", [1, 0x80, 0xFF])
@pytest.mark.parametrize("field", FIELDS)
@only_612
def test_malformed_signature_is_refused(
    inspect: Inspect, hello: Path, kernel: Kernel, signing_key: KeyPair, field: str, value: int, tmp_path: Path
) -> None:
    """A signature that the kernel's mod_check_sig() refuses, even if none is needed, ends with status 13."""
    path = signed(hello, kernel, signing_key, tmp_path / "hello.ko")
    for options in ((), ("--certificate", signing_key.certificate)):
        assert inspect(*options, path).problems == []
    with_byte(path, TRAILER + FIELDS[field], value)
    for options in ((), ("--certificate", signing_key.certificate)):
        report = inspect(*options, path)
        assert (report.status, report.problems) == (REFUSED, [("refused", "signature", None)])
        assert report.module["signature"]["damage"]
        assert report.module["signature"]["verified"] is None


@only_612
def test_signature_that_is_no_message_is_refused(
    inspect: Inspect, hello: Path, kernel: Kernel, signing_key: KeyPair, tmp_path: Path
) -> None:
    """A message whose first bytes are damaged is refused, as by the kernel."""
    path = with_byte(signed(hello, kernel, signing_key, tmp_path / "hello.ko"), hello.stat().st_size, 0xFF)
    report = inspect(path)
    assert (report.status, report.problems) == (REFUSED, [("refused", "signature", None)])


@only_612
def test_signature_of_another_type_is_a_warning(
    inspect: Inspect, hello: Path, kernel: Kernel, signing_key: KeyPair, tmp_path: Path
) -> None:
    """The kernel takes such a module for one without a signature."""
    path = with_byte(signed(hello, kernel, signing_key, tmp_path / "hello.ko"), TRAILER + 2, 1)
    report = inspect(path)
    assert (report.status, report.problems) == (0, [("warning", "signature", None)])
    assert inspect("--certificate", signing_key.certificate, path).status == REFUSED


def test_kernel_without_signatures_reads_none(inspect: Inspect, tmp_path: Path) -> None:
    """Without CONFIG_MODULE_SIG the bytes behind the module are ignored."""
    path = module(tmp_path, QUIET)
    path.write_bytes(path.read_bytes() + b"\xff" * 12 + MARKER)
    for options, status in {(): 0, ("MODULE_SIG",): REFUSED}.items():
        assert inspect("--kernel", kernel_directory(tmp_path / "kernel", options=options), path).status == status


def test_unsigned_module_says_so(inspect: Inspect, hello: Path) -> None:
    """No signature is null."""
    assert inspect(hello).module["signature"] is None


@pytest.fixture(scope="session")
def signed_hello(
    project: Path, kernel: Kernel, signing_key: KeyPair, run_directory: Path
) -> Path:
    """The module in C++, signed."""
    return signed(project / "hello.ko", kernel, signing_key, new_directory(run_directory, "inspect-signed") / "hello.ko")


@only_612
def test_signature_without_certificate_is_not_verified(inspect: Inspect, signed_hello: Path) -> None:
    """Without a certificate a signature is reported as not verified, and is no problem."""
    report = inspect(signed_hello)
    assert (report.status, report.problems) == (0, [])
    assert report.module["signature"]["verified"] is None
    assert "sha512; not verified" in inspect.text(signed_hello).stdout


@pytest.mark.parametrize("form", ["PEM", "DER", "PEM with a key and others"])
@only_612
def test_signature_is_verified(
    inspect: Inspect, signed_hello: Path, signing_key: KeyPair, other_key: KeyPair, form: str, tmp_path: Path
) -> None:
    """--certificate: the report names the certificate whose key signed the contents of the file."""
    file = tmp_path / "certificate"
    must(run("openssl", "x509", "-in", signing_key.certificate, "-outform", form[:3], "-out", file))
    if form not in ("PEM", "DER"):
        file.write_text("".join(part.read_text() for part in (signing_key.key, other_key.certificate, file)))
    for options in (("--certificate", file), ("--certificate", other_key.certificate, "--certificate", file)):
        report = inspect(*options, signed_hello)
        assert (report.status, report.problems, report.module["loadable"]) == (0, [], True)
        assert report.module["signature"]["verified"] == "yes"
        assert report.module["signature"]["certificate"] == str(file)
    assert f"verified by {file}" in " ".join(inspect.text("--certificate", file, signed_hello).stdout.split())


@only_612
def test_signature_by_key_id_is_verified(
    inspect: Inspect, hello: Path, kernel: Kernel, signing_key: KeyPair, tmp_path: Path
) -> None:
    """A signature that names the key by its identifier is verified as well."""
    path = signed(hello, kernel, signing_key, tmp_path / "hello.ko", "-k")
    assert inspect("--certificate", signing_key.certificate, path).module["signature"]["verified"] == "yes"


@only_612
def test_verified_module_may_be_compressed(
    inspect: Inspect, signed_hello: Path, signing_key: KeyPair, tmp_path: Path
) -> None:
    """The signature is that of what is in the compressed file."""
    packed = tmp_path / "hello.ko.xz"
    packed.write_bytes(lzma.compress(signed_hello.read_bytes()))
    assert inspect("--certificate", signing_key.certificate, packed).module["signature"]["verified"] == "yes"


@only_612
def test_signature_by_another_key_is_refused(inspect: Inspect, signed_hello: Path, other_key: KeyPair) -> None:
    """No certificate is that of its key: status 13."""
    report = inspect("--certificate", other_key.certificate, signed_hello)
    assert (report.status, report.problems) == (REFUSED, [("refused", "signature", None)])
    assert (report.module["signature"]["verified"], report.module["signature"]["certificate"]) == ("other-key", None)
    assert report.module["loadable"] is False


@pytest.mark.parametrize("change", ["content", "signature", "key"])
@only_612
def test_damaged_module_is_refused(
    inspect: Inspect, hello: Path, kernel: Kernel, signed_hello: Path, signing_key: KeyPair, change: str, tmp_path: Path
) -> None:
    """A byte of the content or of the signature has changed, or a key of the same name and number signed: status 13."""
    path = tmp_path / "hello.ko"
    if change == "key":
        same = make_key_pair(tmp_path, "A throw-away key", "-set_serial", "0x4D0102FE")
        signed(hello, kernel, same, path)
    else:
        data = bytearray(signed_hello.read_bytes())
        data[data.index(b"hello") if change == "content" else -60] ^= 1
        path.write_bytes(data)
    report = inspect("--certificate", signing_key.certificate, path)
    assert report.status == REFUSED
    assert ("refused", "signature", None) in report.problems
    assert report.module["signature"]["verified"] == "damaged"
    assert report.module["signature"]["certificate"] == str(signing_key.certificate)
    assert f"NOT of this content by the key of {signing_key.certificate}" in " ".join(
        inspect.text("--certificate", signing_key.certificate, path).stdout.split()
    )


@only_612
def test_unsigned_module_is_refused_where_a_key_is_asked_for(
    inspect: Inspect, hello: Path, signing_key: KeyPair
) -> None:
    """--certificate: as a kernel that enforces signatures."""
    report = inspect("--certificate", signing_key.certificate, hello)
    assert (report.status, report.problems) == (REFUSED, [("refused", "signature", None)])


@only_612
def test_unreadable_signature_is_refused_where_a_key_is_asked_for(
    inspect: Inspect, hello: Path, signed_hello: Path, signing_key: KeyPair, tmp_path: Path
) -> None:
    """--certificate: what is a warning otherwise."""
    path = tmp_path / "hello.ko"
    data = bytearray(signed_hello.read_bytes())
    start = hello.stat().st_size
    data[start : start + 8] = b"\xff" * 8
    path.write_bytes(data)
    report = inspect("--certificate", signing_key.certificate, path)
    assert (report.status, report.problems) == (REFUSED, [("refused", "signature", None)])


@pytest.mark.parametrize("content", [None, "", "no certificate\n"])
@only_612
def test_file_that_is_no_certificate(inspect: Inspect, hello: Path, content: str | None, tmp_path: Path) -> None:
    """A file that is missing, empty or no certificate is named: status 3."""
    file = tmp_path / "certificate"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    result = inspect.text("--certificate", file, hello)
    assert (result.returncode, result.stdout) == (NO_MODULE, "")
    assert str(file) in result.stderr.splitlines()[0]


def test_kernel_that_takes_signed_modules_only(inspect: Inspect, tmp_path: Path) -> None:
    """CONFIG_MODULE_SIG_FORCE: it refuses the one that is not signed."""
    kernel = kernel_directory(tmp_path / "kernel", options=("MODULE_SIG", "MODULE_SIG_FORCE"))
    report = inspect("--kernel", kernel, module(tmp_path, QUIET))
    assert (report.status, report.problems) == (REFUSED, [("refused", "signature", None)])
    assert "CONFIG_MODULE_SIG_FORCE" in report.module["problems"][0]["text"]


def test_key_of_the_kernel_itself_is_known(
    inspect: Inspect, kernels: dict[str, Kernel], signing_key: KeyPair, other_key: KeyPair, tmp_path: Path
) -> None:
    """A kernel directory that has the certificate of its own key: modules are held against that without being asked."""
    kernel = kernel_directory(tmp_path / "kernel", options=("MODULE_SIG",))
    (kernel / "certs").mkdir()
    own = kernel / "certs/signing_key.x509"
    must(run("openssl", "x509", "-in", signing_key.certificate, "-outform", "DER", "-out", own))
    unsigned = module(tmp_path, QUIET)
    ours = signed(unsigned, kernels["6.12"], signing_key, tmp_path / "ours.ko")
    theirs = signed(unsigned, kernels["6.12"], other_key, tmp_path / "theirs.ko")
    damaged = tmp_path / "damaged.ko"
    damaged.write_bytes(b"\x7fELF" + bytes([2, 1, 1, 1]) + ours.read_bytes()[8:])
    for path, status, verified in ((ours, 0, "yes"), (theirs, 0, "other-key"), (damaged, REFUSED, "damaged")):
        report = inspect("--kernel", kernel, path)
        assert (report.status, report.module["signature"]["verified"]) == (status, verified)
    assert inspect("--kernel", kernel, unsigned).status == 0


# Every rule by itself: small objects against small kernels


def test_missing_symbol_is_named(inspect: Inspect, tmp_path: Path) -> None:
    """A symbol that neither the kernel nor a module exports refuses the module."""
    report = inspect("--kernel", kernel_directory(tmp_path / "kernel"), module(tmp_path, GPL + USES_HELPER))
    assert report.status == REFUSED
    assert report.problems == [("refused", "missing-symbol", "helper")]


def test_weak_symbol_may_be_missing(inspect: Inspect, tmp_path: Path) -> None:
    """The loader leaves a weak one at zero."""
    body = GPL + USES_HELPER.replace("void helper", "__attribute__((weak)) void helper")
    report = inspect("--kernel", kernel_directory(tmp_path / "kernel"), module(tmp_path, body))
    assert (report.status, report.problems) == (0, [])
    assert report.module["imports"][0]["weak"] is True


@pytest.mark.parametrize(
    ("licence", "refused"),
    [("GPL", False), ("Dual MIT/GPL", False), ("Proprietary", True), ("MIT", True), (None, True)],
)
def test_gpl_only_symbol_needs_a_licence(inspect: Inspect, licence: str | None, refused: bool, tmp_path: Path) -> None:
    """The licences the kernel takes for compatible may use it, others and none may not."""
    kernel = kernel_directory(tmp_path / "kernel", HELPER_GPL)
    body = f'INFO(license, "license={licence}");\n' if licence else ""
    report = inspect("--kernel", kernel, module(tmp_path, body + USES_HELPER))
    assert report.problems == ([("refused", "gpl-only-symbol", "helper")] if refused else [])
    assert report.status == (REFUSED if refused else 0)


@pytest.mark.parametrize(
    ("name_space", "imported", "problem"),
    [
        ("SAMPLE", None, "missing-namespace"),
        ("SAMPLE", "OTHER", "missing-namespace"),
        ("SAMPLE", "SAMPLE", None),
        ("module:other,sam*", None, None),
        ("module:other", "module:other", "missing-namespace"),
    ],
)
def test_namespace_has_to_be_imported(
    inspect: Inspect, name_space: str, imported: str | None, problem: str | None, tmp_path: Path
) -> None:
    """The namespace has to be imported by its name; one for certain modules is for these alone."""
    kernel = kernel_directory(tmp_path / "kernel", (*HELPER[:4], name_space))
    body = f'INFO(ns, "import_ns={imported}");\n' if imported else ""
    report = inspect("--kernel", kernel, module(tmp_path, GPL + body + USES_HELPER))
    assert report.problems == ([("refused", problem, "helper")] if problem else [])


def test_missing_namespace_may_be_allowed(inspect: Inspect, tmp_path: Path) -> None:
    """Kernels configured so only warn."""
    kernel = kernel_directory(
        tmp_path / "kernel", (*HELPER[:4], "SAMPLE"), options=("MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS",)
    )
    report = inspect("--kernel", kernel, module(tmp_path, GPL + USES_HELPER))
    assert (report.status, report.problems) == (0, [("warning", "missing-namespace", "helper")])


def test_symbol_without_crc_is_refused(inspect: Inspect, tmp_path: Path) -> None:
    """A module with CRCs has to have one for each symbol."""
    kernel = kernel_directory(tmp_path / "kernel", HELPER)
    report = inspect("--kernel", kernel, module(tmp_path, GPL + VERSIONS + CALLS_HELPER))
    assert (report.status, report.problems) == (REFUSED, [("refused", "no-crc", "helper")])


@pytest.mark.parametrize("forced", [False, True])
def test_module_without_crcs(inspect: Inspect, forced: bool, tmp_path: Path) -> None:
    """Refused by a kernel that checks them, unless that is configured to load it all the same."""
    kernel = kernel_directory(tmp_path / "kernel", HELPER, options=("MODULE_FORCE_LOAD",) if forced else ())
    report = inspect("--kernel", kernel, module(tmp_path, GPL + CALLS_HELPER))
    assert report.problems == [("warning" if forced else "refused", "no-versions", None)]


def test_crcs_of_the_newer_form_are_read(inspect: Inspect, tmp_path: Path) -> None:
    """CRCs of 6.14 and later may be in two sections, with names of any length."""
    body = """
        static const unsigned crcs[] __attribute__((used, section("__version_ext_crcs"))) = { 0x11111111, 0x23 };
        static const char names[] __attribute__((used, section("__version_ext_names"))) = "module_layout\\0helper";
        """
    kernel = kernel_directory(tmp_path / "kernel", HELPER)
    report = inspect("--kernel", kernel, module(tmp_path, GPL + body + CALLS_HELPER))
    assert report.problems == [("refused", "crc-mismatch", "helper")]
    assert report.module["imports"][0]["crc"] == "0x00000023"


@pytest.mark.parametrize(
    ("text", "gravity"),
    [
        ("6.11.0 SMP mod_unload modversions ", "warning"),  # the release does not count beside CRCs
        (VERMAGIC.replace("SMP", "SMP preempt"), "refused"),
    ],
)
def test_vermagic_is_compared_as_the_loader_does(inspect: Inspect, text: str, gravity: str, tmp_path: Path) -> None:
    """The options count always, the release only for modules without CRCs; both vermagics are named."""
    kernel = kernel_directory(tmp_path / "kernel")
    report = inspect("--kernel", kernel, module(tmp_path, QUIET, "-UVERMAGIC", f'-DVERMAGIC="{text}"'))
    assert report.problems == [(gravity, "vermagic", None)]
    said = report.module["problems"][0]["text"]
    assert text.strip() in said
    assert VERMAGIC.strip() in said


def test_export_of_the_kernels_own_is_refused(inspect: Inspect, tmp_path: Path) -> None:
    """A module may not export what vmlinux exports."""
    body = QUIET + 'static const int __ksymtab_helper __attribute__((used, section("__ksymtab_gpl"))) = 1;\n'
    report = inspect("--kernel", kernel_directory(tmp_path / "kernel", HELPER), module(tmp_path, body))
    assert report.problems == [("refused", "duplicate-export", "helper")]
    assert report.module["exports"] == [{"name": "helper", "crc": None, "gpl_only": True, "namespace": None}]


@pytest.mark.parametrize(
    "section", [".init_array", ".ctors", ".fini_array", ".eh_frame", ".gcc_except_table", ".init_array.00100"]
)
def test_unwanted_section_is_named(inspect: Inspect, section: str, tmp_path: Path) -> None:
    """A section that the kernel does not handle is a warning: the module loads, but the section has no effect."""
    body = QUIET + f'long table __attribute__((used, section("{section}"))) = 1;\n'
    report = inspect("--kernel", kernel_directory(tmp_path / "kernel"), module(tmp_path, body))
    assert (report.status, report.problems) == (0, [("warning", "unwanted-section", section)])


def test_constructors_may_be_served(inspect: Inspect, tmp_path: Path) -> None:
    """Kernels with CONFIG_CONSTRUCTORS run them."""
    body = QUIET + 'long table __attribute__((used, section(".init_array"))) = 1;\n'
    kernel = kernel_directory(tmp_path / "kernel", options=("CONSTRUCTORS",))
    assert inspect("--kernel", kernel, module(tmp_path, body)).problems == []


def test_common_symbol_is_refused(inspect: Inspect, tmp_path: Path) -> None:
    """The loader has no place for it."""
    report = inspect("--kernel", kernel_directory(tmp_path / "kernel"), module(tmp_path, QUIET + "int number;\n", "-fcommon"))
    assert (report.status, report.problems) == (REFUSED, [("refused", "common-symbol", "number")])


# Mitigations

IBT = "-fcf-protection=branch"


@pytest.mark.parametrize(
    ("flags", "mitigation", "presence"),
    [
        ((), "return-thunks", "no"),
        (("-mfunction-return=thunk-extern",), "return-thunks", "yes"),
        ((), "retpolines", "no"),
        (("-mindirect-branch=thunk-extern", "-mindirect-branch-register"), "retpolines", "yes"),
        ((), "ibt", "no"),
        ((IBT,), "ibt", "yes"),
        ((), "sls", "no"),
        (("-mharden-sls=all",), "sls", "yes"),
        (("-mfunction-return=thunk-extern", "-mindirect-branch=thunk-extern"), "sls", "yes"),
        ((), "stack-protector", "unknown"),
        (("-fstack-protector-strong", "-mstack-protector-guard=global"), "stack-protector", "yes"),
        ((), "ftrace-entries", "no"),
        (("-fpatchable-function-entry=5",), "ftrace-entries", "yes"),
    ],
)
def test_x86_mitigation_is_read_off_the_code(
    inspect: Inspect, flags: tuple[str, ...], mitigation: str, presence: str, tmp_path: Path
) -> None:
    """A mitigation is present with the compiler's option, and absent without."""
    assert inspect(module(tmp_path, QUIET + FUNCTIONS, *flags)).mitigation(mitigation) == presence


def test_one_bare_return_is_noticed(inspect: Inspect, tmp_path: Path) -> None:
    """A single function without the return thunk makes it partial, with the numbers."""
    body = QUIET + FUNCTIONS + '__attribute__((function_return("keep"))) int bare(int x) { return x + 7; }\n'
    report = inspect(module(tmp_path, body, "-mfunction-return=thunk-extern"))
    found = report.module["mitigations"]["return-thunks"]
    assert found["presence"] == "partial"
    assert found["of"] - found["count"] == 1


@pytest.mark.parametrize(
    ("flags", "mitigation", "presence"),
    [
        ((), "bti", "no"),
        (("-mbranch-protection=bti",), "bti", "yes"),
        (("-mbranch-protection=bti", "-fpatchable-function-entry=2"), "bti", "yes"),
        (("-mbranch-protection=pac-ret",), "bti", "no"),
        ((), "pac", "no"),
        (("-mbranch-protection=pac-ret",), "pac", "yes"),
        (("-mbranch-protection=bti",), "pac", "no"),
        ((), "sls", "no"),
        (("-mharden-sls=retbr",), "sls", "yes"),
        ((), "shadow-call-stack", "no"),
        (("-fsanitize=shadow-call-stack", "-ffixed-x18"), "shadow-call-stack", "yes"),
        (("-fstack-protector-strong",), "stack-protector", "yes"),
    ],
)
def test_arm64_mitigation_is_read_off_the_code(
    inspect: Inspect, flags: tuple[str, ...], mitigation: str, presence: str, tmp_path: Path
) -> None:
    """Mitigations of arm64 are read on any host."""
    assert inspect(module(tmp_path, QUIET + FUNCTIONS, *flags, arch=ARM64)).mitigation(mitigation) == presence


CLANG_RISCV64 = ("clang-19", "--target=riscv64-linux-gnu", "-mno-relax")


@pytest.mark.parametrize(
    ("flags", "mitigation", "presence"),
    [
        ((), "landing-pads", "no"),
        ((), "shadow-call-stack", "no"),
        (("-fsanitize=shadow-call-stack",), "shadow-call-stack", "yes"),
        (("-fstack-protector-strong",), "stack-protector", "yes"),
        (("-fpatchable-function-entry=4",), "ftrace-entries", "yes"),
    ],
)
def test_riscv64_mitigation_is_read_off_the_code(
    inspect: Inspect, flags: tuple[str, ...], mitigation: str, presence: str, tmp_path: Path
) -> None:
    """Mitigations of riscv64 are read on any host."""
    path = module(tmp_path, QUIET + FUNCTIONS, *flags, arch=RISCV64, compiler=CLANG_RISCV64)
    assert inspect(path).mitigation(mitigation) == presence


def test_riscv64_landing_pads_are_read_off_the_code(inspect: Inspect, tmp_path: Path) -> None:
    """Landing pads are recognised as AUIPC to register zero, their encoding for assemblers without the mnemonic."""
    body = VERSIONS + GPL + 'asm(".type init_module, @function; .globl init_module; init_module: auipc zero, 0; ret");\n'
    assert inspect(module(tmp_path, body, arch=RISCV64)).mitigation("landing-pads") == "yes"


@pytest.mark.parametrize("arch", ARCHES, ids=lambda arch: arch.name)
def test_kcfi_is_read_off_the_code(inspect: Inspect, arch: Arch, tmp_path: Path) -> None:
    """Clang's type checks, on each arch."""
    clang = ("clang-19", f"--target={arch.vermagic or 'x86_64'}{'64' if arch is RISCV64 else ''}-linux-gnu")
    path = module(tmp_path, QUIET + FUNCTIONS, "-fsanitize=kcfi", arch=arch, compiler=clang)
    assert inspect(path).mitigation("kcfi") == "yes"


@pytest.mark.parametrize(
    ("option", "mitigation"),
    [("MITIGATION_RETHUNK", "return-thunks"), ("RETPOLINE", "retpolines"), ("X86_KERNEL_IBT", "ibt"), ("CFI_CLANG", "kcfi")],
)
def test_mitigation_the_kernel_has_and_the_module_lacks(
    inspect: Inspect, option: str, mitigation: str, tmp_path: Path
) -> None:
    """A missing mitigation is a warning: the module loads."""
    exports = [("0x00000000", name, "vmlinux", "EXPORT_SYMBOL", "") for name in ("hook", "outside")]
    kernel = kernel_directory(tmp_path / "kernel", *exports, options=(option,))
    report = inspect("--kernel", kernel, module(tmp_path, QUIET + FUNCTIONS))
    assert (report.status, report.problems) == (0, [("warning", "missing-mitigation", mitigation)])


@pytest.mark.parametrize("arch", ARCHES, ids=lambda arch: arch.name)
def test_every_arch_is_checked(inspect: Inspect, arch: Arch, tmp_path: Path) -> None:
    """Imports, CRCs and vermagic of a module for any arch, from any host."""
    kernel = kernel_directory(tmp_path / "kernel", HELPER, arch=arch)
    report = inspect("--kernel", kernel, module(tmp_path, GPL + USES_HELPER, arch=arch))
    assert (report.status, report.problems) == (0, [])
    assert report.module["arch"] == arch.name
    assert report.module["imports"] == [{"name": "helper", "crc": "0x22222222", "weak": False, "exporter": "vmlinux"}]


# Kernels that are not there


def test_kernel_that_is_not_here_leaves_the_rest(inspect: Inspect, tmp_path: Path) -> None:
    """Without a kernel to check against, the verdict is undecided, with status 8; all else is reported."""
    report = inspect(module(tmp_path, GPL + USES_HELPER))
    assert (report.status, report.problems) == (ExitStatus.UNDECIDED, [("unknown", "no-kernel", None)])
    assert report.document["verdict"] == "undecided"
    assert (report.module["kernel"], report.module["loadable"]) == (None, None)
    assert report.module["imports"][0]["exporter"] is None
    result = inspect.text(tmp_path / "sample.ko")
    assert f"no kernel {RELEASE} here for x86_64" in " ".join(result.stdout.split())


def test_kernel_named_that_is_not_here(inspect: Inspect, tmp_path: Path) -> None:
    """--kernel with an unknown name is an error with the remedy; no report is printed."""
    result = inspect.text("--kernel", "5.4", module(tmp_path, QUIET))
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert result.stdout == ""
    assert "no kernel 5.4 for x86_64" in result.stderr
    assert "kcxx kernels get 5.4 x86_64" in result.stderr
    assert inspect("--kernel", "5.4", tmp_path / "sample.ko").document["verdict"] == "unavailable"


def test_kernel_of_another_arch(inspect: Inspect, tmp_path: Path) -> None:
    """A build directory for another arch than the module's names both."""
    kernel = kernel_directory(tmp_path / "kernel", arch=ARM64)
    result = inspect.text("--kernel", kernel, module(tmp_path, QUIET))
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert f"{RELEASE} is for arm64" in result.stderr


def test_kernel_without_symvers(inspect: Inspect, tmp_path: Path) -> None:
    """A kernel directory without Module.symvers, named by --kernel, is an error that names the file."""
    kernel = kernel_directory(tmp_path / "kernel")
    (kernel / "Module.symvers").unlink()
    result = inspect.text("--kernel", kernel, module(tmp_path, QUIET))
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert f"no Module.symvers in {kernel}" in result.stderr


# Files that are no modules


@pytest.mark.parametrize(
    ("content", "found"),
    [(b"", "an empty file"), (b"not an ELF file", "no ELF file"), (b"\x7fELF", "no ELF file")],
)
def test_file_that_is_no_elf(inspect: Inspect, content: bytes, found: str, tmp_path: Path) -> None:
    """Status 3; what it is, and what is needed."""
    path = tmp_path / "sample.ko"
    path.write_bytes(content)
    result = inspect.text(path)
    assert result.returncode == NO_MODULE
    assert re.search(rf"found: +{found}\n +needed: +a kernel module", result.stderr)


def test_directory_is_no_module(inspect: Inspect, tmp_path: Path) -> None:
    """A directory, and a file that does not exist, are no modules."""
    for path in (tmp_path, tmp_path / "none.ko"):
        result = inspect.text(path)
        assert result.returncode == NO_MODULE
        assert f"cannot use {path}" in result.stderr


def test_program_is_no_module(inspect: Inspect, kcxx: Path) -> None:
    """An ELF file that is linked to run."""
    result = inspect.text(kcxx)
    assert result.returncode == NO_MODULE
    assert "not a relocatable one" in result.stderr


def test_object_without_modinfo_is_no_module(inspect: Inspect, tmp_path: Path) -> None:
    """An object file that modpost never saw."""
    path = module(tmp_path, "int x;\n")
    must(run("objcopy", "--remove-section=.modinfo", path))
    result = inspect.text(path)
    assert result.returncode == NO_MODULE
    assert "without a module's name and vermagic" in result.stderr


def test_module_of_another_machine_is_refused(inspect: Inspect, tmp_path: Path) -> None:
    """A module of a 32-bit machine is refused."""
    path = module(tmp_path, QUIET, "-m32", "-mcmodel=32", compiler=("x86_64-linux-gnu-gcc-12",))
    result = inspect.text(path)
    assert result.returncode == NO_MODULE
    assert "ELF machine 3" in result.stderr


def test_one_bad_file_does_not_hide_the_others(inspect: Inspect, tmp_path: Path) -> None:
    """The other modules are reported; the status is the gravest."""
    bad = tmp_path / "bad.ko"
    bad.touch()
    report = inspect(bad, module(tmp_path, QUIET))
    assert report.status == NO_MODULE
    first, second = report.document["modules"]
    assert (first["path"], first["error"]["found"]) == (str(bad), "an empty file")
    assert second["name"] == "sample"


def test_truncated_module_is_no_module(inspect: Inspect, tmp_path: Path) -> None:
    """Cut off anywhere it is refused by status 3, and never ends the program."""
    whole = module(tmp_path, QUIET + FUNCTIONS, "-g").read_bytes()
    path = tmp_path / "cut.ko"
    for size in range(0, len(whole), 100):
        path.write_bytes(whole[:size])
        assert inspect.text(path).returncode == NO_MODULE, size


@pytest.mark.parametrize("arch", ARCHES, ids=lambda arch: arch.name)
def test_damaged_module_never_ends_the_program(inspect: Inspect, arch: Arch, tmp_path: Path) -> None:
    """A module with changed bytes is reported or refused."""
    whole = module(tmp_path, GPL + USES_HELPER + FUNCTIONS, "-g", arch=arch).read_bytes()
    kernel = kernel_directory(tmp_path / "kernel", HELPER, arch=arch)
    chance = random.Random(arch.name)  # the same in each run
    path = tmp_path / "damaged.ko"
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.choice([1, 4, 16])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        assert inspect.text("--kernel", kernel, path).returncode in (0, NO_MODULE, ExitStatus.UNAVAILABLE, ExitStatus.UNDECIDED, REFUSED)


def test_control_characters_do_not_reach_the_terminal(inspect: Inspect, tmp_path: Path) -> None:
    """Control characters in a module's description are replaced."""
    result = inspect.text(module(tmp_path, QUIET + 'INFO(text, "description=\\033[31mred\\a");\n'))
    assert result.returncode == ExitStatus.UNDECIDED
    assert "?[31mred?" in result.stdout
