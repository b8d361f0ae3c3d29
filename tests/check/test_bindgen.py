# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The stages of kbuild/bindgen/, one by one: what each writes for a small input, the same bytes by each awk there is."""

from __future__ import annotations

import shutil
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.repository import REPOSITORY

BINDGEN = REPOSITORY / "kbuild/bindgen"
AWKS = ("mawk", "gawk", "busybox awk", "original-awk")


@dataclass(frozen=True)
class Stage:
    """Runs programs of kbuild/bindgen/ with one awk, in @directory."""

    awk: str
    directory: Path

    def file(self, name: str, text: str) -> str:
        """Writes @text to the file @name, and returns the name."""
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(textwrap.dedent(text).encode())
        return name

    def read(self, name: str) -> str:
        """The text of the file @name"""
        return (self.directory / name).read_text(encoding="utf-8")

    def run(self, *programs: str, inputs: tuple[str, ...] = (), rule: str = "", **variables: str) -> str:
        """Runs the awk files @programs, and the text of one more, on @inputs; the standard output."""
        files = [BINDGEN / f"{program}.awk" for program in programs]
        if rule:
            files.append(self.directory / self.file("rule.awk", rule))
        options = [f"-v{name}={value}" for name, value in variables.items()]
        command = (*self.awk.split(), *options, *(f"-f{file}" for file in files), *inputs)
        return must(run(*command, cwd=self.directory, env={"LC_ALL": "C"}))

    def each_line(self, function: str, text: str, *programs: str, **variables: str) -> str:
        """The results of @function of @programs for each line of @text"""
        return self.run(*programs, rule=f"{{ print {function}($0) }}\n", inputs=(self.file("lines", text),), **variables)


@pytest.fixture(params=AWKS)
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Stage:
    """By each awk in turn"""
    if not shutil.which(request.param.split()[0]):
        pytest.skip(f"this host has no {request.param}")
    return Stage(request.param, tmp_path)


def lines(text: str) -> list[str]:
    """The lines of @text, each with single spaces"""
    return [" ".join(line.split(" ")).strip() for line in squeezed(textwrap.dedent(text)).splitlines() if line.strip()]


def squeezed(text: str) -> str:
    while "  " in text:
        text = text.replace("  ", " ")
    return text


# own-headers.awk, used-names.awk

SOURCE = """\
#include <linux/list.h>
#include <kernel/slab.hpp>
#include <vector>
#include "own.hpp"
#include "hw.h"
#if 0
#include <linux/rare.h>
#include <kernel/never.hpp>
#endif
#ifdef CONFIG_PCI // a comment
#define MINE(a) in_macro(a) /* begins
ends */
#elif defined(__cplusplus) && LEVEL > 2
#endif
#undef MINE
  #  include <linux/none_such.h>
#define HEADER "linux/wait.h"
#include HEADER
#pragma not_a_name
#error not_a_name
#define LONG one_line \\
	two_lines
int variable = a.member + p->pointed->further + kernel::not_a_name + ::global;
auto s = R"x(not_a_name " )" not_a_name
 not_a_name )x" after_raw; auto t = u8R"(not_a_name)";
auto n = 1'000'000 + after_digits; char c = '"', d = '\\'', e = '/'; after_characters;
auto u = "not_a_name // \\" /*" after_string;
// not_a_name \\
not_a_name
%:define DIGRAPH in_digraph
x
	.on_the_next_line();
S z = {.designated = 1};
"""


def used_names(stage: Stage, text: str, **variables: str) -> str:
    """Runs used-names.awk on @text; its names are sorted."""
    stage.file("source/m.cc", text)
    directories = {"project": "include:", "headers": "linux-headers", "directory_now": "/here"}
    files = {name: name for name in ("skeleton", "cxx", "places", "kernel", "own", "first")}
    return "".join(sorted(stage.run("own-headers", "used-names", source="source/m.cc", **directories, **files, **variables).splitlines(keepends=True)))


@pytest.fixture
def project(stage: Stage) -> Stage:
    """With headers of a kernel, and of a project"""
    for name in ("list", "mutex", "rare", "wait"):
        stage.file(f"linux-headers/linux/{name}.h", "")
    guarded = "#ifndef OWN\n#define OWN\n#include <linux/mutex.h>\n#include <kernel/box.hpp>\nint in_own;\n#endif\n"
    stage.file("include/own.hpp", guarded)
    stage.file("source/hw.h", "int in_hw;\n")
    return stage


def test_used_names_of_a_source_and_its_own_headers(project: Stage) -> None:
    """Names are those outside of comments and literals; what stands before one makes it a member, or the library's."""
    names: dict[str, list[str]] = {}
    for line in used_names(project, SOURCE).splitlines():
        names.setdefault(line[0], []).append(line[2:])
    assert names["I"] == [
        "S", "a", "after_characters", "after_digits", "after_raw", "after_string", "auto", "c", "char", "d", "e",
        "global", "in_digraph", "in_hw", "in_macro", "in_own", "int", "kernel", "n", "one_line", "p", "s", "t", "two_lines",
        "u", "variable", "x", "z",
    ]  # fmt: skip
    assert names["M"] == ["designated", "further", "member", "on_the_next_line", "pointed"]
    assert names["D"] == ["CONFIG_PCI", "LEVEL", "OWN", "__cplusplus", "defined"]


def test_headers_of_a_source_are_c_s_and_cxx_s(project: Stage) -> None:
    """C gets all directives, each at its place, with every kernel header; C++ gets the headers that are included in any case."""
    used_names(project, SOURCE)
    assert project.read("kernel").split() == ["linux/list.h", "linux/mutex.h", "linux/rare.h", "linux/wait.h"]
    assert project.read("cxx").split() == [
        "generated/kcxx-bindings.hpp",
        "kernel/slab.hpp",
        "vector",
        "kernel/box.hpp",
    ]
    assert lines(project.read("skeleton")) == lines(
        """\
        # 1 "source/m.cc"
        #include <linux/list.h>
        # 1 "include/own.hpp"
        #ifndef OWN
        # 2 "include/own.hpp"
        #define OWN
        # 3 "include/own.hpp"
        #include <linux/mutex.h>
        # 6 "include/own.hpp"
        #endif
        # 6 "source/m.cc"
        #if 0
        # 7 "source/m.cc"
        #include <linux/rare.h>
        # 9 "source/m.cc"
        #endif
        # 10 "source/m.cc"
        #ifdef CONFIG_PCI
        # 11 "source/m.cc"
        #define MINE(a) in_macro(a)
        # 13 "source/m.cc"
        #elif defined(KCXX_CPLUSPLUS) && LEVEL > 2
        # 14 "source/m.cc"
        #endif
        # 15 "source/m.cc"
        #undef MINE
        # 16 "source/m.cc"
        #include <linux/none_such.h>
        # 17 "source/m.cc"
        #define HEADER "linux/wait.h"
        # 18 "source/m.cc"
        #include <linux/wait.h>
        # 21 "source/m.cc"
        #define LONG one_line 	two_lines
        # 30 "source/m.cc"
        #define DIGRAPH in_digraph
        """
    )


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("#include <linux/list.h>", "\ufeff#include <linux/list.h>")], ids=["CRLF", "BOM"])
def test_source_with_other_bytes_uses_the_same(change: tuple[str, str], project: Stage) -> None:
    """Line ends of another system, and a byte order mark"""
    expected = used_names(project, SOURCE), project.read("skeleton"), project.read("kernel"), project.read("cxx")
    changed = used_names(project, SOURCE.replace(*change))
    assert (changed, project.read("skeleton"), project.read("kernel"), project.read("cxx")) == expected


def test_name_behind_a_range_is_no_member(stage: Stage) -> None:
    """case FIRST ... LAST, as [FIRST ... LAST], names two macros."""
    assert "I LAST" in used_names(stage, "case FIRST ... LAST: x.member = 1;\n").splitlines()
    macros = "RANGE\ta.h:9\tRANGE FIRST ... LAST\nLAST\ta.h:10\tLAST 2\n"
    assert selected(stage, "I RANGE\n", all_macros=macros).macros == ["RANGE", "LAST"]


VALUES = """\
struct whole1 x; whole2 y; auto s = sizeof(struct whole3) + sizeof(whole4); Box<whole5> b; std::pair<int, whole6> p;
auto t = whole7{}; struct D : whole8 { };
struct pointed1 *q; pointed2 *r; pointed3 &u = *r; const struct pointed4 *v; Box<pointed5 *> c;
"""


def test_values_of_a_source_are_known(stage: Stage) -> None:
    """A type that is not only pointed at has to be whole."""
    values = {line[2:] for line in used_names(stage, VALUES).splitlines() if line.startswith("V")}
    assert {f"whole{n}" for n in range(1, 9)} <= values
    assert {name for name in values if name.startswith("pointed")} == set()


PASTING = "#define MOD(axis, n)\t.channel2 = IIO_MOD_##axis\n#define ONE(x) x##_1\n#define TEXT(x) #x \"a##b\"\nint a = MOD(X, 7);\n"


def test_macros_of_a_source_that_paste_are_noted(stage: Stage) -> None:
    """With their parameters; and then every number may be a part of a name."""
    used = used_names(stage, PASTING).splitlines()
    assert [line for line in used if line.startswith("P")] == ["P (axis, n) .channel2 = IIO_MOD_##axis", "P (x) x##_1"]
    assert "N 7" in used
    assert [line for line in used_names(stage, "int a = MOD(X, 7) + MOD(Y, 1234);\n").splitlines() if line.startswith("N")] == ["N 1234"]


def test_headers_before_the_guard_of_an_own_header_are_answered(project: Stage) -> None:
    """C++ reads them, too."""
    project.file("include/own.hpp", "")
    project.file("source/hw.h", "#include <linux/rare.h>\n#ifndef HW\n#define HW\n#include <linux/mutex.h>\n#endif\n")
    used_names(project, '#include <linux/list.h>\n#include "hw.h"\n')
    assert project.read("own").splitlines() == ["guard HW"]
    assert project.read("kernel").split() == ["linux/list.h", "linux/rare.h"]


def test_source_without_kernel_headers_needs_none(stage: Stage) -> None:
    """Nothing is made for it."""
    used_names(stage, "#include <kernel/prelude.hpp>\nint list_head;\n")
    assert stage.read("kernel") == ""


