// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What the kernel's headers use that C alone has, in C++. Generated bindings include it;
/// select.awk leaves out the kernel's own macros of these names.

#pragma once
#pragma GCC system_header

#include <cstddef>
#include <type_traits>

// C's [0] = x
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wc99-designator"
#endif

// A flexible array of a struct that the source may have in another one: g++ takes none there.
#if defined(__clang__)
#define KCXX_FLEXIBLE
#else
#define KCXX_FLEXIBLE 0
#endif

// Words of C
#define _Bool bool
#define _Static_assert static_assert
#define __auto_type auto
#define restrict __restrict

namespace kcxx_c
{

/// Whether two types are the same but for qualifiers, given pointers to them. A function, for no
/// template argument may have a statement expression in it.
template <typename A, typename B>
constexpr bool compatible(A *, B *)
{
	return std::is_same_v<std::remove_cv_t<A>, std::remove_cv_t<B>>;
}

/// As a value of an expression of this type is: without reference and qualifiers, no array, no
/// function
template <typename T>
using value_type = std::decay_t<T>;

/// Has the type that a pointer is to, without qualifiers
template <typename T>
std::remove_cv_t<T> unqualified_value(T *);

/// Has the type of that value. A template's argument may have no statement expression in it, a
/// function's may.
template <typename T>
T decayed(T);

/// For typeof: what a pointer points at, which may be void
template <typename T>
T &pointed(T *p);
void pointed(void *p);
const void pointed(const void *p);

/// An integer's unsigned type; other types stay.
template <typename T, bool Integer = std::is_integral_v<T> && !std::is_same_v<T, bool>>
struct make_unsigned {
	using type = T;
};
template <typename T>
struct make_unsigned<T, true> {
	using type = std::make_unsigned_t<T>;
};
template <typename T>
typename make_unsigned<std::remove_cv_t<T>>::type unsigned_value(T *);

/// The number of the type that the value has, of those that _Generic lists; if it has none of them,
/// the count of them
template <typename Value, typename... Types>
constexpr unsigned selected()
{
	unsigned number = 0;
	static_cast<void>(((std::is_same_v<Value, Types> || (++number, false)) || ...));
	return number;
}

/// An expression that has not been selected, or is void
struct Nothing {
};

/// The value of an expression of _Generic's, if that is the selected one
template <typename T>
struct Selectable {
	union {
		T value;
		Nothing nothing;
	};
	constexpr Selectable(const T &x) : value(x) {}
	constexpr Selectable(Nothing x) : nothing(x) {}
};

/// (expression, Nothing()): an expression of type void does not come here, and remains Nothing.
template <typename T>
[[gnu::always_inline]] constexpr Selectable<value_type<T>> operator,(T &&x, Nothing)
{
	return x;
}

template <unsigned Number, typename First, typename... Others>
[[gnu::always_inline]] constexpr auto select(const First &first, const Others &...others)
{
	if constexpr (Number > 0) {
		static_assert(sizeof...(Others) > 0, "kcxx: _Generic lists no such type");
		return select<Number - 1>(others...);
	} else if constexpr (!std::is_same_v<First, Nothing>) {
		return first.value;
	}
}

/// The type of a pointer; NULL is a number in C++ until something makes a pointer of it.
template <typename T>
using pointer_type = std::conditional_t<std::is_integral_v<T>, std::nullptr_t, std::decay_t<T>>;

template <typename T>
constexpr auto absolute(T x)
{
	using Signed = std::make_signed_t<T>;
	return static_cast<Signed>(x) < 0 ? static_cast<Signed>(-static_cast<Signed>(x))
					  : static_cast<Signed>(x);
}

/// Becomes the pointer that it is assigned to.
struct AnyPointer {
	void *value;
	template <typename T>
	constexpr operator T *() const
	{
		return static_cast<T *>(value);
	}
};
template <typename T>
[[__gnu__::__always_inline__]] constexpr AnyPointer any_pointer(T value)
{
	return {(void *)value};
}

/// A void * as the pointer that it is assigned to; anything else as it is
template <typename To, typename From>
[[__gnu__::__always_inline__]] constexpr auto from_void(From value)
{
	if constexpr (std::is_pointer_v<To> && std::is_pointer_v<From> &&
		      std::is_void_v<std::remove_pointer_t<From>>)
		return static_cast<To>(value);
	else
		return value;
}

} // namespace kcxx_c

