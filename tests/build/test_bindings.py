# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Bindings: headers of C in C++, laid out and compiled alike, made anew when anything changed and only then."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.axes import CXX, GCC, axis
from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.host_bindings import HostBindings, sections, symbols
from fixtures.kbuild_project import KbuildProject, remarks, steps
from fixtures.repository import REPOSITORY

MODULES = REPOSITORY / "tests/modules/bindings"
COMPILERS = [(f"gcc-{GCC}", f"g++-{GCC}"), ("clang-19", "clang++-19"), (f"gcc-{GCC}", "clang++-19"), ("clang-19", f"g++-{GCC}")]
OF_EACH_FAMILY = axis(*COMPILERS[:2], every=tuple(COMPILERS[2:]))


def called(pair: tuple[str, str]) -> str:
    """The name of a pair of compilers"""
    return f"{pair[0]} with {pair[1]}"


@pytest.fixture(params=axis(COMPILERS[0], every=tuple(COMPILERS[1:])), ids=called)
def host(request: pytest.FixtureRequest, tmp_path: Path) -> HostBindings:
    """By each pair of a C and a C++ compiler in turn"""
    return HostBindings(tmp_path, *request.param)


@pytest.fixture
def one(tmp_path: Path) -> HostBindings:
    """By GCC"""
    return HostBindings(tmp_path, *COMPILERS[0])


def with_constructs(host: HostBindings) -> HostBindings:
    """With <linux/constructs.h>"""
    (host.directory / "kernel/linux").mkdir(parents=True)
    shutil.copy(MODULES / "constructs.h", host.directory / "kernel/linux")
    for source in ("constructs.cc", "fields.cc", "fields.c", "fields.inc"):
        shutil.copy(MODULES / source, host.directory)
    return host


# Constructs


@pytest.mark.parametrize("host", OF_EACH_FAMILY, indirect=True, ids=called)
def test_constructs_of_c_are_laid_out_as_c_has_them(host: HostBindings) -> None:
    """Each struct of the header is there whole, asserted in size, alignment and offsets; none is left out."""
    with_constructs(host).compiled("constructs.cc")
    bindings = host.header("constructs.cc")
    tags = set(re.findall(r"^(struct|union) (\w+) \{", (MODULES / "constructs.h").read_text("utf-8"), re.M)) - {("struct", "both")}
    sizes = {(kind, name.removesuffix("_")) for kind, name in re.findall(r"static_assert\(sizeof\((struct|union) (\w+)\) ==", bindings)}
    assert tags - sizes == set()
    assert {("struct", "inner"), ("union", "choice")} <= sizes
    assert len(re.findall(r"^static_assert", bindings, re.M)) > 200
    assert not (host.bindings("constructs.cc") / "dropped").read_text("utf-8")


@pytest.mark.parametrize("host", OF_EACH_FAMILY, indirect=True, ids=called)
def test_bit_fields_are_where_c_has_them(host: HostBindings) -> None:
    """C reads what C++ writes, and the other way round, whatever was there before."""
    object_file = with_constructs(host).compiled("fields.cc")
    c_object, program = host.directory / "c.o", host.directory / "fields"
    must(run(host.c, "-O2", f"-I{host.directory}/kernel", "-c", "-o", c_object, host.directory / "fields.c"))
    must(run(host.cxx, "-o", program, object_file, c_object))
    assert must(run(program)) == "".join(f"bits{n} same\n" for n in range(1, 8))


@pytest.mark.parametrize("compilers", COMPILERS[:2], ids=["GCC", "Clang"])
def test_code_for_bit_fields_is_that_of_c(compilers: tuple[str, str], tmp_path: Path) -> None:
    """Instruction by instruction, with a C compiler of the same make."""
    host = with_constructs(HostBindings(tmp_path, *compilers))
    must(run(host.c, "-O2", f"-I{tmp_path}/kernel", "-c", "-o", tmp_path / "c.o", tmp_path / "fields.c"))
    c = functions(tmp_path / "c.o")
    cxx = functions(host.compiled("fields.cc"))
    accessors = [name.removesuffix("_by_c") for name in c]
    assert len(accessors) == 14
    assert [name for name in accessors if c[f"{name}_by_c"] != cxx[f"{name}_by_cxx"]] == []


def functions(binary: Path) -> dict[str, list[str]]:
    """The instructions of each function of an object, without addresses"""
    found: dict[str, list[str]] = {}
    for line in must(run("objdump", "-d", "--no-show-raw-insn", binary)).splitlines():
        if match := re.match(r"[0-9a-f]+ <(\w+)>:$", line):
            name = match[1]
        elif (match := re.match(r" +[0-9a-f]+:\t(.*)$", line)) and not re.match(r"(cs )?(data16 )*(nop|xchg +%ax)", match[1]):
            found.setdefault(name, []).append(re.sub(r"\s+", " ", match[1]).strip())
    return found


def test_other_layout_is_an_error_that_names_the_member(one: HostBindings) -> None:
    """A flag that C alone has makes another layout: C++ does not go on with its own."""
    with_constructs(one).c_flags = ["-fpack-struct=1"]
    result = one.compile("constructs.cc")
    assert result.returncode != 0
    assert "kcxx: C has another offset of struct:aligned4.b" not in result.stderr  # its own alignment counts
    assert "kcxx: C has another offset of struct:not_packed.b" in result.stderr
    assert "kcxx: C has another size of struct:not_packed" in result.stderr


# kCFI

CALLBACK = """\
#include <linux/attributes.h>
static long show(const struct class_ *c, char *text) { return c->name[0] + text[0]; }
[[gnu::noinline]] static long called(struct class_ *c) { return c->name[1]; }
extern const struct class_attribute attribute;
constinit const struct class_attribute attribute = { .show = HERE };
long use(struct class_ *c) { return called(c); }
"""


@pytest.mark.parametrize(("address", "refused"), [("show", True), ("nullptr", False)])
def test_callback_with_a_renamed_struct_is_refused_with_kcfi(address: str, refused: bool, tmp_path: Path) -> None:
    """A kernel would end at the call; a function that is only called by C++ may have such a parameter."""
    host = HostBindings(tmp_path, "clang-19", "clang++-19", cxx_flags=["-fsanitize=kcfi", "-fno-pic", "-mcmodel=kernel", "-fno-exceptions"])
    host.write(
        "kernel/linux/attributes.h",
        "struct class { const char *name; };\nstruct class_attribute { long (*show)(const struct class *c, char *text); };\n",
    )
    host.write("m.cc", CALLBACK.replace("HERE", address))
    made = host.compiled("m.cc")
    result = run("sh", REPOSITORY / "kbuild/check-object.sh", made, host.directory / "m.cc", *host.command("m.cc")[3:], env={"OBJDUMP": "objdump"})
    assert (result.returncode != 0) == refused, result.stderr
    assert ("a callback with a struct class\n  found: show(" in result.stderr) == refused


RECENT = """\
#pragma once
struct part { int a; char b; } __attribute__((aligned(16)));
struct whole { char before; struct part; union { struct { long c; }; int d; }; };
struct leaf { unsigned : 1, x : 2, : 3, y : 4, : 22; unsigned int after; };
extern int filled(const unsigned char key[static 32]);
"""
RECENT_USER = """\
#include <linux/recent.h>
int f(whole *w, leaf l) { w->a = l.y; w->c = filled(nullptr); return w->d + w->b + l.x + l.after; }
"""


def test_constructs_of_recent_kernels_are_laid_out_as_c_has_them(host: HostBindings) -> None:
    """Members of a struct that -fms-extensions embeds, bit-fields without a name anywhere, parameters of a least length"""
    host.c_flags = ["-fms-extensions", "-Wno-microsoft-anon-tag"] if host.c.startswith("clang") else ["-fms-extensions"]
    host.write("kernel/linux/recent.h", RECENT)
    host.write("m.cc", RECENT_USER)
    host.compiled("m.cc")
    assertions = host.header("m.cc")
    assert all(f"another offset of struct:whole.{name}" in assertions for name in ("a", "b", "c", "d"))


# Inline functions

