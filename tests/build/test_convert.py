# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx convert: driver.cc from driver.c. The module is the one of C, and the text is changed where C++ needs it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.axes import GATE_SERIES
from fixtures.commands import must, run
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel, Kernels
from fixtures.kbuild_project import KbuildProject
from fixtures.module_file import modinfo_field
from fixtures.object_data import ObjectData

LEFT_TO_A_PERSON = ExitStatus.UNDECIDED
REFUSED = ExitStatus.INPUT

HEAD = """\
// SPDX-License-Identifier: GPL-2.0
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>

enum colour { RED, GREEN, BLUE = 4 };
struct ops { int (*open)(void *data); void (*close)(void); const char *name; enum colour colour; int level; };
struct point { int x, y; };
struct pump {
	struct gauge { int bar; enum kind { ANALOG, DIGITAL } kind; } gauge;
	union { int number; char *label; };
	struct point at;
	u8 mac[6];
	void __iomem *regs;
	int class;
};
int pump_run(struct pump *pump, enum colour colour, char *label, u8 *bytes, const void __iomem *at);
"""
MACROS = """\
#ifndef MACROS_H
#define MACROS_H
#define NAME_AND_OPEN(text) .name = text \\
	"!", .open = (open_it)
#define NAME_AND_COLOUR(text) .name = text, .colour = GREEN
#define READ_AT(base, offset) (*(u8 *)((base) + (offset)))
#endif
"""
TAIL = """
static int __init start(void)
{
	return use();
}
static void __exit stop(void) {}
module_init(start);
module_exit(stop);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("a module to convert");
"""

# A statement of C in a function, and C++'s
STATEMENTS = {
    "void-pointer": ("struct pump *a = data;", "struct pump *a = static_cast<struct pump *>(data);"),
    "allocation": ("p = kzalloc(sizeof(*p), GFP_KERNEL);", "p = static_cast<struct pump *>(kzalloc(sizeof(*p), GFP_KERNEL));"),
    "pointer-to-void-pointer": ("data = p;", "data = p;"),
    "number-to-enum": ("colour = number;", "colour = static_cast<enum colour>(number);"),
    "enumerator": ("colour = number ? RED : BLUE;", "colour = number ? RED : BLUE;"),
    "enum-union": ("colour |= GREEN;", "colour = static_cast<enum colour>(colour | GREEN);"),
    "enum-step": ("colour++;", "colour = static_cast<enum colour>(colour + 1);"),
    "enum-of-a-choice": ("colour = number ? RED : 0;", "colour = static_cast<enum colour>(number ? RED : 0);"),
    "sign-of-bytes": ("bytes = text;", "bytes = reinterpret_cast<u8 *>(text);"),
    "sum-of-void-pointer": ("data = data + 4;", "data = static_cast<char *>(data) + 4;"),
    "sum-of-registers": (
        "number = readl(p->regs + 8);",
        "number = readl(static_cast<char __iomem *>(p->regs) + 8);",
    ),
    "step-of-void-pointer": ("data += 4;", "data = static_cast<char *>(data) + 4;"),
    "step-of-void-pointer-by-a-shift": (
        "data += number << 2;",
        "data = static_cast<char *>(data) + (number << 2);",
    ),
    "sum-of-void-pointer-in-a-macro-of-a-header": (
        "number = READ_AT(data, 2);",
        "number = READ_AT(static_cast<char *>(data), 2);",
    ),
    "sum-to-another-pointer": ("bytes = data + 1;", "bytes = reinterpret_cast<u8 *>(static_cast<char *>(data) + 1);"),
    "string": ("p->label = \"gauge\";", "p->label = const_cast<char *>(\"gauge\");"),
    "constant-string": ("name = number ? \"a\" : \"b\";", "name = number ? \"a\" : \"b\";"),
    "pasted-string": ("name = \"a\"PREFIX\"b\";", "name = \"a\" PREFIX\"b\";"),
    "reserved-member": ("p->class = 1;", "p->class_ = 1;"),
    "reserved-variable": ("int new = 1;", "int new_ = 1;"),
    "reserved-operator": ("int and = 1;", "int and_ = 1;"),
    "nested-tag": ("struct gauge *g = &p->gauge;", "struct pump::gauge *g = &p->gauge;"),
    "nested-enumerator": ("p->gauge.kind = DIGITAL;", "p->gauge.kind = pump::gauge::DIGITAL;"),
    "null": ("p = NULL;", "p = NULL;"),
    "false-as-pointer": ("p = false;", "p = NULL;"),
    "register": ("register int fast = 2;", "int fast = 2;"),
    "void-pointer-in-a-choice": (
        "p = number ? data : NULL;",
        "p = static_cast<struct pump *>(number ? data : NULL);",
    ),
    "string-without-its-end": (
        "static char sign[4] = \"a'b\\n\"; text = sign;",
        "static char sign[4] = { 'a', '\\'', 'b', '\\x0a' }; text = sign;",
    ),
    "function-of-another-type": (
        "static int (*run)(enum colour) = run_it; number += run != NULL;",
        "static int (*run)(enum colour) = reinterpret_cast<int (*)(enum colour)>(run_it); number += run != NULL;",
    ),
    "argument": ("take(GREEN | BLUE, text);",
        "take(static_cast<enum colour>(GREEN | BLUE), reinterpret_cast<const u8 *>(text));"),
    "return-of-void-pointer": ("struct pump *back = give(p);", "struct pump *back = give(p);"),
    "literal-as-argument": (
        "number = see(&(struct point){ .y = 1, .x = 2 });",
        "struct point literal_2;\n	literal_2 = { .x = 2, .y = 1 };\n	number = see(&literal_2);",
    ),
    "macro-that-is-all": ("colour = BOTH;", "colour = static_cast<enum colour>(BOTH);"),
    "macro-in-a-macro": ("colour = max(BOTH, number);", "colour = static_cast<enum colour>(max(BOTH, number));"),
    "comment": ("number = 1; /* class */", "number = 1; /* class */"),
    "text": ("name = \"class\";", "name = \"class\";"),
}  # fmt: skip