OWN_HEADERS = {
    "guarded.h": "#ifndef A_H\n#define A_H\nint a;\n#endif\n",
    "guarded_otherwise.h": "/* x */\n#pragma once\n# if !defined(B_H)\n#define B_H 1\nint a;\n#endif\n",
    "comments.h": "#ifndef C_H\n#define C_H\n/* of Foo::bar,\n   using the\n   class here */\nint a; // Foo::baz\n#endif\n",
    "assembly.h": '#ifndef D_H\n#define D_H\n#define barrier() asm volatile("" ::: "memory")\nchar s[] = "a::b";\n#endif\n',
    "once.h": "#pragma once\n#include <linux/list.h>\nint a;\n",
    "without_guard.h": "\ufeff#include <linux/list.h>\r\nint a;\r\n",
    "by_its_part.h": '#pragma once\n#include "guarded.h"\n#include "once.h"\n',
}
CXX_HEADERS = {
    "both.h": '#ifndef E_H\n#define E_H\n#ifdef __cplusplus\nextern "C" {\n#endif\nint a;\n#endif\n',
    "option_first.h": "#pragma once\n#ifndef OPTION\n#define OPTION 1\n#endif\nint a;\n",
    "no_kernel.h": "#pragma once\nint a;\n",
    "class.h": "#ifndef F_H\n#define F_H\nclass Pump {\n};\n#endif\n",
    "reserved.h": "#pragma once\n#include <linux/list.h>\nconst int *p = nullptr;\n",
    "members.h": "#pragma once\n#include <linux/list.h>\nstruct S {\n\tint a() const { return 1; }\n};\n",
    "template.h": "#pragma once\n#include <linux/list.h>\ntemplate <typename T> T f(T a);\n",
    "std.h": "#pragma once\n#include <linux/list.h>\n#include <cstdint>\n",
    "library.h": "#pragma once\n#include <linux/list.h>\n#include <kernel/box.hpp>\n",
}


def own_headers(stage: Stage, *names: str, **variables: str) -> list[str]:
    """The headers that a source includes and that are C"""
    for name, text in (OWN_HEADERS | CXX_HEADERS).items():
        stage.file(f"source/{name}", text)
    stage.file("linux-headers/linux/list.h", "")
    used_names(stage, "".join(f'#include "{name}"\n' for name in names), **variables)
    return stage.read("own").splitlines()


def test_headers_of_c_are_told_by_what_is_in_them(stage: Stage) -> None:
    """Comments, literals and assembly are no C++; a header without a guard that names a kernel header is C."""
    here = "/here/source"
    assert own_headers(stage, *OWN_HEADERS) == [
        "guard A_H", "guard B_H", "guard C_H", "guard D_H",
        f"once {here}/once.h", f"part {here}/once.h", f"once {here}/without_guard.h", f"part {here}/without_guard.h",
        f"once {here}/by_its_part.h", f"part {here}/by_its_part.h", f"part {here}/guarded.h", f"part {here}/once.h",
    ]  # fmt: skip


@pytest.mark.parametrize("name", CXX_HEADERS)
def test_headers_of_cxx_are_told_by_what_is_in_them(name: str, stage: Stage) -> None:
    """And those that both languages can read are read by C++."""
    assert own_headers(stage, name) == []


def test_header_that_c_reads_for_another_is_c(stage: Stage) -> None:
    """In whichever order the source includes them: its structs are declared once."""
    stage.file("source/whole.h", '#ifndef W_H\n#define W_H\n#include "no_kernel.h"\n#include "both.h"\n#endif\n')
    assert own_headers(stage, "no_kernel.h", "both.h", "whole.h") == [
        "once /here/source/no_kernel.h", "part /here/source/no_kernel.h", "guard E_H", "guard W_H",
    ]  # fmt: skip


def test_headers_that_include_each_other_are_parts_once(stage: Stage) -> None:
    """However many ways lead to them"""
    names = [f"n{number}.h" for number in range(40)]
    for number, name in enumerate(names):
        others = "".join(f'#include "{other}"\n' for other in names if other != name)
        stage.file(f"source/{name}", f"#pragma once\n#include <linux/list.h>\n{others}int in_{number};\n")
    own = own_headers(stage, names[0])
    assert own[:2] == ["once /here/source/n0.h", "part /here/source/n0.h"]
    assert sorted(own[1:]) == sorted(f"part /here/source/{name}" for name in names)


def test_headers_of_options_come_before_the_source(stage: Stage) -> None:
    """Read as if its first line included them; what they define before any #include is defined first."""
    stage.file("option.h", "#define BEFORE 1\n")
    assert own_headers(stage, "guarded.h", forced="option.h:source/once.h") == [
        "once /here/source/once.h", "part /here/source/once.h", "guard A_H",
    ]  # fmt: skip
    assert stage.read("first") == "#define BEFORE 1\n"
    assert lines(stage.read("skeleton")) == lines(
        """\
        # 1 "option.h"
        #define BEFORE 1
        # 1 "source/m.cc"
        #include "/here/source/once.h"
        # 1 "source/m.cc"
        #include "/here/source/guarded.h"
        """
    )


def test_directives_before_the_first_include_are_whole(stage: Stage) -> None:
    """A condition around an #include is not begun."""
    used_names(stage, '#ifdef A\n#define B\n#endif\n#ifdef DEBUG\n#include "debug.h"\n#endif\n#include "own.h"\n')
    assert stage.read("first") == "#ifdef A\n#define B\n#endif\n"


@pytest.mark.parametrize("opening", ['extern "C" {', 'extern "C"', "namespace {", "namespace a::b {"])
def test_header_inside_of_a_linkage_specification_is_read_before(opening: str, stage: Stage) -> None:
    """The bindings have templates."""
    stage.file("linux-headers/linux/list.h", "")
    used_names(stage, f'{opening}\n#include <linux/list.h>\n}}\n#include "own.h"\n')
    assert stage.read("own") == "early\n"


# included-places.awk

BINDINGS_ERRORS = """\
In file included from b/bindings.hpp:3:
b/bindings.hpp:2:10: fatal error: missing.h: No such file or directory
b/bindings.hpp:9:1: error: of a declaration
elsewhere.h:2:10: error: another
"""


def test_errors_in_headers_of_cxx_are_where_the_source_includes_them(stage: Stage) -> None:
    places = stage.file("places", "missing.h m.cc:7\nother.hpp user.hpp:1\n")
    bindings = stage.file("b/bindings.hpp", "#pragma once\n#include <missing.h>\n#include <other.hpp>\n")
    output = stage.run("included-places", inputs=(places, bindings, stage.file("errors", BINDINGS_ERRORS)), bindings=bindings)
    assert output == BINDINGS_ERRORS.replace("b/bindings.hpp:3", "user.hpp:1").replace("b/bindings.hpp:2", "m.cc:7")


# guards.awk

GUARDS = """\
#define A_H
#pragma GCC system_header
#define KCXX_WITHOUT_BINDINGS
#pragma push_macro("HW_FLAG")
#pragma push_macro("LEVEL")
#pragma push_macro("CODE")
#pragma push_macro("VERSION")
#pragma push_macro("VARIANT")
#undef CODE
#define CODE VERSION(6, 1)
#undef VERSION
#define VERSION(a, b) ((a) << 8 | (b))
#undef VARIANT
#define VARIANT 2
#import "hw.h"
#pragma pop_macro("VARIANT")
#pragma pop_macro("VERSION")
#pragma pop_macro("CODE")
#pragma pop_macro("LEVEL")
#pragma pop_macro("HW_FLAG")
#undef KCXX_WITHOUT_BINDINGS
"""


def test_headers_of_c_are_not_read_by_cxx(stage: Stage) -> None:
    """Their conditions have the kernel's macros; no macro that they define is left, and none that was there is lost."""
    stage.file("hw.h", "#pragma once\n#define HW_FLAG 3\n#if CODE < 7 || !defined(VARIANT)\n#error x\n#endif\n#ifndef LEVEL\n# define LEVEL 1\n#endif\n")
    own = stage.file("own", "guard A_H\nonce hw.h\npart hw.h\n")
    source = stage.file("directives", '# 1 "m.cc"\n#define VARIANT 2\n#define OTHER_OF_SOURCE(a) a\n#include "hw.h"\n')
    macros = stage.file("macros", "CODE\ta.h:1\tCODE VERSION(6, 1)\nVERSION\ta.h:2\tVERSION(a, b) ((a) << 8 | (b))\nOTHER\ta.h:3\tOTHER 1\n")
    assert stage.run("guards", inputs=(own, source, macros)) == GUARDS
    assert stage.run("guards", inputs=(stage.file("own", "guard A_H\n"), source, macros)) == "#define A_H\n"


# declarations.awk

PREPROCESSED = """\
# 1 "m.c"
# 0 "<built-in>"
#define __x86_64__ 1
# 0 "<command-line>"
#define MODULE 1
# 1 "m.c"
#define OF_THE_SOURCE 1
# 1 "a.h" 1
#define GONE 1
#define KEPT(a,b) ((a) + (b))
#undef GONE
#define LATER 1
#define KEPT(a,b) (b)
extern int plain(void);
static inline __attribute__((always_inline)) int body(int a) { if (a) { return "}{;"[a]; } return '{'; }
static inline int
on_lines(struct later *p)
{
 return p->x;
}
static inline void (*returns_pointer(int n))(char *) { return 0; }
int (*variable)(int, char), other, *third[3], (*fourth)[2];
typedef int (*callback)(const char *), *pointer, ints[4];
typedef void function(int);
typedef struct { int counter; } atomic_t;
typedef __typeof__(sizeof(int)) size_type;
struct outer { struct inner { int x; } in; enum nested { NA, NB = (1, 2), NC } e; union { int u; } ; } __attribute__((packed)) one = { .in = { 1 } }, two;
enum plain_enum { A = 'a', B = sizeof("x,y{"), C };
enum { D, E } kind;
struct declared;
struct declared *pointer_to(struct declared *), *to_it;
_Static_assert(sizeof(int) == 4, "semicolon ; {");
extern __typeof__(int (*)(void)) picked;
asm(".globl x");
int (in_parentheses)(int), array[] = { 1, 2 };
extern void other_symbol(int) __asm__("symbol") __attribute__((noreturn));
#pragma pack(push, 1)
struct tight { char a; int b; };
#pragma pack(2)
struct pairs { int a; };
#pragma pack(pop)
struct loose { int a; };
;
const char *text = "a \\" { ;", c = '"', d = '\\'';
extern unsigned long volatile jiffies __attribute__((section(".data")));
struct bits { unsigned a:3, b:4; }; int after;
__extension__ typedef struct tagged { int a; } tagged_t;
enum fwd;
static const struct tight all[] = { { .a = 1 }, { 2, 3 }, };
"""

