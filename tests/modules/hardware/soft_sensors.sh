# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the sensors of soft_sensors.cc, as user space sees them

chip=$(echo /sys/bus/platform/devices/soft_sensors/hwmon/hwmon*)
behaves name_of_the_chip_is_copied [ "$(cat "$chip/name")" = soft_chip ]
behaves names_of_an_led_are_copied [ -e /sys/class/leds/soft:red:alarm/brightness ]
behaves each_kind_has_its_channels [ "$(cd "$chip" && echo temp*_input fan*_input energy*_input pwm? intrusion*)" = "temp1_input temp2_input fan1_input fan2_input fan3_input energy1_input pwm1 intrusion0_alarm" ]
behaves channel_is_told_to_the_chip [ "$(cat "$chip/temp1_input" "$chip/temp2_input" "$chip/fan3_input" | tr '\n' ' ')" = "20000 21000 902 " ]
behaves label_is_a_text [ "$(cat "$chip/temp1_label" "$chip/temp2_label" | tr '\n' ' ')" = "inside outside " ]
behaves chip_has_files_of_its_own [ "$(cat "$chip/update_interval")" = 1000 ]
echo 500 >"$chip/update_interval"
behaves file_of_the_chip_is_written [ "$(cat "$chip/update_interval")" = 500 ]
behaves file_that_the_chip_does_not_have_is_not_there [ "$(cd "$chip" && echo temp*_max temp*_max_alarm)" = "temp1_max temp1_max_alarm" ]
echo 15000 >"$chip/temp1_max"
behaves limit_is_written [ "$(cat "$chip/temp1_max" "$chip/temp1_max_alarm" | tr '\n' ' ')" = "15000 1 " ]
behaves limit_that_the_chip_refuses_is_an_error sh -c "! echo 200000 >$chip/temp1_max 2>/dev/null"
behaves file_without_write_is_read_only [ "$(stat -c %a "$chip/temp1_input" "$chip/temp1_max" | tr '\n' ' ')" = "444 644 " ]
behaves error_of_a_sensor_is_reported sh -c "! cat $chip/temp1_fault 2>/dev/null"
echo soft_sensors >/sys/bus/platform/drivers/soft_sensors/unbind
behaves sensors_end_with_their_device [ ! -e "$chip" ]
