// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/transcript.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace kcxx
{

namespace
{

// Takes the first word off @text.
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

// busybox has sentences of its own for what these mean of a module.
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

// The errno behind a failed insmod or rmmod. The latter's status is but 1, and the former's loses
// errnos of more than eight bits, so the words go first.
int error_of(int status, std::string_view said)
{
	constexpr int last = 133;
	constexpr std::string_view unknown = "Unknown error ";
	if (status == 0)
		return 0;
	const auto words = said.substr(std::min(said.size(), said.rfind(": ") + 2));
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

} // namespace

ModuleResult *Transcript::module(std::string_view name)
{
	const auto found = std::ranges::find(
		report_.modules, name, [](const ModuleResult &module) { return module.file.name; });
	return found != report_.modules.end() ? &*found : nullptr;
}

void Transcript::message(LogLine line)
{
	if (loading_ != nullptr && line.source == Source::kernel)
		loading_->load_said.push_back(line.text);
	sink_(line, false);
	report_.log.push_back(std::move(line));
}

void Transcript::step(std::string_view verb, std::string_view arguments)
{
	ModuleResult *const subject = module(take_word(arguments));
	if (subject == nullptr)
		return;
	loading_ = nullptr;
	if (verb == "loading") {
		subject->loading = true;
		loading_ = subject;
		return;
	}
	if (verb == "unloading") {
		subject->unloading = true;
		return;
	}
	const auto status = static_cast<int>(number(take_word(arguments)));
	Step done{.error = error_of(status, arguments), .text = std::string(arguments)};
	(verb == "loaded" ? subject->load : subject->unload) = std::move(done);
}

bool Transcript::command(std::string_view text)
{
	const auto verb = take_word(text);
	if (verb == "ready") {
		report_.release = take_word(text);
		report_.tainted_before = report_.tainted_after = number(text);
	} else if (verb == "script") {
		report_.script_begun = true;
	} else if (verb == "part") {
		script_part_ += text;
	} else if (verb == "out") {
		message({.seconds = std::nullopt,
			 .source = Source::script,
			 .text = script_part_ + std::string(text)});
		script_part_.clear();
	} else if (verb == "status") {
		report_.script_status = static_cast<int>(number(text));
	} else if (verb == "scripted") {
		report_.script_ended = true;
	} else if (verb == "end") {
		report_.tainted_after = number(text);
		report_.end = GuestEnd::orderly;
		return false;
	} else {
		step(verb, text);
	}
	return true;
}

bool Transcript::feed(std::string_view line)
{
	// A program in the guest may have written half a line to the console before.
	if (const auto at = line.find(token_); at != std::string_view::npos)
		return command(line.substr(at + token_.size()));
	const auto [seconds, text] = parse_console_line(line);
	LogLine entry{.seconds = seconds, .source = Source::kernel, .text = std::string(text)};
	if (report_.release.empty()) {
		sink_(entry, true);
		report_.console.emplace_back(line);
	} else {
		message(std::move(entry));
	}
	return true;
}

} // namespace kcxx
