// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Messages that are switched on one by one. C API: <linux/dynamic_debug.h>.
///
/// The base of pr_debug() and dev_dbg(), which drivers use. Each call is a line of
/// /proc/dynamic_debug/control:
///
///     echo 'module pump +p' > /proc/dynamic_debug/control

#pragma once

#include <generated/kcxx-layout.h>

#if defined(CONFIG_DYNAMIC_DEBUG) ||                                                               \
	(defined(CONFIG_DYNAMIC_DEBUG_CORE) && defined(DYNAMIC_DEBUG_MODULE))

struct _ddebug;
struct device;

extern "C" {
[[gnu::format(printf, 2, 3)]] void __dynamic_pr_debug(struct _ddebug *descriptor,
						      const char *format, ...);
[[gnu::format(printf, 3, 4)]] void
__dynamic_dev_dbg(struct _ddebug *descriptor, const struct device *dev, const char *format, ...);
[[nodiscard]] bool kcxx_dynamic_debug_is_on(const struct _ddebug *descriptor);
}

// The descriptor's members as the assembler lays them out below
static_assert(KCXX_DDEBUG_MODNAME == 0 && KCXX_DDEBUG_FUNCTION == 8 && KCXX_DDEBUG_FILENAME == 16 &&
		      KCXX_DDEBUG_FORMAT == 24,
	      "struct _ddebug is not what kcxx knows");

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
#define KCXX_DDEBUG_AT_FIRST KCXX_DDEBUG_PRINT
#else
#define KCXX_DDEBUG_AT_FIRST 0
#endif

/// Makes the descriptor of a message where the message stands. In assembly, because GCC does
/// not let a variable in an inline function share the kernel's section with one in another
/// function. The static key in the descriptor stays zeroed, and no code uses it: the flags are
/// read.
#define KCXX_DDEBUG_DESCRIPTOR(format)                                                             \
	({                                                                                         \
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
		    : [align] "i"(KCXX_DDEBUG_ALIGN), [modname] "i"(KBUILD_MODNAME),               \
		      [function] "i"(__func__), [file] "i"(__FILE__), [text] "i"(format),          \
		      [bits] "i"(__LINE__ * KCXX_DDEBUG_LINE | KCXX_DDEBUG_CLASS |                 \
				 KCXX_DDEBUG_AT_FIRST),                                            \
		      [rest] "i"(KCXX_DDEBUG_SIZE - 36));                                          \
		kcxx_made;                                                                         \
	})

#define KCXX_DYNAMIC_DEBUG
#endif
