// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kernels/make.hpp"

#include "system/child.hpp"
#include "system/terminal.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <fmt/format.h>
#include <fstream>
#include <unistd.h>

namespace kcxx
{

namespace
{

// Returns the variables that Kbuild inherits. ARCH, KCFLAGS, MAKEFLAGS and many others would change
// the build, and the cache does not record them.
std::vector<std::string> environment()
{
	constexpr std::array wanted = {"PATH=", "HOME=", "TMPDIR=", "CCACHE_"};
	std::vector<std::string> chosen = {"LC_ALL=C", "KBUILD_BUILD_USER=kcxx",
					   "KBUILD_BUILD_HOST=kcxx"};
	for (char **variable = environ; *variable != nullptr; ++variable)
		if (std::ranges::any_of(wanted, [&](const char *prefix) {
			    return std::string_view(*variable).starts_with(prefix);
		    }))
			chosen.emplace_back(*variable);
	return chosen;
}

// Returns whether @line announces a step of Kbuild: "  CC      init/main.o".
bool is_step(std::string_view line)
{
	return line.starts_with("  ") && line.size() > 2 &&
	       std::isupper(static_cast<unsigned char>(line[2])) != 0;
}

// Finds the reason for a failure in make's output.
class Complaints
{
public:
	void read(std::string_view line)
	{
		full_ = full_ || line.contains("No space left on device");
		if (line.contains("error: ") && first_error_.empty())
			first_error_ = line;
		else if (line.contains("***") && first_stop_.empty())
			first_stop_ = line;
		if (!is_step(line) && !line.empty())
			last_ = line;
	}

	[[nodiscard]] bool full() const { return full_; }

	[[nodiscard]] std::string text() const
	{
		if (!first_error_.empty())
			return first_error_;
		return first_stop_.empty() ? last_ : first_stop_;
	}

private:
	bool full_ = false;
	std::string first_error_;
	std::string first_stop_;
	std::string last_;
};

} // namespace

Result<void> Kbuild::make(const std::vector<std::string> &goals, std::string_view stage) const
{
	Command command{.argv = {"make", "-C", source.string(), "O=" + build.string(),
				 fmt::format("-j{}", jobs), "LOCALVERSION="},
			.inherited = {lock},
			.environment = environment()};
	command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
	command.argv.insert(command.argv.end(), goals.begin(), goals.end());
	std::ofstream kept(log, std::ios::app);
	kept << fmt::format("\n{}\n", fmt::join(command.argv, " "));
	auto child = TRY(Child::start(command));
	const terminal::Progress progress;
	if (!progress.live())
		terminal::note(fmt::format("{} (log: {})", stage, log.string()));
	progress.show(stage);
	Complaints complaints;
	size_t steps = 0;
	const auto end =
		child.read_lines(interrupt::Clock::time_point::max(), [&](std::string_view line) {
			kept << line << '\n';
			complaints.read(line);
			if (is_step(line))
				progress.show(fmt::format("{}: {} files made", stage, ++steps));
			return true;
		});
	if (end == Child::End::interrupted) {
		// On SIGTERM make removes incomplete files.
		child.terminate(std::chrono::seconds(5));
		return std::unexpected(interrupted_error());
	}
	const int status = child.wait();
	if (status == 0)
		return {};
	if (complaints.full() || !kept.flush())
		return std::unexpected(
			Error{.status = ExitStatus::unavailable,
			      .what = "the disk is full: " + build.string(),
			      .found = complaints.text(),
			      .needed = "some 2 GiB for a kernel's build",
			      .fix = "free some space, then the same again: it goes on from here"});
	return std::unexpected(Error{.what = fmt::format("{}: make ended with {}", stage, status),
				     .found = complaints.text(),
				     .fix = "less " + log.string()});
}

} // namespace kcxx
