// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/machine.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/core.h>
#include <ranges>
#include <utility>

namespace kcxx
{

namespace
{

namespace fs = std::filesystem;

/** An interface of drives. */
struct Interface {
	std::string_view name;   // "nvme", of if=
	std::string_view device; // -device
};

constexpr std::array interfaces = {
	Interface{.name = "virtio", .device = "virtio-blk-pci"}, // the default
	Interface{.name = "nvme", .device = "nvme"},
	Interface{.name = "usb", .device = "usb-storage,bus=usb.0"},
};

Error wrong_word(std::string what, std::string found, std::string needed)
{
	return {.status = ExitStatus::usage,
		.what = std::move(what),
		.found = std::move(found),
		.needed = std::move(needed),
		.fix = "kcxx boot --help"};
}

// Returns an Error if @value asks for help, for which QEMU prints a list and starts no guest.
Result<void> refuse_help(std::string_view given, const std::string &value, const Architecture &arch)
{
	for (const auto option : value | std::views::split(','))
		if (const std::string_view word(option); word == "help" || word == "?")
			return std::unexpected(Error{
				.status = ExitStatus::usage,
				.what = fmt::format("{} asks for help, and starts no guest", given),
				.found = value,
				.needed = "a device, such as edu or virtio-rng-pci,addr=5",
				.fix = fmt::format("{} -device {}", arch.qemu, value)});
	return {};
}

// QEMU reads two commas as one that belongs to a value.
std::string with_commas_doubled(std::string_view text)
{
	std::string doubled;
	for (const char letter : text)
		doubled.append(letter == ',' ? 2 : 1, letter);
	return doubled;
}

// Returns the drive @text, FILE[,if=INTERFACE], as the drive @number of the machine.
Result<Addition> drive(const std::string &text, size_t number)
{
	constexpr std::string_view separator = ",if=";
	const auto comma = text.rfind(separator);
	const auto file = text.substr(0, comma);
	const auto name = comma == std::string::npos ? std::string(interfaces.front().name)
						     : text.substr(comma + separator.size());
	const auto *const interface = std::ranges::find(interfaces, name, &Interface::name);
	if (interface == interfaces.end())
		return std::unexpected(wrong_word("--drive has no such interface", "if=" + name,
						  "if=virtio, if=nvme or if=usb"));
	std::error_code error;
	if (!fs::is_regular_file(file, error))
		return std::unexpected(wrong_word("--drive is not understood", "no file " + file,
						  "FILE[,if=virtio|nvme|usb], FILE the drive's "
						  "bytes"));
	const auto id = fmt::format("drive{}", number);
	// The format is not guessed: a guest could write another one into its drive.
	return Addition{
		.given = "--drive",
		.value = text,
		.arguments = {"-drive",
			      fmt::format("if=none,id={},snapshot=on,format=raw,"
					  "file.driver=file,file.filename={}",
					  id, with_commas_doubled(file)),
			      "-device",
			      fmt::format("{},drive={},serial={}", interface->device, id, id)}};
}

// Returns the network card @text, user[,model=DEVICE], as the card @number of the machine.
Result<Addition> nic(const std::string &text, size_t number, const Architecture &arch)
{
	constexpr std::string_view user = "user";
	constexpr std::string_view model = "user,model=";
	if (text != user && !(text.starts_with(model) && text.size() > model.size()))
		return std::unexpected(wrong_word("--nic is not understood", text,
						  "user, or user,model=DEVICE: user,model=e1000e"));
	const auto device =
		text == user ? std::string("virtio-net-pci") : text.substr(model.size());
	TRY(refuse_help("--nic", device, arch));
	// Without romfile= QEMU looks for a program to boot by network, which may not be installed.
	return Addition{.given = "--nic",
			.value = text,
			.arguments = {"-netdev", fmt::format("user,id=net{}", number), "-device",
				      fmt::format("{},netdev=net{}{}", device, number,
						  device.starts_with("usb-") ? "" : ",romfile=")}};
}

/** Splits a text into words, as a shell does that has no variables. */
class Words
{
public:
	void read(char letter)
	{
		if (escaped_) {
			escaped_ = false;
			add(letter);
		} else if (letter == '\\' && quote_ != '\'') {
			escaped_ = true;
		} else if (quote_ != '\0' ? letter == quote_ : letter == '\'' || letter == '"') {
			quote_ = quote_ != '\0' ? '\0' : letter;
			begun_ = true;
		} else if (quote_ == '\0' && std::string_view(" \t\n").contains(letter)) {
			end();
		} else {
			add(letter);
		}
	}

