# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the memory of nvmem_memory.cc, as user space sees it

file=/sys/bus/nvmem/devices/soft-rom/nvmem
behaves memory_is_a_file [ "$(head -c 4 "$file") $(cat "${file%nvmem}type")" = "kcxx EEPROM" ]
behaves memory_has_the_file_of_old [ "$(wc -c </sys/bus/platform/devices/nvmem_memory/eeprom)" = 64 ]
behaves error_of_the_driver_is_the_one_of_the_write sh -c "! printf x 2>/dev/null >$file"