// C++'s own headers have the number 0 for it, by which a choice between two of them is a number.
#undef NULL
#define NULL nullptr

// GCC's, and not Clang's
#if !__has_builtin(__builtin_isdigit)
#define __builtin_isdigit(c) ((unsigned int)(c) - '0' < 10U)
#endif

#define __builtin_types_compatible_p(a, b)                                                         \
	::kcxx_c::compatible((__typeof__(a) *)nullptr, (__typeof__(b) *)nullptr)

// The value has the type that both have in common: where they have none, it is an error.
#define __builtin_choose_expr(condition, a, b) ((condition) ? (a) : (b))

// <linux/compiler_types.h>, <linux/bitfield.h>: typeof without qualifiers, and of the unsigned type
#define __unqual_scalar_typeof(x) __typeof__(::kcxx_c::unqualified_value((__typeof__(x) *)nullptr))
#define __unsigned_scalar_typeof(x) __typeof__(::kcxx_c::unsigned_value((__typeof__(x) *)nullptr))

// <linux/kfifo.h>: whether its buffer is elsewhere. C compares with a struct that it defines in the
// expression.
#define __is_kfifo_ptr(fifo) (sizeof(*(fifo)) == sizeof(struct __kfifo))

// <linux/math.h>: of the signed type of the same size
#define __abs_choose_expr(x, type, other) ::kcxx_c::absolute(x)

// <linux/fortify-string.h>: as its POS and __overloadable. GCC needs no such attributes.
#if defined(__clang__)
#define KCXX_PASS_object_size(kind) __attribute__((__pass_object_size__(kind)))
#define KCXX_PASS_dynamic_object_size(kind) __attribute__((__pass_dynamic_object_size__(kind)))
#define KCXX_OVERLOADABLE __attribute__((__overloadable__))
#else
#define KCXX_PASS_object_size(kind)
#define KCXX_PASS_dynamic_object_size(kind)
#define KCXX_OVERLOADABLE
#endif

// <linux/compiler_types.h>: C declares a function for each condition, which in an unnamed namespace
// would be used and not defined. The line of the source has the condition.
extern "C" [[noreturn]] void kcxx_condition_at_compile_time_does_not_hold()
	__attribute__((__error__("kcxx: a condition that has to hold at compile time does not")));
#define __compiletime_assert(condition, msg, prefix, suffix)                                       \
	do {                                                                                       \
		if (condition) {                                                                   \
		} else {                                                                           \
			kcxx_condition_at_compile_time_does_not_hold();                            \
		}                                                                                  \
	} while (0)

// <linux/ctype.h>, as GCC read it
#if !__has_builtin(__builtin_isdigit)
#define __builtin_isdigit(c) ('0' <= (c) && (c) <= '9')
#endif

// <linux/compiler_types.h>: asks GCC for an attribute of C
#define __annotated(variable, attribute) 0

// <linux/lockdep_types.h>: in the order of the members, and void * is no class
#define STATIC_LOCKDEP_MAP_INIT(name_, key_)                                                       \
	{.key = (struct lock_class_key *)(key_), .name = (name_)}

// <linux/moduleparam.h>: C takes an int for an unsigned int
#define __param_check(name, p, type)                                                               \
	static inline type __attribute__((__unused__)) * __check_##name(void)                      \
	{                                                                                          \
		static_assert(sizeof(*(p)) == sizeof(type),                                        \
			      "kcxx: module_param() of a variable of another type");               \
		return (type *)(p);                                                                \
	}

