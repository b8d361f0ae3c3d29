# shellcheck shell=sh disable=SC2154 # shared with check-flags.sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Sourced: the flags that a module may give its sources beside the kernel's. check-flags.sh asks the compiler
# about each other flag, and refuses it if it changes what the compiler makes of the kernel's flags.

# module_may_have <flag, with its argument>; one pattern, one line, one reason: docs/compatibility.md lists them
module_may_have() {
	case "$1" in
	-W[alp],*) return 1 ;; # another program's flag
	-W* | -w | -pedantic*) ;; # warnings: no code changes
	-[IU]* | -isystem* | -iquote* | -idirafter* | -include[!-]* | -imacros* | -nostd*inc*) ;; # which files are read
	-D*) ;; # macros of the module's own; those of the kernel's flags and of the compiler are asked about
	-O | -O[123sz]) ;; # the kernel's inline functions work from -O1 on, and integers stay integers
	-g*) ;; # debug information: not in memory
	-std=gnu99 | -std=gnu11 | -std=gnu17) [ "$language" = C ] ;; # the kernel's headers are read alike (C)
	-f*-prefix-map=* | -fdiagnostics-* | -f*color-diagnostics | -fmessage-length=* | -fmax-errors=* | -ferror-limit=*) ;; # messages
	-fconcepts-diagnostics-* | -ftemplate-* | -fconstexpr-*) ;; # limits of the compiler
	-fdebug-* | -fvar-tracking* | -fno-var-tracking* | -feliminate-unused-debug-* | -fstandalone-debug | -fno-standalone-debug) ;; # debug information
	-fstack-usage | -fcallgraph-info* | -fdump-* | -fverbose-asm | -save-temps* | -ftime-report | -fanalyzer) ;; # reports beside the object
	-finline* | -fno-inline* | -fipa-* | -fno-ipa-* | -ftree-* | -fno-tree-* | -fgcse* | -fno-gcse*) ;; # optimisation
	-funroll-* | -fno-unroll-* | -fpeel-loops | -fno-peel-loops | -fvectorize | -fno-vectorize | -fslp-vectorize | -fno-slp-vectorize) ;; # optimisation
	-fsched* | -fno-sched* | -freorder-* | -fno-reorder-* | -fif-conversion* | -fno-if-conversion* | -fno-lto) ;; # optimisation
	-foptimize-sibling-calls | -fno-optimize-sibling-calls | -fmerge-constants | -fno-merge-constants) ;; # optimisation
	-ffunction-sections | -fdata-sections | -fno-function-sections | -fno-data-sections) ;; # the link joins them
	-fno-builtin* | -ffreestanding) ;; # a call stays the call that is written
	-fwrapv | -fwrapv-pointer) ;; # the kernel's -fno-strict-overflow means them
	-fvisibility=hidden | -fno-short-enums) ;; # kcxx has the one, the kernel's architectures the other
	-fno-omit-frame-pointer | -mno-omit-leaf-frame-pointer) ;; # every function has a frame
	-fms-extensions | -fplan9-extensions | -fpermissive | -fconcepts | -fchar8_t | -fno-char8_t) ;; # which sources are taken
	-mtune=*) ;; # the order of instructions, not which there are
	-B* | --sysroot=* | --gcc-toolchain=* | --gcc-install-dir=*) ;; # where the compiler has its own files
	-M | -M[DGMP]* | -c | -S | -E | -H | -v | -pipe | -Q* | -P | -C) ;; # what the compiler is asked for
	*) return 1 ;;
	esac
}

# file_with_fpu_may_have <flag>: the flags of a file that uses the FPU, as KCXX_FPU states
file_with_fpu_may_have() {
	case "$1" in
	-m*sse* | -m*avx* | -m*mmx* | -m*fma* | -m*bmi* | -m*f16c | -maes | -mpclmul | -msha | -m*80387 | -m*fp-ret-in-387) ;; # x86
	-mhard-float | -msoft-float | -mfpmath=* | -mpreferred-stack-boundary=[34] | -mstack-alignment=16) ;; # x86
	-mgeneral-regs-only | -march=armv8* | -march=rv64* | -ffreestanding) ;; # arm64, riscv64
	-Xclang\ -target-feature | -Xclang\ [+-]soft-float) ;; # Clang's name
	*) return 1 ;;
	esac
}

# flag_takes_argument <word>: is the next word the argument of this one?
flag_takes_argument() {
	case "$1" in
	-[DIUxoTueB] | -isystem | -iquote | -idirafter | -include | -imacros | -iprefix | -iwithprefix | -isysroot) ;;
	-M[FQT] | -Xclang | -Xassembler | -Xpreprocessor | -Xlinker | -mllvm | --param | -target | -arch | -wrapper) ;;
	*) return 1 ;;
	esac
}
