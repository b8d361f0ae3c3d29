// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/trust.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <iterator>

namespace kcxx
{

namespace
{

// A kernel trusts the key that signed its own modules. Only its build directory has the certificate
// of that key.
std::vector<Certificate> own_certificates(const TargetKernel *kernel)
{
	if (kernel == nullptr)
		return {};
	return read_certificates(kernel->kernel().build / "certs/signing_key.x509")
		.value_or(std::vector<Certificate>());
}

std::string text(const Signature &signature)
{
	if (!signature.damage.empty())
		return "the signature cannot be read: " + signature.damage;
	if (signature.verification == Verification::damaged)
		return fmt::format("it is not what the key of {} signed: changed after that, or "
				   "signed by another of the same name and number",
				   signature.certificate);
	return "it is signed by a key that no certificate given is of";
}

// Makes @problem a refusal or unknown: the kernel loads only signed modules, and none of its known
// keys made @signature.
void require_signature(const Signature &signature, Problem &problem)
{
	if (!signature.damage.empty()) {
		problem.gravity = Gravity::refused;
	} else if (problem.text.empty()) {
		problem.gravity = Gravity::unknown;
		problem.text =
			"it is signed by a key that is not known here, and the kernel loads "
			"modules signed by its own keys only (CONFIG_MODULE_SIG_FORCE): give "
			"the certificate of its key, by --certificate";
	}
}

} // namespace

std::vector<Problem> check_signature(std::optional<Signature> &signature, std::string_view file,
				     const TargetKernel *kernel,
				     const std::vector<Certificate> &trusted)
{
	const bool enforced = !trusted.empty();
	Problem problem{
		.gravity = Gravity::refused, .kind = "signature", .subject = "", .text = ""};
	if (!signature) {
		if (enforced || (kernel != nullptr && kernel->has("CONFIG_MODULE_SIG_FORCE")))
			problem.text = enforced ? "it is not signed"
						: "it is not signed, and the kernel loads signed "
						  "modules only (CONFIG_MODULE_SIG_FORCE)";
	} else {
		auto certificates = own_certificates(kernel);
		std::ranges::copy(trusted, std::back_inserter(certificates));
		verify_signature(*signature, file, certificates);
		const bool damaged = signature->verification == Verification::damaged;
		if (!signature->damage.empty() || damaged ||
		    (enforced && signature->verification != Verification::verified))
			problem.text = text(*signature);
		const bool refused = signature->malformed && kernel != nullptr &&
				     kernel->has("CONFIG_MODULE_SIG");
		if (!enforced && !damaged && !refused)
			problem.gravity = Gravity::warning;
		if (kernel != nullptr && kernel->has("CONFIG_MODULE_SIG_FORCE") &&
		    signature->verification != Verification::verified)
			require_signature(*signature, problem);
	}
	if (problem.text.empty())
		return {};
	return {problem};
}

} // namespace kcxx