DECLARATIONS = """\
D	plain	a.h:6	0	extern int plain(void) ;
F	body	a.h:7	0	static inline __attribute__((always_inline)) int body(int a) { if (a) { return "}{;"[a]; } return '{'; }
F	on_lines	a.h:8	0	static inline int on_lines(struct later *p) { return p->x; }
F	returns_pointer	a.h:13	0	static inline void (*returns_pointer(int n))(char *) { return 0; }
D	variable other third fourth	a.h:14	0	int (*variable)(int, char), other, *third[3], (*fourth)[2] ;
D	callback pointer ints	a.h:15	0	typedef int (*callback)(const char *), *pointer, ints[4] ;
D	function	a.h:16	0	typedef void function(int) ;
D	atomic_t	a.h:17	0	typedef struct { int counter; } atomic_t ;
D	size_type	a.h:18	0	typedef __typeof__(sizeof(int)) size_type ;
D	struct:outer struct:inner enum:nested NA NB NC one two	a.h:19	0	struct outer { struct inner { int x; } in; \
enum nested { NA, NB = (1, 2), NC } e; union { int u; } ; } __attribute__((packed)) one = { .in = { 1 } } , two ;
D	enum:plain_enum A B C	a.h:20	0	enum plain_enum { A = 'a', B = sizeof("x,y{"), C } ;
D	D E kind	a.h:21	0	enum { D, E } kind ;
D	struct:declared	a.h:22	0	struct declared ;
D	pointer_to to_it	a.h:23	0	struct declared *pointer_to(struct declared *), *to_it ;
D	picked	a.h:25	0	extern __typeof__(int (*)(void)) picked ;
D	asm	a.h:26	0	asm(".globl x") ;
D	in_parentheses array	a.h:27	0	int (in_parentheses)(int), array[] = { 1, 2 } ;
D	other_symbol	a.h:28	0	extern void other_symbol(int) __asm__("symbol") __attribute__((noreturn)) ;
D	struct:tight	a.h:30	1	struct tight { char a; int b; } ;
D	struct:pairs	a.h:32	2	struct pairs { int a; } ;
D	struct:loose	a.h:34	0	struct loose { int a; } ;
D	text c d	a.h:36	0	const char *text = "a \\" { ;", c = '"', d = '\\'' ;
D	jiffies	a.h:37	0	extern unsigned long volatile jiffies __attribute__((section(".data"))) ;
D	struct:bits	a.h:38	0	struct bits { unsigned a:3, b:4; } ;
D	after	a.h:38	0	int after ;
D	struct:tagged tagged_t	a.h:39	0	__extension__ typedef struct tagged { int a; } tagged_t ;
D	enum:fwd	a.h:40	0	enum fwd ;
D	all	a.h:41	0	static const struct tight all[] = { { .a = 1 } , { 2, 3 } , } ;
"""


def of_fields(text: str) -> list[list[str]]:
    """The lines, each in its fields, without spaces that mean nothing"""
    return [[field.strip() for field in line.split("\t")] for line in squeezed(text).splitlines()]


def test_declarations_are_found_with_all_that_they_declare(stage: Stage) -> None:
    """Functions, variables, types and enumerators; and the macros as they are in the end, but for the compiler's and the source's own."""
    output = stage.run("declarations", inputs=(stage.file("m.i", PREPROCESSED),), macros="macros")
    assert of_fields(output) == of_fields(DECLARATIONS)
    assert stage.read("macros") == "LATER\ta.h:4\tLATER 1\nKEPT\ta.h:5\tKEPT(a,b) (b)\n"


EMBEDDING = """\
# 1 "m.c"
# 1 "a.h" 1
struct part { struct inner { int a; } in; int b; } __attribute__((packed));
union either { int c; };
struct unknown;
struct whole { int d; struct part; union { union either; struct unknown; int e; }; };
struct user { struct whole; } variable;
int f(void) { struct part; return 0; }
"""
PART = "struct { struct { int a; } in; int b; } __attribute__((packed)) ;"
WHOLE = f"int d; {PART} union {{ union {{ int c; }} ; ; int e; }} ;"


def test_structs_without_a_name_in_others_are_written_out(stage: Stage) -> None:
    """With -fms-extensions they give their members; else, and in functions, they declare nothing."""
    inputs = (stage.file("m.i", EMBEDDING),)
    texts = {row[1].split()[0]: squeezed(row[4]) for row in of_fields(stage.run("declarations", inputs=inputs, macros="macros", embeds="y"))}
    assert texts["struct:whole"] == squeezed(f"struct whole {{ {WHOLE} }} ;")
    assert texts["struct:user"] == squeezed(f"struct user {{ struct {{ {WHOLE} }} ; }} variable ;")
    assert "struct part ; return 0" in texts["f"].replace("part;", "part ;")
    plain = {row[1].split()[0]: squeezed(row[4]) for row in of_fields(stage.run("declarations", inputs=inputs, macros="macros"))}
    assert "struct part; union { union either;" in plain["struct:whole"]


# select.awk

MACROS = """\
FLAG	a.h:1	FLAG (1 << SHIFT)
SHIFT	a.h:2	SHIFT 3
UNUSED	a.h:3	UNUSED 1
DEVICE_TABLE	a.h:4	DEVICE_TABLE(type, name) extern const struct type##_table name##_alias[sizeof(TYPE_##type)]
DEFINE_LOCK	a.h:5	DEFINE_LOCK(name) struct lock name; struct pointed *name##_at
NULL	a.h:6	NULL ((void *)0)
TYPE_usb	a.h:7	TYPE_usb 1
TYPE_pci	a.h:8	TYPE_pci 2
TYPE_usb_1	a.h:9	TYPE_usb_1 3
sk_family	a.h:10	sk_family common.family
hidden_too(x)	a.h:11	hidden_too(x) FLAG
"""
CHOICE = """\
D	u8	a.h:1	0	typedef unsigned char u8 ;
D	u16	a.h:2	0	typedef unsigned short u16 ;
D	struct:list_head	a.h:3	0	struct list_head { struct list_head *next, *prev; } ;
D	struct:engine	a.h:4	0	struct engine { int speed; struct part *first; } ;
D	struct:part	a.h:5	0	struct part { u16 number; } ;
D	struct:secret	a.h:6	0	struct secret { int hidden; } ;
D	struct:driver	a.h:7	0	struct driver { u8 flags; struct list_head link; struct engine *engine; struct secret *secret; } ;
F	helper	a.h:8	0	static inline int helper(struct part *p) { return p->number; }
F	start	a.h:9	0	static inline int start(struct driver *d) { return helper(d->engine->first); }
F	unused	a.h:10	0	static inline int unused(struct secret *s) { return s->hidden; }
D	enum:kind FIRST OTHER	a.h:11	0	enum kind { FIRST = 3, OTHER } ;
D	struct:pci_table	a.h:12	0	struct pci_table { int id; } ;
D	struct:usb_table	a.h:13	0	struct usb_table { int id; } ;
D	by_kind	a.h:14	0	extern int by_kind(enum kind k, struct secret *s) ;
D	struct:lock	a.h:15	0	struct lock { u8 taken; } ;
D	struct:pointed	a.h:16	0	struct pointed { int x; } ;
D	not_named	a.h:17	0	extern struct secret not_named ;
"""


@dataclass(frozen=True)
class Selection:
    """The output of select.awk"""

    declarations: set[str]
    macros: list[str]
    tags: list[str]


def select(stage: Stage, used: str, declarations: str, all_macros: str, **variables: str) -> str:
    """Runs select.awk."""
    inputs = (stage.file("used", used), stage.file("all-macros", all_macros), stage.file("declarations", declarations))
    variables = {"macros": "macros", "tags": "tags", "library": "", "clashes": "clashes", "complete": ""} | variables
    return stage.run("cxx-names", "parameters", "pastes", "pointers", "select", inputs=inputs, provided_by=str(BINDGEN / "cxx-only.hpp"), **variables)


def selected(stage: Stage, used: str, all_macros: str = MACROS, **variables: str) -> Selection:
    """Chooses of the above by the names @used."""
    output = select(stage, used, CHOICE, all_macros, **variables)
    assert set(output.splitlines()) <= set(CHOICE.splitlines())  # as they came
    chosen = {line.split("\t")[1] for line in output.splitlines()}
    return Selection(chosen, [line.split("\t")[0] for line in stage.read("macros").splitlines()], stage.read("tags").splitlines())


def test_selection_has_what_the_names_need_and_no_more(stage: Stage) -> None:
    """An inline brings what it calls and what it goes through; what is only pointed at remains a tag."""
    found = selected(stage, "I start\n")
    assert found.declarations == {"u8", "u16", "struct:list_head", "struct:engine", "struct:part", "struct:driver", "helper", "start"}
    assert found.macros == []
    assert "struct secret" in found.tags


def test_struct_that_the_source_goes_through_comes_whole(stage: Stage) -> None:
    """By a member that the source names, of what something that it uses points at"""
    assert "struct:secret" not in selected(stage, "I by_kind\n").declarations
    assert "struct:secret" in selected(stage, "I by_kind\nM hidden\n").declarations


def test_struct_of_which_the_source_has_a_value_comes_whole(stage: Stage) -> None:
    """Though no member is named; and so where a macro declares it."""
    assert selected(stage, "I secret\n").declarations == set()
    assert selected(stage, "I secret\nV secret\n").declarations == {"struct:secret"}
    assert selected(stage, "I DEFINE_LOCK\n").declarations == {"u8", "struct:lock"}


OF_OTHERS = """\
D	table	a.h:1	0	extern int table __attribute__((unused, alias("other"))) ;
D	event	a.h:2	0	static int event __attribute__((__used__)) = 1;
"""
OF_NOBODY = """\
D	d_find_alias	a.h:3	0	extern int d_find_alias(int used, int alias_used) ;
D	unused	a.h:4	0	static int unused __attribute__((unused)) = 1;
"""


def test_what_other_objects_use_is_chosen_without_its_name(stage: Stage) -> None:
    """By its attributes; a function whose name ends in alias has none of them."""
    assert select(stage, "", OF_OTHERS + OF_NOBODY, "") == OF_OTHERS.replace("D\t", "C\t")


