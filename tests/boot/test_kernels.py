# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx kernels: listing the kernels that are here, and fetching others from the machine's own package sources."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.directories import one_at_a_time
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel
from fixtures.guest_modules import SOURCES
from fixtures.package_sources import apt_through, only_kernel


@pytest.fixture
def no_network(tmp_path: Path) -> dict[str, str]:
    """An environment in which apt reaches nothing."""
    return apt_through("http://127.0.0.1:9", tmp_path)


@pytest.fixture(scope="session")
def fetched(kcxx: Path, run_directory: Path) -> Path:
    """A cache into which this session fetched 6.12; not to be changed."""
    cache = run_directory / "fetched"
    with one_at_a_time("fetched"):
        must(run(kcxx, "kernels", "get", "6.12", env={"KCXX_CACHE": str(cache)}))
    return cache


# Listing


def test_list_names_a_cached_kernel(kcxx: Path, kernel: Kernel) -> None:
    """The list has a line for each kernel: release, arch, compiler, origin, build directory and image."""
    lines = must(run(kcxx, "kernels")).splitlines()
    assert lines[0].split() == ["RELEASE", "ARCH", "COMPILER", "FROM", "BUILD", "IMAGE"]
    (line,) = (line for line in lines if line.startswith(f"{kernel.release} ") and " cache " in line)
    assert re.search(r" x86_64 +gcc [\d.]+ +cache ", line)
    assert line.split()[-2:] == [str(kernel.build), str(kernel.image)]


def test_list_as_json(kcxx: Path, kernel: Kernel) -> None:
    """The JSON has the same kernels."""
    listed = json.loads(must(run(kcxx, "kernels", "--format", "json")))["kernels"]
    cached = [kernel for kernel in listed if kernel["origin"] == "cache"]
    keys = {"release", "series", "arch", "compiler", "origin", "build", "image", "modules"}
    assert set(cached[0]) == keys
    assert kernel.release in [one["release"] for one in cached]
    for one in cached:
        config = (Path(one["build"]) / ".config").read_text(encoding="utf-8")
        assert f'CONFIG_CC_VERSION_TEXT="{one["compiler"]}"' in config


def test_list_begins_with_the_oldest_release(kcxx: Path, tmp_path: Path) -> None:
    """The order is that of version numbers: 1.9 precedes 1.10."""
    releases = ["1.9.0-test", "1.10.0-test", "2.1.0-test"]
    for release in reversed(releases):
        generated = tmp_path / f"usr/src/linux-headers-{release}/include/generated"
        generated.mkdir(parents=True)
        (generated / "utsrelease.h").write_text(f'#define UTS_RELEASE "{release}"\n', encoding="utf-8")
    call = [kcxx, "kernels", "--root", tmp_path, "--format", "json"]
    listed = json.loads(must(run(*call, env={"KCXX_CACHE": str(tmp_path / "none")})))["kernels"]
    assert [one["release"] for one in listed] == releases


def test_list_joins_what_is_installed_by_release(kcxx: Path, tmp_path: Path) -> None:
    """Headers in /usr/src, modules and image in /boot of one release make one kernel."""
    headers = tmp_path / "usr/src/linux-headers-1.2.3-test"
    (headers / "include/generated").mkdir(parents=True)
    (headers / "include/generated/utsrelease.h").write_text('#define UTS_RELEASE "1.2.3-test"\n')
    (headers / ".config").write_text(
        'CONFIG_ARM64=y\nCONFIG_CC_VERSION_TEXT="Some clang version 19.1.0"\n'
    )
    (tmp_path / "usr/src/linux-headers-1.2.3-common").mkdir()
    (tmp_path / "lib/modules/1.2.3-test").mkdir(parents=True)
    (tmp_path / "lib/modules/1.2.3-test/build").symlink_to(headers)
    (tmp_path / "boot").mkdir()
    (tmp_path / "boot/vmlinuz-1.2.3-test").touch()
    call = [kcxx, "kernels", "--root", tmp_path, "--format", "json"]
    (kernel,) = json.loads(must(run(*call, env={"KCXX_CACHE": str(tmp_path / "none")})))["kernels"]
    assert kernel == {
        "release": "1.2.3-test",
        "series": "1.2",
        "arch": "arm64",
        "compiler": "Some clang version 19.1.0",
        "origin": "installed",
        "build": f"{tmp_path}/lib/modules/1.2.3-test/build",
        "image": f"{tmp_path}/boot/vmlinuz-1.2.3-test",
        "modules": None,
    }