# A definition of C at file scope, and C++'s
DEFINITIONS = {
    "order": (
        "static struct ops order = {\n\t.name = \"a\", /* its name */\n\t.open = open_it\n};",
        "static struct ops order = {\n\t.open = open_it,\n\t.name = \"a\" /* its name */\n};",
    ),
    "order-that-is-right": ("static struct ops right = { .open = open_it, .name = \"b\" };",) * 2,
    "array": (
        "static int places[] = {\n\t[BLUE] = 7,\n\t[RED] = 1,\n};",
        "static int places[] = {\n\t[RED] = 1,\n\t[1] = {}, [2] = {}, [3] = {},\n\t[BLUE] = 7,\n};",
    ),
    "range": (
        "static int filled[4] = { [0 ... 3] = -1, [2] = 5 };",
        "static int filled[4] = { [0] = -1, [1] = -1, [2] = 5, [3] = -1 };",
    ),
    "nested": (
        "static struct pump nested = { .at.y = 2, .at.x = 1, .gauge = { .kind = DIGITAL, .bar = 3 }, .mac[1] = 4 };",
        "static struct pump nested = { .gauge = { .bar = 3, .kind = pump::gauge::DIGITAL }, .at = { .x = 1, .y = 2 }, "
        ".mac = { [0] = {}, [1] = 4 } };",
    ),
    "member-of-a-macro": (
        "#define AT_Y at.y\nstatic struct pump of_macro = { .AT_Y = 2, .at.x = 1 };",
        "#define AT_Y at.y\nstatic struct pump of_macro = { .at = { .x = 1, .y = 2 } };",
    ),
    "macro-with-members-between": (
        "static struct ops apart = {\n\tNAME_AND_OPEN(\"d\"), /* both */\n\t.close = close_it,\n};",
        "static struct ops apart = {\n\t.open = (open_it), /* both */\n\t.close = close_it,\n\t.name = \"d\" \"!\",\n};",
    ),
    "macro-without-members-between": (
        "static struct ops together = { NAME_AND_COLOUR(\"e\"), .level = 3 };",
        "static struct ops together = { NAME_AND_COLOUR(\"e\"), .level = 3 };",
    ),
    "offset-in-a-union-without-a-name": (
        "static int offset = offsetof(struct pump, label);",
        "static int offset = offsetof(struct pump, label);",
    ),
    "type-in-a-struct-without-a-name": (
        "struct option { struct { int count; struct choice { int i; char *text; } *all; } list; };\n"
        "static struct choice choice = { .text = NULL, .i = 1 };\n"
        "static struct choice *first_of(struct option *option) { void *all = option->list.all; return all; }",
        "struct choice { int i; char *text; };\n\nstruct option { struct { int count; struct choice *all; } list; };\n"
        "static struct choice choice = { .i = 1, .text = NULL };\n"
        "static struct choice *first_of(struct option *option) { void *all = option->list.all; "
        "return static_cast<struct choice *>(all); }",
    ),
    "type-in-a-struct-of-a-typedef": (
        "typedef struct { struct part { int a, b; } *part; } parts_t;\n"
        "static struct part part = { .b = 2, .a = 1 };\n"
        "static struct part *part_of(void *data) { return data; }",
        "typedef struct { struct part { int a, b; } *part; } parts_t;\n"
        "static struct parts_t::part part = { .a = 1, .b = 2 };\n"
        "static struct parts_t::part *part_of(void *data) { return static_cast<struct parts_t::part *>(data); }",
    ),
    "macro-of-an-argument": (
        "#define IF_MODULE(f) f\nstatic struct ops called = { .close = IF_MODULE(close_it), .open = IF_MODULE(open_it), colour: IF_MODULE(RED) };",
        "#define IF_MODULE(f) f\nstatic struct ops called = { .open = IF_MODULE(open_it), .close = IF_MODULE(close_it), .colour = IF_MODULE(RED) };",
    ),
    "macros-that-end-in-a-comma": (
        "#define OF_X(n) .x = n,\n#define OF_Y(n) .y = n,\nstatic struct point ended = { OF_Y(2) OF_X(1) };",
        "#define OF_X(n) .x = n,\n#define OF_Y(n) .y = n,\nstatic struct point ended = { OF_X(1) OF_Y(2) };",
    ),
    "mixed": ("static struct point mixed = { .x = 1, 2 };", "static struct point mixed = { .x = 1, .y = 2 };"),
    "old-style": ("static struct point old = { y: 2, x: 1 };", "static struct point old = { .x = 1, .y = 2 };"),
    "twice": ("static struct point twice = { .x = 1, .y = 2, .x = 3 };", "static struct point twice = { .x = 3, .y = 2 };"),
    "in-a-macro": (
        "#define POINT(_x) { .y = 4, .x = _x }\nstatic struct point made[] = { POINT(1), POINT(2) };",
        "#define POINT(_x) { .x = _x, .y = 4 }\nstatic struct point made[] = { POINT(1), POINT(2) };",
    ),
    "conditional": (
        "static struct ops conditional = {\n#ifdef CONFIG_MODULES\n\t.name = \"c\",\n#endif\n\t.open = open_it,\n};",
        "static struct ops conditional = {\n\t.open = open_it,\n#ifdef CONFIG_MODULES\n\t.name = \"c\",\n#endif\n};",
    ),
    "zero": ("static struct { enum colour colour; int n; } zero = { 0 };",
             "static struct { enum colour colour; int n; } zero = {};"),
    "literal": (
        "static const struct point *const literal[] = { &(const struct point){ .y = 6, .x = 5 }, NULL };",
        "static const struct point *const literal[] = { (const struct point []){ { .x = 5, .y = 6 } }, NULL };",
    ),
    "constant-without-value": ("static const struct point origin;", "static const struct point origin = {};"),
    "type-in-a-union-without-a-name": (
        "struct wide { union { struct half { u16 low, high; } halves; u32 all; }; };\n"
        "static struct half half = { .high = 1 };\nstatic struct wide wide = { .halves = { .high = 2, .low = 1 } };",
        "struct half { u16 low, high; };\n\nstruct wide { union { struct half halves; u32 all; }; };\n"
        "static struct half half = { .high = 1 };\nstatic struct wide wide = { .halves = { .low = 1, .high = 2 } };",
    ),
    "parameter-of-a-macro": (
        "enum { step_a = 5 };\n#define STEP(class, new) { .x = step_ ## class, .y = (new) }\n"
        "static struct point stepped = STEP(a, 2);",
    ) * 2,
    "type-in-a-member-without-a-tag": (
        "struct limits { union { struct { int most; } r; struct { const struct step { int n; } *steps; } l; } arg; };\n"
        "static const struct step steps[] = { { 7 } };\nstatic struct limits limits = { .arg = { .l = { steps } } };",
        "struct step { int n; };\n\nstruct limits { union { struct { int most; } r; struct { const struct step *steps; } l; } arg; };\n"
        "static const struct step steps[] = { { 7 } };\nstatic struct limits limits = { .arg = { .l = { steps } } };",
    ),
    "bytes-of-a-string": (
        "static unsigned char *spoken[] = { \"one\" };",
        "static unsigned char *spoken[] = { reinterpret_cast<unsigned char *>(const_cast<char *>(\"one\")) };",
    ),
    "anonymous-member": ("static struct pump labelled = { .label = \"x\" };",
                         "static struct pump labelled = { .label = const_cast<char *>(\"x\") };"),
}  # fmt: skip

