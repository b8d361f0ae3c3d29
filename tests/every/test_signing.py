# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Signing modules: by CMake as the last step of their link, and by DKMS as a machine has it set up.

That a kernel which enforces signatures takes such a module is in test_kernels_build.py, where there
is one that knows our key.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject, refusal
from fixtures.commands import must, run
from fixtures.directories import made_once, new_directory
from fixtures.dkms_machine import DkmsMachine
from fixtures.fetched_kernels import Kernel
from fixtures.module_file import modinfo_field
from fixtures.repository import REPOSITORY
from fixtures.signing_keys import MARKER, KeyPair, make_key_pair

SIGN_MODULE = REPOSITORY / "cmake/sign-module.sh"


@pytest.fixture(scope="session")
def pair(run_directory: Path) -> KeyPair:
    """The key pair that modules are signed with"""
    directory = made_once(run_directory / "signing-key", lambda directory: make_key_pair(directory, "Ours"))
    return KeyPair(directory / "Ours.key", directory / "Ours.pem")


@pytest.fixture(scope="session")
def another(run_directory: Path) -> KeyPair:
    """A key pair of somebody else"""
    directory = made_once(run_directory / "another-key", lambda directory: make_key_pair(directory, "Theirs"))
    return KeyPair(directory / "Theirs.key", directory / "Theirs.pem")


