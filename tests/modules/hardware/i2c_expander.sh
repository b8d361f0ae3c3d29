# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the lines of i2c_expander.cc, as user space sees them

bus=$(echo /sys/bus/pci/devices/0000:00:1b.0/i2c-*)
chip=${bus##*-}-0021
behaves lines_have_the_names_of_their_chip grep -q 'door of the pump' /sys/kernel/debug/gpio
behaves lines_are_those_of_each_model [ "$(cat "$bus/$chip"/gpio/gpiochip*/ngpio "$bus/${bus##*-}-0020"/gpio/gpiochip*/ngpio | tr '\n' ' ')" = '16 8 ' ]
irq=$(sed -n "s/^ *\([0-9]*\):.*MSI.*$chip.*/\1/p" /proc/interrupts)
behaves interrupt_of_a_line_wakes_by_that_of_the_chip grep -qx enabled "/sys/kernel/irq/$irq/wakeup"
echo "$chip" >/sys/bus/i2c/drivers/i2c_expander/unbind # a driver that has a line keeps the chip's module
behaves wake_ends_with_the_line grep -qx disabled "/sys/kernel/irq/$irq/wakeup"
echo 0000:00:1b.0 >/sys/bus/pci/drivers/i2c_expander/unbind
behaves chips_end_with_their_bus [ ! -e "$bus" ]
