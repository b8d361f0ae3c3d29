// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Macros of the kernel's headers that C++ needs written otherwise. Bindings of sources include
/// it; select.awk leaves out the kernel's own macros of these names.

#pragma once
#pragma GCC system_header

#include "c-words.hpp"

#define restrict __restrict

// C++'s own headers have the number 0 for it, by which a choice between two of them is a number.
#undef NULL
#define NULL nullptr

// <linux/compiler_types.h>, <linux/bitfield.h>: typeof without qualifiers, and of the unsigned type
#define __unqual_scalar_typeof(x) __typeof__(::kcxx_c::unqualified_value((__typeof__(x) *)nullptr))
#define __unsigned_scalar_typeof(x) __typeof__(::kcxx_c::unsigned_value((__typeof__(x) *)nullptr))

// <linux/kfifo.h>: whether its buffer is elsewhere. C compares with a struct that it defines in the
// expression.
#define __is_kfifo_ptr(fifo) (sizeof(*(fifo)) == sizeof(struct __kfifo))

// <linux/math.h>: of the signed type of the same size
#define __abs_choose_expr(x, type, other) ::kcxx_c::absolute(x)

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
