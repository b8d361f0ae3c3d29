#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# Counts from user space, in the guest

/user