GIVE = "static struct pump *give(void *data) { return data; }\n"
GIVE_IN_CXX = "static struct pump *give(void *data) { return static_cast<struct pump *>(data); }\n"
EARLIER = "static const struct ops later;\nstatic const struct ops *get(void) { return &later; }\n"
EARLIER_IN_CXX = "namespace { extern const struct ops later; }\nstatic const struct ops *get(void) { return &later; }\n"
LATER = "static const struct ops later = { .level = 2, .colour = BLUE };\n"
LATER_IN_CXX = "namespace { const struct ops later = { .colour = BLUE, .level = 2 }; }\n"

# Jumps past declarations
JUMPS = (
    """\
	if (number)
		goto out;
	int late = number + 1, later_too = 2;
	number += late + later_too;
out:
""",
    """\
	if (number)
		goto out;
	int late, later_too;
	late = number + 1;
	later_too = 2;
	number += late + later_too;
out:
""",
)


def source(language: int) -> str:
    """All constructs in one module, in C (0) or in C++ (1)."""
    definitions = "".join(pair[language] + "\n" for pair in DEFINITIONS.values())
    uses = "".join(
        f"	sum += (unsigned long)&{name};\n" for name in DATA if name != "later"
    )
    statements = "".join(f"	case {i}: {{ {pair[language]} break; }}\n" for i, pair in enumerate(STATEMENTS.values()))
    return (
        HEAD.replace("int class;", "int class_;" if language else "int class;").replace(
            "int pump_run(", 'extern "C" int pump_run(' if language else "int pump_run("
        )
        + '#include "macros.h"\n#define PREFIX "p"\n#define BOTH (GREEN | BLUE)\n'
        + "static int open_it(void *data) { return data != NULL; }\n"
        + "static void close_it(void) {}\n"
        + "static int run_it(unsigned int colour) { return colour; }\n"
        + "static int see(const struct point *point) { return point->x; }\n"
        + (GIVE, GIVE_IN_CXX)[language]
        + "static void take(enum colour colour, const u8 *bytes) { pr_info(\"%d %d\\n\", colour, bytes[0]); }\n"
        + (EARLIER, EARLIER_IN_CXX)[language]
        + definitions
        + (LATER, LATER_IN_CXX)[language]
        + "static struct pump *p;\nstatic void *data;\nstatic int number;\nstatic enum colour colour;\n"
        + "static u8 *bytes;\nstatic char *text;\nstatic const char *name;\nmodule_param(number, int, 0444);\n"
        + "static __attribute__((__noinline__)) void choose(void)\n{\n	switch (number) {\n"
        + statements
        + "	}\n}\n"
        + "static __attribute__((__noinline__)) int use(void)\n{\n	unsigned long sum = (unsigned long)get();\n"
        + uses
        + "	choose();\n"
        + JUMPS[language]
        + '	pr_info("%lu %p %p %p %d %s\\n", sum, p, data, bytes, colour, name);\n	return 0;\n}\n'
        + TAIL
    )


