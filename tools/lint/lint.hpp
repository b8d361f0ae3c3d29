// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The check of one source: what rules know of it, and what they report.
#pragma once

#include "lint/finding.hpp"
#include "lint/source_files.hpp"

#include <clang/AST/ASTContext.h>
#include <clang/AST/Expr.h>
#include <clang/AST/Stmt.h>
#include <map>
#include <string>

namespace kcxx::lint
{

/** Where KCXX_UNSAFE() stands, and the reason. */
using Reasons = std::map<clang::SourceLocation, std::string>;

/** Returns whether @call is std::move(object), which is no builtin of a kernel's compiler. */
bool is_std_move(const clang::CallExpr &call);

class Lint
{
public:
	Lint(clang::ASTContext &ast, SourceFiles &files, const Reasons &reasons)
	    : ast_(ast), files_(files), reasons_(reasons)
	{
	}

	clang::ASTContext &ast() { return ast_; }
	SourceFiles &files() { return files_; }

	/** Notes the block of @statement if it is what KCXX_UNSAFE() makes. */
	void note_block(const clang::IfStmt &statement);

	/**
	 * Reports that @range breaks @rule, at @place, unless the library wrote it, or a
	 * KCXX_UNSAFE() block has it. Each rule reports a place once. @more stands behind the text
	 * of the source.
	 */
	void report(const Rule &rule, clang::SourceLocation place, clang::SourceRange range,
		    const std::string &more = {});
	void report(const Rule &rule, const clang::Stmt &statement)
	{
		report(rule, statement.getBeginLoc(), statement.getSourceRange());
	}

	/** Returns whether the user wrote @place, in a file that is KCXX_SAFE. */
	bool is_safe(clang::SourceLocation place);

	Results results() &&;

private:
	struct Block {
		clang::SourceRange range;
		UnsafeBlock shown;
	};

	Block *block_at(clang::SourceLocation place);
	[[nodiscard]] bool is_in(clang::SourceLocation place, clang::SourceRange range) const;
	[[nodiscard]] Place shown(clang::SourceLocation place) const;
	[[nodiscard]] std::string text(clang::SourceRange range);

	clang::ASTContext &ast_;
	SourceFiles &files_;
	const Reasons &reasons_;
	std::vector<Block> blocks_;
	std::set<Finding> findings_;
};

} // namespace kcxx::lint
