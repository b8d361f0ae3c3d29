# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Where KTRY() would leave objects behind: what kbuild/ktry-places.awk finds in a source, by each awk there is.

LEAVING leave an object behind with GCC when KTRY() returns. That the others leave none is tried in a kernel, by
tests/modules/memory/results.cc.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fixtures.axes import needs
from fixtures.commands import must, run
from fixtures.repository import REPOSITORY

PLACES = REPOSITORY / "kbuild/ktry-places.awk"
HEADERS = REPOSITORY / "kbuild/include/kernel"
AWKS = ("mawk", "gawk", "busybox awk", "original-awk")

LEAVING = """\
return {mk(), KTRY(x())};
return Result<P>{P{mk(), KTRY(x())}};
auto p = P{.a = mk(), .b = KTRY(x())};
P p = {mk(), KTRY(x())};
P ps[2] = {{mk(), mk()}, {mk(), KTRY(x())}};
P ps[2] = {{mk(), mk()}, {KTRY(x()), mk()}};
take(P{mk(), KTRY(x())});
take(1, {mk(), KTRY(x())});
p = {mk(), KTRY(x())};
if (P p{mk(), KTRY(x())}; p.a.n) return 1;
for (P p{mk(), KTRY(x())};;) ;
while (use(P{mk(), KTRY(x())})) ;
switch (P{mk(), KTRY(x())}.n) { default: break; }
auto l = [&]() -> Result<P> { return P{mk(), KTRY(x())}; };
auto l = [] { return 1; }; P p{mk(), KTRY(x())};
new (b) P{mk(), KTRY(x())};
new (b) P(mk(), KTRY(x()));
auto z = std::array{mk(), KTRY(x())};
T z[]{mk(), KTRY(x())};
const char *s = R"({)"; P p{mk(), KTRY(x())};
char c = '{'; P p{mk(), KTRY(x())};
P p{mk(), c ? KTRY(x()) : mk()};
P p{mk(), (KTRY(x()))};
P p{mk(), f(g(KTRY(x())))};
P p{mk(), T{KTRY(x())}};
P p{T{}, KTRY(x())};
P p{{}, KTRY(x())};
P p{t, KTRY(x())};
P p{std::move(t), KTRY(x())};
P p{[] { return mk(); }(), KTRY(x())};
P p{MAKE(1), MAKE(2)};
auto p = PAIR(mk(), KTRY(x()));
auto p = BOTH;
auto l = [a = mk(), b = KTRY(x())] { return 1; };
run([=, b = KTRY(x())] { return 1; });
run([t, b = KTRY(x())] { return 1; });
run([*this, b = KTRY(x())] { return 1; });
auto [a, b] = P{mk(), KTRY(x())};
auto w = std::array<std::array<T, 2>, 2>{mk(), KTRY(x())};
struct P p{mk(), KTRY(x())};
case 1: { P p{mk(), KTRY(x())}; }
[[maybe_unused]] P p{mk(), KTRY(x())};
if (x) [[unlikely]] { return P{mk(), KTRY(x())}; }
P p(mk(), KTRY(x()));
auto p = Pump(mk(), KTRY(x()));
take(lower_case(mk(), KTRY(x())));
if constexpr (requires { f(x); }) { P p{mk(), KTRY(x())}; }
P p{mk(), ({ auto y = KTRY(x()); std::move(y); })};
P p{mk(), ({ if (c) { KTRY(x()); } mk(); })};
P p{mk(), ({ if (c) return 3; mk(); })};
P p{.b = KTRY(x())};
P p{.a{mk()}, .b{KTRY(x())}};
struct L { Result<P> f() { return P{mk(), KTRY(x())}; } };
foo(a < b, c > d); P p{mk(), KTRY(x())};
for (auto t : {KTRY(x()), KTRY(x())}) ;
return cond ? P{mk(), KTRY(x())} : P{};
l = [](auto v) mutable noexcept -> Result<P> { return P{v, KTRY(x())}; };
l = []<typename V, int N>(V v) -> std::pair<V, int> { return {v, KTRY(x())}; };
auto p = (P){mk(), KTRY(x())};
""".splitlines()