DATA = (
    "order", "right", "places", "filled", "nested", "of_macro", "ended", "called", "mixed", "old", "twice", "made", "conditional",
    "zero", "literal", "origin", "labelled", "later", "half", "wide", "limits", "stepped", "apart", "together", "offset",
    "choice", "part", "spoken",
)  # fmt: skip


@pytest.fixture(scope="module")
def kernel(kernels: Kernels) -> Kernel:
    """The kernel whose flags and headers the conversion has."""
    return kernels[GATE_SERIES]


@dataclass(frozen=True)
class Converter:
    """kcxx convert for @kernel."""

    kcxx: Path
    kernel: Kernel

    def __call__(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return run(self.kcxx, "convert", "--kernel", self.kernel.build, *arguments)


@pytest.fixture(scope="module")
def convert(kcxx: Path, kernel: Kernel) -> Converter:
    """The command."""
    return Converter(kcxx, kernel)


@pytest.fixture(scope="module")
def converted(convert: Converter, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with all.c, and all.cc made of it."""
    directory = tmp_path_factory.mktemp("converted")
    (directory / "macros.h").write_text(MACROS, encoding="utf-8")
    (directory / "all.c").write_text(source(0), encoding="utf-8")
    must(convert(directory / "all.c"))
    return directory


# The text


@pytest.mark.parametrize("construct", [*STATEMENTS, *DEFINITIONS])
def test_construct_of_c_becomes_that_of_cxx(converted: Path, construct: str) -> None:
    """Each has the text that a person would write, and what C++ takes stays as it is."""
    _, expected = (STATEMENTS | DEFINITIONS)[construct]
    text = (converted / "all.cc").read_text(encoding="utf-8")
    assert expected in text


def test_rest_of_the_text_stays(converted: Path) -> None:
    """Comments, macros, blanks: the whole text is the one of C but for the constructs."""
    assert (converted / "all.cc").read_text(encoding="utf-8") == source(1)


def test_file_that_needs_nothing_keeps_its_text(convert: Converter, tmp_path: Path) -> None:
    """A file that C++ takes as it is has the same bytes afterwards."""
    text = HEAD.replace("int class;", "int serial;").replace("int pump_run(", "static inline int pump_run(").replace(
        "const void __iomem *at);", "const void __iomem *at) { return pump->number; }"
    ) + 'static int use(void) { pr_info("a\\tb"); return 0; }\n' + TAIL
    (tmp_path / "same.c").write_text(text, encoding="utf-8")
    assert "C++ takes as it is" in must(convert(tmp_path / "same.c"))
    assert (tmp_path / "same.cc").read_bytes() == (tmp_path / "same.c").read_bytes()


# The module


@pytest.mark.parametrize("compiler", ["g++-12", pytest.param("clang++-19", marks=pytest.mark.every)])
def test_converted_module_is_the_one_of_c(
    converted: Path, kernel: Kernel, package: Path, tmp_path: Path, compiler: str
) -> None:
    """The same symbols, initial data, aliases and parameters."""
    text = {name: (converted / f"all.{name}").read_text(encoding="utf-8") for name in ("c", "cc")}
    modules = []
    for name in ("c", "cc"):
        (tmp_path / name).mkdir()
        project = KbuildProject(tmp_path / name, package, kernel.build)
        project.write("macros.h", MACROS)
        project.write(f"all.{name}", text[name].replace("int pump_run(", "int __pump_run("))
        project.kbuild("obj-m := all.o\n")
        project.made(*(["CXX=" + compiler] if name == "cc" else []))
        modules.append(project.module("all"))
    in_c, in_cxx = (ObjectData(module) for module in modules)
    for name in DATA:
        assert in_cxx.value(name) == in_c.value(name), name
    for field in ("license", "description", "parm", "parmtype", "alias", "depends"):
        assert modinfo_field(modules[1], field) == modinfo_field(modules[0], field)
    assert imported(modules[1]) - OF_COMPILERS == imported(modules[0]) - OF_COMPILERS


def test_converted_module_without_init_is_a_module(convert: Converter, kernel: Kernel, package: Path, tmp_path: Path) -> None:
    """A module that only exports symbols has MODULE_LICENSE() in C, and after the conversion."""
    text = """\
#include <linux/module.h>
int lend(void *p);
int lend(void *p)
{
	int *i = p;

	return *i;
}
EXPORT_SYMBOL_GPL(lend);
MODULE_LICENSE("GPL");
"""
    (tmp_path / "lend.c").write_text(text, encoding="utf-8")
    must(convert(tmp_path / "lend.c"))
    (tmp_path / "lend.c").unlink()
    project = KbuildProject(tmp_path, package, kernel.build)
    project.kbuild("obj-m := lend.o\n")
    project.made()
    assert "\tlend\t" in (tmp_path / "Module.symvers").read_text(encoding="utf-8")


# Headers

LENT = """\
#include <linux/module.h>
#include "lent.h"
#include "guarded.h"
static int __init start(void)
{
	return lend(NULL) + lend_more(NULL);
}
module_init(start);
MODULE_LICENSE("GPL");
"""
LENDER = """\
#include <linux/module.h>
#include "lent.h"
#include "guarded.h"
int lend(void *p)
{
	return !p;
}
int lend_more(void *p)
{
	return !p;
}
"""


def test_functions_of_headers_have_the_linkage_of_c(convert: Converter, kernel: Kernel, package: Path, tmp_path: Path) -> None:
    """C++ reads a header without guard and kernel headers as it is: extern "C" stands around it. Others are answered."""
    project = KbuildProject(tmp_path, package, kernel.build)
    project.write("lent.h", "int lend(void *p);\n")
    project.write("guarded.h", "#include <linux/list.h>\n#ifndef GUARDED\n#define GUARDED\nint lend_more(void *p);\n#endif\n")
    project.write("borrower.c", LENT)
    project.write("lender.c", LENDER)
    must(convert(tmp_path / "borrower.c"))
    (tmp_path / "borrower.c").unlink()
    assert (tmp_path / "borrower.cc").read_text(encoding="utf-8") == LENT.replace(
        '#include "lent.h"\n', 'extern "C" {\n#include "lent.h"\n}\n'
    )
    project.kbuild("obj-m := lent.o\nlent-y := borrower.o lender.o\n")
    project.made()


# Macros of the kernel's that C++ needs written otherwise, and functions that compilers know
MACROS_OF_THE_KERNEL = """\
#include <linux/ctype.h>
#include <linux/iio/iio.h>
#include <linux/iio/imu/adis.h>
#include <linux/input.h>
#include <linux/module.h>
#include <linux/pm_runtime.h>
#include <linux/string.h>
#include <linux/timer.h>

#define CHANNEL(axis, n) { .type = IIO_ACCEL, .modified = 1, .channel2 = IIO_MOD_##axis, .address = n }
#define OF_A_KIND(kind, part) { .type = IIO_##kind, .info_mask_separate = BIT(IIO_##part##_RAW) }
const struct iio_chan_spec channels[] = { CHANNEL(X, 1), CHANNEL(Y, 2), OF_A_KIND(TEMP, CHAN_INFO) };
const struct iio_chan_spec more_channels[] = { ADIS_ACCEL_CHAN(Z, 3, 0, 0, 0, 12) };

struct named { char name[20]; } named;
EXPORT_SYMBOL_GPL(named);
static void expired(struct timer_list *timer) { }
static DEFINE_TIMER(timer, expired);
static int resume(struct device *dev) { return 0; }
EXPORT_RUNTIME_DEV_PM_OPS(exported_pm_ops, NULL, resume, NULL);
static DEVICE_STRING_ATTR_RO(label, 0444, "a label");
static DEFINE_SIMPLE_DEV_PM_OPS(own_pm_ops, NULL, resume);

int seconds(struct input_event *event, const char *text, void *name);
int seconds(struct input_event *event, const char *text, void *name)
{
	if (container_of(name, struct named, name) != &named || kobj_to_dev(name) == NULL)
		return 0;
	strscpy(named.name, "a constant", sizeof(named.name));
	return event->input_event_sec + isdigit(text[0]) + !strncmp(text, "on", 2);
}
static int __init start(void)
{
	pr_info("%d %d %p %p\\n", channels[0].type, more_channels[0].type, &own_pm_ops, &dev_attr_label);
	return mod_timer(&timer, 1);
}
module_init(start);
MODULE_LICENSE("GPL");
"""


@pytest.mark.every
@pytest.mark.parametrize("compiler", ["g++-12", "clang++-19"])
def test_macros_of_the_kernel_make_what_they_make_in_c(
    convert: Converter, kernel: Kernel, package: Path, tmp_path: Path, compiler: str
) -> None:
    """The same symbols of others, exports and initial data."""
    modules = []
    for name in ("c", "cc"):
        (tmp_path / name).mkdir()
        project = KbuildProject(tmp_path / name, package, kernel.build)
        source_file = project.write("macros.c", MACROS_OF_THE_KERNEL)
        if name == "cc":
            must(convert(source_file))
            source_file.unlink()
        project.kbuild("obj-m := macros.o\n")
        project.made(*(["CXX=" + compiler] if name == "cc" else []))
        modules.append(project.module("macros"))
    in_c, in_cxx = (ObjectData(module) for module in modules)
    for variable in ("channels", "more_channels", "exported_pm_ops", "own_pm_ops", "dev_attr_label"):
        assert in_cxx.value(variable) == in_c.value(variable), variable
    assert imported(modules[1]) - OF_COMPILERS == imported(modules[0]) - OF_COMPILERS
    exports = [(tmp_path / name / "Module.symvers").read_text(encoding="utf-8").split() for name in ("c", "cc")]
    assert [words[1::4] for words in exports][0] == [words[1::4] for words in exports][1]


# Functions that a compiler calls by itself
OF_COMPILERS = {"memset", "memcpy", "__fentry__", "__stack_chk_fail", "__x86_return_thunk"}


def imported(module: Path) -> set[str]:
    """The symbols that a module has of others."""
    return set(re.findall(r"^ +U (\S+)$", must(run("nm", module)), re.M))


# Places that are left to a person


def test_place_that_is_left_is_printed(convert: Converter, tmp_path: Path) -> None:
    """Status 8, the file's name and line, and what is needed there; the rest is converted."""
    (tmp_path / "left.c").write_text(
        "enum e { A, B };\nint f(enum e e, void *v)\n{\n\tint *i = v;\n\treturn e++ + *i;\n}\n", encoding="utf-8"
    )
    result = convert(tmp_path / "left.c")
    assert result.returncode == LEFT_TO_A_PERSON
    assert f"{tmp_path}/left.c:5: a step of an enum, whose former value is used, needs a cast" in result.stderr
    assert "static_cast<int *>(v)" in (tmp_path / "left.cc").read_text(encoding="utf-8")


def test_source_that_is_no_c_is_refused(convert: Converter, tmp_path: Path) -> None:
    """Status 3, Clang's own error, and no file."""
    (tmp_path / "wrong.c").write_text("int f(void) { return unknown; }\n", encoding="utf-8")
    result = convert(tmp_path / "wrong.c")
    assert result.returncode == REFUSED
    assert "wrong.c:1:22: error: use of undeclared identifier 'unknown'" in result.stderr
    assert not (tmp_path / "wrong.cc").exists()


def test_file_that_is_there_stays(convert: Converter, tmp_path: Path) -> None:
    """The error names it and the option that writes over it."""
    (tmp_path / "a.c").write_text("int a;\n", encoding="utf-8")
    (tmp_path / "a.cc").write_text("kept\n", encoding="utf-8")
    result = convert(tmp_path / "a.c")
    assert result.returncode == REFUSED
    assert f"type:   kcxx convert --force {tmp_path}/a.c" in result.stderr
    assert (tmp_path / "a.cc").read_text(encoding="utf-8") == "kept\n"
    must(convert("--force", tmp_path / "a.c"))
    assert (tmp_path / "a.cc").read_text(encoding="utf-8") == "int a;\n"


def test_program_built_without_clang_names_the_packages(kcxx: Path, tmp_path: Path) -> None:
    """kcxx without kcxx-convert beside it: the error is what to install."""
    alone = shutil.copy(kcxx, tmp_path / "kcxx")
    (tmp_path / "a.c").write_text("int a;\n", encoding="utf-8")
    result = run(alone, "convert", tmp_path / "a.c", env={"PATH": os.environ["PATH"]})
    assert "apt install libclang-19-dev llvm-19-dev" in result.stderr
    assert not (tmp_path / "a.cc").exists()
