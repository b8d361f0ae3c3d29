# SPDX-License-Identifier: GPL-2.0-only OR MIT
# What clangd does not take of GCC's flags. One flag, one line. The last: Clang without
# x87 refuses the long double that libstdc++ mentions, though nobody calls it.
s/ -falign-jumps=[0-9]+//g
s/ -falign-loops=[0-9]+//g
s/ -fconserve-stack//g
s/ -fno-allow-store-data-races//g
s/ -fno-gnu-unique//g
s/ -mfunction-return=thunk-extern//g
s/ -mindirect-branch=thunk-extern//g
s/ -mindirect-branch-register//g
s/ -mindirect-branch-cs-prefix//g
s/ -mno-fp-ret-in-387//g
s/ -mpreferred-stack-boundary=[0-9]+//g
s/ -mrecord-mcount//g
s/ -mskip-rax-setup//g
s/ -Wno-alloc-size-larger-than//g
s/ -Wno-dangling-pointer//g
s/ -Wno-format-overflow//g
s/ -Wno-format-truncation//g
s/ -Wno-maybe-uninitialized//g
s/ -Wno-packed-not-aligned//g
s/ -Wno-restrict//g
s/ -Wno-stringop-overflow//g
s/ -Wno-stringop-truncation//g
s/ -Wimplicit-fallthrough=[0-9]//g
s/ -mno-80387//g