HARMLESS = """\
auto x = KTRY(f());
return KTRY(f());
if (KTRY(f())) return 1;
KTRY(f()).g();
P p{KTRY(f())};
P p{3, KTRY(f())};
P p{"a"sv, sizeof(x), GFP_KERNEL | kernel::GFP_DMA, -1, nullptr, &thing, &a->b, KTRY(f())};
root.create("note", 0600, KTRY(Arc<N>::make(GFP_KERNEL)));
take(mk(), KTRY(x()));
return {std::in_place, mk(), KTRY(x())};
return Result<P>{std::in_place, KTRY(a()), KTRY(b())};
P p{mk(), [&]() -> Result<T> { return KTRY(x()); }()};
P p{mk(), [&]() -> Result<T> { auto y = KTRY(x()); return y; }};
run([&a, this, b = KTRY(x())] { return 1; });
run([&, b = KTRY(x())] { return 1; });
auto n = a + KTRY(x()) * mk();
CHECK(KTRY(r.read<u8>()) == 0 && r.size() == 15);
(void)(mk(), KTRY(x()));
for (int i = 0; i < KTRY(n()); ++i) ;
int a = KTRY(x()), b = KTRY(y());
switch (KTRY(x())) { case 1: break; }
Box<P>::make(GFP_KERNEL, mk(), KTRY(x()));
Foo::Create(mk(), KTRY(x()));
obj.Create(mk(), KTRY(x()));
P p{Map<int, 3>::make(KTRY(x()))};
run([a = mk()] { return 1; }, KTRY(x()));
P p{mk(), mk()}; auto z = KTRY(x());
enum { A, B }; auto x = KTRY(y());
auto l = [t]() -> Result<int> { return KTRY(x()); };
a[KTRY(i())] = mk();
while (KTRY(more())) { use(mk(), KTRY(x())); }
KTRY(held->queue->run(GFP_KERNEL, [&h = *held] { go(); }));
return position += static_cast<Offset>(KTRY(to.write_some(rest)));
return mk() < KTRY(x());
// P p{mk(), KTRY(x())}
const char *s = "P{mk(), KTRY(x())}";
use(P{mk(), mk()}, KTRY(x()));
return wrap({mk(), mk()}, KTRY(x()));
KTRY(apply(mk(), KTRY(x())));
auto p = MAKE(1);
""".splitlines()

# The lines before a source's functions: all kinds of braces
BEFORE = """\
#define KTRY(expression) ({ auto kcxx_result = (expression); if (!kcxx_result) return kcxx_result.error(); *kcxx_result; })
#define MAKE(x) KTRY(make(x))
#define PAIR(a, b) P{a, b}
#define BOTH P{mk(), KTRY(x())}
namespace a::b { class Y; enum class E : int { one, two = 2 }; }
extern "C" { struct c_thing { int a; }; void c_fn(struct c_thing *, int); }
template <typename T, int N = 3> requires (N > 2) class [[nodiscard]] X final : public Base<T, N> {
public:
	X() noexcept : a_{1}, b_(2), Base<T, N>{3} { if (a_) { b_ = {4}; } else { do { } while (0); } }
	X &operator=(X &&other) noexcept { swap(other); return *this; }
	int operator[](int i) const { switch (i) { case 1: { return 2; } default: return 3; } }
	auto f() const -> Result<int> { again: return c > '{' ? 1'000 : 2; }
	static constexpr const char *text = R"x({ "( )x"; // {
	static inline int table[] = {1, 2, /* { */ 3};
	struct alignas(8) In { int x; } in_;
private:
	union { int u; char c; };
};
struct lower_case { T a, b; };
#if 0
P p{mk(), KTRY(x())};
#endif
"""
FUNCTIONS = (
    "template <typename... Ts> Result<P> f(int x) {\n%s\nreturn 0; }",
    "namespace { struct Z { static Result<P> init(ThisModule &self) noexcept {\n%s\nreturn 0; } }; }",
    "template <typename T, typename C = std::less<>> class Y : public Base<T, C> {\nR<int> g(K k) { return h(k, l); }\nResult<P> f() {\n%s\nreturn 0; } };",
    "auto f() -> Result<P>\n{\n\tfor (auto &x : y) {\n%s\n\t}\n}",
    "void f() {\n#ifdef A\nif (x) {\n#else\nif (y) {\n#endif\n%s\n}\n}",
)


def found_in(awk: str, source: Path, *options: str) -> set[int]:
    """The lines of @source in which @awk finds something."""
    command = (*awk.split(), "-v", "own=/nowhere/", *options, "-f", PLACES, source)
    return {int(line.split("\t")[0].rpartition(":")[2]) for line in must(run(*command, env={"LC_ALL": "C"})).splitlines()}


