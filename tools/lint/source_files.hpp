// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The files that a source is read from: the user's own, kcxx's, and what was made of the kernel's
// headers.
#pragma once

#include <clang/AST/Decl.h>
#include <clang/Basic/SourceManager.h>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace kcxx::lint
{

enum class Origin {
	user,
	library, // kcxx's, the compiler's and the standard library's
	kernel,  // bindings
};

class SourceFiles
{
public:
	/** @library is the directory of kcxx's headers. */
	SourceFiles(const clang::SourceManager &sources, std::string library)
	    : sources_(sources), library_(std::move(library))
	{
	}

	/** Returns the origin of the file that @place is spelled in. */
	Origin origin(clang::SourceLocation place);

	/**
	 * Returns where the user wrote the token at @place: there, or the call of a macro of the
	 * kernel's that makes it. Nothing for a token of the library's, or of one of its macros.
	 */
	std::optional<clang::SourceLocation> of_user(clang::SourceLocation place);

	/** Notes that the user's file with @place is KCXX_SAFE. */
	void mark_safe(clang::SourceLocation place) { safe_.insert(sources_.getFileID(place)); }
	/** Returns whether the file with @place is; @place is one that of_user() returned. */
	[[nodiscard]] bool is_safe(clang::SourceLocation place) const
	{
		return safe_.contains(sources_.getFileID(place));
	}

private:
	Origin look_at(clang::FileID file) const;

	const clang::SourceManager &sources_;
	std::string library_;
	std::map<clang::FileID, Origin> known_;
	std::set<clang::FileID> safe_;
};

} // namespace kcxx::lint