	/** Returns the words; nothing if a quote has no end. */
	std::optional<std::vector<std::string>> finish()
	{
		end();
		return quote_ == '\0' && !escaped_ ? std::optional(std::move(words_))
						   : std::nullopt;
	}

private:
	void add(char letter)
	{
		word_ += letter;
		begun_ = true;
	}

	void end()
	{
		if (begun_)
			words_.push_back(std::exchange(word_, {}));
		begun_ = false;
	}

	std::vector<std::string> words_;
	std::string word_;
	char quote_ = '\0'; // the open one
	bool escaped_ = false;
	bool begun_ = false; // a word, which may be empty
};

Result<Addition> options_of_qemu(const std::string &text)
{
	Words reader;
	for (const char letter : text)
		reader.read(letter);
	auto words = reader.finish();
	if (!words || words->empty() || !words->front().starts_with('-'))
		return std::unexpected(
			wrong_word("--qemu is not understood", text,
				   "options of QEMU, in a shell's words: '-device edu'"));
	return Addition{.given = "--qemu", .value = text, .arguments = std::move(*words)};
}

bool has_usb(const MachineOptions &options)
{
	return std::ranges::any_of(options.drives,
				   [](const auto &drive) { return drive.ends_with(",if=usb"); }) ||
	       std::ranges::any_of(options.nics,
				   [](const auto &nic) { return nic.contains(",model=usb-"); });
}

// Returns what of an addition's arguments QEMU's @line is about: its option, and the reason.
std::optional<std::pair<std::string, std::string>>
refused_option(const Architecture &arch, const Addition &addition, std::string_view line)
{
	for (size_t i = 0; i < addition.arguments.size(); i++) {
		const auto &option = addition.arguments[i];
		const auto alone = fmt::format("{}: {}: ", arch.qemu, option);
		if (line.starts_with(alone))
			return std::pair(option, std::string(line.substr(alone.size())));
		if (i + 1 == addition.arguments.size())
			break;
		const auto &value = addition.arguments[i + 1];
		const auto prefix = fmt::format("{}: {} {}: ", arch.qemu, option, value);
		if (line.starts_with(prefix))
			return std::pair(fmt::format("{} {}", option, value),
					 std::string(line.substr(prefix.size())));
	}
	return std::nullopt;
}

} // namespace

Result<std::vector<Addition>> additions_of(const MachineOptions &options, const Architecture &arch)
{
	std::vector<Addition> additions;
	if (has_usb(options))
		additions.push_back({.given = "--drive",
				     .value = "if=usb",
				     .arguments = {"-device", "qemu-xhci,id=usb"}});
	for (const auto &device : options.devices) {
		TRY(refuse_help("--device", device, arch));
		additions.push_back(
			{.given = "--device", .value = device, .arguments = {"-device", device}});
	}
	for (size_t i = 0; i < options.drives.size(); i++)
		additions.push_back(TRY(drive(options.drives[i], i)));
	for (size_t i = 0; i < options.nics.size(); i++)
		additions.push_back(TRY(nic(options.nics[i], i, arch)));
	// The last ones: their devices may be on buses of those before
	for (const auto &text : options.qemu)
		additions.push_back(TRY(options_of_qemu(text)));
	return additions;
}

std::optional<Error> refused_addition(const Architecture &arch,
				      const std::vector<Addition> &additions, std::string_view line)
{
	for (const auto &addition : additions) {
		const auto refused = refused_option(arch, addition, line);
		if (!refused)
			continue;
		const auto &[option, reason] = *refused;
		Error error = {
			.status = ExitStatus::usage,
			.what = fmt::format("QEMU refuses {} '{}'", addition.given, addition.value),
			.found = reason,
			.needed = fmt::format("options that {} has for its machine {}", arch.qemu,
					      arch.model),
			.fix = fmt::format("{} -help", arch.qemu)};
		constexpr std::string_view device = "-device ";
		if (!option.starts_with(device))
			return error;
		const auto driver = option.substr(device.size(), option.find(',') - device.size());
		const bool known = !driver.empty() && !driver.starts_with('{') &&
				   !reason.contains("is not a valid device model name");
		error.needed = fmt::format("a device that {} has for its machine {}", arch.qemu,
					   arch.model);
		error.fix =
			fmt::format("{} -device {}", arch.qemu, known ? driver + ",help" : "help");
		return error;
	}
	return std::nullopt;
}

} // namespace kcxx
