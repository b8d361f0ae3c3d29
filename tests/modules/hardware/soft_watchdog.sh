# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
# In the guest: the watchdog of soft_watchdog.cc, as user space sees it

device=/sys/bus/platform/devices/soft_watchdog
dog=$(echo "$device"/watchdog/watchdog*)
node=/dev/${dog##*/}
sleep 2
behaves hardware_that_runs_is_pinged [ "$(cat "$device/pings")" -ge 2 ]
behaves last_reset_has_its_causes [ "$(cat "$dog/bootstatus")" = 33 ]
behaves status_is_the_one_of_the_driver [ $(($(cat "$dog/status") & 2)) = 2 ]
behaves time_that_is_left_is_read [ "$(cat "$dog/timeleft")" = 42 ]
behaves pretimeout_is_seen [ "$(cat "$dog/pretimeout") $(cat "$dog/state")" = "7 inactive" ]

echo 1 >"$device/warning"
behaves warning_reaches_the_governor sh -c "dmesg | grep -q '${dog##*/}: pretimeout event'"

watchdog -F -T 120 -t 5 "$node" &
user=$!
sleep 1
behaves timeout_is_longer_than_the_hardware_counts [ "$(cat "$dog/timeout") $(cat "$device/counted")" = "120 1" ]
behaves pretimeout_that_fits_stays [ "$(cat "$device/warning") $(cat "$dog/state")" = "7 active" ]
kill "$user"
wait "$user"
behaves watchdog_that_is_closed_orderly_is_disarmed [ "$(cat "$device/counted") $(cat "$dog/state")" = "0 inactive" ]

watchdog -F -T 6 -t 5 "$node" &
user=$!
sleep 1
behaves pretimeout_that_does_not_fit_is_none [ "$(cat "$device/warning") $(cat "$dog/pretimeout")" = "0 0" ]
kill "$user"
wait "$user"

exec 3>"$node"
before=$(dmesg | grep -c 'soft_watchdog: disarmed')
echo soft_watchdog >/sys/bus/platform/drivers/soft_watchdog/unbind
behaves unbinding_disarms_an_open_watchdog [ "$(dmesg | grep -c 'soft_watchdog: disarmed')" = $((before + 1)) ]
exec 3>&-