def test_enumerator_brings_its_enum(stage: Stage) -> None:
    """And an enum is never only declared: C++ has to know its type."""
    assert selected(stage, "I OTHER\n").declarations == {"enum:kind FIRST OTHER"}
    assert selected(stage, "I by_kind\n").declarations == {"enum:kind FIRST OTHER", "by_kind"}


def test_macros_come_with_those_that_they_name(stage: Stage) -> None:
    """In the order of their definitions"""
    assert selected(stage, "I FLAG\n").macros == ["FLAG", "SHIFT"]


def test_macro_that_is_used_as_a_member_comes(stage: Stage) -> None:
    """It may name a member of a member; one that takes a member brings all that the source names."""
    stage_macros = MACROS + "brief\ta.h:9\tbrief engine->first\nREAD\ta.h:10\tREAD(p, r) ((p)->r)\n"
    found = selected(stage, "I driver\nM brief\n", all_macros=stage_macros)
    assert found.macros == ["brief"]
    assert "struct:secret" not in selected(stage, "I by_kind\nI hidden\n", all_macros=stage_macros).declarations
    assert "struct:secret" in selected(stage, "I by_kind\nI hidden\nI READ\n", all_macros=stage_macros).declarations


def test_option_of_the_kernel_is_no_macro_of_the_bindings(stage: Stage) -> None:
    """C++ reads autoconf.h itself; another macro may be called as if it were an option."""
    macros = "CONFIG_X\tinclude/generated/autoconf.h:9\tCONFIG_X 1\nCONFIG_UPDATE\thw.h:10\tCONFIG_UPDATE 2\n"
    assert selected(stage, "I CONFIG_X\nI CONFIG_UPDATE\n", all_macros=macros).macros == ["CONFIG_UPDATE"]


def test_pasted_names_are_found(stage: Stage) -> None:
    """A parameter is each name of the source."""
    found = selected(stage, "I DEVICE_TABLE\nI pci\n")
    assert found.macros == ["DEVICE_TABLE", "TYPE_pci"]
    assert "struct pci_table" in found.tags
    assert "struct usb_table" not in found.tags


@pytest.mark.parametrize(
    ("macro", "words", "found"),
    [
        ("(x) TYPE_##x", "I pci", ["TYPE_pci"]),
        ("(x) TYPE_ ## x", "I spi", []),
        ("(x, n) TYPE_##x##_##n", "I usb\nN 1", ["TYPE_usb_1"]),
        ("(x, n) x##_usb_##n", "I TYPE\nN 1", ["TYPE_usb_1"]),
        ("(x, y) x##y", "I TYPE_\nI pci", ["TYPE_pci"]),
        ("(x, y) TYPE_##x##y", "I pc\nI spi", []),
    ],
)
def test_names_that_the_macros_of_a_source_paste_are_found(macro: str, words: str, found: list[str], stage: Stage) -> None:
    """Names of one parameter or several, each a word of the source, are found"""
    assert selected(stage, f"{words}\nP {macro}\n").macros == found


def test_names_that_paste_macros_make_are_found(stage: Stage) -> None:
    """The kernel's macros for ## expand their arguments, of which one may be a macro for a text."""
    macros = "TRAMP\ta.h:1\tTRAMP(name) __PASTE(PREFIX, name)\nPREFIX\ta.h:2\tPREFIX __SCT__\n__SCT__trap\ta.h:3\t__SCT__trap 1\n"
    assert "__SCT__trap" in selected(stage, "I TRAMP\nI trap\n", macros).macros


def test_macro_of_a_member_is_found(stage: Stage) -> None:
    """With the members that it names; a macro with parameters is no member's."""
    assert selected(stage, "M sk_family\nM hidden_too\n").macros == ["sk_family"]


def test_names_of_the_library_are_the_librarys(stage: Stage) -> None:
    """C's declaration of that name is noted, for C's macros that mean it."""
    stage.file("library", "N FIRST\nN FLAG\nN nowhere\n")
    found = selected(stage, "I FIRST\nI FLAG\nI nowhere\n", library="library")
    assert (found.declarations, found.macros) == (set(), [])
    assert stage.read("clashes") == "FIRST\nFLAG\n"


# expressions.awk, initialisers.awk, cxx-names.awk

EXPRESSIONS = {
    "({ void *__mptr = (void *)(p); (T *)(__mptr - 4); })": "({ char *__mptr = (char *)(p); (T *)(__mptr - 4); })",
    "fn = (void *)0x5;": "fn = (__typeof__(fn))0x5;",
    "_Generic((x), char: (char)0, unsigned char: (unsigned char)0, default: (x))": "::kcxx_c::unqualified_value((__typeof__((x)) *)nullptr)",
    "(sizeof(struct { int:(-!!(x > (3))); }))": "((0 * sizeof(char[1 + (2 * ((-!!(x > (3)))))])))",
    '((int)(sizeof(struct { _Static_assert(!(sizeof(a) == 1), "with, comma"); })))': "((int)((0 * sizeof(char[(!(sizeof(a) == 1)) ? 1 : -1]))))",
    "sizeof(struct { int a; char b; })": "sizeof(struct { int a; char b;})",
    "(sizeof(int) == sizeof(*(8 ? ((void *)((long)((x) * 0l))) : (int *)8)))": "__builtin_constant_p((x) * 0l)",
    "return ((void *)0);": "return nullptr;",
    "__same_type(*(ptr), x) && (const typeof(*(ptr)) *)p": "__same_type(::kcxx_c::pointed(ptr), x) && (const __typeof__(::kcxx_c::pointed(ptr)) *)p",
    "x == y ? a : b": "x == y ? a : b",
    "_Generic(": "_Generic(",
}
SELECTION = "_Generic((x), int: a(x), const char *: b((x), 1), default: c(x))"
SELECTED = "::kcxx_c::selected<::kcxx_c::value_type<decltype(((x)))>, int, const char *>()"
SELECTION_IN_CXX = (
    f"::kcxx_c::select<{SELECTED}>({SELECTED} == 0 ? (( a(x)), ::kcxx_c::Nothing()) : ::kcxx_c::Nothing(), "
    f"{SELECTED} == 1 ? (( b((x), 1)), ::kcxx_c::Nothing()) : ::kcxx_c::Nothing(), "
    f"{SELECTED} == 2 ? (( c(x)), ::kcxx_c::Nothing()) : ::kcxx_c::Nothing())"
)


def test_expressions_of_c_are_replaced(stage: Stage) -> None:
    """C++ lacks these; the others stay."""
    expressions = EXPRESSIONS | {SELECTION: SELECTION_IN_CXX}
    output = stage.each_line("in_cxx", "".join(f"{line}\n" for line in expressions), "cxx-names", "members", "expressions", "initialisers")
    assert lines(output) == [squeezed(line) for line in expressions.values()]


MEMBERS = """\
size struct:s 16
offset struct:s.a 0
member struct:s.a 1
member struct:s.b 2
member struct:s.c 3
member struct:s.private 4
member struct:t.x 1
member struct:t.y 2
member struct:u.y 1
member struct:u.x 2
member struct:v.in 1
member struct:v.out 2
member struct:w.out 1
member struct:w.in 2
"""
INITIALISERS = {
    "struct s x = { .b = 1, .a = 2 };": "struct s x = { .a = 2 , .b = 1, };",
    "struct s x = { .c = f(1, 2), .a = { 1, 2 }, .b = 3, };": "struct s x = { .a = { 1, 2 }, .b = 3, .c = f(1, 2), };",
    "struct s x = { .a = 1, .c = 2 };": "struct s x = { .a = 1, .c = 2 };",
    "struct s x = { 1, .a = 2 };": "struct s x = { 1, .a = 2 };",
    "(struct s) { .b = 1, .a = 2 }": "(struct s) { .a = 2 , .b = 1, }",
    "struct s x = { .private_ = 1, .a = 2 };": "struct s x = { .a = 2 , .private_ = 1, };",
    "{ .c = f(1, 2), .a = { 1, 2 }, }": "{ .a = { 1, 2 }, .c = f(1, 2), }",
    "X { .number = 1, .list = { { .b = 1, .a = 2 }, { .b = 3 } } }": "X { .number = 1, .list = { { .a = 2 , .b = 1, }, { .b = 3 } } }",
    "{ .y = 1, .x = 2 }": "{ .y = 1, .x = 2 }",
    "struct u z = { .y = 1, .x = 2 };": "struct u z = { .y = 1, .x = 2 };",
    "struct s all[] = { { .a = 1, 2, (3) }, { .b = 1, X } };": "struct s all[] = { { .a = 1, .b = 2, .c = (3) , }, { .b = 1, X } };",
    "struct s x = { .unknown = 1, .a = 2 };": "struct s x = { .unknown = 1, .a = 2 };",
    "struct s x = { .a = 1, { .b = 2 } };": "struct s x = { .a = 1, .b = 2 };",
    "struct s x = { { .a = 1, }, .b = 2 };": "struct s x = { .a = 1, .b = 2 };",
    "struct s x[] = { { .a = 1 }, { .a = 2 } };": "struct s x[] = { { .a = 1 }, { .a = 2 } };",
    "struct s x = { .a.in = 1, .b.in.ner = { 2 } };": "struct s x = { .a = { .in = 1 }, .b = { .in = { .ner = { 2 } } }};",
    "struct s x = { .a.x = 1, .a.y = { f(1, 2), 3 }, .b = 1 };": "struct s x = { .a = { .x = 1, .y = { f(1, 2), 3 } }, .b = 1 };",
    "struct s x = { .a.b.c = 3, .a.b.d = 4 };": "struct s x = { .a = { .b = { .c = 3, .d = 4 } }};",
    "struct s f(struct s a) { struct s y = { .c = 1, .b = 2 }; return (struct s){ .b = 4, .a = 1 }; }":
        "struct s f(struct s a) { struct s y = { .b = 2 , .c = 1, }; return (struct s){ .a = 1 , .b = 4, }; }",
    "LIST(x) { .b = (x), .a = { .in = 2, .c = 1 } }": "LIST(x) { .a = { .in = 2, .c = 1 } , .b = (x), }",
    "PART(x) .b = (x), .a = f(1, 2)": "PART(x) .a = f(1, 2), .b = (x)",
    "PART(x) .out = (x), .in = 2": "PART(x) .out = (x), .in = 2",
    "x = y.a == 3; if (p->a.b == 1) p->a.b = 2; a.b.c = 4;": "x = y.a == 3; if (p->a.b == 1) p->a.b = 2; a.b.c = 4;",
}  # fmt: skip


