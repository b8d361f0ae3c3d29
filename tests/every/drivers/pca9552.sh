# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: i2c-stub is the chip

name_client pca9552 0x60
use()
{
	cd /sys/class/leds/pca9552:led7 && echo 55 >brightness && cat brightness
}
