// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/output.hpp"

#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_ostream.h>

namespace kcxx::lint
{

namespace
{

std::string text(std::string_view of)
{
	return llvm::json::fixUTF8({of.data(), of.size()});
}

std::string what(const Rule &rule)
{
	return text(rule.what) +
	       (rule.is_of_the_safe_profile() ? ", in a file that is KCXX_SAFE" : "");
}

} // namespace

void print(const std::vector<Finding> &findings)
{
	for (const auto &[place, rule, found] : findings)
		llvm::errs() << place.file << ':' << place.line << ": kcxx: " << what(*rule) << " ["
			     << rule->id << "]\n"
			     << "  found:  " << found << '\n'
			     << "  needed: " << rule->needed << '\n'
			     << "  write instead: " << rule->rewrite << '\n';
}

void print_lines(const Results &results)
{
	for (const auto &[place, rule, found] : results.findings)
		llvm::outs() << llvm::json::Value(llvm::json::Object{
					{"kind", "finding"},
					{"file", text(place.file)},
					{"line", place.line},
					{"column", place.column},
					{"id", text(rule->id)},
					{"what", what(*rule)},
					{"found", text(found)},
					{"needed", text(rule->needed)},
					{"rewrite", text(rule->rewrite)},
				})
			     << '\n';
	for (const auto &block : results.blocks) {
		llvm::json::Array rules;
		for (const auto rule : block.rules)
			rules.push_back(text(rule));
		llvm::outs() << llvm::json::Value(llvm::json::Object{
					{"kind", "unsafe"},
					{"file", text(block.place.file)},
					{"line", block.place.line},
					{"column", block.place.column},
					{"reason", text(block.reason)},
					{"rules", std::move(rules)},
				})
			     << '\n';
	}
}

} // namespace kcxx::lint
