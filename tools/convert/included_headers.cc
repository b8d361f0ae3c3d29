// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The project's headers that C++ reads itself: kbuild/bindgen/own-headers.awk answers those with an
// include guard or with kernel headers, whose functions have C's linkage.
#include "convert/included_headers.hpp"

#include <clang/AST/Decl.h>
#include <filesystem>
#include <regex>

namespace kcxx::convert
{

namespace
{

using namespace clang;

// Whether C++ reads a header of this text as it is, and it is C's
bool is_read_by_cxx(const std::string &text)
{
	static const std::regex answered(R"((^|\n)[ \t]*#[ \t]*(ifndef[ \t]|include[ \t]*<))");
	return !std::regex_search(text, answered) && !text.contains("__cplusplus");
}

bool has_linkage_of_c(const Decl &declaration)
{
	const auto *function = dyn_cast<FunctionDecl>(&declaration);
	return function != nullptr && function->getStorageClass() != SC_Static &&
	       !function->isInlineSpecified();
}

} // namespace

void IncludedHeaders::InclusionDirective(SourceLocation hash, const Token & /*include*/,
					 StringRef /*name*/, bool is_angled,
					 CharSourceRange /*range*/, OptionalFileEntryRef file,
					 StringRef folder, StringRef /*path*/,
					 const Module * /*module*/, bool /*imported*/,
					 SrcMgr::CharacteristicKind /*kind*/)
{
	if (is_angled || !file || sources_.getFileID(hash) != sources_.getMainFileID() ||
	    std::filesystem::exists(std::filesystem::path(folder.str()) / "linux/types.h"))
		return;
	const auto text = sources_.getMemoryBufferForFileOrNone(*file);
	if (text && is_read_by_cxx(text->getBuffer().str()))
		places_[&file->getFileEntry()] = sources_.getFileOffset(hash);
}

void give_linkage_of_c(Conversion &conversion, const IncludedHeaders::Places &places,
		       const std::vector<Decl *> &declarations)
{
	auto &sources = conversion.sources();
	std::set<unsigned> done;
	for (const auto *declaration : declarations) {
		const auto file =
			sources.getFileID(sources.getExpansionLoc(declaration->getLocation()));
		const auto at = places.find(sources.getFileEntryForID(file));
		if (at == places.end() || !has_linkage_of_c(*declaration) ||
		    !done.insert(at->second).second)
			continue;
		const auto end = static_cast<unsigned>(std::min(
			conversion.text().find('\n', at->second), conversion.text().size()));
		conversion.insert(at->second, {"extern \"C\" {\n"});
		conversion.insert(end, {"\n}"});
	}
}

} // namespace kcxx::convert