INLINES = """\
#pragma once
struct pair { int first, second; };
static inline __attribute__((__always_inline__)) int sum_of(struct pair *p) { return p->first + p->second; }
static inline int by_cast(void *p) { struct pair *q = p; return sum_of(q); }
static inline int in_c(int n) { int table[] = { [1] = 7, [0] = n }; return table[n & 1]; }
static inline int in_c_too(int n) { int table[] = { [1] = n, [0] = 5 }; return table[n & 1]; }
static inline __attribute__((__warn_unused_result__)) int must_check(void) { return 1; }
extern void leaves(void) __attribute__((__noreturn__));
extern int report(const char *format, ...) __attribute__((__format__(printf, 1, 2)));
#define REPORT(format, ...) report("prefix " format, ##__VA_ARGS__)
"""


@pytest.fixture
def inlines(host: HostBindings) -> HostBindings:
    """With <linux/inlines.h>"""
    host.write("kernel/linux/inlines.h", INLINES)
    return host


def test_inline_functions_are_inlined(inlines: HostBindings) -> None:
    """No call remains, with or without casts from void *."""
    inlines.write("m.cc", "#include <linux/inlines.h>\nint f(pair *p) { return sum_of(p) + by_cast(p); }\n")
    assert {name for name in symbols(inlines.compiled("m.cc")) if not name.startswith(".")} == {"_Z1fP4pair"}


VOID_ARITHMETIC = """\
static inline char at(void *p, long n) { return *(char *)(p + n); }
static inline const void *moved(const void *p, int n) { p += n; --p; p++; return n + p - 1; }
static inline long between(void *a, char *b) { const void *const c = a; return (void *)b - c; }
static inline void *deep(void *table[], int i) { return (table[i] + i) + i; }
static inline char *from_void(void *p) { char *q = p + 1; return q; }
static inline void *last(void) { static char text[3]; void *p = text; return ({ void *q = p; q + 1; }) + 1; }
"""


def test_inline_functions_that_compute_with_void_are_inlined(host: HostBindings) -> None:
    """In steps of a byte, as in C: none is called by way of C, but a difference by g++."""
    host.write("kernel/linux/moves.h", VOID_ARITHMETIC)
    host.write(
        "m.cc",
        """\
        #include <linux/moves.h>
        int main() {
        	char text[] = "0123456789";
        	void *table[] = {text, text + 3};
        	if (at(text, 4) != '4' || moved(text, 3) != text + 5 || between(text, text + 7) != 7)
        		return 1;
        	if (deep(table, 1) != text + 5 || from_void(text) != text + 1)
        		return 2;
        	return static_cast<char *>(last()) - static_cast<char *>(last()) != 0;
        }
        """,
    )
    made = host.compiled("m.cc")
    assert [name for name in symbols(made) if "kcxx_c" in name] == ["kcxx_c_between"] * host.cxx.startswith("g++")
    must(run(host.c, made, "-o", host.directory / "m"))
    must(run(host.directory / "m"))


def test_inline_function_that_cxx_refuses_is_called_in_c(one: HostBindings) -> None:
    """Only the one that is called: as the object's own function, by the C compiler."""
    one.write("kernel/linux/inlines.h", INLINES)
    one.write("m.cc", "#include <linux/inlines.h>\nint f(int n) { return in_c(n); }\nauto g() { return sizeof(in_c_too(1)); }\n")
    found = symbols(one.compiled("m.cc"))
    assert {name: kind for name, kind in found.items() if "in_c" in name} == {"kcxx_c_in_c": "t"}


def test_objects_with_the_same_wrapper_link(one: HostBindings) -> None:
    """And the wrapper does what the inline does."""
    one.write("kernel/linux/inlines.h", INLINES)
    one.write("m.cc", "#include <linux/inlines.h>\nint g(int n);\nint main() { return in_c(1) == 7 && in_c(0) == 0 && g(4) == 4 ? 0 : 1; }\n")
    one.write("n.cc", "#include <linux/inlines.h>\nint g(int n);\nint g(int n) { return in_c(n); }\n")
    program = one.directory / "program"
    must(run(one.cxx, "-o", program, one.compiled("m.cc"), one.compiled("n.cc")))
    must(run(program))


FORTIFIED = """\
#pragma once
extern long copy(char *to, unsigned long size);
extern long copy_in_c(char *to, unsigned long size) __asm__("copy");
extern void overflow(void);
extern inline __attribute__((__gnu_inline__)) __attribute__((__always_inline__)) long copy(char * const to, unsigned long size)
{
	unsigned long room = __builtin_object_size(to, 1);

	if (room < size)
		overflow();
	return copy_in_c(to, size);
}
struct names { char first[8], second[8]; };
"""


def test_size_of_what_a_parameter_points_at_is_known(host: HostBindings) -> None:
    """As in C: the member alone counts, and where the compiler knows it, no call remains; the function has an address."""
    host.write("kernel/linux/fortified.h", FORTIFIED)
    host.write("fits.cc", "#include <linux/fortified.h>\nlong f(names *n) { return copy(n->first, 8); }\nauto *g = copy;\n")
    host.write("long.cc", "#include <linux/fortified.h>\nlong f(names *n) { return copy(n->first, 9); }\n")
    assert {name for name, kind in symbols(host.compiled("fits.cc")).items() if kind == "U"} == {"copy"}
    assert {name for name, kind in symbols(host.compiled("long.cc")).items() if kind == "U"} == {"copy", "overflow"}


def test_struct_of_the_source_has_one_with_a_flexible_array_in_it(host: HostBindings) -> None:
    """As C takes it, with more behind; the array is where it was."""
    host.write("kernel/linux/frame.h", "#pragma once\nstruct frame { int length; char data[]; };\n")
    text = """\
        #include <linux/frame.h>
        struct ping {
            struct frame frame;
            char text[8];
        };
        char *f(ping *p) { return p->frame.data; }
        static_assert(sizeof(ping) == 12);
        """
    host.write("m.cc", text)
    host.compiled("m.cc", "-Wno-gnu-variable-sized-type-not-at-end")


@pytest.mark.parametrize(
    ("statement", "warning"),
    [
        ("must_check();", "unused"),
        ('report("%d", "text");', "format"),
        ('REPORT("%d", "text");', "format"),
        ('REPORT("%d", 3);', None),
        ("report(TEXT);", None),
        ("leaves();", None),
    ],
)
def test_attributes_of_functions_hold_in_cxx(statement: str, warning: str | None, inlines: HostBindings) -> None:
    """Each attribute warns or not as in C; noreturn takes the end of a function's need for a value."""
    inlines.write("m.cc", f'#include <linux/inlines.h>\n#define TEXT "x"\nint f(int n) {{ if (n) return 1; {statement} leaves(); }}\n')
    result = inlines.compile("m.cc", "-Wall", "-Wextra")
    assert result.returncode == 0, result.stderr
    assert ("warning:" in result.stderr) == (warning is not None), result.stderr
    assert warning is None or re.search(rf"\[-W{warning}", result.stderr), result.stderr


# _Generic

GENERIC = """\
#pragma once
typedef unsigned char u8;
struct a { int x; };
struct b { int y; };
extern int of_a(struct a *), of_const_a(const struct a *), of_others(long);
extern void reset_a(struct a *), reset_b(struct b *);
static inline struct b made_of(int y) { struct b b = { y }; return b; }
#define KIND(x) _Generic((x), u8: 1, int: 2, const char *: 3, default: 4)
#define NAME(x) _Generic((x), default: "other", int: "int")
#define CALL(p) _Generic((p), struct a *: of_a, const struct a *: of_const_a, default: of_others)(p)
#define RESET(p) _Generic((p), struct a *: reset_a((struct a *)(p)), struct b *: reset_b((struct b *)(p)))
#define MADE(x) _Generic((x), int: made_of(x), default: 3)
#define NESTED(x) _Generic(_Generic((x), int: 1L, default: 'a'), long: 10, default: 20)
struct sized { char n[_Generic(1, int: 3, default: 5)]; int bits : _Generic(1L, int: 3, default: 5); };
enum e { FIRST = _Generic(1L, long: 7, default: 1), SECOND };
static const int table[] = { _Generic((u8)1, u8: 9, default: 1) };
static inline int inlined(struct a *p) { return _Generic((p), struct a *: of_a(p), default: 0) + KIND(p->x); }
"""
GENERIC_USER = """\
#include <linux/generic.h>
static u8 reg;
extern int kinds[];
extern const char *names[], *text;
int kinds[] = {KIND(reg), KIND(text), KIND(1UL), NESTED(3), NESTED(3L), table[0], SECOND};
const char *names[] = {NAME(2), NAME(2L)};
static_assert(KIND(3) == 2 && sizeof(sized) == 4);
int array[KIND(3)];
int f(a *p, const a *q, b *r, int n)
{
	RESET(p);
	RESET(r);
	struct b made = MADE(n);
	return CALL(p) + CALL(q) + CALL(3L) + inlined(p) + made.y + MADE(3L);
}
"""


