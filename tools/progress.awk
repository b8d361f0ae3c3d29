# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: <command> 2>&1 | awk -v log_file=<file> [-v live=y] -f progress.awk
#
# Shows the progress of a command that prints Ninja's "[3/97] ..." or the status lines of apt-get
# (-o APT::Status-Fd=1). With live, for a terminal, each figure replaces the last one; otherwise prints a line for
# each tenth part. All other output goes to the file.

function show(task, percent) {
	if (task != shown_task) {
		shown_task = task
		shown = 0
	}
	if (live)
		printf "\r\033[K    %s %3d%%", task, percent
	else if (percent >= shown + 10) {
		shown = percent - percent % 10
		printf "    %s %3d%%\n", task, shown
	}
	fflush()
}

BEGIN { printf "" > log_file }

/^(dl|pm)status:/ {
	split($0, part, ":")
	show(part[1] == "dlstatus" ? "downloading" : "installing", int(part[3]))
	next
}

match($0, /^\[[0-9]+\/[0-9]+\]/) {
	split(substr($0, 2, RLENGTH - 2), step, "/")
	show("compiling", int(100 * step[1] / step[2]))
}

{ print > log_file }

END {
	if (live)
		printf "\r\033[K"
}