class Workshop(CMakeProject):
    """Where the projects of a worker are, one after another: to configure again takes a fifth of the time."""

    def configure(self, *options: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Runs cmake with @options and no others of earlier; may fail."""
        return super().configure("-UKCXX_SIGNING_*", *options, env=env)


@pytest.fixture(scope="session")
def workshop(run_directory: Path, package: Path, kernels: dict[str, Kernel]) -> Workshop:
    """An empty one, for 6.12"""
    directory = new_directory(run_directory, "signing-workshop")
    return Workshop(directory / "source", directory / "build", package, kernels["6.12"].build)


@pytest.fixture
def project(workshop: Workshop) -> CMakeProject:
    """A project with the module one"""
    shutil.rmtree(workshop.source, ignore_errors=True)
    workshop.write("one.cc", MODULE)
    workshop.lists("add_kernel_module(one one.cc)\n")
    return workshop


def verified(kcxx: Path, module: Path, *certificates: Path) -> str | None:
    """Returns kcxx inspect's result for the signature of @module, verified with @certificates."""
    options = [word for file in certificates for word in ("--certificate", str(file))]
    (found,) = json.loads(run(kcxx, "inspect", "--format", "json", *options, module).stdout)["modules"]
    return found["signature"] and found["signature"]["verified"]


# Modules of CMake


@dataclass(frozen=True)
class Story:
    """A project that is built again and again: copies of its module at each stage."""

    project: CMakeProject
    directory: Path

    def module(self, stage: str) -> Path:
        """The module as it was then"""
        return self.directory / f"{stage}.ko"


@pytest.fixture(scope="session")
def story(kernels: dict[str, Kernel], package: Path, run_directory: Path, pair: KeyPair, another: KeyPair) -> Story:
    """Built unsigned, signed, installed, signed by a key that came in place of the first, unsigned again."""
    directory = run_directory / "signed"
    project = CMakeProject(directory / "source", directory / "build", package, kernels["6.12"].build)

    def make(directory: Path) -> None:
        project.write("one.cc", MODULE)
        project.lists("add_kernel_module(one one.cc)\ninstall(TARGETS one DESTINATION modules)\n")
        keys = KeyPair(directory / "it's key.pem", directory / "its certificate.pem")
        for stage, options, given in (
            ("unsigned", (), pair), ("signed", keys.options, pair), ("replaced", (), another),
            ("unset", ("-UKCXX_SIGNING_*",), another),
        ):  # fmt: skip
            shutil.copy(given.key, keys.key)
            shutil.copy(given.certificate, keys.certificate)
            if stage != "replaced":  # the build detects the new key by itself
                must(project.configure(*options))
            must(project.make())
            shutil.copy(project.module("one"), directory / f"{stage}.ko")
            if stage == "signed":
                must(run("cmake", "--install", project.build, "--prefix", directory / "installed"))
                (directory / "pending").write_text(project.pending().said, encoding="utf-8")

    return Story(project, made_once(directory, make))


def test_module_is_signed_by_the_key_that_was_given(story: Story, kernels: dict[str, Kernel], pair: KeyPair, kcxx: Path) -> None:
    """KCXX_SIGNING_KEY: by that key, with the hash of the kernel's configuration; the paths may have blanks and quotes."""
    module = story.module("signed")
    assert verified(kcxx, module, pair.certificate) == "yes"
    assert modinfo_field(module, "signer") == "Ours"
    assert f"CONFIG_MODULE_SIG_HASH={modinfo_field(module, 'sig_hashalgo')}\n" in kernels["6.12"].configuration


def test_signature_is_all_that_is_added(story: Story) -> None:
    """The module that is not signed, and then the signature."""
    unsigned, signed = (story.module(stage).read_bytes() for stage in ("unsigned", "signed"))
    assert not unsigned.endswith(MARKER)
    assert signed.startswith(unsigned)
    assert signed.count(MARKER) == 1


def test_signed_module_is_installed(story: Story) -> None:
    """cmake --install takes the module as it was signed."""
    assert (story.directory / "installed/modules/one.ko").read_bytes() == story.module("signed").read_bytes()


def test_signed_module_is_not_signed_again(story: Story) -> None:
    """If nothing changed, there is no work."""
    assert "ninja: no work to do." in (story.directory / "pending").read_text(encoding="utf-8")


def test_replaced_key_signs_anew(story: Story, another: KeyPair, kcxx: Path) -> None:
    """Another key and certificate came into the same files: the next build signs with those."""
    assert verified(kcxx, story.module("replaced"), another.certificate) == "yes"


def test_module_is_unsigned_again_without_a_key(story: Story) -> None:
    """KCXX_SIGNING_KEY is taken back: the module is what it was before."""
    assert story.module("unset").read_bytes() == story.module("unsigned").read_bytes()


def test_sign_is_for_the_modules_of_its_package(project: CMakeProject, pair: KeyPair, another: KeyPair, kcxx: Path) -> None:
    """SIGN <key> <certificate>: before KCXX_SIGNING_KEY, which signs the other modules. Nothing of it is in the tree."""
    keys = project.source / "keys"
    shutil.copytree(pair.key.parent, keys)
    project.write("two.cc", MODULE)
    project.lists(
        "add_dkms_package(one VERSION 1 MODULES one SIGN keys/Ours.key keys/Ours.pem)\n"
        "add_kernel_module(one one.cc)\nadd_kernel_module(two two.cc)\n"
    )
    project.made(*another.options)
    assert verified(kcxx, project.module("one"), pair.certificate) == "yes"
    assert verified(kcxx, project.module("two"), another.certificate) == "yes"
    tree = project.build / "one-1"
    assert [path.name for path in tree.iterdir() if path.name != "kbuild"] and not list(tree.rglob("Ours*"))
    assert run("grep", "-rlE", "Ours|PRIVATE KEY|CERTIFICATE-", tree).stdout == ""


def test_excluded_module_is_not_signed(project: CMakeProject, tmp_path: Path) -> None:
    """A module that is not for this kernel needs no key that works."""
    project.lists("add_kernel_module(one one.cc REQUIRES CONFIG_XTENSA)\n")
    must(project.configure(*KeyPair(tmp_path / "none", tmp_path / "none").options))


@pytest.fixture
def token(tmp_path: Path, pair: KeyPair, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URI of the key in a token of its own; the PIN is 1234"""
    (tmp_path / "tokens").mkdir()
    configuration = tmp_path / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {tmp_path}/tokens\n", encoding="utf-8")
    monkeypatch.setenv("SOFTHSM2_CONF", str(configuration))
    must(run("softhsm2-util", "--init-token", "--free", "--label", "signing", "--pin", "1234", "--so-pin", "1234"))
    must(run("softhsm2-util", "--import", pair.key, "--token", "signing", "--label", "ours", "--id", "01", "--pin", "1234"))
    return "pkcs11:token=signing;object=ours"


def test_key_in_a_token_signs(project: CMakeProject, token: str, pair: KeyPair, kcxx: Path) -> None:
    """A pkcs11: URI as the key of CMake and of a package, the PIN in KBUILD_SIGN_PIN."""
    pin = {"KBUILD_SIGN_PIN": "1234"}
    project.write("two.cc", MODULE)
    project.lists(
        "add_kernel_module(one one.cc)\nadd_kernel_module(two two.cc)\n"
        f'add_dkms_package(two VERSION 1 MODULES two SIGN "{token};type=private" {pair.certificate})\n'
    )
    must(project.configure(f"-DKCXX_SIGNING_KEY={token}", f"-DKCXX_SIGNING_CERTIFICATE={pair.certificate}", env=pin))
    must(project.make(env=pin))
    for name in ("one", "two"):
        assert verified(kcxx, project.module(name), pair.certificate) == "yes"


# Refusals


@pytest.fixture
def unsigned(tmp_path: Path) -> Path:
    """A file of some bytes to sign."""
    file = tmp_path / "one.ko"
    file.write_text("a module\n", encoding="utf-8")
    return file


@pytest.fixture
def signing_kernel(tmp_path: Path, kernels: dict[str, Kernel]) -> Path:
    """A kernel directory with what signing reads, and a sign tool that may be replaced"""
    directory = tmp_path / "kernel"
    (directory / "scripts").mkdir(parents=True)
    (directory / "include/config").mkdir(parents=True)
    (directory / "include/config/auto.conf").write_text('CONFIG_MODULE_SIG_HASH="sha512"\n', encoding="utf-8")
    (directory / "scripts/sign-file").symlink_to((kernels["6.12"].build / "scripts/sign-file").resolve())
    return directory


def sign(kernel: Path, key: Path | str, certificate: Path, module: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Signs @module as the link does; may fail."""
    return run("sh", SIGN_MODULE, kernel, key, certificate, module, module.with_suffix(".signed"), env=environment)


def refused(result: subprocess.CompletedProcess[str], module: Path) -> list[str]:
    """The lines of the refusal. Nothing of the signed module may be there."""
    assert result.returncode == 1
    assert list(module.parent.glob("one.signed*")) == []
    lines = result.stderr.splitlines()
    assert [line[:9] for line in lines[1:] if line[2] != " "] == ["  found: ", "  needed:", "  type:  "]
    return lines


def test_hash_is_that_of_the_kernel(signing_kernel: Path, pair: KeyPair, unsigned: Path) -> None:
    """The hash is CONFIG_MODULE_SIG_HASH, which has quotes before 6.12."""
    must(sign(signing_kernel, pair.key, pair.certificate, unsigned))
    signed = unsigned.with_suffix(".signed").read_bytes()
    assert bytes.fromhex("0609608648016503040203") in signed  # the object identifier of sha512
    assert signed.endswith(MARKER)


def test_missing_key_is_named(signing_kernel: Path, pair: KeyPair, unsigned: Path) -> None:
    """The message has the path of the key."""
    lines = refused(sign(signing_kernel, "/nowhere/a.key", pair.certificate, unsigned), unsigned)
    assert lines[:2] == ["kcxx: the signing key is missing.", "  found:  no file /nowhere/a.key"]


def test_bad_key_is_named(signing_kernel: Path, pair: KeyPair, unsigned: Path) -> None:
    """A file without a private key is refused with the tool's message."""
    lines = refused(sign(signing_kernel, unsigned, pair.certificate, unsigned), unsigned)
    assert lines[:2] == ["kcxx: the signing key cannot be read.", f"  found:  {unsigned}:"]
    assert lines[-3] == f"          sign-file: {unsigned}"


def test_key_that_wants_a_passphrase(signing_kernel: Path, pair: KeyPair, unsigned: Path, tmp_path: Path) -> None:
    """The error names KBUILD_SIGN_PIN, which is enough; no passphrase is asked for at a terminal."""
    locked = tmp_path / "locked.key"
    must(run("openssl", "rsa", "-aes128", "-passout", "pass:1234", "-in", pair.key, "-out", locked))
    lines = refused(sign(signing_kernel, locked, pair.certificate, unsigned), unsigned)
    assert lines[0] == "kcxx: the signing key cannot be read."
    assert lines[-1] == "  type:   KBUILD_SIGN_PIN=<passphrase or PIN>, exported for cmake and for the build"
    must(sign(signing_kernel, locked, pair.certificate, unsigned, KBUILD_SIGN_PIN="1234"))


@pytest.mark.parametrize(("name", "pin"), [("ours", "4321"), ("none", "1234")], ids=["wrong-pin", "no-such-key"])
def test_key_in_a_token_that_cannot_be_read(
    name: str, pin: str, signing_kernel: Path, pair: KeyPair, unsigned: Path, token: str
) -> None:
    """The refusal has the URI, whichever version of OpenSSL words the error."""
    key = token.replace("ours", name)
    lines = refused(sign(signing_kernel, key, pair.certificate, unsigned, KBUILD_SIGN_PIN=pin), unsigned)
    assert lines[:2] == ["kcxx: the signing key cannot be read.", f"  found:  {key}:"]


def test_key_in_a_token_with_a_bad_certificate(signing_kernel: Path, unsigned: Path, token: str) -> None:
    """The refusal is of the certificate."""
    lines = refused(sign(signing_kernel, token, unsigned, unsigned, KBUILD_SIGN_PIN="1234"), unsigned)
    assert lines[:2] == ["kcxx: the signing certificate cannot be read.", f"  found:  {unsigned}:"]


def test_machine_without_pkcs11(signing_kernel: Path, pair: KeyPair, unsigned: Path, token: str, tmp_path: Path) -> None:
    """OpenSSL has neither provider nor engine: which packages bring one."""
    empty = {"OPENSSL_MODULES": str(tmp_path), "OPENSSL_ENGINES": str(tmp_path), "KBUILD_SIGN_PIN": "1234"}
    lines = refused(sign(signing_kernel, token, pair.certificate, unsigned, **empty), unsigned)
    assert lines[0] == "kcxx: OpenSSL cannot use keys in PKCS#11 tokens here."
    assert lines[-1] == "  type:   apt-get install openssl pkcs11-provider, or openssl libengine-pkcs11-openssl"


def test_missing_certificate_is_named(signing_kernel: Path, pair: KeyPair, unsigned: Path) -> None:
    """The message has the path of the certificate."""
    lines = refused(sign(signing_kernel, pair.key, Path("/nowhere/a.pem"), unsigned), unsigned)
    assert lines[:2] == ["kcxx: the signing certificate is missing.", "  found:  no file /nowhere/a.pem"]


def test_bad_certificate_is_named(signing_kernel: Path, pair: KeyPair, unsigned: Path) -> None:
    """A file that is no certificate is refused with the tool's message."""
    lines = refused(sign(signing_kernel, pair.key, unsigned, unsigned), unsigned)
    assert lines[:2] == ["kcxx: the signing certificate cannot be read.", f"  found:  {unsigned}:"]


def test_key_of_another_certificate(signing_kernel: Path, pair: KeyPair, another: KeyPair, unsigned: Path) -> None:
    """The message names the key and the certificate."""
    assert refused(sign(signing_kernel, pair.key, another.certificate, unsigned), unsigned)[:3] == [
        "kcxx: the signing key does not belong to the certificate.",
        f"  found:  the key {pair.key}",
        f"          and the certificate {another.certificate}, of another",
    ]


def files_with(text: str, *directories: Path) -> str:
    """The files in @directories that hold @text"""
    return run("grep", "-rl", "--", text, *directories).stdout


PIN_VALUES = ["pkcs11:token=signing?pin-value=4711-secret", "pkcs11:token=signing;object=ours?PIN-Value=4711-secret&module-name=x"]


@pytest.mark.parametrize("uri", PIN_VALUES)
@pytest.mark.parametrize("way", ["cache", "variable", "late-variable", "SIGN", "SIGN-unquoted", "SIGN-alone"])
def test_pin_in_the_uri_is_refused(uri: str, way: str, project: CMakeProject, pair: KeyPair) -> None:
    """However the URI comes to CMake: the ways to give a PIN are named, and the PIN is in no output and in no file."""
    sign = {
        "SIGN": f'SIGN "{uri}" {pair.certificate}', "SIGN-alone": f'SIGN "{uri}"',
        "SIGN-unquoted": f"SIGN {uri} {pair.certificate}",
    }  # fmt: skip
    lines = "add_kernel_module(one one.cc)\n"
    if way in sign:
        lines += f"add_dkms_package(one VERSION 1 MODULES one {sign[way]})\n"
    if way == "late-variable":
        lines += f'set(KCXX_SIGNING_KEY "{uri}")\n'
    text = project.lists(lines).read_text("utf-8")
    if way == "variable":
        project.write("CMakeLists.txt", text.replace("find_package", f'set(KCXX_SIGNING_KEY "{uri}")\nfind_package', 1))
    options = [f"-DKCXX_SIGNING_KEY={uri}"] if way == "cache" else []
    result = project.configure(*options, f"-DKCXX_SIGNING_CERTIFICATE={pair.certificate}")
    said = refusal(result)
    assert said.startswith("kcxx: the signing key is given with its PIN.")
    assert "pkcs11:token=signing" in said and "KBUILD_SIGN_PIN=<PIN>" in said and "pin-source=file:" in said
    assert "4711-secret" not in result.stdout + result.stderr
    assert files_with("4711-secret", project.build) == ""


def test_pin_in_the_uri_reaches_no_command_line(signing_kernel: Path, pair: KeyPair, unsigned: Path) -> None:
    """The script that signs starts nothing with it."""
    lines = refused(sign(signing_kernel, PIN_VALUES[0], pair.certificate, unsigned), unsigned)
    assert lines[:2] == ["kcxx: the signing key is given with its PIN.", "  found:  pkcs11:token=signing?pin-value=…"]


def test_pin_in_a_file_signs(project: CMakeProject, token: str, pair: KeyPair, kcxx: Path, tmp_path: Path) -> None:
    """pin-source=file:…, without a variable: the module is signed, and the PIN stays in its file."""
    (tmp_path / "pin").write_text("1234", encoding="utf-8")
    must(project.configure(f"-DKCXX_SIGNING_KEY={token}?pin-source=file:{tmp_path}/pin", pair.options[1]))
    must(project.make())
    assert verified(kcxx, project.module("one"), pair.certificate) == "yes"


def test_kernel_without_signatures(signing_kernel: Path, pair: KeyPair, unsigned: Path) -> None:
    """A kernel that has no CONFIG_MODULE_SIG takes none."""
    (signing_kernel / "include/config/auto.conf").write_text("CONFIG_MODULES=y\n", encoding="utf-8")
    lines = refused(sign(signing_kernel, pair.key, pair.certificate, unsigned), unsigned)
    assert lines[:2] == ["kcxx: this kernel knows no signatures of modules.", f"  found:  no CONFIG_MODULE_SIG in {signing_kernel}"]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (None, "the sign tool of the kernel is missing"),
        ("echo half of it > $5; echo out of order >&2; exit 3", "the sign tool failed"),
        ("cp $4 $5", "the sign tool did not sign"),
    ],
)  # fmt: skip
def test_sign_tool_that_does_not_sign(signing_kernel: Path, pair: KeyPair, unsigned: Path, script: str | None, said: str) -> None:
    """A tool that is missing, fails, or adds no signature is named."""
    tool = signing_kernel / "scripts/sign-file"
    tool.unlink()
    if script is not None:
        tool.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        tool.chmod(0o755)
    lines = refused(sign(signing_kernel, pair.key, pair.certificate, unsigned), unsigned)
    assert lines[0] == f"kcxx: {said}."
    assert str(tool) in lines[1]
    assert ("          out of order" in lines) is ("failed" in said)


