# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads the checks, and prints the description of each, its ## block:
# about US <check> US <requirement> US <reason> US <fix> RS

/^## [a-z_]+: / {
	if (name) flush_block()
	name = $2; sub(/:$/, "", name); sub(/^## [a-z_]+: /, ""); requirement = $0; next
}
/^## Because / { sub(/^## Because /, ""); reason = $0; next }
/^## Fix: / { sub(/^## Fix: /, ""); fix = $0; next }
function flush_block() {
	printf "about\037%s\037%s\037%s\037%s\036", name, requirement, reason, fix
	name = requirement = reason = fix = ""
}
END { if (name) flush_block() }
