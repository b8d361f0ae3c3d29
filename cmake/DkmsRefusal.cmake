# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Ends the scripts that write and verify a DKMS tree with an error: PLAN has the name of its package.

function(refuse what found needed type)
  message(FATAL_ERROR "kcxx: add_dkms_package(${name}): ${what}.\n"
    "  found:  ${found}\n  needed: ${needed}\n  type:   ${type}")
endfunction()
