// SPDX-License-Identifier: GPL-2.0-only OR MIT
// extern "C" around the #include of a header that is C's, and that C++ reads as it is.
#pragma once

#include "convert/conversion.hpp"

#include <clang/Lex/PPCallbacks.h>

namespace kcxx::convert
{

/** The headers of the source that C++ reads as they are: where it includes them. */
class IncludedHeaders : public clang::PPCallbacks
{
public:
	using Places = std::map<const clang::FileEntry *, unsigned>;

	IncludedHeaders(clang::SourceManager &sources, Places &places)
	    : sources_(sources), places_(places)
	{
	}

	void InclusionDirective(clang::SourceLocation hash, const clang::Token &include,
				llvm::StringRef name, bool is_angled, clang::CharSourceRange range,
				clang::OptionalFileEntryRef file, llvm::StringRef folder,
				llvm::StringRef path, const clang::Module *module, bool imported,
				clang::SrcMgr::CharacteristicKind kind) override;

private:
	clang::SourceManager &sources_;
	Places &places_;
};

/** Gives the functions of the headers at @places, of those @declarations, C's linkage. */
void give_linkage_of_c(Conversion &conversion, const IncludedHeaders::Places &places,
		       const std::vector<clang::Decl *> &declarations);

} // namespace kcxx::convert
