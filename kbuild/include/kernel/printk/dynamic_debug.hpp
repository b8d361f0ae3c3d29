// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Messages that are switched on one by one. C API: <linux/dynamic_debug.h>.
///
/// The base of pr_debug() and dev_dbg(), which drivers use. Each call is a line of
/// /proc/dynamic_debug/control:
///
///     echo 'module pump +p' > /proc/dynamic_debug/control

#pragma once

#include <cstddef>

#include <generated/bindings/printk/dynamic_debug.hpp>

#if defined(CONFIG_DYNAMIC_DEBUG) ||                                                               \
	(defined(CONFIG_DYNAMIC_DEBUG_CORE) && defined(DYNAMIC_DEBUG_MODULE))

namespace kernel::detail
{

/// True if the assembly below writes a descriptor as C lays it out: four pointers, then a word of
/// bit-fields. The designators have to be in C's order.
consteval bool knows_descriptor()
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
	::_ddebug descriptor{.modname = nullptr,
			     .function = nullptr,
			     .filename = nullptr,
			     .format = nullptr,
			     .lineno = 0,
			     .class_id = 0,
			     .flags = 0};
#pragma GCC diagnostic pop
	descriptor.lineno--; // becomes the largest value
	descriptor.class_id--;
	descriptor.flags--;
	return offsetof(::_ddebug, format) == 24 && descriptor.lineno == (1U << 18) - 1 &&
	       descriptor.class_id == (1U << 6) - 1 && descriptor.flags == (1U << 8) - 1;
}
static_assert(knows_descriptor(), "kcxx-E1440: struct _ddebug is not what kcxx knows");

/// The word of bit-fields
consteval unsigned int descriptor_bits(unsigned int line, unsigned int flags)
{
	return line | bindings::kcxx_ddebug_default_class << 18 | flags << 24;
}

} // namespace kernel::detail

#if defined(CONFIG_X86_64)
#define KCXX_CONSTANT "%c"
#define KCXX_ADDRESS_OF_LABEL "lea 77b(%%rip), %[descriptor]"
#elif defined(CONFIG_ARM64)
#define KCXX_CONSTANT "%c"
#define KCXX_ADDRESS_OF_LABEL                                                                      \
	"adrp %[descriptor], 77b\n\tadd %[descriptor], %[descriptor], :lo12:77b"
#else
#define KCXX_CONSTANT "%" // GCC before 14 knows no %c here, and %0 prints the constant alone
#define KCXX_ADDRESS_OF_LABEL "lla %[descriptor], 77b"
#endif

#ifdef DEBUG
#define KCXX_DDEBUG_AT_FIRST ::kernel::bindings::kcxx_ddebug_print
#else
#define KCXX_DDEBUG_AT_FIRST 0
#endif

/// Makes the descriptor of a message where the message stands. In assembly, because GCC does
/// not let a variable in an inline function share the kernel's section with one in another
/// function. The static key in the descriptor stays zeroed, and no code uses it: the flags are
/// read.
#define KCXX_DDEBUG_DESCRIPTOR(format)                                                             \
	__extension__({                                                                            \
		struct _ddebug *kcxx_made;                                                         \
		asm(".pushsection __dyndbg, \"aw\"\n\t"                                            \
		    ".balign " KCXX_CONSTANT "[align]\n"                                           \
		    "77:\n\t"                                                                      \
		    ".8byte " KCXX_CONSTANT "[modname]\n\t"                                        \
		    ".8byte " KCXX_CONSTANT "[function]\n\t"                                       \
		    ".8byte " KCXX_CONSTANT "[file]\n\t"                                           \
		    ".8byte " KCXX_CONSTANT "[text]\n\t"                                           \
		    ".4byte " KCXX_CONSTANT "[bits]\n\t"                                           \
		    ".zero " KCXX_CONSTANT "[rest]\n\t"                                            \
		    ".popsection\n\t" KCXX_ADDRESS_OF_LABEL                                        \
		    : [descriptor] "=r"(kcxx_made)                                                 \
		    : [align] "i"(alignof(::_ddebug)), [modname] "i"(KBUILD_MODNAME),              \
		      [function] "i"(__func__), [file] "i"(__FILE__), [text] "i"(format),          \
		      [bits] "i"(                                                                  \
			      ::kernel::detail::descriptor_bits(__LINE__, KCXX_DDEBUG_AT_FIRST)),  \
		      [rest] "i"(sizeof(::_ddebug) - 36));                                         \
		kcxx_made;                                                                         \
	})

#define KCXX_DYNAMIC_DEBUG
#endif
