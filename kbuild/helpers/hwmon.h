/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/hwmon.h> for <kernel/hwmon.hpp> */

#include <linux/device.h>
#include <linux/hwmon.h>

static const unsigned int KCXX_HWMON_TEMP = hwmon_temp;
static const unsigned int KCXX_HWMON_IN = hwmon_in;
static const unsigned int KCXX_HWMON_CURR = hwmon_curr;
static const unsigned int KCXX_HWMON_POWER = hwmon_power;
static const unsigned int KCXX_HWMON_HUMIDITY = hwmon_humidity;
static const unsigned int KCXX_HWMON_FAN = hwmon_fan;
static const unsigned int KCXX_HWMON_PWM = hwmon_pwm;
static const unsigned int KCXX_HWMON_TEMP_INPUT = hwmon_temp_input;
static const unsigned int KCXX_HWMON_TEMP_MIN = hwmon_temp_min;
static const unsigned int KCXX_HWMON_TEMP_MAX = hwmon_temp_max;
static const unsigned int KCXX_HWMON_TEMP_MAX_HYST = hwmon_temp_max_hyst;
static const unsigned int KCXX_HWMON_TEMP_CRIT = hwmon_temp_crit;
static const unsigned int KCXX_HWMON_TEMP_ALARM = hwmon_temp_alarm;
static const unsigned int KCXX_HWMON_IN_INPUT = hwmon_in_input;
static const unsigned int KCXX_HWMON_IN_MIN = hwmon_in_min;
static const unsigned int KCXX_HWMON_IN_MAX = hwmon_in_max;
static const unsigned int KCXX_HWMON_CURR_INPUT = hwmon_curr_input;
static const unsigned int KCXX_HWMON_CURR_MAX = hwmon_curr_max;
static const unsigned int KCXX_HWMON_POWER_INPUT = hwmon_power_input;
static const unsigned int KCXX_HWMON_HUMIDITY_INPUT = hwmon_humidity_input;
static const unsigned int KCXX_HWMON_FAN_INPUT = hwmon_fan_input;
static const unsigned int KCXX_HWMON_FAN_MIN = hwmon_fan_min;
static const unsigned int KCXX_HWMON_FAN_TARGET = hwmon_fan_target;
static const unsigned int KCXX_HWMON_PWM_INPUT = hwmon_pwm_input;
static const unsigned int KCXX_HWMON_PWM_ENABLE = hwmon_pwm_enable;
