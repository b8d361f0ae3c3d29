# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Files beside the modules of add_dkms_package(): the package <name>-common, for Debian and for rpm."""

from __future__ import annotations

import platform
import re
import shutil
from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject, assert_refused, refusal
from fixtures.commands import must, run
from fixtures.debian_machine import as_root, run_on_a_copy
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.hidden_programs import without
from fixtures.repository import REPOSITORY
from fixtures.rpm_tools import RPM, complaints, needs, query, unpack

FILES = {
    "pump.cc": MODULE,
    "60-pump.rules": 'SUBSYSTEM=="misc", KERNEL=="pump", MODE="0660"\n',
    "pump.conf": "options pump speed=3\n",
    "load/pump.conf": "pump\n",
    "firmware/acme/pump.bin": "for the pump\n",
    "single.fw": "firmware\n",
    "pumpctl.c": "#include <stdio.h>\nint main(void) { return puts(\"pump\") < 0; }\n",
    "pump-status": "#!/bin/sh\necho well\n",
    "settings": "speed=3\n",
    "pump.service": "[Service]\nExecStart=/usr/bin/pumpctl\n",
}
HEAD = 'set(CPACK_PACKAGE_CONTACT "Jo Doe <jo@example.org>")\nset(CPACK_RPM_PACKAGE_LICENSE GPL-2.0-only)\nadd_kernel_module(pump pump.cc)\n'
DATA = "UDEV_RULES 60-pump.rules MODPROBE_CONF pump.conf MODULES_LOAD load/pump.conf FIRMWARE firmware/ single.fw"
LISTS = f"""{HEAD}
add_dkms_package(pumps VERSION 1.0 MODULES pump VERIFY OFF PREBUILT {DATA} PROGRAMS pumpctl pump-status INSTALL_COMPONENTS service)
add_executable(pumpctl pumpctl.c)
add_executable(pumpd pumpctl.c)
install(TARGETS pumpd RUNTIME DESTINATION sbin COMPONENT service)
include(GNUInstallDirs)
install(FILES settings DESTINATION ${{CMAKE_INSTALL_SYSCONFDIR}} RENAME pump COMPONENT service)
install(FILES pump.service DESTINATION /lib/systemd/system COMPONENT service)
"""
DATA_FILES = {
    "usr/lib/udev/rules.d/60-pump.rules", "usr/lib/modprobe.d/pump.conf", "usr/lib/modules-load.d/pump.conf",
    "usr/lib/firmware/acme/pump.bin", "usr/lib/firmware/single.fw",
}  # fmt: skip
PROGRAM_FILES = {"usr/bin/pumpctl", "usr/bin/pump-status"}
OTHER_FILES = {"etc/pump", "usr/sbin/pumpd", "usr/lib/systemd/system/pump.service"}


def write_files(project: CMakeProject) -> CMakeProject:
    """Makes @project that of the files."""
    for name, text in FILES.items():
        project.write(name, text)
    (project.source / "pump-status").chmod(0o755)
    return project


@pytest.fixture(scope="session")
def packed(kernels: dict[str, Kernel], package: Path, run_directory: Path) -> CMakeProject:
    """The project with all its packages. Not to be changed."""
    directory = run_directory / "packaged-files"
    project = CMakeProject(directory / "source", directory / "build", package, kernels["6.12"].build)

    def make(_: Path) -> None:
        write_files(project).lists(LISTS)
        must(project.configure())
        must(project.make("pumps-dkms-deb", "pumps-modules-deb", "pumps-dkms-rpm", "pumps-modules-rpm"))

    made_once(directory, make)
    return project


@pytest.fixture
def project(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> CMakeProject:
    """The files without a CMakeLists.txt"""
    return write_files(CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build))


@pytest.fixture(scope="session")
def deb(packed: CMakeProject) -> Path:
    """The Debian package of the files, which came with that of the tree"""
    return packed.build / "pumps-common_1.0_amd64.deb"


@pytest.fixture(scope="session")
def rpm(packed: CMakeProject) -> Path:
    """The rpm package of the files"""
    return packed.build / "pumps-common-1.0-1.x86_64.rpm"


def files_below(directory: Path) -> set[str]:
    """The files in @directory, but for documents"""
    files = {str(path.relative_to(directory)) for path in directory.rglob("*") if not path.is_dir()}
    return {file for file in files if not file.startswith("usr/share/doc/")}