def test_initialisers_are_in_the_order_of_the_members(stage: Stage) -> None:
    """Each designator names one member, and none comes twice."""
    stage.file("layout", MEMBERS)
    output = stage.each_line("in_cxx", "".join(f"{line}\n" for line in INITIALISERS), "cxx-names", "members", "expressions", "initialisers", layout="layout")
    assert lines(output) == [*INITIALISERS.values()]


MACROS_IN_CXX = {
    "OPS(name) const struct ops name; EXPORT(name); const struct ops name": "OPS(name) extern const struct ops name; EXPORT(name); const struct ops name",
    "ONE(name) const struct ops name; int x": "ONE(name) const struct ops name; int x",
    'TEXT(x) "a"x': 'TEXT(x) "a" x',
}


def test_macros_of_c_are_replaced(stage: Stage) -> None:
    """A variable that C declares twice; text before a name"""
    stage.file("chosen", "".join(f"{text[: text.index('(')]}\ta.h:1\t{text}\n" for text in MACROS_IN_CXX))
    output = stage.run("cxx-names", "members", "expressions", "initialisers", "parameters", "loops", "macros", inputs=("chosen",))
    assert [line for line in lines(output) if line.startswith("#define")] == [f"#define {text}" for text in MACROS_IN_CXX.values()]


VOID_CASTS = {
    "at(p) (type *)((void *)(p) - offset(type))": "at(p) (type *)((char *)(p) - offset(type))",
    "to(p) ((void *)(p)->next)": "to(p) ((void *)(p)->next)",
    "begun(p) type *q = (void *)(unsigned long)(p)": "begun(p) type *q = ::kcxx_c::any_pointer(p)",
    "two(p) *q = (void *)(unsigned long)(p), *r": "two(p) *q = ::kcxx_c::any_pointer(p), *r",
    "same(p) (p == (void *)(unsigned long)(p))": "same(p) (p == (void *)(unsigned long)(p))",
    "call(p) f((void *)(p), 1)": "call(p) f((void *)(p), 1)",
}


def test_casts_to_void_of_macros_are_ones_that_cxx_goes_on_with(stage: Stage) -> None:
    """Where C counts in bytes, or converts the pointer once more; all others stay."""
    output = stage.each_line("void_casts", "".join(f"{line}\n" for line in VOID_CASTS), "cxx-names", "members", "expressions", "initialisers")
    assert lines(output) == [*VOID_CASTS.values()]


# void-arithmetic.awk: operators, and what Clang remarks on them

VOID = {
    "p + n": ("3:{1:1-1:2}: error: arithmetic on a pointer to void", "((char *)(p)) + n"),
    "f(p) -= n": ("6:{1:1-1:5}: error: arithmetic on a pointer to void", "(*(char **)&(f(p))) -= n"),
    "x, ++*p": ("4:{1:6-1:8}: error: arithmetic on a pointer to void", "x, ++(*(char **)&(*p))"),
    "p - q": ("3:{1:1-1:2}{1:5-1:6}: error: arithmetic on pointers to void", "((char *)(p)) - ((char *)(q))"),
    "p + q": ("3:{1:1-1:2}{1:5-1:6}: error: invalid operands to binary expression", "p + q"),
}


@pytest.mark.parametrize("text", VOID)
def test_void_arithmetic_is_in_steps_of_a_byte(text: str, stage: Stage) -> None:
    """The pointer is one to char, as a value or where it is written."""
    error, expected = VOID[text]
    errors = stage.file("errors", f"kcxx-declaration:7:{error}\n")
    assert stage.run("void-arithmetic", inputs=(errors, stage.file("bindings.hpp", f"{text}\nnext\n"))) == f"{expected}\nnext\n"

LOOPS = {
    "each(pos, head) for (pos = next(head), n = 0; pos; pos = next(pos))":
        "each(pos, head) for (pos = ::kcxx_c::from_void<__typeof__(pos)>(next(head)), n = 0; pos; "
        "pos = ::kcxx_c::from_void<__typeof__(pos)>(next(pos)))",
    "each(set, one) while (((one) = find((set), (1, 2))) != NULL)":
        "each(set, one) while (((one) = ::kcxx_c::from_void<__typeof__(one)>(find((set), (1, 2)))) != NULL)",
    "each(pos, head) for (struct s *pos = head; (pos) == head; )": "each(pos, head) for (struct s *pos = head; (pos) == head; )",
    "each(pos) for (pos = 0; pos; pos = entry(pos, typeof(*pos)))": "each(pos) for (pos = 0; pos; pos = entry(pos, typeof(*pos)))",
    "no_loop(a, b) do { a = b; } while (0)": "no_loop(a, b) do { a = b; } while (0)",
    "ALONE for (a = b; ; )": "ALONE for (a = b; ; )",
}  # fmt: skip


def test_loops_of_macros_convert_a_void_pointer(stage: Stage) -> None:
    """Where a parameter of the macro gets a value, and the value shows no type."""
    output = stage.each_line("with_conversions", "".join(f"{line}\n" for line in LOOPS), "cxx-names", "members", "expressions", "initialisers", "parameters", "loops")
    assert lines(output) == [*LOOPS.values()]


NAMES = {
    "int new, class_id; struct class *class;": "int new_, class_id; struct class_ *class_;",
    "a->private = delete(\"new\", 'x');": "a->private_ = delete_(\"new\", 'x');",
    "struct device *device; union device u; device->x;": "struct device_ *device; union device_ u; device->x;",
    "struct t *t;": "struct t *t;",
    'asm("mov %[new], %[old]" : [new] "=r" (new) : [old] "r" (x));': 'asm("mov %[new_], %[old]" : [new_] "=r" (new_) : [old] "r" (x));',
    'asm("table[this]" : : );': 'asm("table[this]" : : );',
    "struct operator { int and; };": "struct operator_ { int and_; };",
    '"template" namespace': '"template" namespace_',
}


def test_names_that_cxx_reserves_are_renamed(stage: Stage) -> None:
    """But in literals; and so is a struct of which an unnamed member has one of its own name."""
    stage.file("layout", "size struct:t 8\noffset struct:t.t 0\nrenamed struct:device 1\n")
    assert lines(stage.each_line("rename", "".join(f"{line}\n" for line in NAMES), "cxx-names", layout="layout")) == [*NAMES.values()]


# members.awk, layout-questions.awk, layout-assertions.awk

STRUCTS = """\
D	struct:s	a.h:1	0	struct s { int a, *b, c[3]; unsigned d:3; int (*fn)(int, char); struct { int in; struct { int deep; } named; }; \
union u { int x; } un; struct { int z; } arr[2], *ptr; enum { EA } kind; int flex[]; } ;
D	atomic_t	a.h:2	0	typedef struct { int counter; } atomic_t ;
D	union:v	a.h:3	0	union v { int a; struct { short lo, hi; } half; } __attribute__((packed)) ;
D	enum:e	a.h:4	0	enum e { A } ;
D	pointer	a.h:5	0	typedef struct { int hidden; } *pointer ;
D	struct:fwd	a.h:6	0	struct fwd ;
F	f	a.h:7	0	static inline int f(void) { struct local { int a; } x; return 0; }
D	struct:g all	a.h:8	0	static struct g { __typeof__(((struct s *)0)->a) t; const char *const names[2]; \
int __attribute__((aligned(8))) al; int :0; unsigned char :3; } all[] = { { .t = 1 } } ;
"""
QUESTIONS = {
    "struct:s": "a b c fn in named.deep named un.x un arr ptr kind flex",
    "union:u": "x",
    "atomic_t": "counter",
    "union:v": "a half.lo half.hi half",
    "struct:g": "t names al",
}


def test_layout_is_asked_of_every_named_struct(stage: Stage) -> None:
    """Each member that has an address is asked for; one of an unnamed struct as its owner's."""
    output = stage.run("members", "layout-questions", inputs=(stage.file("chosen", STRUCTS),))
    asked = [line.split("->")[1].split(" ")[:2] for line in output.splitlines() if "->" in line]
    offsets = [what for kind, what in asked if kind == "offset"]
    assert offsets == [f"{owner}.{member}" for owner, members in QUESTIONS.items() for member in members.split()]
    assert [what for kind, what in asked if kind == "size"] == [*QUESTIONS]
    assert [what for kind, what in asked if kind == "align"] == [*QUESTIONS]
    order = [what for kind, what in asked if kind == "member" and what.startswith("struct:s.")]
    assert order == [f"struct:s.{member}" for member in "a b c d fn in named un arr ptr kind flex".split()]


def test_layout_questions_are_c_that_answers(stage: Stage) -> None:
    """The numbers are in the assembly."""
    declarations = "".join(line.split("\t")[4] + "\n" for line in STRUCTS.splitlines())
    (stage.directory / "m.c").write_text(
        declarations + stage.run("members", "layout-questions", inputs=(stage.file("chosen", STRUCTS),)), encoding="utf-8"
    )
    must(run("gcc", "-w", "-S", "-o", stage.directory / "m.s", stage.directory / "m.c"))
    answers = stage.read("m.s").replace("$", "")
    for answer in ("size struct:g 32", "align struct:g 8", "offset struct:s.c 16", "offset union:v.half.hi 2", "offset struct:g.al 24"):
        assert f'"->{answer}"' in answers


def test_layout_assertions_name_the_member(stage: Stage) -> None:
    """In C++'s names, and with C's in the message"""
    layout = "size struct:class 8\nalign atomic_t 4\noffset struct:s.in.new 4\nmember struct:s.a 1\nrenamed struct:device 1\noffset struct:device.device 0\n"
    output = stage.run("cxx-names", "layout-assertions", inputs=(stage.file("layout", layout),), layout="layout")
    assert output == textwrap.dedent(
        """\
        static_assert(sizeof(struct class_) == 8, "kcxx: C has another size of struct:class");
        static_assert(alignof(atomic_t) == 4, "kcxx: C has another alignment of atomic_t");
        static_assert(__builtin_offsetof(struct s, in.new_) == 4, "kcxx: C has another offset of struct:s.in.new");
        static_assert(__builtin_offsetof(struct device_, device) == 0, "kcxx: C has another offset of struct:device.device");
        """
    )


# unknown-names.awk

