# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the controller of spi_bus.cc ends while the driver of the chip is bound

chip=$(echo /sys/bus/spi/drivers/spi_bus/spi*)
behaves device_of_the_bus_has_its_name [ "$(cat "$chip/modalias")" = spi:kcxx_chip ]
echo kcxx_spi_bus >/sys/bus/platform/drivers/spi_bus/unbind
behaves devices_end_with_their_controller [ ! -e "$chip" ]
behaves controller_ends_when_its_device_is_unbound [ -z "$(ls /sys/class/spi_master)" ]
