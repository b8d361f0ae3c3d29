// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The files of from_kbuild/ for make and bash. The program contains them.
#pragma once

#include <string_view>

namespace kcxx::from_kbuild
{

std::string_view object_lister();    // list-objects.mk
std::string_view make_stand_in();    // make.sh
std::string_view dkms_conf_reader(); // read-dkms-conf.bash

} // namespace kcxx::from_kbuild
