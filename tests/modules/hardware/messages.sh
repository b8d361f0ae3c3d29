# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: where the messages of messages.cc go, as user space sees them

card=$(echo /sys/bus/pci/drivers/messages/0000:*)
# shellcheck disable=SC2012,SC2046 # numbers
set -- $(ls "$card/msi_irqs" | sort -n)
behaves spread_vectors_are_for_one_cpu_each [ "$(cat /proc/irq/"$2"/smp_affinity_list /proc/irq/"$3"/smp_affinity_list | sort | tr '\n' ' ')" = "0 1 " ]
behaves cpu_of_an_interrupt_is_a_hint_to_others [ "$(sed 's/^0*//' /proc/irq/"$1"/affinity_hint)" = 2 ]
# An interrupt moves when it comes.
echo 0 >"$card/raise"
before=$(awk -v line="$1:" '$1 == line { print $2, $3 }' /proc/interrupts)
echo 0 >"$card/raise"
behaves interrupt_comes_on_its_cpu [ "$(awk -v line="$1:" '$1 == line { print $2, $3 - 1 }' /proc/interrupts)" = "$before" ]
behaves interrupt_wakes_as_long_as_it_is_told_to [ "$(cat /sys/kernel/irq/"$2"/wakeup /sys/kernel/irq/"$3"/wakeup | tr '\n' ' ')" = "disabled enabled " ]
behaves device_is_unbound_while_its_interrupt_wakes sh -c "echo ${card##*/} >/sys/bus/pci/drivers/messages/unbind"
