// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/model.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace kcxx::matrix
{

namespace
{

void add_once(std::vector<std::string> &list, const std::string &text)
{
	if (std::ranges::find(list, text) == list.end())
		list.push_back(text);
}

} // namespace

std::string_view name_of(Stage stage)
{
	constexpr std::array<std::string_view, 4> names = {"check", "build", "inspect", "boot"};
	return names.at(static_cast<size_t>(std::to_underlying(stage)));
}

std::string_view name_of(Verdict verdict)
{
	constexpr std::array<std::string_view, 6> names = {"waiting", "running",  "ok",
							   "failed",  "excluded", "cancelled"};
	return names.at(static_cast<size_t>(std::to_underlying(verdict)));
}

double Cell::seconds() const
{
	return std::transform_reduce(steps.begin(), steps.end(), 0.0, std::plus<>(),
				     [](const StepResult &step) { return step.seconds; });
}

std::optional<StepResult> Cell::earlier(Stage of, std::string_view name,
					std::string_view inputs) const
{
	const auto found = std::ranges::find_if(before, [&](const StepResult &step) {
		return step.stage == of && step.name == name && step.ok() && !step.inputs.empty() &&
		       step.inputs == inputs;
	});
	if (found == before.end())
		return std::nullopt;
	auto step = *found;
	step.kept = true;
	return step;
}

Cell *Pair::find(std::string_view module)
{
	const auto found = std::ranges::find(cells, module, &Cell::module);
	return found != cells.end() ? &*found : nullptr;
}

const Cell *Pair::find(std::string_view module) const
{
	const auto found = std::ranges::find(cells, module, &Cell::module);
	return found != cells.end() ? &*found : nullptr;
}

std::vector<std::string> Matrix::modules() const
{
	std::vector<std::string> names;
	for (const auto &pair : pairs)
		for (const auto &cell : pair.cells)
			add_once(names, cell.module);
	return names;
}

std::vector<std::string> Matrix::kernels() const
{
	std::vector<std::string> labels;
	for (const auto &pair : pairs)
		add_once(labels, pair.label);
	return labels;
}

std::vector<std::string> Matrix::compilers() const
{
	std::vector<std::string> names;
	for (const auto &pair : pairs)
		add_once(names, pair.compiler);
	return names;
}

const Pair *Matrix::find(std::string_view kernel, std::string_view compiler) const
{
	const auto found = std::ranges::find_if(pairs, [&](const Pair &pair) {
		return pair.label == kernel && pair.compiler == compiler;
	});
	return found != pairs.end() ? &*found : nullptr;
}

Counts Matrix::count() const
{
	Counts counts;
	for (const auto &pair : pairs)
		for (const auto &cell : pair.cells) {
			++counts.total;
			counts.ok += cell.verdict == Verdict::ok ? 1 : 0;
			counts.failed += cell.verdict == Verdict::failed ? 1 : 0;
			counts.excluded += cell.verdict == Verdict::excluded ? 1 : 0;
			counts.cancelled += cell.verdict == Verdict::cancelled ? 1 : 0;
			counts.running += cell.verdict == Verdict::running ? 1 : 0;
		}
	return counts;
}

} // namespace kcxx::matrix
