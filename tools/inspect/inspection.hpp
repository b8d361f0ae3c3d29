// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What a person wants to know of a module before loading it.
#pragma once

#include "inspect/languages.hpp"
#include "inspect/linkage.hpp"
#include "inspect/mitigations.hpp"
#include "inspect/problem.hpp"
#include "inspect/signature.hpp"
#include "inspect/target_kernel.hpp"
#include "module/modinfo.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kcxx
{

struct Parameter {
	std::string name;
	std::string type; // as the kernel says it: "int", "charp", "array of int"; empty: unknown
	std::string description;
};

struct Inspection {
	std::filesystem::path path;
	std::string arch;
	Modinfo modinfo;
	std::vector<Parameter> parameters;
	Linkage linkage;
	std::vector<std::string> exporters; // of each import; "" where it is not known
	CodeSizes code;
	std::vector<Mitigation> mitigations;
	std::optional<Signature> signature;
	bool btf = false;
	bool btf_base = false;                      // .BTF.base: BTF that fits other builds, too
	std::shared_ptr<const TargetKernel> kernel; // it was held against; nullptr: none
	std::string no_kernel;                      // why none
	std::vector<Problem> problems;              // the gravest first
};

/** The answer to the question whether the kernel would load a module. */
enum class Verdict {
	would_load,
	would_not_load,
	cannot_tell,
};

/** Returns "would load", "would not load" or "cannot tell". */
std::string_view to_string(Verdict verdict);

/** The gravest problem of @module decides. */
Verdict verdict_on(const Inspection &module);

/** Why it is so: the problems that decide; of a module that would load, what it meets. */
std::vector<std::string> reasons_of(const Inspection &module);

/** A module, or why the file is none. */
struct Inspected {
	std::filesystem::path path;
	Result<Inspection> result;
};

/**
 * Inspects the modules @paths, of which one may use what another of them or of @others exports.
 * @wanted: what --kernel says; empty: for each module the kernel its vermagic names, if it is here.
 * @trusted: certificates of keys that the modules have to be signed by; none: they need not be.
 * The Error: no such kernel, or one of @others is no module.
 */
Result<std::vector<Inspected>> inspect(const std::vector<std::string> &paths,
				       const std::vector<std::string> &others,
				       const std::string &wanted,
				       const std::vector<Certificate> &trusted);

/** The gravest exit status of @modules: a file that is no module outweighs one that nothing is
 * known of. */
ExitStatus judge(const std::vector<Inspected> &modules);

} // namespace kcxx
