# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Parameters of modules: at load, in sysfs, in modinfo."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from behaviours import built
from conftest import Kernel, made_once, must, run
from library_kernels import DEBUG_OPTIONS, SCAN, kernel_of
from module_file import modinfo_field

# The status of kcxx boot that is asserted here
LOAD_FAILED = 13

SOURCE = """\
#include <kernel/prelude.hpp>
#include <kernel/module_param.hpp>
MODULE_LICENSE("GPL");
using namespace kernel;
namespace {
constinit ModuleParam<bool> a_bool{false};
MODULE_PARAM(a_bool, 0644, "a bool");
constinit ModuleParam<unsigned char> a_byte{200};
MODULE_PARAM(a_byte, 0644, "a byte");
constinit ModuleParam<short> a_short{-300};
MODULE_PARAM(a_short, 0644, "a short");
constinit ModuleParam<unsigned short> a_ushort{60000};
MODULE_PARAM(a_ushort, 0644, "a ushort");
constinit ModuleParam<int> an_int{-70000};
MODULE_PARAM(an_int, 0644, "an int");
constinit ModuleParam<unsigned int> a_uint{4000000000u};
MODULE_PARAM(a_uint, 0644, "a uint");
constinit ModuleParam<long> a_long{-5000000000};
MODULE_PARAM(a_long, 0644, "a long");
constinit ModuleParam<unsigned long> a_ulong{18000000000000000000ul};
MODULE_PARAM(a_ulong, 0644, "a ulong");
constinit ModuleParam<unsigned long long> a_ullong{18000000000000000001ull};
MODULE_PARAM(a_ullong, 0644, "a ullong");
constinit ModuleParam<const char *> a_text{"pump"};
MODULE_PARAM(a_text, 0644, "a text");
constinit ModuleParamArray<int, 3> some_ints{1, -2};
MODULE_PARAM(some_ints, 0644, "some ints");
constinit ModuleParamArray<const char *, 2> some_texts{"a", "b"};
MODULE_PARAM(some_texts, 0444, "some texts");
constinit ModuleParam<int> read_only{1};
MODULE_PARAM(read_only, 0444, "read only");
constinit ModuleParam<int> hidden{1};
MODULE_PARAM(hidden, 0, "hidden");

Result<> even(int value)
{
	if (value % 2 != 0)
		return std::unexpected(EDOM);
	return {};
}
Result<> lower_case(const char *text)
{
	for (; *text != 0; ++text)
		if (*text >= 'A' && *text <= 'Z')
			return std::unexpected(EINVAL);
	return {};
}
Result<> not_while_asleep(bool) { return std::unexpected(EBUSY); }

constinit ModuleParam<int, even> checked{4};
MODULE_PARAM(checked, 0644, "even");
constinit ModuleParam<const char *, lower_case> checked_text{"lower"};
MODULE_PARAM(checked_text, 0644, "lower case");
constinit ModuleParam<bool, not_while_asleep> checked_bool{false};
MODULE_PARAM(checked_bool, 0644, "refused");
constinit ModuleParamArray<int, 3, even> checked_ints{2, 4};
MODULE_PARAM(checked_ints, 0644, "even ones");

void say(const char *when)
{
	const ModuleParamLock lock;
	pr_info("%s: %d %d %d %d %d %u %ld %lu %llu %s\\n", when, a_bool.get(), a_byte.get(), a_short.get(),
		a_ushort.get(), an_int.get(), a_uint.get(), a_long.get(), a_ulong.get(), a_ullong.get(),
		a_text.get(lock));
	int sum = 0;
	for (int value : some_ints.get(lock))
		sum += value;
	pr_info("%s: %zu ints, sum %d; %zu texts, %s; hidden %d; checked %d %s\\n", when, some_ints.get(lock).size(),
		sum, some_texts.get(lock).size(), some_texts.get(lock)[0], hidden.get(), checked.get(),
		checked_text.get(lock));
}

struct Subject {
	static Result<Subject> init(ThisModule &)
	{
		say("load");
		read_only.set(12);
		return Result<Subject>{std::in_place};
	}
	Subject() = default;
	Subject(Subject &&) = delete;
	~Subject() { say("unload"); }
};
}
KERNEL_MODULE(Subject);
"""