def test_generic_selection_is_that_of_c(host: HostBindings) -> None:
    """At file scope, as a constant, of functions, values and void; one alternative is called, and no other."""
    host.write("kernel/linux/generic.h", GENERIC)
    host.write("m.cc", GENERIC_USER)
    object_file = host.compiled("m.cc")
    assert {name for name, kind in symbols(object_file).items() if kind == "U"} == {"of_a", "of_const_a", "of_others", "reset_a", "reset_b"}
    calls = re.findall(r"R_\w+\s+(\w+)-0x4$", must(run("objdump", "-dr", "-j", ".text", object_file)), re.M)
    assert calls == ["reset_a", "reset_b", "of_a", "of_const_a", "of_others", "of_a"]
    host.write("kinds.c", GENERIC_USER.split("static_assert")[0])
    must(run(host.c, "-O2", f"-I{host.directory}/kernel", "-c", "-o", host.directory / "c.o", host.directory / "kinds.c"))
    assert data_of(object_file, "kinds") == data_of(host.directory / "c.o", "kinds")


def data_of(binary: Path, name: str) -> str:
    """The bytes of a variable, as objdump has them"""
    size = int(next(line.split()[1] for line in must(run("nm", "-S", binary)).splitlines() if line.endswith(f" {name}")), 16)
    text = must(run("objdump", "-s", "-j", ".data", binary))
    return "".join(re.findall(r"^ \w+ ((?:\w+ ?){1,4}) ", text, re.M)).replace(" ", "")[: 2 * size]

GNU_INLINE = """\
#pragma once
#define inline inline __attribute__((__gnu_inline__))
struct ops { int (*run)(int n); };
static inline int run_none(int n) { return 0; }
static inline int defined_in_source(int n);
"""


def test_static_inline_whose_address_alone_is_used_is_in_the_object(host: HostBindings) -> None:
    """Though the kernel's inline functions are GNU's; and a source defines one that a header of C declares."""
    host.write("kernel/linux/ops.h", GNU_INLINE)
    host.write("m.cc", "#include <linux/ops.h>\nextern const ops table;\nconst ops table = { .run = run_none };\n"
        "static inline int defined_in_source(int n) { return n + 1; }\nint f(int n) { return defined_in_source(n); }\n")  # fmt: skip
    assert {name for name, kind in symbols(host.compiled("m.cc")).items() if kind == "U"} == set()


def test_struct_that_an_inline_counts_in_is_whole(host: HostBindings) -> None:
    """Though no member of it is named."""
    host.write("kernel/linux/pages.h", "struct page { long flags[4]; };\nextern struct page *first;\n"
        "static inline long number_of(const struct page *page) { return page - first; }\n")  # fmt: skip
    host.write("m.cc", "#include <linux/pages.h>\nlong f(page *p) { return number_of(p); }\n")
    host.compiled("m.cc")


IN_C = """\
#pragma once
#define DEFINE_PROBE(name) \\
	int probe_##name(void *data) { return data != 0; } \\
	int (*probes_##name)(void *) = probe_##name; \\
	struct probe probe_of_##name __attribute__((__used__, __section__("probes"))) = { "p->" #name, (void *)probe_##name }; \\
	asm(".globl of_assembly_" #name "\\nof_assembly_" #name ":");
struct probe { const char *name; void *call; };
static const int table[] = { 1, 2 };
extern __typeof__(table) alias_of_table __attribute__((unused, alias("table")));
static inline int unused(void *p) { char *q = p; return *q; }
#ifdef CREATE_PROBES
DEFINE_PROBE(one)
#endif
extern int probe_one(void *data);
extern int (*probes_one)(void *);
"""


def test_definitions_of_headers_are_compiled_as_c(host: HostBindings) -> None:
    """Once, named by the source or not: what CREATE_TRACE_POINTS makes, and aliases for modpost."""
    host.write("kernel/linux/probes.h", IN_C)
    host.write("m.cc", "#define CREATE_PROBES\n#include <linux/probes.h>\nint f() { return probe_one(nullptr) + (probes_one != nullptr); }\n")
    found = symbols(host.compiled("m.cc"))
    defined = {"probe_one", "probes_one", "probe_of_one", "of_assembly_one", "alias_of_table"}
    assert defined <= {name for name, kind in found.items() if kind not in "Uu"}
    assert not {name for name, kind in found.items() if kind == "U"}


def test_object_without_definitions_of_headers_has_no_c(one: HostBindings) -> None:
    """Declarations of them leave the object as it is."""
    one.write("kernel/linux/probes.h", IN_C.replace("extern __typeof__(table)", "//"))
    one.write("m.cc", "#include <linux/probes.h>\nint f() { return probe_one(nullptr); }\n")
    assert {name for name, kind in symbols(one.compiled("m.cc")).items() if kind == "U"} == {"probe_one"}


# Macros

MACROS = """\
#pragma once
#define NULL ((void *)0)
#define PTR_IF(cond, ptr) ((cond) ? (ptr) : NULL)
struct ops { int (*run)(int n); void *data; };
#define DEFINE_OPS(name, fn) struct ops name = { .run = PTR_IF(1, fn) }
struct item { int number; };
extern void *first_of(void *list);
extern void *next_of(void *list, void *item);
#define for_each_item(pos, list) for (pos = first_of(list); pos; pos = next_of(list, pos))
#define while_each_item(pos, list) while ((pos = next_of(list, pos)) != NULL)
struct device { struct { int number; } inner; int late; int early; };
#define number_in inner.number
#define READ(device, member) ((device)->member)
#define BOTH(l, e) { .early = (e), .late = (l) }
struct lock { union { int count; char bytes[4]; }; int wait; };
#define LOCK_UNLOCKED { { .count = 1, }, .wait = 2 }
#define typecheck(type, x) ({ type a; __typeof__(x) b; (void)(&a == &b); 1; })
#define FLAG_FAST 1
#define __force
#define __rcu
#define read_once(p) ({ __typeof__(*(p)) *kept = (__typeof__(*(p)) *__force)(p); ((__typeof__(*(p)) __force __rcu *)(kept)); })
#define publish(p, v) do { (p) = (__typeof__(*(v)) __force __rcu *)(v); } while (0)
#define CONFIG_UPDATE 8
"""
USES_OF_MACROS = {
    "null-in-a-choice": "DEFINE_OPS(none, NULL); int f() { return none.run == NULL; }",
    "loop-of-void-pointers": "int f(void *list) { int n = 0; struct item *i; for_each_item(i, list) n += i->number; "
        "while_each_item(i, list) n++; return n; }",
    "member-of-a-member": "int f(device *d) { return d->number_in; }",
    "member-as-argument": "int f(device *d) { return READ(d, late); }",
    "designators-without-a-type": "device d[] = { BOTH(1, 2) }; int f() { return d[0].late; }",
    "unnamed-member-first": "lock l = LOCK_UNLOCKED; int f() { return l.count; }",
    "type-of-a-constant": "int f() { const int n = 1; return typecheck(int, n); }",
    "pointer-to-what-it-points-at": "void *v; item *i; int *f() { publish(i, NULL); publish(v, i); return static_cast<int *>(read_once(v)) "
        "+ read_once(i)->number; }",
    "names-pasted-by-the-source": "#define FLAG(x) FLAG_##x\nint f() { return FLAG(FAST); }",
    "macro-called-as-an-option": "int f() { return CONFIG_UPDATE; }",
}  # fmt: skip


