# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the memory of nvmem_memory.cc has a user, the device of nvmem_user.cc, when it is unbound

drivers=/sys/bus/platform/drivers
user=/sys/bus/platform/devices/nvmem_user
file=/sys/bus/nvmem/devices/soft-rom/nvmem
printf '\001' | dd of="$file" bs=1 seek=4 conv=notrunc 2>/dev/null
behaves byte_that_users_write_is_in_the_cell [ "$(cat "$user/serial")" = $((0x01020301)) ]
echo nvmem_memory >"$drivers/nvmem_memory/unbind"
behaves cell_whose_memory_is_gone_has_an_error sh -c "cat $user/serial 2>&1 | grep -q 'No such device'"
echo nvmem_user >"$drivers/nvmem_user/unbind"
behaves memory_ends_with_its_last_user [ ! -e "$file" ]
echo nvmem_memory >"$drivers/nvmem_memory/bind"
behaves memory_that_is_bound_again_is_there [ "$(head -c 4 "$file")" = kcxx ]
