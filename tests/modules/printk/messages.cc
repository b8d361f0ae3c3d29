// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Messages of each kind. Those in functions, lambdas and templates are logged when the parameter
/// `say` is written to.

#include <span>
#include <string_view>

#include <kernel/dev_printk.hpp>
#include <kernel/module_param.hpp>
#include <kernel/prelude.hpp>
#include <kernel/printk.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

extern "C" {
struct device *make_device();
void drop_device(struct device *device);
}

namespace
{

void plain()
{
	pr_emerg("plain emerg %d;\n", 7);
	pr_alert("plain alert %d;\n", 7);
	pr_crit("plain crit %d;\n", 7);
	pr_err("plain err %d;\n", 7);
	pr_warn("plain warn %d;\n", 7);
	pr_notice("plain notice %d;\n", 7);
	pr_info("plain in");
	pr_cont("fo %d;\n", 7);
	pr_debug("plain debug %d;\n", 7);
}

void with_braces()
{
	pr_emerg("braces emerg {};\n", 7);
	pr_alert("braces alert {};\n", 7);
	pr_crit("braces crit {};\n", 7);
	pr_err("braces err {};\n", 7);
	pr_warn("braces warn {};\n", 7);
	pr_notice("braces notice {};\n", 7);
	pr_info("{} in", "braces");
	pr_cont("fo {};\n", 7);
	pr_debug("braces debug {};\n", 7);
	pr_info_once("braces in a macro {};\n", 7);
	pr_info_ratelimited("braces in a macro {};\n", 7);
}

void dumped()
{
	static constexpr std::string_view bytes = "0123456789abcde;fedcba98765432;";
	hex_dump(KERN_NOTICE, "messages: dumped: ", std::as_bytes(std::span{bytes}));
	hex_dump(KERN_INFO, "messages: dumped: ", std::as_bytes(std::span{bytes.substr(0, 16)}),
		 {.place = HexDump::Place::none, .group = 2});
}

void once()
{
	for (int i = 0; i < 3; ++i) {
		pr_emerg_once("once emerg %d;\n", i);
		pr_alert_once("once alert %d;\n", i);
		pr_crit_once("once crit %d;\n", i);
		pr_err_once("once err %d;\n", i);
		pr_warn_once("once warn %d;\n", i);
		pr_notice_once("once notice %d;\n", i);
		pr_info_once("once info %d;\n", i);
		pr_debug_once("once debug %d;\n", i);
	}
}

void seldom()
{
	for (int i = 0; i < 30; ++i) {
		pr_emerg_ratelimited("seldom emerg %d;\n", i);
		pr_alert_ratelimited("seldom alert %d;\n", i);
		pr_crit_ratelimited("seldom crit %d;\n", i);
		pr_err_ratelimited("seldom err %d;\n", i);
		pr_warn_ratelimited("seldom warn %d;\n", i);
		pr_notice_ratelimited("seldom notice %d;\n", i);
		pr_info_ratelimited("seldom info %d;\n", i);
		pr_debug_ratelimited("seldom debug %d;\n", i);
	}
}

void of_a_device(struct device *dev)
{
	dev_emerg(dev, "plain emerg %d;\n", 7);
	dev_alert(dev, "plain alert %d;\n", 7);
	dev_crit(dev, "plain crit %d;\n", 7);
	dev_err(dev, "plain err %d;\n", 7);
	dev_warn(dev, "plain warn %d;\n", 7);
	dev_notice(dev, "plain notice %d;\n", 7);
	dev_info(dev, "plain info %d;\n", 7);
	dev_dbg(dev, "plain debug %d;\n", 7);
	dev_emerg(dev, "braces emerg {};\n", 7);
	dev_alert(dev, "braces alert {};\n", 7);
	dev_crit(dev, "braces crit {};\n", 7);
	dev_err(dev, "braces err {};\n", 7);
	dev_warn(dev, "braces warn {};\n", 7);
	dev_notice(dev, "braces notice {};\n", 7);
	dev_info(dev, "braces info {};\n", 7);
	dev_dbg(dev, "braces debug {};\n", 7);
	dev_info_once(dev, "braces in a macro {};\n", 7);
	for (int i = 0; i < 30; ++i) {
		dev_emerg_once(dev, "once emerg %d;\n", i);
		dev_alert_once(dev, "once alert %d;\n", i);
		dev_crit_once(dev, "once crit %d;\n", i);
		dev_err_once(dev, "once err %d;\n", i);
		dev_warn_once(dev, "once warn %d;\n", i);
		dev_notice_once(dev, "once notice %d;\n", i);
		dev_info_once(dev, "once info %d;\n", i);
		dev_dbg_once(dev, "once debug %d;\n", i);
		dev_emerg_ratelimited(dev, "seldom emerg %d;\n", i);
		dev_alert_ratelimited(dev, "seldom alert %d;\n", i);
		dev_crit_ratelimited(dev, "seldom crit %d;\n", i);
		dev_err_ratelimited(dev, "seldom err %d;\n", i);
		dev_warn_ratelimited(dev, "seldom warn %d;\n", i);
		dev_notice_ratelimited(dev, "seldom notice %d;\n", i);
		dev_info_ratelimited(dev, "seldom info %d;\n", i);
		dev_dbg_ratelimited(dev, "seldom debug %d;\n", i);
	}
}

template <typename T>
[[gnu::noinline]] void in_template(T value)
{
	pr_debug("in a template %d;\n", static_cast<int>(value));
}

// Formats that no constant is, and that a constant is
void by_variables(const char *format)
{
	static constexpr const char *constant = KERN_NOTICE "messages: by a constant {};\n";
	printk(format, 7);
	printk(constant, 7);
}

Result<> speak(int /*value*/)
{
	pr_debug("in a function;\n");
	auto lambda = [] { pr_debug("in a lambda;\n"); };
	lambda();
	in_template(2);
	return {};
}

constinit ModuleParam<int, speak> say{0};
MODULE_PARAM(say, 0200, "write to it to log what is in functions");

struct Messages {
	static Result<Messages> init(ThisModule & /*self*/)
	{
		pr_debug("in a member %d;\n", 1);
		plain();
		by_variables(KERN_NOTICE "messages: by a variable %d;\n");
		with_braces();
		dumped();
		once();
		once();
		seldom();
		struct device *dev = make_device();
		of_a_device(dev);
		drop_device(dev);
		return Messages{};
	}
};

} // namespace

KERNEL_MODULE(Messages);
