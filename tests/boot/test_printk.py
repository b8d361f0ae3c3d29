# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Messages of modules: what is said once, seldom, of a device, or only when it is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from behaviours import built
from conftest import Kernel, made_once, must, run
from library_kernels import kernel_of

LEVELS = {"emerg": 0, "alert": 1, "crit": 2, "err": 3, "warn": 4, "notice": 5, "info": 6}


def each(call: str) -> str:
    """@call for each level."""
    return " ".join(call.replace("LEVEL", level) for level in LEVELS)


PR_ONCE = each('pr_LEVEL_once("once LEVEL %d;\\n", i);')
PR_RATELIMITED = each('pr_LEVEL_ratelimited("seldom LEVEL %d;\\n", i);')
DEV_ONCE = each('dev_LEVEL_once(dev, "once LEVEL %d;\\n", i);')
DEV_RATELIMITED = each('dev_LEVEL_ratelimited(dev, "seldom LEVEL %d;\\n", i);')
DEV = each('dev_LEVEL(dev, "plain LEVEL %d;\\n", 7);')

SOURCE = f"""\
#include <kernel/prelude.hpp>
#include <kernel/dev_printk.hpp>
#include <kernel/module_param.hpp>
MODULE_LICENSE("GPL");
using namespace kernel;

extern "C" struct device *make_device();
extern "C" void drop_device(struct device *device);

namespace {{

void once()
{{
	for (int i = 0; i < 3; ++i) {{
		{PR_ONCE}
		pr_debug_once("once debug %d;\\n", i);
	}}
}}

void seldom()
{{
	for (int i = 0; i < 30; ++i) {{
		{PR_RATELIMITED}
		pr_debug_ratelimited("seldom debug %d;\\n", i);
	}}
}}

void of_a_device(struct device *dev)
{{
	for (int i = 0; i < 30; ++i) {{
		{DEV_ONCE}
		dev_dbg_once(dev, "once debug %d;\\n", i);
		{DEV_RATELIMITED}
		dev_dbg_ratelimited(dev, "seldom debug %d;\\n", i);
	}}
	{DEV}
	dev_dbg(dev, "plain debug %d;\\n", 7);
}}

template <typename T>
[[gnu::noinline]] void in_template(T value)
{{
	pr_debug("in a template %d;\\n", static_cast<int>(value));
}}

Result<> speak(int)
{{
	pr_debug("in a function;\\n");
	auto lambda = [] {{ pr_debug("in a lambda;\\n"); }};
	lambda();
	in_template(2);
	return {{}};
}}

constinit ModuleParam<int, speak> say{{0}};
MODULE_PARAM(say, 0200, "to say what is in functions");

struct Subject {{
	static Result<Subject> init(ThisModule &)
	{{
		pr_debug("in a member %d;\\n", 1);
		once();
		once();
		seldom();
		struct device *dev = make_device();
		of_a_device(dev);
		drop_device(dev);
		return Subject{{}};
	}}
}};

}} // namespace

KERNEL_MODULE(Subject);
"""
DEVICE = """\
#include <linux/device.h>
struct device *make_device(void);
struct device *make_device(void) { return root_device_register("pump"); }
void drop_device(struct device *device);
void drop_device(struct device *device) { root_device_unregister(device); }
"""


def messages(log: str) -> list[tuple[int, str]]:
    """Level and text of each message that is a sentence of SOURCE, from dmesg -r."""
    return [(int(level) & 7, text) for level, text in re.findall(r"raw <(\d+)>.*?(?:subject:|pump:) (\w.*);$", log, re.M)]


def at_load(log: str) -> list[tuple[int, str]]:
    """The messages from before the first query."""
    return messages(log.partition("\nafter ")[0])


def after(log: str, query: str) -> list[tuple[int, str]]:
    """The messages from after @query to the next one."""
    found = re.search(rf"^after {re.escape(query)}\n(.*?)(?=^after |\Z)", log, re.M | re.S)
    assert found, log
    return messages(found[1])


# What was said at load; what is listed; what is said after each of the queries, one by one
QUERIES = {
    "=_": [],
    "+p": ["in a function", "in a lambda", "in a template 2"],
    "-p": [],
    "func in_template +p": ["in a template 2"],
    'format "in a lambda" =p': ["in a lambda", "in a template 2"],
}
# What the script says goes through the kernel's log as well: as little as possible of it
SCRIPT = """\
heard() {
	dmesg -r > /tmp/heard
	sed -n -E '/ kcxx:/! s/^(.*(subject|pump): .*;)$/raw \\1/p' /tmp/heard
}
heard
[ -e /proc/dynamic_debug/control ] || exit 0
grep '\\[subject\\]' /proc/dynamic_debug/control
""" + "".join(
    f"""\
echo 'module subject {query}' > /proc/dynamic_debug/control
dmesg -c > /dev/null
echo 1 > /sys/module/subject/parameters/say
echo 'after {query}'
heard
"""
    for query in QUERIES
)


@pytest.fixture(scope="session")
def module(kernel: Kernel, package: Path, run_directory: Path) -> Path:
    """The module that says it all."""
    directory = made_once(
        run_directory / f"printk-{kernel.series}", lambda at: built(at, package, kernel.build, SOURCE, DEVICE)
    )
    return directory / "subject.ko"


