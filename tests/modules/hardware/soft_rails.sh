# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: unbinds the user of soft_rails.cc, which keeps the providers' module

rail=$(dirname "$(grep -l soft-rail /sys/class/regulator/*/name)")
behaves supply_has_the_voltage_and_the_limit_of_its_user [ "$(cat "$rail/microvolts") $(cat "$rail/microamps")" = "1100000 300000" ]
echo adjusted >/sys/bus/platform/drivers/adjusted/unbind