def test_bad_key_ends_the_configuration(project: CMakeProject, pair: KeyPair, another: KeyPair) -> None:
    """The script's own words; the unsigned module that an earlier build left is not there to be installed."""
    project.made()
    said = refusal(project.configure(*KeyPair(another.key, pair.certificate).options))
    assert said.startswith("kcxx: the signing key does not belong to the certificate.\n\n  found:  the key ")
    assert not (project.build / "one.ko").exists()


def test_key_that_fails_at_the_link_ends_the_build(project: CMakeProject, pair: KeyPair, tmp_path: Path) -> None:
    """A key that CMake accepted and that fails later ends the build without a module; a good key makes it."""
    project.made()
    locked = KeyPair(tmp_path / "locked.key", pair.certificate)
    must(run("openssl", "rsa", "-aes128", "-passout", "pass:1234", "-in", pair.key, "-out", locked.key))
    must(project.configure(*locked.options, env={"KBUILD_SIGN_PIN": "1234"}))
    result = project.make()
    assert result.returncode != 0
    assert f"kcxx: the signing key cannot be read.\n  found:  {locked.key}:\n" in result.stdout
    assert not (project.build / "one.ko").exists()
    must(project.make(env={"KBUILD_SIGN_PIN": "1234"}))
    assert modinfo_field(project.module("one"), "signer") == "Ours"


