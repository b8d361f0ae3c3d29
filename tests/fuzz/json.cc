// SPDX-License-Identifier: GPL-2.0-only OR MIT
// JSON that kcxx reads: the matrix.json of an output directory, and the answer of the check. The
// log that failure_in() explains.
#include "matrix/json_report.hpp"
#include "matrix/step_output.hpp"
#include "property.hpp"
#include "system/file.hpp"

#include <unistd.h>

namespace
{

std::filesystem::path output;

kcxx::matrix::Matrix empty_matrix()
{
	kcxx::matrix::Matrix matrix;
	matrix.project.directory = "/project";
	matrix.output = output;
	kcxx::matrix::Pair pair;
	pair.label = "6.12.0";
	pair.compiler = "g++-12";
	pair.kernel.build = "/kernel";
	matrix.pairs.push_back(std::move(pair));
	return matrix;
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *, char ***)
{
	std::string name = std::filesystem::temp_directory_path() / "fuzz-json.XXXXXX";
	output = mkdtemp(name.data());
	return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	const auto text = text_of(data, size);
	require(kcxx::write_file(output / "matrix.json", text).has_value(), "the input is written");
	auto matrix = empty_matrix();
	if (kcxx::matrix::recall(matrix)) {
		for (const auto &pair : matrix.pairs)
			for (const auto &cell : pair.cells)
				for (const auto &step : cell.before)
					require(step.log.empty() || kcxx::leads_below(step.log),
						"a log lies in the output directory");
		static_cast<void>(kcxx::matrix::to_json(matrix));
	}
	const auto answer = kcxx::matrix::read_check(text);
	require(answer.understood || answer.text == text, "what is no answer is shown");
	for (const auto stage : {kcxx::matrix::Stage::build, kcxx::matrix::Stage::inspect})
		require(!kcxx::matrix::failure_in(stage, 1, text).empty(),
			"a failure has a reason");
	return 0;
}
