// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "json_output.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace kcxx
{

namespace
{

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string &text)
{
	return text.empty() ? Json() : Json(text);
}

Json to_document(const Kernel &kernel)
{
	return {{"release", kernel.release},
		{"series", text_or_null(series_of(kernel.release))},
		{"arch", text_or_null(kernel.arch)},
		{"compiler", text_or_null(kernel.compiler)},
		{"origin", kernel.origin},
		{"build", text_or_null(kernel.build)},
		{"image", text_or_null(kernel.image)},
		{"modules", text_or_null(kernel.modules)}};
}

Json to_document(const std::optional<Step> &step)
{
	if (!step)
		return {};
	return {{"errno", step->error},
		{"name", step->error != 0 ? Json(errno_name(step->error).substr(1)) : Json()},
		{"text", step->text}};
}

Json to_document(const std::vector<ktap::Suite> &suites)
{
	Json list = Json::array();
	for (const auto &suite : suites) {
		Json cases = Json::array();
		for (const auto &test : suite.cases)
			cases.push_back(
				{{"name", test.name},
				 {"outcome", ktap::name_of(test.outcome)},
				 {"reason", test.outcome == ktap::Outcome::failed ||
							    test.outcome == ktap::Outcome::missing
						    ? Json(test.failure())
						    : text_or_null(test.reason)},
				 {"seconds", test.seconds},
				 {"said", test.output}});
		list.push_back({{"suite", suite.name}, {"cases", std::move(cases)}});
	}
	return list;
}

Json verdict(ExitStatus status)
{
	return {{"verdict", describe(status).name}, {"status", std::to_underlying(status)}};
}

// Output of a guest need not be UTF-8.
std::string dump(const Json &document)
{
	return document.dump(2, ' ', true, Json::error_handler_t::replace);
}

} // namespace

std::string to_json(const std::vector<Kernel> &kernels)
{
	Json list = Json::array();
	for (const auto &kernel : kernels)
		list.push_back(to_document(kernel));
	return dump({{"kernels", std::move(list)}});
}

std::string to_json(const Fetched &fetched)
{
	Json document = to_document(fetched.kernel);
	document["downloaded"] = fetched.downloaded;
	return dump(document);
}

std::string to_json(const Built &built)
{
	Json document = to_document(built.kernel);
	document["built"] = built.built;
	return dump(document);
}

std::string to_json(const GuestReport &report, const std::vector<Finding> &findings)
{
	Json document = verdict(findings.empty() ? ExitStatus::ok : findings.front().status);
	document["release"] = text_or_null(report.release);
	document["duration_s"] = report.duration.count();
	document["saved_boot"] = report.saved;
	document["rounds"] = report.rounds;
	document["failed_allocations"] = report.faults ? Json(report.faults->failed) : Json();
	document["leaks"] = report.leaks ? Json(*report.leaks) : Json();
	document["findings"] = Json::array();
	for (const auto &finding : findings)
		document["findings"].push_back({{"verdict", describe(finding.status).name},
						{"text", finding.text},
						{"quotes", finding.quotes}});
	document["modules"] = Json::array();
	for (const auto &module : report.modules)
		document["modules"].push_back({{"name", module.file.name},
					       {"path", module.file.path.string()},
					       {"given", module.file.given},
					       {"load", to_document(module.load)},
					       {"unload", to_document(module.unload)}});
	document["tests"] = to_document(report.suites);
	document["script"] =
		report.script_status ? Json{{"status", *report.script_status}} : Json();
	document["log"] = Json::array();
	for (const auto &line : report.log)
		document["log"].push_back(
			{{"seconds", line.seconds ? Json(*line.seconds) : Json()},
			 {"source", line.source == Source::kernel ? "kernel" : "script"},
			 {"text", line.text}});
	return dump(document);
}

std::string to_json(const Error &error)
{
	Json document = verdict(error.status);
	document["error"] = {{"what", error.what},
			     {"found", text_or_null(error.found)},
			     {"needed", text_or_null(error.needed)},
			     {"type", text_or_null(error.fix)}};
	return dump(document);
}

} // namespace kcxx