SCRIPT = """\
cd /sys/module/subject/parameters
for name in *; do echo "has $name $(stat -c %a $name) $(tr '\\n' ' ' < $name)"; done
# try <parameter> <text>: what is there then, and whether it was taken
try() {
	if echo -n "$2" > $1 2> /tmp/said; then echo "took $1 <$2>: $(cat $1)"
	else echo "refused $1 <$2>: $(sed 's/.*: //' /tmp/said): $(cat $1)"; fi
}
try a_bool Y; try a_bool maybe
try a_byte 255; try a_byte 256; try a_byte -1
try a_short -32768; try a_short 32768
try a_ushort 0xffff
try an_int 077; try an_int 1e3
try a_uint -1
try a_long -9000000000000000000
try a_ulong 18446744073709551615; try a_ulong 18446744073709551616
try a_text "three words here"
try some_ints 4,5,6; try some_ints 1,2,3,4; try some_ints 9
try checked 10; try checked 11; try checked x
try checked_text fine; try checked_text Bad
try checked_bool 1
try checked_ints 6,8,10; try checked_ints 8,3
"""

# What the default file, the text written, and the file then say; and what came of it
WRITTEN = [
    "took a_bool <Y>: Y",
    "refused a_bool <maybe>: Invalid argument: Y",
    "took a_byte <255>: 255",
    "refused a_byte <256>: Numerical result out of range: 255",
    "refused a_byte <-1>: Invalid argument: 255",
    "took a_short <-32768>: -32768",
    "refused a_short <32768>: Numerical result out of range: -32768",
    "took a_ushort <0xffff>: 65535",
    "took an_int <077>: 63",
    "refused an_int <1e3>: Invalid argument: 63",
    "refused a_uint <-1>: Invalid argument: 4000000000",
    "took a_long <-9000000000000000000>: -9000000000000000000",
    "took a_ulong <18446744073709551615>: 18446744073709551615",
    "refused a_ulong <18446744073709551616>: Numerical result out of range: 18446744073709551615",
    "took a_text <three words here>: three words here",
    "took some_ints <4,5,6>: 4,5,6",
    "refused some_ints <1,2,3,4>: Invalid argument: 1,2,3",
    "took some_ints <9>: 9",
]
CHECKED = [
    "took checked <10>: 10",
    "refused checked <11>: Numerical argument out of domain: 10",
    "refused checked <x>: Invalid argument: 10",
    "took checked_text <fine>: fine",
    "refused checked_text <Bad>: Invalid argument: fine",
    "refused checked_bool <1>: Device or resource busy: N",
    "took checked_ints <6,8,10>: 6,8,10",
    "refused checked_ints <8,3>: Numerical argument out of domain: 8",
]

TYPES = {
    "a_bool": "bool",
    "a_byte": "byte",
    "a_short": "short",
    "a_ushort": "ushort",
    "an_int": "int",
    "a_uint": "uint",
    "a_long": "long",
    "a_ulong": "ulong",
    "a_ullong": "ullong",
    "a_text": "charp",
    "some_ints": "array of int",
    "some_texts": "array of charp",
    "read_only": "int",
    "hidden": "int",
    "checked": "int",
    "checked_text": "charp",
    "checked_bool": "bool",
    "checked_ints": "array of int",
}


@pytest.fixture(scope="session")
def module(kernel: Kernel, package: Path, run_directory: Path) -> Path:
    """The module with all kinds of parameters."""
    directory = made_once(run_directory / f"param-{kernel.series}", lambda at: built(at, package, kernel.build, SOURCE))
    return directory / "subject.ko"


@pytest.fixture(scope="session")
def log(kcxx: Path, module: Path) -> str:
    """It loaded with no parameters given, and its files tried."""
    script = module.parent / "script"
    script.write_text(SCRIPT, encoding="utf-8")
    return must(run(kcxx, "boot", "--script", script, module))


def test_param_has_its_default(log: str) -> None:
    """What no one sets is what the source says."""
    assert "load: 0 200 -300 60000 -70000 4000000000 -5000000000 18000000000000000000 18000000000000000001 pump\n" in log
    assert "load: 2 ints, sum -1; 2 texts, a; hidden 1; checked 4 lower\n" in log