@pytest.mark.parametrize("awk", AWKS)
def test_places_are_those_that_leave_objects_behind(awk: str, tmp_path: Path) -> None:
    """In functions of all kinds: in the source as it is, and in what the preprocessor makes of it."""
    if not shutil.which(awk.split()[0]):
        pytest.skip(f"this host has no {awk}")
    text = BEFORE
    wanted: dict[int, str] = {}
    others: dict[int, str] = {}
    for function in FUNCTIONS:
        for case in (*LEAVING, *HARMLESS):
            before, after = function.split("%s")
            text += before
            (wanted if case in LEAVING else others)[text.count("\n") + 1] = case
            text += f"{case}{after}\n"
    source = tmp_path / "source.cc"
    source.write_text(text, encoding="utf-8")
    preprocessed = tmp_path / "source.ii"
    preprocessed.write_text(must(run("g++", "-std=gnu++23", "-E", "-w", source)), encoding="utf-8")

    raw = found_in(awk, source)
    assert 4 in raw  # the macro BOTH: where it is used, only the preprocessor knows
    raw = raw - {4} | {line for line, case in wanted.items() if "BOTH" in case}
    assert [wanted[line] for line in sorted(wanted.keys() - raw)] == []
    assert [others.get(line, line) for line in sorted(raw - wanted.keys())] == []
    exact = found_in(awk, preprocessed, "-v", "preprocessed=y")
    assert [wanted[line] for line in sorted(wanted.keys() - exact)] == []
    assert [others.get(line, line) for line in sorted(exact - wanted.keys())] == []


def test_headers_of_the_module_are_read(tmp_path: Path) -> None:
    """Headers in the dependencies are read, as compilers and fixdep write them; kcxx's own are not."""
    for name in ("own.hpp", "library/theirs.hpp"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("inline R<P> f() { return P{mk(), KTRY(x())}; }\n", encoding="utf-8")
    source, depfile = tmp_path / "source.cc", tmp_path / "depfile"
    source.write_text('#include "own.hpp"\n#define CALL own()\n', encoding="utf-8")
    depfile.write_text(f"source.o: {source} \\\n  {tmp_path}/own.hpp {tmp_path}/library/theirs.hpp \\\n", encoding="utf-8")
    command = ("awk", "-v", f"own={tmp_path}/library/", "-v", f"depfile={depfile}", "-f", PLACES, source)
    assert must(run(*command)).split("\t")[0] == f"{tmp_path}/own.hpp:1"


@pytest.mark.parametrize("awk", AWKS)
def test_headers_of_c_are_not_read(awk: str, tmp_path: Path) -> None:
    """Headers of C, which bindings bring into the dependencies, are not read if the list names them; it may be missing.
    """
    for name in ("own.hpp", "pci.h"):
        (tmp_path / name).write_text("inline R<P> f() { return P{mk(), KTRY(x())}; }\n", encoding="utf-8")
    source, depfile, headers = (tmp_path / name for name in ("source.cc", "depfile", "headers"))
    source.write_text("#define CALL own()\n", encoding="utf-8")
    depfile.write_text(f"source.o: {source} {tmp_path}/pci.h {tmp_path}/own.hpp\n", encoding="utf-8")
    command = (*awk.split(), "-v", "own=/nowhere/", "-v", f"depfile={depfile}", "-v", f"headers_of_c={headers}", "-f", PLACES, source)
    assert must(run(*command)).count("\n") == 2
    headers.write_text(f"{tmp_path}/pci.h\n", encoding="utf-8")
    assert must(run(*command)).split("\t")[0] == f"{tmp_path}/own.hpp:1"


@pytest.mark.parametrize("compiler", ["g++", "clang++-19", "clang++-22"])
def test_places_are_found_by_the_command_that_compiles(compiler: str, tmp_path: Path) -> None:
    """The command of the compile finds the places, and writes neither object nor dependencies; -Werror does not stop
    it.
    """
    needs(compiler)
    source = tmp_path / "source.cc"
    source.write_text("#define KTRY(x) ({ return 1; })\n#define MAKE KTRY(x())\nP p() { return P{mk(), MAKE}; }\n", encoding="utf-8")
    command = (compiler, "-Werror", "-MD", "-c", "-o", tmp_path / "source.o", source)
    found = must(run("sh", PLACES.with_suffix(".sh"), tmp_path / "source.o", *command))
    assert found.split("\t")[0] == f"{source}:3"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["source.cc"]


def test_library_leaves_nothing_behind() -> None:
    """No header of kcxx has KTRY() in such a place."""
    headers = sorted(HEADERS.rglob("*.hpp"))
    assert headers
    assert [found for header in headers if (found := must(run("awk", "-v", "own=/nowhere/", "-f", PLACES, header)))] == []
