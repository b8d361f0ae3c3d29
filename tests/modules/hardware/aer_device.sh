# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the kernel's aer_inject lets the root port report errors of the card. What it reads is a struct: bus, device,
# function, then words with the bits of an uncorrectable error and of a correctable one, four of a header, and the domain.

card=$(basename /sys/bus/pci/drivers/aer_device/0000:*)
bus=$(echo "$card" | cut -d: -f2)
# $1: the error's bits, as bytes; $2: the steps that the driver takes then; $3: what the kernel logs at the end
takes_steps()
{
	dmesg -c >/dev/null
	printf %b "\\x$bus\\0\\0\\0$1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0" >/dev/aer_inject
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		! dmesg | grep -q "$3" || break
		sleep 1
	done
	[ "$(dmesg | sed -n 's/.*step: //p' | xargs)" = "$2" ]
}
behaves error_is_recovered_from_without_a_reset takes_steps '\0\200\0\0' "error registers well" "recovery successful"
# The root port of QEMU 7.2 reports no link after its reset, so the kernel gives the card up: after a fatal error, and in kernels
# from 7.0 on after one for which the driver wants a reset.
case $(uname -r) in
[1-6].*) wanted="error reset well" end="recovery successful" fatal=frozen ;;
*) wanted="error frozen" end="recovery failed" fatal="frozen frozen" ;;
esac
behaves error_is_recovered_from_by_a_reset takes_steps '\0\200\0\0' "$wanted" "$end"
behaves fatal_error_freezes_the_device takes_steps '\0\0\4\0' "$fatal" "recovery failed"
