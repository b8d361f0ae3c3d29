// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Texts in the JSON of the matrix.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace kcxx::matrix
{

using Json = nlohmann::ordered_json;

/** Returns the text called @name in @object; empty if it is null. Throws if there is no such name.
 */
inline std::string text_of(const Json &object, const char *name)
{
	const auto &value = object.at(name);
	return value.is_string() ? value.get<std::string>() : std::string();
}

} // namespace kcxx::matrix
