// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "from_kbuild/dkms_conf.hpp"

#include "architecture.hpp"
#include "system/child.hpp"

#include <charconv>
#include <ranges>

namespace kcxx::from_kbuild
{

Result<DkmsConf> DkmsConf::read(const Place &place)
{
	const auto file = place.project / "dkms.conf";
	Command command{.argv = {"bash", place.reader, file, place.release, place.machine,
				 place.kernel, place.project, place.tree}};
	for (const auto &arch : architectures)
		command.argv.emplace_back(arch.uname);
	const auto finished = TRY(run(command));
	DkmsConf conf;
	for (const auto part : std::views::split(finished.output, '\n')) {
		const std::string_view line(part);
		const auto first = line.find('\t');
		const auto second = line.find('\t', first + 1);
		if (second == std::string_view::npos)
			continue;
		unsigned index = 0;
		std::from_chars(line.data() + first + 1, line.data() + second, index);
		conf.values_[std::string(line.substr(0, first))][index] = line.substr(second + 1);
	}
	if (finished.status != 0)
		return std::unexpected(Error{.status = ExitStatus::input,
					     .what = "dkms.conf is no script that bash reads",
					     .found = finished.output,
					     .needed = "a file that DKMS can read",
					     .fix = "bash -n dkms.conf"});
	return conf;
}

std::string DkmsConf::at(std::string_view directive, unsigned index) const
{
	const auto found = values_.find(directive);
	if (found == values_.end() || !found->second.contains(index))
		return {};
	return found->second.at(index);
}

std::string DkmsConf::first(std::string_view directive) const
{
	return at(directive, 0);
}

std::vector<std::string> DkmsConf::list(std::string_view directive) const
{
	std::vector<std::string> values;
	for (const auto index : indices(directive))
		if (const auto value = at(directive, index); !value.empty())
			values.push_back(value);
	return values;
}

std::vector<unsigned> DkmsConf::indices(std::string_view directive) const
{
	const auto found = values_.find(directive);
	if (found == values_.end())
		return {};
	const auto keys = std::views::keys(found->second);
	return {keys.begin(), keys.end()};
}

std::vector<std::string> DkmsConf::differences(const DkmsConf &other) const
{
	std::vector<std::string> names;
	for (const auto &[directive, values] : values_) {
		const auto found = other.values_.find(directive);
		if (found == other.values_.end() || found->second != values)
			names.push_back(directive);
	}
	for (const auto &directive : std::views::keys(other.values_))
		if (!values_.contains(directive))
			names.push_back(directive);
	return names;
}

} // namespace kcxx::from_kbuild