def booted(kcxx: Path, module: Path, *options: str | Path) -> str:
    """The log and what the script said."""
    script = module.with_name("script")
    script.write_text(SCRIPT, encoding="utf-8")
    return must(run(kcxx, "boot", "--script", script, *options, module))


@pytest.fixture(scope="session")
def silent(kcxx: Path, module: Path) -> str:
    """Where debugging was not asked for."""
    return booted(kcxx, module)


@pytest.fixture(scope="session")
def talking(kcxx: Path, module: Path) -> str:
    """Where it was, when the module was loaded."""
    return booted(kcxx, module, "--param", "subject:dyndbg=+p")


def test_printk_once_speaks_at_the_first_call_alone(silent: str) -> None:
    """One message for each place in the source, at its level, however often it is reached."""
    said = [message for message in at_load(silent) if message[1].startswith("once")]
    wanted = [(number, f"once {level} 0") for level, number in LEVELS.items()]
    assert said == wanted + wanted  # of the module, of its device


def test_printk_ratelimited_speaks_ten_times(silent: str) -> None:
    """Ten messages for each place in the source, at its level, of thirty in less than 5 seconds."""
    said = [message for message in at_load(silent) if message[1].startswith("seldom")]
    wanted = [(number, f"seldom {level} {i}") for i in range(10) for level, number in LEVELS.items()]
    assert said == wanted + wanted


def test_printk_of_device_names_driver_and_device(silent: str) -> None:
    """dev_*() log at their level what C's do."""
    assert [message for message in at_load(silent) if message[1].startswith("plain")] == [
        (number, f"plain {level} 7") for level, number in LEVELS.items()
    ]
    assert re.search(r"raw <\d+>\[.*\] +pump: plain info 7;$", silent, re.M)


def test_printk_debug_is_silent_until_asked_for(silent: str) -> None:
    """No message of pr_debug() and dev_dbg(), though each is in the list, switched off."""
    assert [message for message in at_load(silent) if "debug" in message[1]] == []
    assert re.search(r'\[subject\]of_a_device =_ "plain debug %d;\\n"', silent)


def test_printk_debug_speaks_when_asked_for(talking: str) -> None:
    """dyndbg=+p at load: all of it, at the level of debugging, once or seldom where so wanted."""
    said = [message for message in at_load(talking) if "debug" in message[1]]
    assert said.count((7, "once debug 0")) == 2
    assert [text for _, text in said if text.startswith("once debug")] == ["once debug 0"] * 2
    assert sorted({text for _, text in said if text.startswith("seldom")}) == [f"seldom debug {i}" for i in range(10)]
    assert (7, "plain debug 7") in said


def test_printk_debug_is_listed_with_its_place(silent: str) -> None:
    """/proc/dynamic_debug/control names file, line, module and function of each, wherever in C++ it stands."""
    listed = re.findall(r'main\.cc:(\d+) \[subject\](\S+) =_ "(?:subject: )?(.*);\\n"', silent)
    lines = SOURCE.splitlines()
    for line, function, text in listed:
        assert text.removesuffix(" %d") in lines[int(line) - 1], (line, text)
        assert function
    assert {text for _, _, text in listed} >= {
        "once debug %d",
        "seldom debug %d",
        "plain debug %d",
        "in a member %d",
        "in a function",
        "in a lambda",
        "in a template %d",
    }


@pytest.mark.parametrize("query", QUERIES)
def test_printk_debug_is_switched_in_a_loaded_module(query: str, silent: str) -> None:
    """A query of /proc/dynamic_debug/control switches what it matches, on or off, and no more."""
    assert after(silent, query) == [(7, text) for text in QUERIES[query]]


def test_printk_debug_of_a_debug_build_speaks_at_once(
    kernels: dict[str, Kernel], kcxx: Path, package: Path, tmp_path: Path
) -> None:
    """With DEBUG defined it is on from the start, and can be switched off."""
    module = built(tmp_path, package, kernels["6.12"].build, f"#define DEBUG\n{SOURCE}", DEVICE)
    log = booted(kcxx, module)
    assert (7, "plain debug 7") in at_load(log)
    assert after(log, "=_") == []


def test_printk_on_a_kernel_without_dynamic_debug(kcxx: Path, package: Path, tmp_path: Path) -> None:
    """There pr_debug() is nothing, all else as ever, and lockdep, KASAN and kCFI complain of nothing."""
    kernel = kernel_of(kcxx, "debug", "x86_64")
    assert "CONFIG_DYNAMIC_DEBUG=y" not in kernel.configuration
    module = built(tmp_path, package, kernel.build, SOURCE, DEVICE, "LLVM=-19")
    options = ("--memory", "512", "--timeout", "300")
    log = booted(kcxx, module, "--kernel", kernel.image, *options)
    said = at_load(log)
    assert [text for _, text in said if "debug" in text] == []
    assert said.count((4, "once warn 0")) == 2
    assert [text for _, text in said if text.startswith("seldom err")] == [f"seldom err {i}" for i in range(10)] * 2
