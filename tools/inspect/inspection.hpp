// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Inspects modules before they are loaded.
#pragma once

#include "inspect/languages.hpp"
#include "inspect/linkage.hpp"
#include "inspect/mitigations.hpp"
#include "inspect/operator_new.hpp"
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
	std::string type; // the kernel's name: "int", "charp", "array of int"; empty: unknown
	std::string description;
};

struct Inspection {
	std::filesystem::path path;
	std::string arch;
	Modinfo modinfo;
	std::vector<Parameter> parameters;
	Linkage linkage;
	std::vector<std::string> exporters; // one for each import; "" if unknown
	CodeSizes code;
	std::optional<OperatorNew> operator_new;
	std::vector<Mitigation> mitigations;
	std::optional<Signature> signature;
	bool btf = false;
	bool btf_base = false;                      // .BTF.base: BTF that fits other builds, too
	std::shared_ptr<const TargetKernel> kernel; // kernel that the checks used; nullptr: none
	std::string no_kernel;                      // why there is no kernel
	std::vector<Problem> problems;              // the gravest first
};

/** States whether the kernel would load a module. */
enum class Verdict {
	would_load,
	would_not_load,
	cannot_tell,
};

/** Returns "would load", "would not load" or "cannot tell". */
std::string_view to_string(Verdict verdict);

/** Returns the verdict on @module, by its gravest problem. */
Verdict verdict_on(const Inspection &module);

/** Returns the reasons for the verdict: the problems that decide, or the checks that a loadable
 * module passed. */
std::vector<std::string> reasons_of(const Inspection &module);

/** A module, or the reason why the file is not a module. */
struct Inspected {
	std::filesystem::path path;
	Result<Inspection> result;
};

/**
 * Inspects the modules @paths. Each may use the exports of the others and of @others.
 * @wanted: value of --kernel; if empty, each module's vermagic names its kernel, if it is here.
 * @trusted: certificates of the keys that must have signed the modules; if empty, none must.
 * Returns an Error if there is no such kernel, or one of @others is not a module.
 */
Result<std::vector<Inspected>> inspect(const std::vector<std::string> &paths,
				       const std::vector<std::string> &others,
				       const std::string &wanted,
				       const std::vector<Certificate> &trusted);

/** Returns the gravest exit status of @modules: a file that is not a module outweighs an undecided
 * one. */
ExitStatus judge(const std::vector<Inspected> &modules);

} // namespace kcxx