@pytest.mark.parametrize("use", [*USES_OF_MACROS])
def test_macro_of_c_is_taken_by_cxx(use: str, host: HostBindings) -> None:
    """C++ takes a macro in which C converts a void * or an enumerator, or has designators in any order."""
    host.write("kernel/linux/macros.h", MACROS)
    host.write("m.cc", f"#include <linux/macros.h>\n{USES_OF_MACROS[use]}\n")
    host.compiled("m.cc")


def test_macro_of_c_takes_no_other_type(one: HostBindings) -> None:
    """The loop converts a void *, and no pointer to something else."""
    one.write("kernel/linux/macros.h", MACROS.replace("extern void *first_of", "extern char *first_of"))
    one.write("m.cc", f"#include <linux/macros.h>\n{USES_OF_MACROS['loop-of-void-pointers']}\n")
    assert re.search("(cannot convert|invalid conversion).*item", one.compile("m.cc").stderr)


# Bindings are made anew

LIST = """\
#pragma once
#ifdef CONFIG_OTHER_NODES
struct node { long number; int value; struct node *next; };
#else
struct node { int value; struct node *next; };
#endif
struct other { int more; };
extern int count(struct node *);
"""
USER = "#include <linux/node.h>\nint first(node *n);\nint first(node *n) { return n->value; }\n"


@pytest.fixture
def made(one: HostBindings) -> HostBindings:
    """Two sources that include one header, compiled"""
    one.write("kernel/linux/node.h", LIST)
    one.write("kernel/autoconf.h", "")
    one.c_flags = ["-include", f"{one.directory}/kernel/autoconf.h"]
    for name in ("m.cc", "n.cc"):
        one.write(name, USER)
        one.compiled(name)
    return one


def dates(host: HostBindings) -> dict[str, int]:
    """When which file of the bindings was made"""
    folder = host.directory / ".kcxx/bindings"
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def changed(host: HostBindings, *names: str) -> set[str]:
    """The first folders or files of the bindings that are other ones when all of @names have been compiled"""
    before = dates(host)
    for name in names:
        host.compiled(name)
    after = dates(host)
    return {name.split("/")[0].replace(".declarations", ".*").replace(".contents", ".*") for name in after if after[name] != before.get(name)}


def test_unchanged_source_makes_nothing_anew(made: HostBindings) -> None:
    assert changed(made, "m.cc", "n.cc") == set()


def test_edit_that_names_nothing_new_makes_nothing_anew(made: HostBindings) -> None:
    """Another body, a comment, another string"""
    made.write("m.cc", USER.replace("return n->value", 'return n->value + 3 /* other */ + "next"[0]'))
    assert changed(made, "m.cc", "n.cc") == set()


def test_edit_that_names_something_new_makes_that_sources_bindings_anew(made: HostBindings) -> None:
    """And of those no more than the choice: the declarations are read once."""
    made.write("m.cc", USER.replace("return n->value", "return count(n) + sizeof(struct other)"))
    assert changed(made, "m.cc", "n.cc") == {"m.cc.o"}
    assert "count" not in made.header("n.cc")


def same_date(path: Path, text: str) -> None:
    """Other contents, as of the same moment"""
    status = path.stat()
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def change_header(host: HostBindings) -> None:
    same_date(host.directory / "kernel/linux/node.h", LIST.replace("int value", "long before, value"))


def change_included_header(host: HostBindings) -> None:
    same_date(host.directory / "kernel/linux/node.h", LIST.replace("#pragma once", "#pragma once\n#define NEW 1"))


def change_c_flags(host: HostBindings) -> None:
    host.c_flags = [*host.c_flags, "-fpack-struct=1"]
    host.cxx_flags = ["-fpack-struct=1"]


def change_cxx_flags(host: HostBindings) -> None:
    host.cxx_flags = ["-fno-exceptions"]


def change_c_compiler(host: HostBindings) -> None:
    host.c = "clang-19"


def upgrade_c_compiler(host: HostBindings) -> None:
    host.c_version = "12.3.0"


def upgrade_cxx_compiler(host: HostBindings) -> None:
    host.cxx_flags = ["-D__KCXX_CXX_VERSION=12.3.0"]


def change_cxx_compiler(host: HostBindings) -> None:
    host.cxx = "clang++-19"


def change_configuration(host: HostBindings) -> None:
    same_date(host.directory / "kernel/autoconf.h", "#define CONFIG_OTHER_NODES 1\n")


@pytest.mark.parametrize(
    "change",
    [
        change_header, change_included_header, change_configuration, change_c_flags, change_cxx_flags, change_c_compiler,
        change_cxx_compiler, upgrade_c_compiler, upgrade_cxx_compiler,
    ],
)
def test_changed_input_makes_bindings_anew(change: Callable[[HostBindings], None], made: HostBindings) -> None:
    """The result is that of a first build."""
    change(made)
    assert "m.cc.o" in changed(made, "m.cc")
    again, second = made.header("m.cc"), sections(made.directory / "m.cc.o")
    shutil.rmtree(made.directory / ".kcxx")
    assert sections(made.compiled("m.cc")) == second
    assert made.header("m.cc") == again


@pytest.mark.every
def test_changed_kcxx_makes_bindings_anew(made: HostBindings, tmp_path: Path) -> None:
    """Each of its programs counts."""
    made.kbuild = tmp_path / "kbuild"
    shutil.copytree(REPOSITORY / "kbuild", made.kbuild)
    assert changed(made, "m.cc") <= {"m.cc.o"}
    programs = sorted((made.kbuild / "bindgen").iterdir())
    assert {".awk", ".sh", ".hpp"} <= {program.suffix for program in programs}
    dependencies = (made.directory / "m.cc.d").read_text("utf-8")
    assert [program.name for program in programs if str(program) not in dependencies] == []
    for program in programs:
        made.compiled("m.cc")
        with program.open("a", encoding="utf-8") as text:
            text.write("// changed\n" if program.suffix == ".hpp" else "# changed\n")
        assert "m.cc.o" in changed(made, "m.cc"), program.name


def test_header_that_comes_to_be_makes_bindings_anew(made: HostBindings) -> None:
    """One that a condition asks for, beside the source or in a header of C, and one that is found before another"""
    made.write("hw.h", '#pragma once\n#include <linux/node.h>\n#include "part.h"\n')
    made.write("second/part.h", "struct part { int number; };\n")
    made.write("o.cc", '#include "hw.h"\n#if __has_include("optional.h")\n#define CONFIG_OTHER_NODES 1\n#endif\n#include <linux/late.h>\npart p; late l;\n')
    made.write("kernel/linux/late.h", "#ifdef CONFIG_OTHER_NODES\nstruct late { long number; };\n#else\nstruct late { char c; };\n#endif\n")
    folders = [f"-I{made.directory}/first", f"-I{made.directory}/second"]
    made.compiled("o.cc", *folders)
    assert "sizeof(struct late) == 1" in made.header("o.cc")
    made.write("optional.h", "")
    made.compiled("o.cc", *folders)
    assert "sizeof(struct late) == 8" in made.header("o.cc")
    made.write("first/part.h", "struct part { long number; };\n")
    made.compiled("o.cc", *folders)
    assert "sizeof(struct part) == 8" in made.header("o.cc")


def test_dependencies_are_the_headers_of_c(made: HostBindings) -> None:
    """make and Ninja know what the bindings were made of, and none of the files in between."""
    text = (made.directory / "m.cc.d").read_text("utf-8").replace("\\\n", " ")
    names = text.split(":", 1)[1].split()
    assert str(made.directory / "kernel/linux/node.h") in names
    assert str(made.directory / "m.cc") in names
    assert [name for name in names if "/.kcxx/" in name] == []
    assert [name for name in names if not Path(name).exists()] == []


