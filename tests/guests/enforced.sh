# SPDX-License-Identifier: GPL-2.0-only OR MIT
# In a guest that enforces signatures: it has to refuse both of these.
for module in unsigned another; do
	if insmod "/$module.ko"; then
		echo "$module was loaded"
		exit 1
	fi
done