def test_release_is_the_one_of_vermagic(kcxx: Path, tmp_path: Path) -> None:
    """UTS_RELEASE, not kernel.release: where the two differ, uname prints the first."""
    headers = tmp_path / "usr/src/linux-headers-1.2.0-7-test"
    (headers / "include/generated").mkdir(parents=True)
    (headers / "include/generated/utsrelease.h").write_text('#define UTS_RELEASE "1.2.0-7-test"\n')
    (headers / "include/config").mkdir()
    (headers / "include/config/kernel.release").write_text("1.2.192\n")
    text = must(
        run(kcxx, "kernels", "--root", tmp_path, env={"KCXX_CACHE": str(tmp_path / "none")})
    )
    assert "1.2.0-7-test" in text
    assert "1.2.192" not in text


def test_list_of_nothing_says_what_to_type(kcxx: Path, tmp_path: Path) -> None:
    """No kernel at all is no error, but a hint."""
    result = run(kcxx, "kernels", "--root", tmp_path, env={"KCXX_CACHE": str(tmp_path)})
    assert result.returncode == ExitStatus.OK
    assert "kcxx kernels get" in result.stdout


def test_kernel_that_is_not_whole_is_not_listed(kcxx: Path, tmp_path: Path) -> None:
    """A directory in the cache without image is no kernel."""
    build = tmp_path / "kernels/1.2.3-test/build/include/generated"
    build.mkdir(parents=True)
    (build / "utsrelease.h").write_text('#define UTS_RELEASE "1.2.3-test"\n')
    text = must(run(kcxx, "kernels", "--root", tmp_path, env={"KCXX_CACHE": str(tmp_path)}))
    assert "1.2.3-test" not in text


# Fetching


def test_get_makes_a_whole_kernel(fetched: Path) -> None:
    """Relative symlinks to build directory, image and modules, into root/; nothing else."""
    kernel = only_kernel(fetched)
    assert kernel.name.startswith("6.12.")
    assert {entry.name for entry in kernel.iterdir()} == {"build", "vmlinuz", "modules", "root"}
    for name in ("build", "vmlinuz", "modules"):
        assert not (kernel / name).readlink().is_absolute()
        assert (kernel / name).resolve().is_relative_to(kernel / "root")
    assert (kernel / "build/scripts/mod/modpost").exists()
    assert (kernel / "vmlinuz").stat().st_size > 1_000_000
    assert (kernel / "modules/kernel").is_dir()


def test_got_headers_build_wherever_they_lie(fetched: Path, tmp_path: Path) -> None:
    """Moved elsewhere, a kernel from the cache builds a module from that place alone."""
    moved = tmp_path / "moved"
    must(run("cp", "-al", only_kernel(fetched), moved))
    module = tmp_path / "module"
    module.mkdir()
    shutil.copy(SOURCES / "clean.c", module)
    (module / "Kbuild").write_text("obj-m := clean.o\n")
    must(run("make", "-C", moved / "build", f"M={module}", "modules"))
    dependencies = (module / ".clean.o.cmd").read_text(encoding="utf-8")
    assert str(moved) in dependencies
    assert str(fetched) not in dependencies
    assert "/usr/src" not in dependencies.replace(str(moved / "root/usr/src"), "")


def test_module_of_the_kernel_is_loaded_where_needed(
    kcxx: Path, fetched: Path, tmp_path: Path
) -> None:
    """kcxx boot finds a dependency among the kernel's own modules, compressed as they are."""
    shutil.copy(SOURCES / "borrows.c", tmp_path)
    (tmp_path / "Kbuild").write_text("obj-m := borrows.o\n")
    must(run("make", "-C", only_kernel(fetched) / "build", f"M={tmp_path}", "modules"))
    call = [kcxx, "boot", "--format", "json", tmp_path / "borrows.ko"]
    document = json.loads(must(run(*call, env={"KCXX_CACHE": str(fetched)})))
    assert [(module["name"], module["given"]) for module in document["modules"]] == [
        ("crc7", False),
        ("borrows", True),
    ]