def test_builds_at_once_share_what_they_make(one: HostBindings) -> None:
    """Each gets whole files, whichever comes first."""
    with_constructs(one)
    names = [f"user{number}.cc" for number in range(6)]
    for name in names:
        shutil.copy(MODULES / "constructs.cc", one.directory / name)
    commands = {name: one.command(name) for name in names}
    started = [
        subprocess.Popen(command, env=os.environ | one.environment(name), stderr=subprocess.PIPE, text=True)
        for name, command in commands.items()
    ]
    assert [(process.communicate()[1], process.returncode) for process in started] == [("", 0)] * len(names)
    indices = [name for name in dates(one) if name.endswith(".declarations")]
    assert len(indices) == 1
    assert len({sections(one.directory / f"{name}.o") for name in names}) == 1


def test_builds_at_once_of_one_object_do_not_disturb_each_other(one: HostBindings) -> None:
    """Builds of the same directory, from nothing and from what is there, make the same object."""
    with_constructs(one)
    command, env = one.command("constructs.cc"), os.environ | one.environment("constructs.cc")
    for _ in range(3):
        started = [subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) for _ in range(3)]
        assert [(process.communicate()[1], process.returncode) for process in started] == [("", 0)] * 3
        (one.bindings("constructs.cc") / "key").write_text("another")
    assert "sizeof(struct" in one.header("constructs.cc")


def test_object_is_the_same_in_another_directory(tmp_path: Path) -> None:
    """Byte for byte, but for the debug information, which names the directory."""
    results = []
    for place in ("here", "somewhere/else"):
        (tmp_path / place).mkdir(parents=True)
        host = with_constructs(HostBindings(tmp_path / place, *COMPILERS[0]))
        results.append((sections(host.compiled("constructs.cc")), host.header("constructs.cc").replace(str(host.directory), "")))
    assert results[0] == results[1]


# The project's own headers of C

OWN = """\
/* of the hardware */
#ifndef HW_H
#define HW_H
#include <linux/node.h>
struct hw { struct node *new; unsigned flags : 3; int class; };
static inline struct hw *hw_of(void *p) { struct hw *h = p; return h; }
#define HW_FLAG 5
#endif
"""
OWN_USER = '#include "hw.h"\nint flags(void *p);\nint flags(void *p) { return hw_of(p)->flags + hw_of(p)->new_->value + HW_FLAG; }\n'


@pytest.fixture
def own(made: HostBindings) -> HostBindings:
    """With a header of C beside the source"""
    made.write("hw.h", OWN)
    made.write("o.cc", OWN_USER)
    return made


def test_own_header_of_c_is_one_of_the_kernels(own: HostBindings) -> None:
    """Its structs are C's, and asserted; its inline functions are inlined."""
    assert {name for name, kind in symbols(own.compiled("o.cc")).items() if kind in "TU"} == {"_Z5flagsPv"}
    assert 'sizeof(struct hw) == 16, "kcxx: C has another size of struct:hw"' in own.header("o.cc")


def test_own_header_is_found_in_other_folders(own: HostBindings) -> None:
    """By -I, and beside a header that includes it"""
    (own.directory / "include").mkdir()
    (own.directory / "hw.h").rename(own.directory / "include/hw.h")
    own.write("include/user.hpp", '#pragma once\n#include "hw.h"\n')
    own.write("p.cc", OWN_USER.replace('"hw.h"', "<user.hpp>"))
    own.compiled("o.cc", f"-I{own.directory}/include")
    own.compiled("p.cc", f"-I{own.directory}/include")


def test_changed_own_header_makes_bindings_anew(own: HostBindings) -> None:
    own.compiled("o.cc")
    same_date(own.directory / "hw.h", OWN.replace("int class;", "int class, more;"))
    assert "o.cc.o" in changed(own, "o.cc")
    assert "sizeof(struct hw) == 24" in own.header("o.cc")
    assert str(own.directory / "hw.h") in (own.directory / "o.cc.d").read_text("utf-8")


def test_header_for_c_and_cxx_is_taken_as_it_is(own: HostBindings) -> None:
    """One that knows __cplusplus"""
    own.write("hw.h", '#ifndef HW_H\n#define HW_H\n#ifdef __cplusplus\nextern "C" {\n#endif\nint motor(int);\n#ifdef __cplusplus\n}\n#endif\n#endif\n')
    own.write("o.cc", '#include <linux/node.h>\n#include "hw.h"\nint f(node *n) { return motor(n->value); }\n')
    assert symbols(own.compiled("o.cc"))["motor"] == "U"
    assert "motor" not in own.header("o.cc")


ONCE = OWN.replace("#ifndef HW_H\n#define HW_H", "#pragma once").replace("#endif\n", "") + (
    '#include "registers.h"\n#if LEVEL_OF_NODES < 3\n#error another list\n#endif\n#ifndef VARIANT\n#error no variant\n#endif\n#ifndef LEVEL\n#define LEVEL 1\n#endif\n'
)
REGISTERS = "#pragma once\nstruct registers { int control; };\nint motor(int speed);\n"
ONCE_USER = """\
    #define VARIANT 2
    #include "registers.h"
    #include "hw.h"
    #include "user.hpp"
    int flags(void *p);
    int flags(void *p) { return hw_of(p)->flags + hw_of(p)->new_->value + HW_FLAG + LEVEL + used(registers{.control = motor(1)}); }
    """


def with_once(host: HostBindings) -> HostBindings:
    """With headers of C that have no guard, one of which another header of C++ includes as well"""
    host.write("kernel/linux/node.h", f"{LIST}#define LEVEL_OF_NODES 3\n")
    host.write("registers.h", REGISTERS)
    host.write("user.hpp", '#pragma once\n#include "registers.h"\ninline int used(const registers &r) { return r.control; }\n')
    host.write("o.cc", ONCE_USER)
    return host


@pytest.mark.parametrize("text", [ONCE, ONCE.replace("#pragma once\n", "")], ids=["pragma", "no guard"])
def test_own_header_of_c_needs_no_guard(text: str, host: HostBindings) -> None:
    """Its conditions are C's, and its macros; those of the command line stay. What it includes is C as well."""
    with_once(host).write("hw.h", text)
    assert {name for name, kind in symbols(host.compiled("o.cc", "-DLEVEL=7")).items() if kind in "TU"} == {"_Z5flagsPv", "motor"}
    assert 'sizeof(struct hw) == 16, "kcxx: C has another size of struct:hw"' in host.header("o.cc")
    assert str(host.directory / "hw.h") in (host.directory / "o.cc.d").read_text("utf-8")


@pytest.mark.parametrize("text", [OWN, ONCE, ONCE.replace("#pragma once\n", "")], ids=["guard", "pragma", "no guard"])
def test_header_of_c_may_be_included_by_an_option(text: str, host: HostBindings) -> None:
    """As the kernel's, and before the source's own lines; the source may include it once more."""
    with_once(host).write("hw.h", text)
    host.write("p.cc", "int level(void *p);\nint level(void *p) { return hw_of(p)->class_ + HW_FLAG; }\n")
    host.write("q.cc", '#include "hw.h"\nint level(void *p);\nint level(void *p) { return hw_of(p)->class_; }\n')
    host.compiled("p.cc", "-DVARIANT=2", "-include", f"{host.directory}/hw.h")
    if text.startswith("#pragma") or text == OWN:
        host.compiled("q.cc", "-DVARIANT=2", "-include", f"{host.directory}/hw.h")
    assert "sizeof(struct hw) == 16" in host.header("p.cc")


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("/* of", "\ufeff/* of")], ids=["CRLF", "BOM"])
@pytest.mark.parametrize("text", [OWN, ONCE], ids=["guard", "pragma"])
def test_header_of_c_may_have_other_bytes(text: str, change: tuple[str, str], one: HostBindings) -> None:
    """Line ends of another system, and a byte order mark; and it may be included by two paths."""
    with_once(one)
    (one.directory / "sub").mkdir()
    (one.directory / "hw.h").write_bytes(text.replace(*change).encode())
    one.write("o.cc", ONCE_USER.replace('#include "hw.h"', '#include "hw.h"\n    #include "sub/../hw.h"').replace("+ LEVEL", ""))
    one.compiled("o.cc")
    assert "sizeof(struct hw) == 16" in one.header("o.cc")


