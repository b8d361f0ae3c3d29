# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: unbinds the user of soft_supplies.cc, which keeps the providers' module

behaves drivers_of_one_module_have_names_of_their_own [ -e /sys/bus/platform/drivers/supplied/supplied ]
echo supplied >/sys/bus/platform/drivers/supplied/unbind
supply=$(dirname "$(grep -l soft-supply /sys/class/regulator/*/name)")
behaves supply_has_no_user_after_the_unbinding [ "$(cat "$supply/num_users")" = 0 ]