@pytest.mark.parametrize("kind", ["deb", "rpm"])
def test_files_are_where_the_system_reads_them(kind: str, deb: Path, rpm: Path, tmp_path: Path) -> None:
    """Files are in /usr/lib, as in distributions' packages; configuration is in /etc only if the project wants it."""
    if kind == "deb":
        must(run("dpkg-deb", "--extract", deb, tmp_path))
    else:
        unpack(rpm, tmp_path)
    assert files_below(tmp_path) == DATA_FILES | PROGRAM_FILES | OTHER_FILES
    assert must(run(tmp_path / "usr/bin/pumpctl")) == "pump\n"
    assert must(run(tmp_path / "usr/bin/pump-status")) == "well\n"
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "usr/lib").rglob("*") if path.is_file()}
    assert modes == {0o644}


def test_deb_is_for_the_machine_of_its_programs(deb: Path, packed: CMakeProject) -> None:
    """The package depends on their libraries, and has conffiles in /etc; packages of the modules depend on it."""
    fields = must(run("dpkg-deb", "--field", deb, "Package", "Version", "Architecture", "Depends"))
    assert fields.startswith("Package: pumps-common\nVersion: 1.0\nArchitecture: amd64\nDepends: libc6 (>= ")
    assert must(run("dpkg-deb", "--info", deb, "conffiles")) == "/etc/pump\n"
    assert "udevadm control --reload" in must(run("dpkg-deb", "--info", deb, "postinst"))
    for other in ("pumps-dkms_1.0_all.deb", next(packed.build.glob("pumps-modules-*.deb")).name):
        assert "pumps-common (>= 1.0)" in must(run("dpkg-deb", "--field", packed.build / other, "Depends"))


def test_rpm_is_for_the_machine_of_its_programs(rpm: Path, packed: CMakeProject) -> None:
    """The package requires their libraries, has configuration in /etc, and owns no folder of other packages."""
    assert query(rpm, "--queryformat", "%{NAME} %{VERSION} %{ARCH}\n") == ["pumps-common 1.0 x86_64"]
    assert any(need.startswith("libc.so.6") for need in needs(rpm))
    assert query(rpm, "--configfiles") == ["/etc/pump"]
    assert "udevadm control --reload" in "\n".join(query(rpm, "--scripts"))
    folders = {f"/{file}" for file in DATA_FILES | PROGRAM_FILES | OTHER_FILES} ^ set(query(rpm, "--list"))
    assert folders == {"/usr/lib/firmware/acme"}
    for other in packed.build.glob("pumps-*.rpm"):
        assert ("pumps-common >= 1.0" in needs(other)) == (other != rpm)


def test_packages_have_no_errors(deb: Path, rpm: Path) -> None:
    """lintian and rpmlint find none."""
    result = run("lintian", "--fail-on", "error", deb)
    assert result.returncode == 0, result.stdout
    assert complaints(rpm) == []


def test_files_without_programs_are_for_every_architecture(project: CMakeProject) -> None:
    """Scripts run anywhere, and firmware elsewhere: all, and noarch. Without a rule, udev has nothing to do with it."""
    project.write("firmware/acme/pump.bin", "\x7fELF\x01\x01 of another machine\n")
    project.lists(f"{HEAD}add_dkms_package(pumps VERSION 1.0 MODULES pump VERIFY OFF PROGRAMS pump-status FIRMWARE firmware)\n")
    must(project.configure())
    must(project.make("pumps-common-deb", "pumps-common-rpm"))
    deb = project.build / "pumps-common_1.0_all.deb"
    assert "./usr/lib/firmware/firmware/acme/pump.bin" in must(run("dpkg-deb", "--contents", deb))
    assert "udevadm" not in must(run("dpkg-deb", "--info", deb))
    assert (project.build / "pumps-common-1.0-1.noarch.rpm").exists()


def test_files_are_installed_without_a_package(packed: CMakeProject, tmp_path: Path) -> None:
    """cmake --install puts them where the system reads them, whatever the prefix; programs below it. Without a component, none."""
    must(run("cmake", "--install", packed.build, "--prefix", "/opt", env={"DESTDIR": str(tmp_path)}))
    assert not files_below(tmp_path) & (DATA_FILES | PROGRAM_FILES)
    shutil.rmtree(tmp_path)
    must(run("cmake", "--install", packed.build, "--component", "pumps-common", "--prefix", "/opt", env={"DESTDIR": str(tmp_path)}))
    assert files_below(tmp_path) == DATA_FILES | {file.replace("usr/", "opt/") for file in PROGRAM_FILES}