def test_kernel_header_may_be_included_by_an_option(host: HostBindings) -> None:
    """By its own name, or by a header of the project's that C++ reads"""
    host.write("kernel/linux/node.h", LIST)
    host.write("compat.h", "#include <linux/node.h>\n")
    host.write("m.cc", "int first(node *n);\nint first(node *n) { return n->value; }\n")
    host.compiled("m.cc", "-include", "linux/node.h")
    host.compiled("m.cc", "-include", f"{host.directory}/compat.h")


def test_changed_header_of_an_option_makes_bindings_anew(made: HostBindings) -> None:
    made.write("hw.h", OWN)
    made.write("o.cc", "int level(void *p);\nint level(void *p) { return hw_of(p)->class_; }\n")
    made.compiled("o.cc", "-include", f"{made.directory}/hw.h")
    same_date(made.directory / "hw.h", OWN.replace("int class;", "int class, more;"))
    made.compiled("o.cc", "-include", f"{made.directory}/hw.h")
    assert "sizeof(struct hw) == 24" in made.header("o.cc")


def test_macros_of_an_option_are_macros_for_c(made: HostBindings) -> None:
    """-imacros of the project"""
    made.write("configuration.h", "#define CONFIG_OTHER_NODES 1\n")
    made.compiled("m.cc", "-imacros", f"{made.directory}/configuration.h")
    assert "offsetof(struct node, number)" in made.header("m.cc")


def test_bindings_are_the_same_by_each_awk(one: HostBindings) -> None:
    """Byte for byte: what a machine has as awk changes nothing."""
    with_constructs(one)
    results = set()
    names = ("mawk", "gawk", "busybox awk", "original-awk")
    awks = [shutil.which(name.split()[0]) + name.removeprefix(name.split()[0]) for name in names if shutil.which(name.split()[0])]
    for awk in awks:
        shutil.rmtree(one.directory / ".kcxx", ignore_errors=True)
        for name in ("awk", "mawk"):
            program = one.write(f"bin/{name}", f'#!/bin/sh\n: > "{one.directory}/called"\nexec {awk} "$@"\n')
            program.chmod(0o755)
        result = one.compile("constructs.cc", env={"PATH": f"{program.parent}:{os.environ['PATH']}"})
        (one.directory / "called").unlink()
        assert must(result) + result.stderr == ""
        results.add(one.header("constructs.cc"))
    assert len(awks) > 1
    assert len(results) == 1


# Bad input


def refused(host: HostBindings, source: str, *phrases: str) -> str:
    """The errors about the source, with all of @phrases in them"""
    host.write("m.cc", source)
    result = host.compile("m.cc")
    assert result.returncode != 0
    text = result.stdout + result.stderr
    assert [phrase for phrase in phrases if phrase not in text] == [], text
    return text


@pytest.fixture
def headers(one: HostBindings) -> HostBindings:
    """With some headers"""
    one.write("kernel/linux/node.h", LIST)
    one.write("kernel/linux/needs.h", "static inline int more(void) { return sizeof(struct node) + not_declared(3); }\ntypeof(wrong) x;\n")
    one.write("kernel/linux/order.h", "#ifndef FIRST\n#error include <linux/first.h> first\n#endif\n")
    one.write("kernel/linux/loop.h", "#define A B\n#define B A\n#define CALLS(x) CALLS((x) + 1)\nextern int (CALLS)(int), after_loop;\n")
    one.write("kernel/linux/twice_named.h", "struct twice_named { int other; };\n")
    one.write("kernel/linux/twice.h", "struct node { int other; };\n")
    return one


@pytest.mark.parametrize("beside", ["", "#include <linux/node.h>\n"], ids=["alone", "beside another"])
def test_missing_header_is_named(beside: str, headers: HostBindings) -> None:
    refused(headers, f"{beside}#include <linux/none_such.h>\n", "linux/none_such.h")


@pytest.mark.parametrize(
    ("source", "phrases"),
    [
        ("#include <linux/needs.h>\nint y = more() + x;\n", ("wrong", "needs.h", "include it first")),
        ("#include <linux/order.h>\n", ("include <linux/first.h> first",)),
        ("#include <linux/node.h>\n#include <linux/twice.h>\nnode n;\n", ("redefinition of 'struct node'", "twice.h")),
        ("#include <linux/node.h>\nint x = none_such();\n", ("none_such", "m.cc:2:")),
        ("#include <linux/node.h>\nnode x = {.none_such = 1};\n", ("none_such", "m.cc:2:")),
    ],
    ids=["needs another", "#error", "defined twice", "unknown name", "unknown member"],
)  # fmt: skip
def test_what_c_refuses_says_what_to_do(source: str, phrases: tuple[str, ...], headers: HostBindings) -> None:
    refused(headers, source, *phrases)


GUARDED = "#ifndef HW_H\n#define HW_H\n#include <linux/node.h>\n{}\n#endif\n"
BAD = {
    "missing header": ({"m.cc": '#include <linux/node.h>\n#include "missing.h"\n'}, ("m.cc:2", "missing.h", "this header is not there")),
    "missing header of the library": ({"m.cc": "#include <linux/node.h>\n#include <kernel/none.hpp>\n"}, ("m.cc:2", "this header is not there")),
    "missing header in another": (
        {"m.cc": '#include "user.hpp"\n#include <linux/node.h>\n', "user.hpp": '#pragma once\n#include <missing.h>\n'}, ("user.hpp:2",)
    ),
    "missing header in one of C": (
        {"m.cc": '#include "hw.h"\n', "hw.h": GUARDED.format('#include "gone.h"')},
        ("a header that is included is not there", '#include "gone.h" in ', "hw.h:4", "target_include_directories()"),
    ),
    "missing kernel header in one of C": (
        {"m.cc": '#include "hw.h"\n', "hw.h": GUARDED.format("#include <linux/gone.h>")},
        ("this kernel has no such header", "found:  #include <linux/gone.h>", "#if __has_include(<linux/gone.h>)"),
    ),
    "header that C refuses": (
        {"m.cc": '#include "hw.h"\nhw x;\n', "hw.h": GUARDED.format("struct hw { unknown_type a; };")},
        ("C refuses a header of the project", "hw.h:4: unknown type name", "name it hw.hpp"),
    ),
    "header of C++ that is taken for C": (
        {"m.cc": '#include "hw.h"\nhw x;\n', "hw.h": GUARDED.format("struct hw { int a; int twice() { return 2 * a; } };")},
        ("C refuses a header of the project", "name it hw.hpp, if it is C++"),
    ),
    "#error in one of C": (
        {"m.cc": '#include "hw.h"\n', "hw.h": GUARDED.format("#error first.h comes first")},
        ("a header refuses to be included here", "found:  #error first.h comes first"),
    ),
    "header that includes itself": (
        {"m.cc": '#include "a.h"\n', "a.h": '#include <linux/node.h>\n#include "b.h"\n', "b.h": '#include "a.h"\n'},
        ("a header includes itself", "#pragma once as its first line"),
    ),
    "condition without an end": ({"m.cc": "#include <linux/node.h>\n#ifdef X\nnode n;\n"}, ("m.cc:2:", "unterminated")),
}  # fmt: skip


@pytest.mark.parametrize("compilers", COMPILERS[:2], ids=["GCC", "Clang"])
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_by_its_place(name: str, compilers: tuple[str, str], tmp_path: Path) -> None:
    """Each error is in a file that the user wrote."""
    host = HostBindings(tmp_path, *compilers)
    host.write("kernel/linux/node.h", LIST)
    files, phrases = BAD[name]
    for file, text in files.items():
        host.write(file, text)
    result = host.compile("m.cc")
    assert result.returncode != 0
    assert [phrase for phrase in phrases if phrase not in result.stderr] == [], result.stderr
    assert "bindings.hpp" not in result.stderr


def test_errors_in_bindings_have_the_librarys_advice(host: HostBindings) -> None:
    """A header of the standard library that a module cannot use, beside the kernel's"""
    host.write("kernel/linux/node.h", LIST)
    host.write("m.cc", "#include <linux/node.h>\n#include <no_such_standard_header.h>\n")
    host.write("n.cc", "#include <linux/node.h>\n#include <sys/wait_for_nothing.h>\n")
    assert "m.cc:2: kcxx: this header is not there" in host.compile("m.cc").stderr
    assert "n.cc:2: kcxx: a module reads and writes no files" in host.compile("n.cc").stderr


