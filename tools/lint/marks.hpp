// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The words of <kernel/safe.hpp> in a source, as the preprocessor sees them.
#pragma once

#include "lint/lint.hpp"

#include <clang/Lex/PPCallbacks.h>
#include <clang/Lex/Preprocessor.h>

namespace kcxx::lint
{

class Marks : public clang::PPCallbacks
{
public:
	Marks(clang::Preprocessor &preprocessor, SourceFiles &files, Reasons &reasons)
	    : preprocessor_(preprocessor), files_(files), reasons_(reasons)
	{
	}

	void MacroExpands(const clang::Token &name, const clang::MacroDefinition &definition,
			  clang::SourceRange range, const clang::MacroArgs *arguments) override;
	/** `#define KCXX_SAFE` before the #includes is the word as well. */
	void MacroDefined(const clang::Token &name,
			  const clang::MacroDirective *directive) override;

private:
	clang::Preprocessor &preprocessor_;
	SourceFiles &files_;
	Reasons &reasons_;
};

} // namespace kcxx::lint