GCC_ERRORS = """\
source/m.cc:1:12: error: 'msleep' was not declared in this scope; did you mean 'sleep'?
source/m.cc:2:7: error: 'platform_device' was not declared in this scope
source/m.cc:2:24: error: 'dev' was not declared in this scope
source/m.cc:3:8: error: ISO C++ forbids declaration of 'DEFINE_MUTEX' with no type [-fpermissive]
source/m.cc:3:21: error: 'm' was not declared in this scope
source/m.cc:4:15: error: expected constructor, destructor, or type conversion before '(' token
source/m.cc:5:36: error: invalid use of incomplete type 'struct pci_dev'
source/m.cc:5:14: note: forward declaration of 'struct pci_dev'
source/m.cc:6:16: error: aggregate 'usb_device d' has incomplete type and cannot be defined
source/m.cc:7:12: error: '::mdelay' has not been declared
source/m.cc:8:12: error: 'msleep' was not declared in this scope
source/m.cc:9:12: error: 'nowhere' is not a member of 'kernel'
source/m.cc:10:27: error: expected initializer before 'level'
source/m.cc:9:12: error: expected ';' before '}' token
"""
CLANG_ERRORS = """\
source/m.cc:1:12: error: use of undeclared identifier 'msleep'; did you mean 'sleep'?
source/m.cc:2:7: error: unknown type name 'platform_device'
source/m.cc:3:8: error: unknown type name 'DEFINE_MUTEX'
source/m.cc:4:1: error: a type specifier is required for all declarations
source/m.cc:5:36: error: member access into incomplete type 'struct pci_dev'
source/m.cc:5:14: note: forward declaration of 'pci_dev'
source/m.cc:6:16: error: variable has incomplete type 'struct usb_device'
source/m.cc:6:8: note: forward declaration of 'usb_device'
source/m.cc:7:12: error: no member named 'mdelay' in the global namespace
source/m.cc:8:12: error: use of undeclared identifier 'msleep'
source/m.cc:9:12: error: no member named 'nowhere' in namespace 'kernel'
source/m.cc:10:18: error: expected ';' after top level declarator
"""
UNKNOWN_SOURCE = "1\nint f(platform_device &dev);\nstatic DEFINE_MUTEX(m);\nMODULE_LICENSE(3);\n5\n6\n7\n8\n9\nint\t__read_mostly\tlevel = 3;\n"
UNKNOWN_NAMES = """\
name msleep source/m.cc:1
name platform_device source/m.cc:2
name DEFINE_MUTEX source/m.cc:3
name MODULE_LICENSE source/m.cc:4
whole pci_dev source/m.cc:5
whole usb_device source/m.cc:6
name mdelay source/m.cc:7
name __read_mostly source/m.cc:10
"""
BEHIND = {"behind dev source/m.cc:2", "behind m source/m.cc:3"}


@pytest.mark.parametrize("errors", [GCC_ERRORS, CLANG_ERRORS], ids=["GCC", "Clang"])
def test_unknown_names_are_those_of_errors(errors: str, stage: Stage) -> None:
    """Each is named once; a name whose error follows from another is marked."""
    stage.file("source/m.cc", UNKNOWN_SOURCE)
    inputs = (stage.file("remedies", "# of names\nname\tm?sleep\tx\ty\n"), stage.file("errors", errors))
    output = stage.run("unknown-names", inputs=inputs, bindings="y").splitlines()
    assert [line for line in output if line not in BEHIND] == UNKNOWN_NAMES.splitlines()
    without = stage.run("unknown-names", inputs=inputs, bindings="").splitlines()
    assert without == [line for line in output if " msleep " not in line]


# reading-flags.awk

COMMAND = r"""
g++-12 -Wp,-MMD,m.d -nostdinc -isystem /usr/lib/llvm-19/lib/clang/19/include -isystem std -include a.h -mllvm
-trap-unreachable -fshort-wchar -fno-rtti -fconserve-stack -mno-sse -mcmodel=kernel -m64 --param=a=1 -pg -Werror
-Werror=vla -Wall -DNAME="m" -Dx='y' -Ia+b/c -c -o m.o m.cc
"""
COMMAND_OF_AN_EDITOR = r"""
g++-12 -nostdlibinc -isystem std -include a.h -fshort-wchar -fno-rtti -mno-sse -m64
-Werror=vla -Wall '-DNAME="m"' '-Dx='\''y'\''' -Ia+b/c -c -o m.o m.cc
"""


def test_command_of_an_editor_has_what_decides_how_a_source_is_read(stage: Stage) -> None:
    """Words that a shell would change are quoted."""
    patterns = str(REPOSITORY / "kbuild/reading-flags.txt")
    inputs = (patterns, stage.file("command", "".join(f"{word}\n" for word in COMMAND.split())))
    assert stage.run("reading-flags", inputs=inputs).split() == COMMAND_OF_AN_EDITOR.split()


# cxx-declarations.awk

TO_CXX = """\
D	u8	a.h:1	0	typedef unsigned char u8 ;
D	struct:class	a.h:2	0	struct class { int new; struct device *device; struct { int x; } ; enum { CA, CB } kind; \
struct inner { u8 y; } in, *at; int flex[]; } ;
D	struct:nothing	a.h:3	0	struct nothing { } ;
D	struct:holder	a.h:4	0	struct holder { int count; struct { } tag; struct class last; int values[]; int more; } ;
D	enum:early A B	a.h:5	0	enum early { A = -1, B } ;
D	by_enum	a.h:6	0	extern int by_enum(enum early e, enum late l, enum never n) ;
D	enum:late C	a.h:7	0	enum late { C } ;
D	struct:tight	a.h:8	1	struct tight { char a; int b; } ;
F	cast	a.h:9	0	static inline struct class *cast(void *p, int n) { struct class *c = p; c->device = p; return p; }
F	wrapped	a.h:10	0	static inline __attribute__((gnu_inline)) int wrapped(int template) { int a[] = { [1] = 1, [0] = 2 }; return a[template]; }
D	dropped	b.h:1	0	extern int dropped[sizeof(struct unknown)] ;
D	owned	b.h:2	0	extern int owned ;
D	struct:mine	b.h:3	0	struct mine { int a; } ;
D	bool	b.h:4	0	typedef _Bool bool ;
D	start end	b.h:5	0	extern const void start, end ;
D	wrapped	b.h:6	0	static inline int wrapped(int template) ;
D	struct:shuffled	b.h:7	0	struct shuffled { int first; long second, third; } ;
D	struct:device	b.h:8	0	struct device { int id; } ;
"""
TO_CXX_LAYOUT = """\
size struct:nothing 0
offset struct:shuffled.third 0
offset struct:shuffled.second 8
offset struct:shuffled.first 16
renamed struct:device 1
"""
TO_CXX_TAGS = "struct class\nstruct device\nunion waiting\nenum early\nenum late\nenum never\n"
IN_CXX = """\
struct class_;
struct device_;
union waiting;
enum late : unsigned char;
enum never : unsigned int;
# 1 "kcxx-declaration" 3
typedef unsigned char u8 ;
# 2 "kcxx-declaration" 3
enum kcxx_enum_2_1 { CA, CB }; struct inner { u8 y;}; struct class_ { int new_; struct device_ *device; struct { int x;} ; \
enum kcxx_enum_2_1 kind; struct inner in, *at; int flex[0];} ;
# 3 "kcxx-declaration" 3
struct nothing { char kcxx_nothing[0]; } ;
# 4 "kcxx-declaration" 3
struct holder { int count; struct { char kcxx_nothing[0]; } tag; struct class_ last; int values[0]; int more;} ;
# 5 "kcxx-declaration" 3
enum early { A = -1, B } ;
# 6 "kcxx-declaration" 3
extern int by_enum(enum early e, enum late l, enum never n) ;
# 7 "kcxx-declaration" 3
enum late : unsigned char{ C } ;
#pragma pack(1)
# 8 "kcxx-declaration" 3
struct tight { char a; int b;} ;
#pragma pack()
# 9 "kcxx-declaration" 3
static inline struct class_ *cast(void *p, int n) { struct class_ *c = (__typeof__(c))(p); \
c->device = (__typeof__(c->device))(p); return ( struct class_ *)(p); }
# 10 "kcxx-declaration" 3
extern int wrapped(int template_) __asm__("kcxx_c_wrapped");
# 15 "kcxx-declaration" 3
extern const char start, end ;
# 17 "kcxx-declaration" 3
struct shuffled { long third; long second; int first;} ;
# 18 "kcxx-declaration" 3
struct device_ { int id;} ;
"""


def test_declarations_of_c_become_those_of_cxx(stage: Stage) -> None:
    """Each after a line with its number: structs as they are laid out, enums with a type, inlines with casts or by way of C.

    Nothing is declared that the library has, or that C++ cannot take.
    """
    lists = {
        "layout": TO_CXX_LAYOUT,
        "library": "N owned\nT mine\nE late : unsigned char\n",
        "cast": "9\n",
        "wrapped": "10\n",
        "dropped": "11\terror: incomplete\n",
    }
    for name, text in lists.items():
        stage.file(name, text)
    inputs = ("layout", stage.file("tags", TO_CXX_TAGS), stage.file("chosen", TO_CXX))
    programs = ("effects", "cxx-names", "members", "expressions", "initialisers", "cxx-declarations")
    output = stage.run(*programs, inputs=inputs, **{name: name for name in lists})
    assert lines(output) == lines(IN_CXX)


# library-uses.awk, hidden-enumerators.awk; cxx-declarations.awk for the library, and behind it

LIBRARY = """\
#include <generated/kcxx-bindings.hpp>
/// Calls bindings::in_a_comment().
struct disc;
#define SPIN(disc) ::kernel::bindings::disc_spin(disc, "bindings::quoted")
namespace kernel {
class Disc : Opaque<::disc> {
	static const ::tray *tray(::tray &t) { return std::move(bindings::kcxx_tray(t)); }
	int slots = KCXX_SLOTS; // bindings::behind()
	auto member = ::kernel::Other::value;
	const ::kernel_disc *disc = bindings::kernel_disc_find();
};
}
"""


def test_names_of_the_library_are_those_behind_bindings(stage: Stage) -> None:
    """Types behind "::" or struct, functions behind "bindings::", and the helpers' own; V if a value is needed."""
    output = stage.run("library-uses", inputs=(stage.file("library.hpp", LIBRARY),)).split("\n")
    assert sorted({line for line in output if line.startswith("I")}) == [
        "I KCXX_SLOTS",
        "I disc",
        "I disc_spin",
        "I kcxx_tray",
        "I kernel_disc",
        "I kernel_disc_find",
        "I tray",
    ]
    assert {"V disc", "V KCXX_SLOTS"} <= set(output)
    assert "V tray" not in output


