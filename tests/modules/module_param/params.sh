#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# Reads and writes the parameters of the module params in sysfs, then loads it anew with parameters
# that are taken and with parameters that are refused.

cd /sys/module/params/parameters || exit 1
for name in *; do
	echo "has $name $(stat -c %a "$name") $(tr '\n' ' ' <"$name")"
done

# try <parameter> <text>: prints whether the text was taken, and what is there then
try() {
	# shellcheck disable=SC3037 # busybox, whose printf does not report the error
	if echo -n "$2" >"$1" 2>/tmp/error; then
		echo "took $1 <$2>: $(cat "$1")"
	else
		echo "refused $1 <$2>: $(sed 's/.*: //' /tmp/error): $(cat "$1")"
	fi
}
try a_bool Y
try a_bool maybe
try a_byte 255
try a_byte 256
try a_byte -1
try a_short -32768
try a_short 32768
try a_ushort 0xffff
try an_int 077
try an_int 1e3
try a_uint -1
try a_long -9000000000000000000
try a_ulong 18446744073709551615
try a_ulong 18446744073709551616
try a_text "three words here"
try some_ints 4,5,6
try some_ints 1,2,3,4
try some_ints 9
try checked 10
try checked 11
try checked x
try checked_text fine
try checked_text Bad
try checked_bool 1
try checked_ints 6,8,10
try checked_ints 8,3

cd / || exit 1
module=/kcxx/modules/params.ko
rmmod params
for wrong in an_int=x checked=7 checked_text=UPPER a_byte=999; do
	echo "loading with $wrong: $(insmod $module $wrong 2>&1 | sed 's/.*: //')"
done
echo "loading with values"
insmod $module a_bool a_byte=0x10 a_text=motor some_ints=7 some_texts=x,y hidden=5 checked=8