def test_package_without_files_has_no_others(project: CMakeProject) -> None:
    """No keyword: no such targets, and no such dependency."""
    project.lists(f"{HEAD}add_dkms_package(pumps VERSION 1.0 MODULES pump VERIFY OFF)\n")
    must(project.configure())
    assert "pumps-common" not in must(project.make("help"))


def test_packages_are_reproducible(project: CMakeProject, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With SOURCE_DATE_EPOCH: the same files make the same packages, byte for byte; a file that is generated is made before."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2000000000")  # later than any file
    project.lists(
        f"{HEAD}add_custom_command(OUTPUT made.conf COMMAND ${{CMAKE_COMMAND}} -E echo pump > made.conf VERBATIM)\n"
        "add_dkms_package(pumps VERSION 1.0 MODULES pump VERIFY OFF MODULES_LOAD ${CMAKE_CURRENT_BINARY_DIR}/made.conf)\n"
    )
    must(project.configure())
    made = []
    for _ in range(2):
        must(project.make("pumps-common-deb", "pumps-common-rpm"))
        made.append([path.read_bytes() for path in sorted([*project.build.glob("*.deb"), *project.build.glob("*.rpm")])])
    assert len(made[0]) == 2
    assert made[0] == made[1]
    must(run("dpkg-deb", "--extract", project.build / "pumps-common_1.0_all.deb", tmp_path / "out"))
    assert (tmp_path / "out/usr/lib/modules-load.d/made.conf").read_text(encoding="utf-8") == "pump\n"


def test_example_of_the_page(project: CMakeProject, tmp_path: Path) -> None:
    """docs/shipping.md: its lines make the package that it names, with a file in each folder of its table."""
    text = (REPOSITORY / "docs/shipping.md").read_text(encoding="utf-8").partition("## Files beside the modules")[2]
    example = re.search(r"^```cmake\n(.*?)^```", text, re.M | re.S)
    assert example
    project.lists(HEAD + example[1])
    must(project.configure())
    must(project.make("pump-common-deb"))
    must(run("dpkg-deb", "--extract", project.build / "pump-common_1.0_amd64.deb", tmp_path / "out"))
    folders = re.findall(r"^\| `[A-Z_]+` \| `/([\w./-]+)` ", text, re.M)
    assert len(folders) == 5
    files = files_below(tmp_path / "out")
    assert [folder for folder in folders if not any(file.startswith(folder) for file in files)] == []
    assert "usr/lib/systemd/system/pump.service" in files


def test_packages_for_akmods_require_the_files(packed: CMakeProject) -> None:
    """The package that kmodtool makes for all kernels requires the one of the files."""
    must(packed.make("pumps-kmod-srpm"))
    spec = (packed.build / "CMakeFiles/pumps-dkms/kmod/pumps-kmod.spec").read_text(encoding="utf-8")
    assert "Requires:       pumps-common >= 1.0" in spec.partition("%package -n pumps-kmod-common")[2].partition("%description")[0]


def test_programs_for_two_machines_are_refused(project: CMakeProject) -> None:
    """A package is for one: both files are named."""
    for name, machine in (("one", 62), ("two", 183)):
        (project.source / name).write_bytes(b"\x7fELF\x02\x01\x01" + bytes(11) + bytes((machine, 0)) + bytes(44))
    project.lists(f"{HEAD}install(PROGRAMS one two DESTINATION bin COMPONENT tools)\n"
        "add_dkms_package(pumps VERSION 1.0 MODULES pump VERIFY OFF INSTALL_COMPONENTS tools)\n")
    must(project.configure())
    assert_refused(project.make("pumps-common-deb"), "found: usr/bin/one and usr/bin/two", "needed: programs for one machine")


def test_file_that_is_not_there_is_refused(project: CMakeProject) -> None:
    """An install() rule of a component whose file nothing makes: the error has its path."""
    project.lists(f"{HEAD}install(FILES none DESTINATION share COMPONENT tools)\n"
        "add_dkms_package(pumps VERSION 1.0 MODULES pump VERIFY OFF INSTALL_COMPONENTS tools)\n")
    must(project.configure())
    assert_refused(project.make("pumps-common-deb"), f'found: file INSTALL cannot find "{project.source}/none"', "type: cmake --build")