def test_param_is_a_file_with_its_permissions(log: str) -> None:
    """/sys/module/<module>/parameters/ has each that has permissions, with its value."""
    files = {name: (mode, text.strip()) for name, mode, text in re.findall(r"^has (\w+) (\d+) (.*)$", log, re.M)}
    assert files == {
        "a_bool": ("644", "N"),
        "a_byte": ("644", "200"),
        "a_short": ("644", "-300"),
        "a_ushort": ("644", "60000"),
        "an_int": ("644", "-70000"),
        "a_uint": ("644", "4000000000"),
        "a_long": ("644", "-5000000000"),
        "a_ulong": ("644", "18000000000000000000"),
        "a_ullong": ("644", "18000000000000000001"),
        "a_text": ("644", "pump"),
        "some_ints": ("644", "1,-2"),
        "some_texts": ("444", "a,b"),
        "read_only": ("444", "12"),
        "checked": ("644", "4"),
        "checked_text": ("644", "lower"),
        "checked_bool": ("644", "N"),
        "checked_ints": ("644", "2,4"),
    }


@pytest.mark.parametrize("line", WRITTEN)
def test_param_written_is_taken_if_it_fits(line: str, log: str) -> None:
    """A text that is a value of the type is taken, any other refused as the kernel refuses it in C."""
    assert line in log.splitlines()


@pytest.mark.parametrize("line", CHECKED)
def test_param_written_is_taken_if_the_check_agrees(line: str, log: str) -> None:
    """The error that the module's own check returns is the writer's, and the value stays as it was; an array, as in C,
    has what came before the refused one."""
    assert line in log.splitlines()


def test_param_written_is_what_the_module_reads(log: str) -> None:
    """Values, texts and arrays that were written last are what the module has."""
    assert "unload: 1 255 -32768 65535 63 4000000000 -9000000000000000000 18446744073709551615 " in log
    assert "unload: 1 ints, sum 9; 2 texts, a; hidden 1; checked 10 fine\n" in log


def test_param_is_set_at_load(kcxx: Path, module: Path) -> None:
    """insmod's name=value, also of those without a file; a bool's name alone is yes."""
    values = ("a_bool", "a_byte=0x10", "a_text=motor", "some_ints=7", "some_texts=x,y", "hidden=5", "checked=8")
    options = [option for value in values[1:] for option in ("--param", f"subject:{value}")]
    log = must(run(kcxx, "boot", *options, "--param", "subject:a_bool=1", module))
    assert re.search(r"load: 1 16 -300 .* motor$", log, re.M)
    assert "load: 1 ints, sum 7; 2 texts, x; hidden 5; checked 8 lower\n" in log


@pytest.mark.parametrize(
    ("value", "error"),
    [("an_int=x", "EINVAL"), ("checked=7", "EDOM"), ("checked_text=UPPER", "EINVAL"), ("a_byte=999", "ERANGE")],
)
def test_param_refused_at_load_fails_the_load(value: str, error: str, kcxx: Path, module: Path) -> None:
    """insmod gets the error of the type or of the module's check, and the module is not loaded."""
    result = run(kcxx, "boot", "--param", f"subject:{value}", module)
    assert result.returncode == LOAD_FAILED, result.stdout
    assert error in result.stdout + result.stderr
    assert "load: " not in result.stdout


def test_param_is_in_modinfo(module: Path) -> None:
    """Each with description and type, in C's format."""
    assert sorted(modinfo_field(module, "parmtype").splitlines()) == sorted(f"{n}:{t}" for n, t in TYPES.items())
    texts = {"checked": "even", "checked_text": "lower case", "checked_bool": "refused", "checked_ints": "even ones"}
    assert sorted(modinfo_field(module, "parm").splitlines()) == sorted(
        f"{name}:{texts.get(name, name.replace('_', ' '))} ({kind})" for name, kind in TYPES.items()
    )


def test_param_is_shown_by_inspect(kcxx: Path, module: Path) -> None:
    """kcxx inspect tells name, type and description."""
    result = run(kcxx, "inspect", "--format", "json", module)
    assert '"some_ints"' in result.stdout and '"array of int"' in json.dumps(json.loads(result.stdout))


def test_param_on_a_debug_kernel(kcxx: Path, package: Path, tmp_path: Path) -> None:
    """The same values there; the kernel's calls of C++ pass kCFI, and no text leaks."""
    kernel = kernel_of(kcxx, "debug", "x86_64")
    module = built(tmp_path, package, kernel.build, SOURCE, "", "LLVM=-19")
    script = tmp_path / "script"
    script.write_text(SCRIPT + SCAN, encoding="utf-8")
    log = must(run(kcxx, "boot", "--kernel", kernel.image, "--script", script, *DEBUG_OPTIONS, module))
    assert [line for line in WRITTEN + CHECKED if line not in log.splitlines()] == []