WORKS = {
    "header that may be missing": "#if __has_include(<linux/none_such.h>)\n#include <linux/none_such.h>\nint x = unknown;\n#endif\n",
    "header that is there, and not included": "#if !__has_include(<linux/node.h>) || __has_include(<linux/none_such.h>)\n#error\n#endif\n",
    "inside of extern C": 'extern "C" {\n#include <linux/node.h>\n}\nextern "C"\n{\n#include <linux/twice_named.h>\n}\nnode n;\n',
    "header in a false #if": "#include <linux/node.h>\n#if 0\n#include <linux/order.h>\n#endif\nnode n;\n",
    "macros that name each other": "#include <linux/loop.h>\nint B = after_loop, y = CALLS(3);\n",
    "header named by a macro": '#define HEADER "linux/node.h"\n#include HEADER\nnode n;\n',
    "header twice": "#include <linux/node.h>\n#include <linux/node.h>\nnode n;\n",
    "raw strings": '#include <linux/node.h>\nauto *s = R"x(" // /* )" )x"; node n;\n',
    "comments in a string": '#include <linux/node.h>\nconst char *s = "// /*"; node n;\n',
    "no macro and no struct": "#include <linux/loop.h>\nint x = after_loop;\n",
    "only a macro": "#include <linux/loop.h>\n#ifndef A\n#error no A\n#endif\n",
    "comment before the directive": "/* list */ #include <linux/node.h>\nnode n;\n",
    "nothing": "#include <linux/node.h>\n",
    "macro of the source": "#define FIRST\n#include <linux/order.h>\nint x;\n",
    "members in a lambda": "#include <linux/node.h>\nauto f = [](auto *n) { return n->next->value; }; int g(node *n) { return f(n); }\n",
    "continued lines": "#include \\\n<linux/node.h>\nno\\\nde n;\n",
}


@pytest.mark.parametrize(("name", "ends"), [*itertools.product(WORKS, ["\n"]), ("raw strings", "\r\n"), ("continued lines", "\r\n")])
def test_unusual_source_works(name: str, ends: str, headers: HostBindings) -> None:
    """With lines that end as on another system as well"""
    (headers.directory / "m.cc").write_bytes(WORKS[name].replace("\n", ends).encode())
    headers.compiled("m.cc")


def test_byte_order_mark_is_no_obstacle(headers: HostBindings) -> None:
    (headers.directory / "m.cc").write_bytes(b"\xef\xbb\xbf#include <linux/node.h>\nnode n;\n")
    headers.compiled("m.cc")


# Unknown names

DECLARED = {
    "delay": "#pragma once\nextern void msleep(unsigned int milliseconds);\nextern void mdelay(unsigned int milliseconds);\n",
    "mutex": "#pragma once\nstruct mutex { int owner; };\n#define DEFINE_MUTEX(name) struct mutex name\nextern void mutex_lock(struct mutex *m);\n",
    "pci": "#pragma once\nstruct pci_dev { int vendor; };\n#ifdef CONFIG_PCI\nextern int pci_vendor(struct pci_dev *d);\n#endif\n",
    "list": "#pragma once\nstruct pci_dev;\nstruct list_head { struct list_head *next; };\n",
    "module": "#pragma once\n#define MODULE_LICENSE(text)\n",
    "platform": "#pragma once\nstruct platform_device { int id; };\nextern int pdev(int), mutex_of_another_header;\n",
}
UNKNOWN = {
    "function": ("void f() { msleep(3); }", [("a header that declares msleep is not included", "delay")]),
    "function by its scope": ("void f() { ::msleep(3); }", [("a header that declares msleep is not included", "delay")]),
    "functions of one header": ("void f() { msleep(3); mdelay(4); }", [("a header that declares msleep is not included", "delay")]),
    "names of two headers": (
        "void f() { msleep(3); }\nint g(platform_device *d);",
        [("a header that declares msleep is not included", "delay"), ("a header that declares platform_device is not included", "platform")],
    ),
    "type, and what follows from it": (
        "int f(platform_device &pdev);", [("a header that declares platform_device is not included", "platform")]
    ),
    "macro at file scope": ('MODULE_LICENSE("GPL");', [("a header that declares MODULE_LICENSE is not included", "module")]),
    "macro behind a word": ("static DEFINE_MUTEX(mutex_of_another_header);", [("a header that declares DEFINE_MUTEX is not included", "mutex")]),
    "class of the library": ("int f(Node &node);", [("a header that declares kernel::Node is not included", None)]),
    "member of an unknown class": ("struct P { void f() { timer.start(); } Timer<&P::f> timer{}; };", [("a header that declares kernel::Timer is not included", None)]),
    "member that a class has not": ("int f(list_head &list) { return list.pdev; }", []),
    "member": ("int f(struct pci_dev *d) { return d->vendor; }", [("a header that declares pci_dev is not included", "pci")]),
    "value": ("struct pci_dev d;", [("a header that declares pci_dev is not included", "pci")]),
    "size": ("int n = sizeof(struct pci_dev);", [("a header that declares pci_dev is not included", "pci")]),
    "size in a function": (
        "int f() { return sizeof(struct platform_device); }", [("a header that declares platform_device is not included", "platform")]
    ),
    "option": ("#include <linux/pci.h>\nint f(pci_dev *d) { return pci_vendor(d); }", [("this kernel is configured without pci_vendor", "")]),
    "nowhere": ("void f() { nowhere(3); }", []),
}  # fmt: skip


@pytest.mark.parametrize("compilers", COMPILERS[:2], ids=["GCC", "Clang"])
@pytest.mark.parametrize("case", UNKNOWN)
def test_unknown_name_is_explained_once(case: str, compilers: tuple[str, str], tmp_path: Path) -> None:
    """By the header that declares it, and by nothing else: neither by what follows from it, nor by what the library has."""
    host = HostBindings(tmp_path, *compilers)
    for name, text in DECLARED.items():
        host.write(f"kernel/linux/{name}.h", text)
    source, expected = UNKNOWN[case]
    host.write("m.cc", f"#include <linux/list.h>\n{source}\n")
    result = host.compile("m.cc")
    assert result.returncode != 0
    assert re.findall(r": kcxx: (.*)$", result.stderr, re.M) == [what for what, _ in expected], result.stderr
    assert [name for _, name in expected if name and f"fix:    #include <linux/{name}.h>" not in result.stderr] == []
    assert "write instead" not in result.stderr


def test_name_unknown_to_a_source_without_kernel_headers_is_explained(host: HostBindings) -> None:
    """By its header, unless the library has something better."""
    for name, text in DECLARED.items():
        host.write(f"kernel/linux/{name}.h", text)
    host.write("m.cc", "#include <cstddef>\nint f() { return pci_vendor(nullptr); }\nvoid g() { msleep(3); }\n")
    said = host.compile("m.cc").stderr
    assert re.findall(r"(\d: kcxx: .*|fix: .*|write .*)$", said, re.M) == [
        "2: kcxx: a header that declares pci_vendor is not included",
        "fix:    #include <linux/pci.h>",
        "3: kcxx: sleeping takes a length with its unit",
        "write instead: kernel::sleep(kernel::milliseconds(10)) of <kernel/task.hpp>",
    ]


# Modules

KBUILD = "obj-m := macros.o wrapped.o names.o\n"
LISTS = "".join(f"add_kernel_module({name} {name}.cc)\n" for name in ("macros", "wrapped", "names"))
EXPECTED_ALIASES = {"of:N*T*Ckcxx,macrosC*", "of:N*T*Ckcxx,macros", "platform:kcxx-macros"}


def copy_modules(directory: Path) -> None:
    """The sources of three modules"""
    directory.mkdir(parents=True, exist_ok=True)
    for name in ("macros", "wrapped", "names"):
        shutil.copy(MODULES / f"{name}.cc", directory)