// <linux/hwmon.h>: the address of an object that has no name
#define HWMON_CHANNEL_INFO(stype, ...)                                                             \
	((const struct hwmon_channel_info[]){                                                      \
		{.type = hwmon_##stype, .config = (const u32[]){__VA_ARGS__, 0}}})

// <linux/device.h>: C takes a literal for a void *
#define DEVICE_STRING_ATTR_RO(_name, _mode, _var)                                                  \
	struct dev_ext_attribute dev_attr_##_name = {                                              \
		__ATTR(_name, (_mode) & ~0222, device_show_string, NULL), (void *)(_var)}

// <linux/util_macros.h>: PTR_IF(y, NULL) is a pointer
#define PTR_IF(cond, ptr)                                                                          \
	((cond) ? static_cast<::kcxx_c::pointer_type<__typeof__(ptr)>>(ptr) : nullptr)

// <linux/poison.h>: a timer's node of a list points there, and void * is no pointer to one
#define TIMER_ENTRY_STATIC ((struct hlist_node *)(0x300 + POISON_POINTER_DELTA))

// <linux/typecheck.h>: a constant has a value
#define typecheck(type, x)                                                                         \
	({                                                                                         \
		const type *kcxx_type = nullptr;                                                   \
		const __typeof__(x) *kcxx_type_of_x = nullptr;                                     \
		(void)(kcxx_type == kcxx_type_of_x);                                               \
		1;                                                                                 \
	})

// <linux/mod_devicetable.h>: in the order of the members
#define DMI_EXACT_MATCH(a, b) {.slot = a, .exact_match = 1, .substr = b}

// <linux/module.h>: C gives its function a second name, but not by the name that C++ has for it. As
// in KERNEL_MODULE(), the pointers keep objtool from sealing the ENDBR of functions that only the
// loader calls.
#define module_init(function)                                                                      \
	static inline initcall_t __attribute__((__unused__)) __inittest(void)                      \
	{                                                                                          \
		return function;                                                                   \
	}                                                                                          \
	extern "C" int init_module(void);                                                          \
	extern "C" __attribute__((__section__(".init.text"))) int init_module(void)                \
	{                                                                                          \
		return function();                                                                 \
	}                                                                                          \
	static int (*kcxx_addressable_init)(void)                                                  \
		__attribute__((__section__(".init.data"), __used__)) = init_module;
#define module_exit(function)                                                                      \
	static inline exitcall_t __attribute__((__unused__)) __exittest(void)                      \
	{                                                                                          \
		return function;                                                                   \
	}                                                                                          \
	extern "C" void cleanup_module(void);                                                      \
	extern "C" __attribute__((__section__(".exit.text"), __cold__,                             \
				  __no_instrument_function__)) void                                \
	cleanup_module(void)                                                                       \
	{                                                                                          \
		function();                                                                        \
	}                                                                                          \
	static void (*kcxx_addressable_exit)(void)                                                 \
		__attribute__((__section__(".exit.data"), __used__)) = cleanup_module;

#if defined(__riscv)
#define KCXX_CONSTANT_OPERAND(number) "%" number
#else
#define KCXX_CONSTANT_OPERAND(number) "%c" number
#endif

/// Gives `object` a second name, for the assembler: a table for modpost. Nothing calls the function
/// that this takes; objtool wants an end of it.
#define KCXX_ALIAS(symbol, object) KCXX_ALIAS_OF(symbol, object)
#define KCXX_ALIAS_OF(symbol, object)                                                              \
	static void __attribute__((__used__, __cold__, __section__(".init.text"),                  \
				   __no_instrument_function__,                                     \
				   __patchable_function_entry__(0, 0))) kcxx_alias_##symbol()      \
	{                                                                                          \
		__asm__ volatile(".globl " #symbol "\n.type " #symbol ", %%object\n.set " #symbol  \
				 ", " KCXX_CONSTANT_OPERAND("0") "\n.size " #symbol                \
								 ", " KCXX_CONSTANT_OPERAND("1")   \
				 :                                                                 \
				 : "i"(&(object)), "i"(sizeof(object)));                           \
		__builtin_trap();                                                                  \
	}
