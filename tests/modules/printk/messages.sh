#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# Loads the module messages anew, with debugging off and on, and switches its debug messages; so too
# debug_messages, which is compiled with DEBUG. After each step, prints a title and the messages that
# the step logged, each with its level. The script's own output is logged as well: it prints no more.

heard() {
	echo "after $1"
	dmesg -r >/tmp/heard
	sed -n -E '/ kcxx:/! s/^(.*(messages|pump): .*;)$/raw \1/p' /tmp/heard
}

# loaded <module> [<parameter>]
loaded() {
	rmmod "$1"
	dmesg -c >/dev/null
	insmod "/kcxx/modules/$1.ko" ${2:+"$2"} || exit 1
}

# switched <module> <query>
switched() {
	echo "module $1 $2" >/proc/dynamic_debug/control
	dmesg -c >/dev/null
	echo 1 >"/sys/module/$1/parameters/say"
}

loaded messages
heard loading
[ -e /proc/dynamic_debug/control ] || exit 0
grep '\[messages\]' /proc/dynamic_debug/control
for query in =_ +p -p 'func in_template +p' 'format "in a lambda" =p'; do
	switched messages "$query"
	heard "$query"
done
loaded messages dyndbg=+p
heard 'loading with dyndbg=+p'
loaded debug_messages
heard 'loading with DEBUG'
switched debug_messages =_
heard '=_ with DEBUG'
