/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Kconfig's answers for Clang, for the kernel's headers: see kconfig-for-compiler.sh */

#undef CONFIG_CC_HAS_NAMED_AS
#undef CONFIG_CC_HAS_NAMED_AS_FIXED_SANITIZERS
#undef CONFIG_USE_X86_SEG_SUPPORT