CALLS = {
    "UDEV_RULES pump.conf": ("found: UDEV_RULES", "needed: <two digits>-<name>.rules", "type: mv pump.conf 60-pump.rules"),
    "UDEV_RULES settings": ("a file that is not read under its name", "mv settings 60-settings.rules"),
    "MODPROBE_CONF settings": ("needed: <name>.conf: modprobe reads no others", "type: mv settings settings.conf"),
    "MODULES_LOAD load": ("needed: <name>.conf: systemd-modules-load reads no others",),
    "FIRMWARE none.bin": ("no such file", "found: FIRMWARE none.bin"),
    "MODPROBE_CONF pump.conf load/pump.conf": ("two files have one place", "/usr/lib/modprobe.d/pump.conf"),
    "PROGRAMS none": ("no such program", "found: PROGRAMS none", "add_executable(none none.c)"),
    "PROGRAMS pump": ("no such program", "found: PROGRAMS pump needed: targets of add_executable()"),
    "PROGRAMS firmware": ("no such program", "found: PROGRAMS firmware"),
    "INSTALL_COMPONENTS none": ("no such component", "components that install() has in this project: service", "COMPONENT none"),
    "PROGRAMS": ("wrong call", "found: PROGRAMS"),
}  # fmt: skip


@pytest.mark.parametrize("call", CALLS)
def test_wrong_file_is_refused(call: str, project: CMakeProject) -> None:
    """The error comes when CMake configures, with the fault, the names that are read there, and the remedy."""
    project.lists(
        f"{HEAD}install(FILES settings DESTINATION /etc COMPONENT service)\n"
        f"add_dkms_package(pumps VERSION 1.0 MODULES pump VERIFY OFF {call})\n"
    )
    said = " ".join(refusal(project.configure()).split())
    assert [phrase for phrase in CALLS[call] if phrase not in said] == [], said


def test_programs_without_shlibdeps_are_refused(packed: CMakeProject) -> None:
    """A package of programs that does not name their libraries would not be whole."""
    result = run(*without("dpkg-shlibdeps"), "cmake", "--build", packed.build, "--target", "pumps-common-deb")
    assert_refused(result, "found: no dpkg-shlibdeps", "type: apt-get install dpkg-dev")


LIFE = """\
present() {{
	for file in {files}; do
		[ ! -e "/$file" ] || echo "$file"
	done
}}
mkdir -p /run/udev
touch /run/udev/control
rm -f /usr/bin/udevadm
printf '#!/bin/sh\necho "$@" >> /kept/udevadm\n' > /usr/bin/udevadm
chmod 755 /usr/bin/udevadm
{install}
wc -l < /kept/udevadm > /kept/reloaded
present > /kept/installed
pumpctl > /kept/said
echo changed >> /etc/pump
{remove}
present > /kept/removed
{purge}
present > /kept/purged
find /changes ! -type c '(' -path '*pumps*' -o -name 'pump*' -o -path '*/firmware/acme*' ')' > /kept/left
"""


@as_root
@pytest.mark.parametrize("kind", ["deb", "rpm"])
def test_installed_removed_and_purged(kind: str, deb: Path, rpm: Path, tmp_path: Path) -> None:
    """All files come and go, and udev reads its rules anew. Changed configuration stays when Debian's package is removed, and goes when it is purged."""
    everything = sorted(DATA_FILES | PROGRAM_FILES | OTHER_FILES)
    install, remove, purge = {
        "deb": (f"dpkg --install {deb}", "dpkg --remove pumps-common", "dpkg --purge pumps-common"),
        "rpm": (f"{RPM} -i {rpm}", f"{RPM} -e pumps-common", "rm /etc/pump.rpmsave"),
    }[kind]
    script = LIFE.format(files=" ".join(everything), install=install, remove=remove, purge=purge)
    must(run_on_a_copy(tmp_path / "machine", script))
    kept = {path.name: path.read_text(encoding="utf-8").splitlines() for path in (tmp_path / "machine/kept").iterdir()}
    assert sorted(kept["installed"]) == everything
    assert kept["said"] == ["pump"]
    assert kept["reloaded"] == ["1"]
    assert set(kept["udevadm"]) == {"control --reload"} and len(kept["udevadm"]) > 1
    assert kept["removed"] == (["etc/pump"] if kind == "deb" else [])
    assert kept["purged"] == []
    assert kept["left"] == []


pytestmark = pytest.mark.skipif(platform.machine() != "x86_64", reason="the packages' names have x86's")