@pytest.mark.parametrize("wanted", ["series", "release"])
def test_get_of_a_cached_kernel_runs_nothing(
    kcxx: Path, fetched: Path, no_network: dict[str, str], wanted: str
) -> None:
    """With the kernel in the cache, get works without network and without apt."""
    kernel = only_kernel(fetched)
    name = {"series": "6.12", "release": kernel.name}[wanted]
    environment = {"KCXX_CACHE": str(fetched), "PATH": "/nowhere"} | no_network
    document = json.loads(
        must(run(kcxx, "kernels", "get", name, "--format", "json", env=environment))
    )
    assert document["downloaded"] is False
    assert document["release"] == kernel.name
    assert document["build"] == str(kernel / "build")
    assert document["image"] == str(kernel / "vmlinuz")
    assert document["modules"] == str(kernel / "modules")


# Kernels that cannot be fetched


def test_unknown_series_lists_the_known(kcxx: Path, fetched: Path) -> None:
    """A series the sources lack: status 4, those they have, and a call that works."""
    result = run(kcxx, "kernels", "get", "1.2", env={"KCXX_CACHE": str(fetched)})
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert "no kernel 1.2 for x86_64" in result.stderr
    assert re.search(r"found: +6\.1, 6\.12$", result.stderr, re.M)
    assert re.search(r"type: +kcxx kernels get 6\.12$", result.stderr, re.M)


def test_unknown_release_lists_those_of_its_series(kcxx: Path, fetched: Path) -> None:
    """A release the sources lack: the releases of that series, none of special flavour."""
    result = run(kcxx, "kernels", "get", "6.12.1-amd64", env={"KCXX_CACHE": str(fetched)})
    assert result.returncode == ExitStatus.UNAVAILABLE
    found = re.search(r"found: +(.*)$", result.stderr, re.M)[1].split(", ")
    assert only_kernel(fetched).name in found
    assert all(re.fullmatch(r"6\.12\.\d+\+deb\d+-amd64", release) for release in found)


def test_unreachable_sources_are_told(
    kcxx: Path, no_network: dict[str, str], tmp_path: Path
) -> None:
    """No network: status 5, in apt's own words."""
    result = run(kcxx, "kernels", "get", "6.1", env={"KCXX_CACHE": str(tmp_path)} | no_network)
    assert result.returncode == ExitStatus.DOWNLOAD
    assert "the package sources could not be reached" in result.stderr
    assert re.search(r"found: +.*onnect to 127\.0\.0\.1:9", result.stderr)


def test_missing_apt_names_the_other_ways(kcxx: Path, tmp_path: Path) -> None:
    """A machine without apt: status 4, and how to give a kernel of one's own."""
    result = run(
        kcxx, "kernels", "get", "6.1", env={"KCXX_CACHE": str(tmp_path), "PATH": "/nowhere"}
    )
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert "KCXX_KERNEL=DIR" in result.stderr
    assert "--kernel IMAGE" in result.stderr


@pytest.mark.parametrize("name", ["stable", "6", "-6.1"])
def test_name_that_is_no_kernel_is_refused(kcxx: Path, name: str) -> None:
    """A name that is neither series nor release ends with status 2, and the message shows the form of both."""
    result = run(kcxx, "kernels", "get", "--", name)
    assert result.returncode == ExitStatus.USAGE
    assert re.search(r"needed: +a series, as 6\.12, or a release", result.stderr)


def test_unknown_arch_is_refused(kcxx: Path) -> None:
    """An arch without packages: status 4, and those there are."""
    result = run(kcxx, "kernels", "get", "6.12", "sparc")
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert re.search(r"needed: +one of: x86_64, arm64, riscv64$", result.stderr, re.M)