def test_key_without_certificate(project: CMakeProject, pair: KeyPair) -> None:
    """A key without a certificate, or a certificate without a key, is refused."""
    assert refusal(project.configure(pair.options[0])) == (
        "kcxx: a signing key and its certificate belong together.\n\n"
        f"  found:  KCXX_SIGNING_KEY '{pair.key}', KCXX_SIGNING_CERTIFICATE ''\n"
        "  needed: both, or none\n"
        "  type:   cmake -DKCXX_SIGNING_KEY=<key> -DKCXX_SIGNING_CERTIFICATE=<certificate>"
    )


@pytest.mark.parametrize(
    ("calls", "said"),
    [
        ("add_dkms_package(one VERSION 1 MODULES one SIGN a.key)", "no key pair.\n\n  found:  SIGN a.key\n"),
        ('add_dkms_package(one VERSION 1 MODULES one SIGN a.key "")', "no key pair.\n\n  found:  SIGN a.key;\n"),
        ("add_dkms_package(one VERSION 1 MODULES one SIGN)", "wrong call.\n\n  found:  SIGN\n"),
        (
            "add_dkms_package(one VERSION 1 MODULES one SIGN a.key a.pem)\n"
            "add_dkms_package(two VERSION 1 MODULES one SIGN b.key b.pem)",
            "two keys for one module.\n\n  found:  one signed with ",
        ),
    ],
)
def test_wrong_sign_is_refused(project: CMakeProject, calls: str, said: str) -> None:
    """SIGN takes a key and a certificate, and a module has one of them."""
    project.lists(f"add_kernel_module(one one.cc)\n{calls}\n")
    text = refusal(project.configure())
    assert f"): {said}" in text
    assert "[SIGN <key> <certificate>]" in text


# Modules of DKMS


@pytest.mark.parametrize("configured", [False, True], ids=["mok.key", "framework.conf.d"])
def test_dkms_signs_with_the_key_of_the_machine(
    project: CMakeProject, kernels: dict[str, Kernel], pair: KeyPair, another: KeyPair, kcxx: Path, tmp_path: Path,
    configured: bool,
) -> None:  # fmt: skip
    """DKMS signs with its own key, or the one of framework.conf.d, not with the key of CMake's modules."""
    kernel = kernels["6.12"]
    project.lists(f"add_kernel_module(one one.cc)\nadd_dkms_package(one VERSION 1 MODULES one SIGN {another.key} {another.certificate})\n")
    must(project.configure())
    must(project.make("one-dkms"))
    machine = DkmsMachine(tmp_path / "machine")
    machine.prepare()
    machine.install_kernel(kernel)
    if configured:
        machine.configure("signing", f"mok_signing_key={pair.key}\nmok_certificate={pair.certificate}\n")
    machine.receive(project.build / "one-1")
    must(machine.dkms("install", "one/1", kernel))
    certificate = pair.certificate if configured else machine.directory / "var/mok.pub"
    assert verified(kcxx, machine.installed(kernel)["one"], certificate) == "yes"
