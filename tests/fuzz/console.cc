// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A guest's console and its port for results. The first byte of a line tells by which it comes: 'R'
// for results. A line "N" as the first lets the guest know its nonces; without, it must not seem to
// have ended well. The fuzzer copies what the code compares into its inputs, so those with the
// secret nonce are passed over, unless $KCXX_FUZZ_NONCE_LEAKS: the test that a broken property is
// reported breaks this one.
#include "boot/transcript.hpp"
#include "property.hpp"
#include "system/printable.hpp"

#include <fmt/core.h>
#include <ranges>

namespace
{

constexpr std::string_view secret = "kcxx:9f31c05ae27b44d8a6e01c73b2d95f46";

kcxx::GuestReport empty_report()
{
	kcxx::GuestReport report;
	kcxx::ModuleResult module;
	module.file.name = "hello";
	module.file.path = "hello.ko";
	report.modules.push_back(std::move(module));
	report.script_given = true;
	return report;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	const auto text = text_of(data, size);
	const bool known = text.starts_with("N\n");
	kcxx::GuestWords words{.mark = "kcxx:mark", .nonces = {}};
	for (int number = 0; number < 8; ++number)
		words.nonces.push_back(known ? fmt::format("kcxx:nonce{}", number)
					     : std::string(secret));
	if (!known && text.contains(secret) && std::getenv("KCXX_FUZZ_NONCE_LEAKS") == nullptr)
		return 0;
	auto report = empty_report();
	const kcxx::LineSink sink = [](const kcxx::LogLine &line, bool) {
		require(!kcxx::printable(line.text).contains('\x1b'),
			"no escape sequence is shown");
	};
	kcxx::Transcript transcript(words, report, sink);
	for (const auto part : std::views::split(text, '\n')) {
		const std::string_view line(part);
		if (line.starts_with('R'))
			transcript.results(line.substr(1));
		else if (!line.empty())
			transcript.console(line.substr(1));
	}
	report.suites = kcxx::ktap::read(report.log);
	for (const auto &suite : report.suites)
		for (const auto &test : suite.cases)
			require(test.outcome != kcxx::ktap::Outcome::failed ||
					!test.failure().empty(),
				"a test that failed has a reason");
	report.end = transcript.has_ended() ? kcxx::GuestEnd::orderly : kcxx::GuestEnd::by_itself;
	const auto findings = kcxx::judge(report, {});
	require(known || !findings.empty(), "a guest without its nonces is not ok");
	return 0;
}
