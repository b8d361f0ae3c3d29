// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/source_files.hpp"

namespace kcxx::lint
{

using namespace clang;

Origin SourceFiles::look_at(FileID file) const
{
	const auto entry = sources_.getFileEntryRefForID(file);
	if (!entry)
		return Origin::library; // of the command line, or made by ##
	const StringRef path = entry->getName();
	const StringRef real = entry->getFileEntry().tryGetRealPathName();
	if (path.ends_with("/bindings.hpp")) // in the build directory, or in a cache for editors
		return Origin::kernel;
	if (path.contains("/.kcxx/") || path.starts_with(".kcxx/"))
		return Origin::library;
	if (path.starts_with(library_) || real.starts_with(library_))
		return Origin::library;
	if (SrcMgr::isSystem(sources_.getSLocEntry(file).getFile().getFileCharacteristic()))
		return Origin::library;
	return Origin::user;
}

Origin SourceFiles::origin(SourceLocation place)
{
	const auto file = sources_.getFileID(sources_.getSpellingLoc(place));
	const auto [at, is_new] = known_.try_emplace(file, Origin::library);
	if (is_new)
		at->second = look_at(file);
	return at->second;
}

std::optional<SourceLocation> SourceFiles::of_user(SourceLocation place)
{
	if (place.isInvalid())
		return {};
	for (auto at = place;; at = sources_.getImmediateMacroCallerLoc(at)) {
		if (sources_.isWrittenInScratchSpace(sources_.getSpellingLoc(at))) {
			if (!at.isMacroID())
				return {};
			continue;
		}
		switch (origin(at)) {
		case Origin::user:
			return sources_.getSpellingLoc(at);
		case Origin::library:
			return {};
		case Origin::kernel:
			if (!at.isMacroID())
				return {};
			break;
		}
	}
}

} // namespace kcxx::lint