def test_names_of_each_header_stand_behind_it(stage: Stage) -> None:
    """With the library's folder, a line names the header that the names are of."""
    names = [stage.file(f"kernel/{name}", f"using x = ::{text};\n") for name, text in (("a/b.hpp", "disc"), ("c.hpp", "tray"))]
    assert lines(stage.run("library-uses", inputs=tuple(names), folder="kernel")) == lines(
        """\
        H a/b.hpp
        I disc
        V disc
        H c.hpp
        I tray
        V tray
        """
    )


# shares.awk, split-bindings.awk: the parts that headers of the library need

SHARED_BY = """\
H disc.hpp
I spin
H tray.hpp
I open_tray
H none.hpp
H runtime/bug.cc
I bug
"""
EDGES = """\
@ 11 1
@ 12 2
@ 13 3
@ 14 4
@ 15 5
I spin 14
I open_tray 15
I bug 13
D 14 12
D 15 12
D 12 11
"""
TO_SHARE = """\
#pragma once
#if defined(__clang__)
struct disc;
extern "C" {
# 1 "kcxx-declaration" 3
typedef int number;
# 2 "kcxx-declaration" 3
struct disc { number id; };
}
namespace kcxx_bindings {
extern "C" {
# 3 "kcxx-declaration" 3
void bug();
#pragma pack(1)
# 4 "kcxx-declaration" 3
void spin(struct disc *);
#pragma pack()
# 5 "kcxx-declaration" 3
int open_tray(struct disc *);
}
}
#else
struct disc;
extern "C" {
# 1 "kcxx-declaration" 3
typedef int number;
}
#endif
"""
SHARED = """\
//// disc.hpp 0 1 2
//// tray.hpp 0 1 3
//// all 0 1 2 3 4
#pragma once
#if defined(__clang__)
struct disc;
extern "C" {
//// 1
# 1 "kcxx-declaration" 3
typedef int number;
//// 1
# 2 "kcxx-declaration" 3
struct disc { number id; };
}
namespace kcxx_bindings {
extern "C" {
//// 4
# 3 "kcxx-declaration" 3
void bug();
#pragma pack(1)
//// 2
# 4 "kcxx-declaration" 3
void spin(struct disc *);
#pragma pack()
//// 3
# 5 "kcxx-declaration" 3
int open_tray(struct disc *);
}
}
#else
struct disc;
extern "C" {
//// 1
# 1 "kcxx-declaration" 3
typedef int number;
}
#endif
"""


def test_declarations_that_the_same_headers_need_are_one_part(stage: Stage) -> None:
    """A part that more headers need comes first: it has what the others are made of."""
    texts = (("uses", SHARED_BY), ("edges", EDGES), ("bindings", TO_SHARE))
    inputs = tuple(stage.file(name, text) for name, text in texts)
    assert lines(stage.run("shares", inputs=inputs)) == lines(SHARED)


def test_parts_are_whole_headers(stage: Stage) -> None:
    """Each part opens and closes what encloses its declarations, for each of the two compilers."""
    stage.file("out/bindings/empty", "")
    stage.run("split-bindings", inputs=(stage.file("shared", SHARED),), folder="out")
    assert lines(stage.read("out/bindings/disc.hpp")) == [
        "#pragma once",
        "#include <generated/bindings/part-0.hpp>",
        "#include <generated/bindings/part-1.hpp>",
        "#include <generated/bindings/part-2.hpp>",
    ]
    assert stage.read("out/kcxx-bindings.hpp").count("#include") == 5
    assert lines(stage.read("out/bindings/part-1.hpp")) == lines(
        """\
        #pragma once
        #pragma GCC system_header
        #if defined(__clang__)
        # 1 "kcxx-bindings" 3
        extern "C" {
        # 1 "kcxx-declaration" 3
        typedef int number;
        # 2 "kcxx-declaration" 3
        struct disc { number id; };
        }
        #else
        # 1 "kcxx-bindings" 3
        extern "C" {
        # 1 "kcxx-declaration" 3
        typedef int number;
        }
        #endif
        """
    )
    assert lines(stage.read("out/bindings/part-2.hpp")) == lines(
        """\
        #pragma once
        #pragma GCC system_header
        #if defined(__clang__)
        # 1 "kcxx-bindings" 3
        #pragma pack(1)
        namespace kcxx_bindings {
        extern "C" {
        # 4 "kcxx-declaration" 3
        void spin(struct disc *);
        }
        }
        #pragma pack()
        #else
        # 1 "kcxx-bindings" 3
        #endif
        """
    )


def test_part_without_declarations_in_cxx_is_left_out(stage: Stage) -> None:
    """C++ has its own names of some that C declares: nothing is written of them."""
    stage.file("out/bindings/empty", "")
    shared = "//// disc.hpp 0 1 2\n//// all 0 1 2\nstruct disc;\n//// 2\n# 4 \"kcxx-declaration\" 3\nvoid spin();\n"
    stage.run("split-bindings", inputs=(stage.file("shared", shared),), folder="out")
    assert "part-1" not in stage.read("out/bindings/disc.hpp")
    assert not (stage.directory / "out/bindings/part-1.hpp").exists()


OF_THE_LIBRARY = """\
D	enum:disc_flags DISC_FAST DISC_SLOW	a.h:1	0	enum disc_flags { DISC_FAST, DISC_SLOW } ;
D	struct:disc	a.h:2	0	struct disc { int id; } ;
D	disc_t	a.h:3	0	typedef struct disc disc_t ;
D	KCXX_SLOTS	a.h:4	0	static const int KCXX_SLOTS = 3 ;
D	disc_spin	a.h:5	0	extern void disc_spin(struct disc *d) ;
F	disc_flags_of	a.h:6	0	static inline int disc_flags_of(struct disc *d) { disc_spin(d); return DISC_FAST; }
D	discs	a.h:7	0	extern struct disc discs[3] ;
"""
LIBRARY_IN_CXX = """\
struct disc;
extern "C" {
# 1 "kcxx-declaration" 3
enum disc_flags { DISC_FAST_, DISC_SLOW } ;
# 2 "kcxx-declaration" 3
struct disc { int id;} ;
# 3 "kcxx-declaration" 3
typedef struct disc disc_t ;
# 4 "kcxx-declaration" 3
static const int KCXX_SLOTS = 3 ;
}
namespace kcxx_bindings {
extern "C" {
# 5 "kcxx-declaration" 3
extern void disc_spin(struct disc *d) ;
}
}
namespace kcxx_bindings {
# 6 "kcxx-declaration" 3
static inline int disc_flags_of(struct disc *d) { disc_spin(d); return DISC_FAST_; }
}
namespace kcxx_bindings {
extern "C" {
# 7 "kcxx-declaration" 3
extern struct disc discs[3] ;
}
}
"""
BEHIND_THE_LIBRARY = """\
# 3 "kcxx-declaration" 3
typedef struct disc disc_t ;
# 4 "kcxx-declaration" 3
extern void disc_spin(struct disc *d) ;
# 5 "kcxx-declaration" 3
static inline int disc_flags_of(struct disc *d) { disc_spin(d); return DISC_FAST_; }
# 6 "kcxx-declaration" 3
extern struct disc discs[3] ;
"""


@pytest.fixture
def library(stage: Stage) -> Stage:
    """The library has DISC_FAST and disc_spin in namespace kernel: its bindings hide the enumerator."""
    stage.file("names", "N DISC_FAST\nN disc_spin\nT disc\n")
    stage.file("layout", "size struct:disc 4\n")
    stage.file("tags", "struct disc\n")
    stage.file("chosen", OF_THE_LIBRARY)
    stage.file("hidden", stage.run("hidden-enumerators", inputs=("names", "chosen")))
    return stage


INTO_CXX = ("effects", "cxx-names", "members", "expressions", "initialisers", "cxx-declarations")


def test_functions_of_the_library_are_in_a_namespace(library: Stage) -> None:
    """Types are of all files, but for enumerators that the library has: these get a "_"."""
    assert library.read("hidden") == "N DISC_FAST\n"
    output = library.run(*INTO_CXX, inputs=("layout", "tags", "chosen"), hidden="hidden", space="kcxx_bindings")
    assert lines(output) == lines(LIBRARY_IN_CXX)


def test_source_behind_the_library_defines_no_type_twice(library: Stage) -> None:
    """Functions are declared again, outside of the library's namespace; enumerators keep the library's names."""
    of_source = "".join(line for line in OF_THE_LIBRARY.splitlines(keepends=True) if "KCXX_SLOTS" not in line)
    inputs = ("layout", "tags", library.file("own", of_source))
    output = library.run(*INTO_CXX, inputs=inputs, hidden="hidden", declared="chosen")
    assert lines(output) == lines(BEHIND_THE_LIBRARY)


WIDTH = """\
F	bits_per	a.h:1	0	static inline int bits_per(int n) { return n; }
D	struct:narrow	a.h:2	0	struct narrow { unsigned int value : bits_per(1024); int (*bits_per)(int); } ;
"""


def test_type_that_calls_a_function_names_its_namespace(stage: Stage) -> None:
    """The width of a bit-field may be a call: the types are outside of the functions' namespace."""
    inputs = (stage.file("layout", ""), stage.file("tags", ""), stage.file("chosen", WIDTH))
    output = stage.run(*INTO_CXX, inputs=inputs, space="kcxx_bindings")
    assert "struct narrow { unsigned int value : kcxx_bindings::bits_per(1024); int (*bits_per)(int);} ;" in lines(output)


def test_static_function_of_the_library_names_variables_of_c(stage: Stage) -> None:
    """Its body may declare one, which would be C++'s in a namespace: extern "C" is around it."""
    chosen = (
        "F\tmasked\ta.h:1\t0\tstatic inline int masked(void) { extern int priorities; return priorities; }\n"
        "F\tplain\ta.h:2\t0\tstatic inline int plain(void) { return 1; }\n"
    )
    inputs = (stage.file("layout", ""), stage.file("tags", ""), stage.file("chosen", chosen))
    output = lines(stage.run(*INTO_CXX, inputs=inputs, space="kcxx_bindings"))
    masked, plain = (next(n for n, line in enumerate(output) if f"int {name}(" in line) for name in ("masked", "plain"))
    assert 'extern "C" {' in output[:masked]
    assert output[masked + 1 : plain].count("}") == 2


# wrappers.awk