@pytest.mark.parametrize("compiler", axis("gcc", every=("clang",)))
def test_kbuild_makes_bindings(compiler: str, kernel: Kernel, package: Path, tmp_path: Path) -> None:
    """With nothing but the includes of the sources; the library's names stand beside the kernel's. A second make has nothing to do."""
    copy_modules(tmp_path)
    project = KbuildProject(tmp_path, package, kernel.build)
    project.kbuild(KBUILD)
    arguments = [f"CXX={CXX[compiler]}"] if compiler == "clang" else []
    output = project.made(*arguments)
    assert [line for line in remarks(output) if " gets no BTF: " not in line] == []
    assert {what for what, _ in steps(project.made(*arguments))} & {"CC", "CXX", "LD"} == set()
    flags = (tmp_path / ".kcxx/flags.sh").read_text(encoding="utf-8")
    assert re.search(r"^KCXX_CC_VERSION='.*\d+\.\d+", flags, re.M)  # another one makes bindings anew
    aliases = set(re.findall(r"^alias: +(\S+)$", must(run("modinfo", project.module("macros"))), re.M))
    assert aliases == EXPECTED_ALIASES


@pytest.mark.every
@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_cmake_makes_bindings(compiler: str, kernel: Kernel, package: Path, tmp_path: Path) -> None:
    """As Kbuild does; the gate boots what CMake builds."""
    copy_modules(tmp_path / "source")
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernel.build)
    project.lists(LISTS)
    project.made(*([f"-DKCXX_CXX_COMPILER={CXX['clang']}"] if compiler == "clang" else []))
    assert project.pending().nothing
    # A source that names something new makes its own bindings anew, and no other's.
    change = project.source / "wrapped.cc"
    change.write_text(change.read_text("utf-8").replace("return 0;", "cond_resched();\n\treturn 0;", 1), encoding="utf-8")
    assert project.pending().compiled == {"wrapped.cc"}
    must(project.make())
    assert project.pending().nothing


@pytest.mark.every
def test_dkms_tree_makes_the_modules_of_cmake(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """Built without CMake and kcxx, with bindings of its own making: no difference in code and data.

    A header of C that an option includes, and one without a guard, are taken along.
    """
    copy_modules(tmp_path / "source")
    header = "#include <linux/types.h>\nstatic inline u8 *{0}_of(void *p) {{ u8 *{0} = p; return {0}; }}\n"
    (tmp_path / "source/compat.h").write_text(header.format("compat"), encoding="utf-8")
    (tmp_path / "source/once.h").write_text("#pragma once\n" + header.format("once"), encoding="utf-8")
    with (tmp_path / "source/macros.cc").open("a", encoding="utf-8") as source:
        source.write('#include "once.h"\nu8 *bytes_of(void *p);\nu8 *bytes_of(void *p) { return once_of(compat_of(p)); }\n')
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    project.lists(
        'set(CPACK_PACKAGE_CONTACT "Jo Doe <jo@example.org>")\n'
        f"{LISTS}target_compile_options(macros PRIVATE \"SHELL:-include {project.source}/compat.h\")\n"
        "add_dkms_package(bound VERSION 1 MODULES macros wrapped)\n"
    )
    must(project.configure())
    must(project.make("bound-dkms-check"))
    assert project.pending("bound-dkms-check").nothing


GENERATED = {
    "generated.h.in": """\
        #ifndef GENERATED_H
        #define GENERATED_H
        #include <linux/types.h>
        struct generated { u8 class; int new[COUNT]; };
        static inline struct generated *generated_of(void *p) { return p; }
        #endif
        """,
    "hw.h": """\
        #ifndef HW_H
        #define HW_H
        #include <linux/types.h>
        #if MODE == 1
        struct hw { u8 a; };
        #else
        struct hw { u64 b, c; };
        #endif
        static inline size_t hw_size(void) { return sizeof(struct hw); }
        #endif
        """,
    "main.cc": """\
        #define MODE 1
        #include <linux/module.h>
        #include "generated.h"
        #include "hw.h"
        #define HEADER "linux/slab.h"
        #include HEADER
        #if __has_include(<linux/none_such.h>)
        #include <linux/none_such.h>
        #endif
        #if !__has_include(<linux/list.h>)
        #error list.h
        #endif
        MODULE_LICENSE("GPL");
        MODULE_DESCRIPTION("A module");
        int other();
        static int __init start()
        {
        	static_assert(sizeof(hw) == 1);
        	kfree(generated_of(kmalloc(sizeof(generated), GFP_KERNEL))->new_ + 3);
        	return hw_size() == 1 ? other() : -EINVAL;
        }
        module_init(start);
        """,
    "other.cc": """\
        #include "hw.h"
        int other();
        int other()
        {
        	static_assert(sizeof(hw) == 16);
        	return hw_size() == 16 ? 0 : -1;
        }
        """,
}
GENERATED_BY_KBUILD = """\
    obj-m := pump.o
    pump-y := main.o other.o
    $(obj)/main.o: $(obj)/generated.h
    $(obj)/generated.h: $(src)/generated.h.in
    	sed 's/COUNT/4/' $< > $@
    """
GENERATED_BY_CMAKE = """\
    add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/made/generated.h COMMAND sed s/COUNT/4/
      ${CMAKE_SOURCE_DIR}/generated.h.in > ${CMAKE_BINARY_DIR}/made/generated.h DEPENDS generated.h.in)
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/made)
    add_kernel_module(pump main.cc other.cc ${CMAKE_BINARY_DIR}/made/generated.h)
    target_include_directories(pump PRIVATE ${CMAKE_BINARY_DIR}/made)
    """


@pytest.mark.parametrize("way", axis("CMake", every=("Kbuild",)))
def test_generated_headers_and_headers_of_two_kinds(way: str, kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """A header of C that the build makes, and makes anew; one that two sources include in different configurations; one by a macro."""
    build = (tmp_path if way == "Kbuild" else tmp_path / "build").resolve()
    project: KbuildProject | CMakeProject
    if way == "Kbuild":
        project = KbuildProject(tmp_path, package, kernels["6.12"].build)
        project.kbuild(GENERATED_BY_KBUILD)
    else:
        project = CMakeProject(tmp_path, build, package, kernels["6.12"].build)
        project.lists(GENERATED_BY_CMAKE)
    for name, text in GENERATED.items():
        project.write(name, text)
    project.made()
    project.write("generated.h.in", GENERATED["generated.h.in"].replace("COUNT", "9"))
    must(project.make())
    (bindings,) = (path for path in build.rglob("bindings.hpp") if "main" in path.parent.name)
    assert "int new_[9]" in squeezed(bindings.read_text(encoding="utf-8"))


def squeezed(text: str) -> str:
    """With single spaces"""
    return re.sub(" +", " ", text)


@pytest.mark.parametrize(
    ("source", "phrases"),
    [
        ("#include <linux/none_such.h>\n#include <linux/list.h>\n", ("linux/none_such.h", "this kernel has no such header")),
        (
            "#include <linux/list.h>\n#include <cstdio>\n",
            ("module.cc:2: kcxx: a module has no standard output", "write instead: "),
        ),
        ("#include <linux/list.h>\nint f() { return no_such_function(3); }\n", ("no_such_function", "module.cc:2")),
        ("#include <linux/list.h>\nint f() { return kmalloc_array_noprof_of_nowhere; }\n", ("module.cc:2",)),
        ("#include <linux/list.h>\nint f(struct pci_dev *d) { return d->vendor; }\n", ("pci_dev", "module.cc:2")),
    ],
    ids=["no header", "header for user space", "no function", "no name", "struct of another header"],
)  # fmt: skip
def test_errors_of_a_module_name_its_lines(
    source: str, phrases: tuple[str, ...], kernels: dict[str, Kernel], package: Path, tmp_path: Path
) -> None:
    """One error, where the source has it, with what to do."""
    project = KbuildProject(tmp_path, package, kernels["6.12"].build)
    project.write("module.cc", source)
    project.kbuild("obj-m := module.o\n")
    result = project.make("module.o")
    assert result.returncode != 0
    assert [phrase for phrase in phrases if phrase not in result.stderr] == [], result.stderr
