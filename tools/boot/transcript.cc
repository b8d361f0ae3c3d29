// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/transcript.hpp"

#include "boot/guest_races.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace kcxx
{

namespace
{

// Removes the first word from @text and returns it.
std::string_view take_word(std::string_view &text)
{
	const auto word = text.substr(0, text.find(' '));
	text.remove_prefix(std::min(text.size(), word.size() + 1));
	return word;
}

unsigned long number(std::string_view text)
{
	unsigned long value = 0;
	std::from_chars(text.data(), text.data() + text.size(), value);
	return value;
}

// For these errors of modules busybox prints its own sentences instead of strerror()'s.
struct BusyboxSentence {
	std::string_view text;
	int error;
};
constexpr std::array busybox_sentences = {
	BusyboxSentence{"invalid module format", ENOEXEC},
	BusyboxSentence{"unknown symbol in module, or unknown parameter", ENOENT},
	BusyboxSentence{"module has wrong symbol version", ESRCH},
	BusyboxSentence{"kernel does not support requested operation", ENOSYS},
};

// Returns the errno of a failed insmod or rmmod. The text decides before the status: rmmod's status
// is always 1, and insmod's loses errnos of more than eight bits.
int error_of(int status, std::string_view output)
{
	constexpr int last = 133;
	constexpr std::string_view unknown = "Unknown error ";
	if (status == 0)
		return 0;
	const auto words = output.substr(std::min(output.size(), output.rfind(": ") + 2));
	if (words.starts_with(unknown))
		return static_cast<int>(number(words.substr(unknown.size())));
	for (const auto &[text, error] : busybox_sentences)
		if (words == text)
			return error;
	for (int error = 1; error <= last; ++error)
		if (words == std::strerror(error)) // NOLINT(concurrency-mt-unsafe): one thread
			return error;
	return status;
}

// Reads "COUNT [STATUS STEP NAME TEXT]".
Faults read_faults(std::string_view text)
{
	Faults faults{.failed = static_cast<unsigned>(number(take_word(text)))};
	faults.status = static_cast<int>(number(take_word(text)));
	faults.step = take_word(text);
	faults.module = take_word(text);
	faults.result = {.error = error_of(faults.status, text), .text = std::string(text)};
	return faults;
}

} // namespace

ModuleResult *Transcript::module(std::string_view name)
{
	const auto found = std::ranges::find(
		report_.modules, name, [](const ModuleResult &module) { return module.file.name; });
	return found != report_.modules.end() ? &*found : nullptr;
}

LogLine Transcript::kernel_line(std::optional<double> seconds, std::string_view text) const
{
	const bool foreign = is_foreign_race(text, report_.modules);
	return {.seconds = seconds,
		.source = Source::kernel,
		.text = std::string(text),
		.complaint = foreign ? Complaint::none : complaint_in(text)};
}

void Transcript::message(LogLine line)
{
	if (loading_ != nullptr && line.source == Source::kernel)
		loading_->load_log.push_back(line.text);
	sink_(line, false);
	report_.log.push_back(std::move(line));
}

// Assigns lines of the console to steps. A script can write marks, too, so they prove nothing.
void Transcript::mark(std::string_view text)
{
	const auto verb = take_word(text);
	if (verb == "ready") {
		ready_ = true;
	} else if (verb == "loading") {
		loading_ = module(text);
		if (loading_ != nullptr)
			loading_->loading = true;
	} else if (verb == "loaded") {
		loading_ = nullptr;
	} else if (verb == "script") {
		report_.script_begun = true;
	} else if (verb == "part") {
		script_part_ += text;
	} else if (verb == "out") {
		message({.seconds = std::nullopt,
			 .source = Source::script,
			 .text = std::exchange(script_part_, {}) + std::string(text)});
	} else if (verb == "lost") {
		report_.script_output_lost = true;
	} else if (verb == "unloading") {
		if (auto *const subject = module(text))
			subject->unloading = true;
	} else if (verb == "repeating") {
		report_.repeating = true;
	} else if (verb == "failing") {
		FailingRound round{.number = static_cast<unsigned>(number(take_word(text)))};
		round.kind = text;
		report_.failing = std::move(round);
	} else if (verb == "leak") {
		message(kernel_line(std::nullopt, with_section(text, report_.loaded)));
	} else if (verb == "end") {
		last_mark_ = true;
	}
}

void Transcript::result(std::string_view text)
{
	const auto verb = take_word(text);
	if (verb == "ready") {
		report_.release = take_word(text);
		report_.tainted_before = report_.tainted_after = number(text);
	} else if (verb == "status") {
		report_.script_status = static_cast<int>(number(text));
	} else if (verb == "repeated") {
		Round round{.number = static_cast<unsigned>(number(take_word(text)))};
		const auto status = static_cast<int>(number(take_word(text)));
		round.step = take_word(text);
		round.module = take_word(text);
		round.result = {.error = error_of(status, text), .text = std::string(text)};
		report_.last_round = std::move(round);
	} else if (verb == "faulted") {
		report_.faults = read_faults(text);
	} else if (verb == "sought") {
		report_.leaks = static_cast<unsigned>(number(text));
	} else if (verb == "end") {
		report_.tainted_after = number(text);
		ended_ = true;
	} else if (auto *const subject = module(take_word(text))) {
		const auto status = static_cast<int>(number(take_word(text)));
		Step done{.error = error_of(status, text), .text = std::string(text)};
		(verb == "loaded" ? subject->load : subject->unload) = std::move(done);
	}
}

// Spends @nonce and all before it, whose lines were lost.
bool Transcript::spend(std::string_view nonce)
{
	const auto begin = words_.nonces.begin() + static_cast<std::ptrdiff_t>(spent_);
	const auto found = std::find(begin, words_.nonces.end(), nonce);
	if (found == words_.nonces.end())
		return false;
	spent_ = static_cast<size_t>(found - words_.nonces.begin()) + 1;
	return true;
}

void Transcript::results(std::string_view line)
{
	if (spend(take_word(line)))
		result(line);
}

void Transcript::console(std::string_view line)
{
	// A program in the guest may have written half a line to the console before.
	for (auto at = line.find(guest_word); at != std::string_view::npos;
	     at = line.find(guest_word, at + 1)) {
		auto text = line.substr(at);
		const auto word = take_word(text);
		if (word == words_.mark)
			return mark(text);
		if (spend(word))
			return result(text);
	}
	const auto [seconds, text] = parse_console_line(line);
	if (ready_ && sections_.take(text, report_.loaded))
		return;
	auto entry = kernel_line(seconds, text);
	if (ready_) {
		message(std::move(entry));
	} else {
		sink_(entry, true);
		report_.console.emplace_back(line);
	}
}

} // namespace kcxx