WRAPPED = """\
D	struct:s	a.h:1	0	struct s { int x; } ;
F	wrapped	a.h:2	0	static inline __attribute__((__always_inline__)) __attribute__((unused)) int wrapped(int a) { return a; }
F	many	a.h:3	0	static inline struct s *many(const struct s *s, int v[3], int (*fn)(int, void *), unsigned long f __attribute__((unused))) { return 0; }
F	pointer	a.h:4	0	static __inline__ void pointer(void) { }
F	not_called	a.h:5	0	static inline int not_called(void) { return 1; }
"""
WRAPPERS = """\
extern __typeof__(wrapped) kcxx_c_wrapped;
int kcxx_c_wrapped(int a)
{
return wrapped(a);
}
extern __typeof__(many) kcxx_c_many;
struct s *kcxx_c_many(const struct s *s, int v[3], int (*fn)(int, void *), unsigned long f )
{
return many(s, v, fn, f);
}
extern __typeof__(pointer) kcxx_c_pointer;
void kcxx_c_pointer(void)
{
return pointer();
}
"""


def test_wrappers_are_functions_of_c_for_those_that_are_called(stage: Stage) -> None:
    """With the type of the inline, and every parameter passed on"""
    output = stage.run("members", "wrappers", inputs=(stage.file("chosen", WRAPPED),), called="wrapped many pointer")
    assert [line.strip() for line in lines(output)] == lines(WRAPPERS)


# macros.awk

MACROS_OF_C = """\
ONE	a.h:1	ONE 1
TEXT	a.h:2	TEXT(x) "a"x"b" PREFIX
NEW	a.h:3	NEW(class) ((struct class *)(class))->new
ALIAS	a.h:4	ALIAS(name) extern typeof(name) name##_alias __attribute__((unused, alias(__stringify(name))))
ENTRY	a.h:5	ENTRY(x) .b = (x), .a = 1
NULL	a.h:6	NULL ((void *)0)
"""
MACROS_OF_CXX = {
    "ONE": "ONE 1",
    "TEXT": 'TEXT(x) "a" x"b" PREFIX',
    "NEW": "NEW(class_) ((struct class_ *)(class_))->new_",
    "ALIAS": "ALIAS(name) KCXX_ALIAS( name##_alias , name)",
    "ENTRY": "ENTRY(x) .a = 1, .b = (x)",
    "NULL": "NULL nullptr",
}


def test_macros_of_c_become_those_of_cxx(stage: Stage) -> None:
    """Where the library has none of that name"""
    stage.file("layout", "member struct:s.a 1\nmember struct:s.b 2\n")
    programs = ("cxx-names", "members", "expressions", "initialisers", "parameters", "loops", "macros")
    output = stage.run(*programs, inputs=(stage.file("macros", MACROS_OF_C),), layout="layout")
    assert lines(output) == [line for name, text in MACROS_OF_CXX.items() for line in (f"#ifndef {name}", f"#define {text}", "#endif")]


# refused.awk

REFUSED_DECLARATIONS = "D\ta\nF\tb\nF\tc\nF\td\nD\te\nF\tf\n"
REFUSED_ERRORS = """\
kcxx-declaration:1:7: error: unknown type name 'x'
kcxx-declaration:1:9: error: of the same declaration
kcxx-declaration:2:20: error: invalid conversion from 'void*' to 'int*'
kcxx-declaration:3:1: note: not an error
kcxx-declaration:3:20: error: after a cast
kcxx-declaration:4:20: sorry, unimplemented: after a wrapper
kcxx-declaration:6:20: error: arithmetic on a pointer to void
m.cc:3:1: error: of no declaration
"""


@pytest.mark.parametrize("inline_void", ["", "y"])
def test_refused_functions_get_casts_then_wrappers(inline_void: str, stage: Stage) -> None:
    """A declaration that no way mends is dropped, with the reason; errors elsewhere are returned."""
    before = {"cast": "3\n4\n", "wrapped": "4\n", "dropped": ""}
    for name, text in before.items():
        stage.file(name, text)
    inputs = (stage.file("chosen", REFUSED_DECLARATIONS), stage.file("errors", REFUSED_ERRORS))
    output = stage.run("refused", inputs=inputs, inline_void=inline_void, **{name: name for name in before})
    assert output == "m.cc:3:1: error: of no declaration\n"
    assert stage.read("cast") == "3\n4\n2\n" + ("" if inline_void else "6\n")
    assert stage.read("wrapped") == "4\n3\n"
    assert stage.read("dropped") == "1\terror: unknown type name 'x'\n4\tsorry, unimplemented: after a wrapper\n"


# placed.awk


def test_numbers_of_declarations_become_places(stage: Stage) -> None:
    """The places are those of the kernel's headers, whose warnings are not shown; a path may have a colon."""
    chosen = stage.file("chosen", "D\tx\ta:b/c.h:12\t0\tint x ;\nF\ty\td.h:3\t0\tint y(void) { }\n")
    text = '#pragma once\n# 2 "kcxx-declaration" 3\nint y(void) { }\n# 1 "kcxx-declaration" 3\nint x ;\n# 1 "kcxx-macros"\n'
    output = stage.run("placed", inputs=(chosen, stage.file("bindings", text)))
    assert output == text.replace('# 2 "kcxx-declaration" 3', '# 3 "d.h" 3').replace('# 1 "kcxx-declaration" 3', '# 12 "a:b/c.h" 3')


# library-names.awk


def test_names_of_the_library_are_those_of_included_headers(stage: Stage) -> None:
    """Constants and functions, C's structs and enums that the library writes out; each header is read once."""
    stage.file(
        "library/kernel/slab.hpp",
        "#pragma once\n#include <kernel/error.hpp>\n#include <cstddef>\ninline constexpr Gfp GFP_KERNEL{1};\n"
        "inline constexpr unsigned int LIMIT = 3;\n[[nodiscard]] inline std::size_t ksize(const void *p)\n\tinline int not_at_the_start(int);\n",
    )
    stage.file("library/kernel/error.hpp", "#include <kernel/slab.hpp>\nstruct device {\nenum module_state : unsigned int;\nclass Error {\n")
    output = stage.run("library-names", inputs=(stage.file("headers", "vector\nkernel/slab.hpp\n"),), headers="library")
    assert sorted(output.splitlines()) == ["E module_state : unsigned int", "N GFP_KERNEL", "N LIMIT", "N ksize", "T device"]


# bit-positions.awk


def test_positions_of_bit_fields_are_those_of_their_bits(stage: Stage) -> None:
    """Counted from the first bit of the struct; nm names where each object begins."""
    fields = stage.file("fields", "1 struct:s.a\n2 struct:s.b\n3 struct:t.c\n")
    names = stage.file("names", "0000000000000000 D kcxx_bits_1\n0000000000000004 D kcxx_bits_2\n000000000000000a D kcxx_bits_3\n00000000000000ff T other\n")
    data = stage.file("bytes", " 01 00 00 00 00 e0 01 00\n 00 00 00 00 00 80\n")
    output = stage.run("bit-positions", inputs=(fields, names, data))
    assert sorted(output.splitlines()) == ["bit struct:s.a 0", "bit struct:s.b 13", "bit struct:t.c 31"]


# declaring-lines.awk

MENTIONS = """\
/k/include/linux/use.h:1:extern int debug __hot;
/k/include/linux/cache.h:2:#define __hot __section(".hot")
/k/include/net/cache.h:3:#define __hot
/k/include/linux/text.h:4: * __hot variables
/k/include/linux/call.h:5:	return __hot(3);
/k/include/linux/kind.h:6:	__hot = 3,
/k/include/linux/fortify-string.h:7:#define __hot(x)
"""


def test_declaring_lines_have_the_best_first(stage: Stage) -> None:
    """A macro, then a declaration in which it may stand, then an enumerator; other folders behind. Comments and calls are none."""
    output = stage.run("declaring-lines", inputs=(stage.file("mentions", MENTIONS),), name="__hot", kind="name")
    assert [line.split(":")[0] for line in output.splitlines()] == [
        "/k/include/linux/cache.h", "/k/include/linux/use.h", "/k/include/linux/kind.h", "/k/include/net/cache.h", "/k/include/linux/fortify-string.h",
    ]  # fmt: skip


def test_declaring_lines_of_a_whole_struct_define_it(stage: Stage) -> None:
    """Neither a mention, nor a function or macro of its name"""
    text = "a.h:1:struct part;\na.h:2:#define part(x)\nb.h:3:struct part { int x; };\nc.h:4:int part(struct part *p);\n"
    assert stage.run("declaring-lines", inputs=(stage.file("mentions", text),), name="part", kind="whole").startswith("b.h:3:")


# effects.awk

EFFECTS = """\
D	msleep	/k/include/a.h:1	0	extern void msleep(unsigned int ms) ;
D	udelay	/k/include/a.h:2	0	extern void udelay(unsigned long us) ;
F	locked	/k/include/a.h:3	0	static inline void locked(struct lock *l) { __might_sleep("a.h", 3); }
F	plain	/k/include/a.h:4	0	static inline int plain(int a) { return a; }
D	hook	/k/include/a.h:5	0	extern int (*hook)(int a) ;
D	fn_t	/k/include/a.h:6	0	typedef int fn_t(int a) ;
D	level	/k/include/a.h:7	0	extern int level ;
D	pump_level	/k/drivers/pump.h:1	0	extern int pump_level(void) ;
"""


def test_functions_have_their_effects_for_clang(stage: Stage) -> None:
    """By the table, and by might_sleep() in a body; pointers, types, variables and the module's own functions have none."""
    inputs = (stage.file("layout", ""), stage.file("tags", ""), stage.file("declarations", EFFECTS))
    names = {"layout": "layout", "library": "", "cast": "", "wrapped": "", "dropped": "", "used": "", "declared": "", "space": ""}
    output = stage.run(*INTO_CXX, inputs=inputs, **names, sleeping=str(BINDGEN / "sleeping-functions.txt"), folders=":/k/include:/k/arch")
    marked = [line for line in output.splitlines() if line.startswith("KCXX_")]
    effects = {name: line.split()[0] for line in marked for name in ("msleep", "udelay", "locked", "plain", "hook", "fn_t", "level") if f" {name}(" in line}
    assert len(marked) == 4
    assert effects == {"msleep": "KCXX_BLOCKING", "udelay": "KCXX_NONBLOCKING", "locked": "KCXX_BLOCKING", "plain": "KCXX_NONBLOCKING"}
