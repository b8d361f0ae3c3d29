// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The JSON of the matrix, and texts in it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace kcxx::matrix
{

using Json = nlohmann::ordered_json;

/** The text called @name in @object; empty if it is null. Throws if there is none of that name. */
inline std::string text_of(const Json &object, const char *name)
{
	const auto &value = object.at(name);
	return value.is_string() ? value.get<std::string>() : std::string();
}

} // namespace kcxx::matrix
