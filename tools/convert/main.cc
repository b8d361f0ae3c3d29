// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx-convert: one source of C to C++. kcxx convert runs it with the flags that the kernel gives
// to Clang.
//
// Usage: kcxx-convert <source.c> <source.cc> <name of the source in messages> <Clang's arguments>…
//
// Status: 0 all is converted; 1 a person has to do the places that are printed; 2 nothing was
// written.
#include "convert/conversion.hpp"
#include "convert/included_headers.hpp"
#include "convert/rules.hpp"
#include "convert/visitor.hpp"

#include <clang/AST/ASTConsumer.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendActions.h>
#include <clang/Lex/MacroArgs.h>
#include <clang/Lex/PPCallbacks.h>
#include <clang/Lex/Preprocessor.h>
#include <clang/Tooling/Tooling.h>
#include <cstdio>
#include <fstream>

namespace kcxx::convert
{

namespace
{

struct Run {
	std::string source;
	std::string output;
	std::string shown; // the source's name in messages
	int status = 2;
};

/** The facts that the preprocessor sees and the syntax tree does not have. */
struct Preprocessed {
	std::set<unsigned> arguments; // of macros: where they are written
	IncludedHeaders::Places headers;
};

/** Where arguments of macros are written. */
class MacroArguments : public clang::PPCallbacks
{
public:
	MacroArguments(clang::SourceManager &sources, std::set<unsigned> &places)
	    : sources_(sources), places_(places)
	{
	}

	void MacroExpands(const clang::Token &name, const clang::MacroDefinition &definition,
			  clang::SourceRange /*range*/, const clang::MacroArgs *arguments) override
	{
		if (arguments == nullptr ||
		    sources_.getFileID(name.getLocation()) != sources_.getMainFileID())
			return;
		for (unsigned i = 0; i < definition.getMacroInfo()->getNumParams(); i++)
			for (const auto *token = arguments->getUnexpArgument(i);
			     token->isNot(clang::tok::eof); token++)
				if (sources_.getFileID(token->getLocation()) ==
				    sources_.getMainFileID())
					places_.insert(
						sources_.getFileOffset(token->getLocation()));
	}

private:
	clang::SourceManager &sources_;
	std::set<unsigned> &places_;
};

class Consumer : public clang::ASTConsumer
{
public:
	Consumer(Run &run, Preprocessed &preprocessed) : run_(run), preprocessed_(preprocessed) {}

	bool HandleTopLevelDecl(clang::DeclGroupRef group) override
	{
		for (auto *declaration : group)
			declarations_.push_back(declaration);
		return true;
	}

	void HandleTranslationUnit(clang::ASTContext &ast) override
	{
		if (ast.getDiagnostics().hasErrorOccurred())
			return;
		Conversion conversion(ast);
		auto &sources = conversion.sources();
		std::vector<clang::Decl *> ours;
		for (auto *declaration : declarations_)
			if (sources.getFileID(sources.getExpansionLoc(
				    declaration->getLocation())) == sources.getMainFileID())
				ours.push_back(declaration);
		visit(conversion, ours);
		words(conversion, preprocessed_.arguments);
		give_linkage_of_c(conversion, preprocessed_.headers, declarations_);
		std::ofstream out(run_.output, std::ios::binary);
		out << conversion.edits().result();
		out.close();
		if (!out) {
			std::fprintf(stderr, "kcxx-convert: cannot write %s\n",
				     run_.output.c_str());
			return;
		}
		for (const auto &[line, reasons] : conversion.left())
			for (const auto &reason : reasons)
				std::fprintf(stderr, "%s:%u: %s\n", run_.shown.c_str(), line,
					     reason.c_str());
		run_.status = conversion.left().empty() ? 0 : 1;
	}

private:
	Run &run_;
	Preprocessed &preprocessed_;
	std::vector<clang::Decl *> declarations_;
};

class Action : public clang::ASTFrontendAction
{
public:
	explicit Action(Run &run) : run_(run) {}

	std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &compiler,
							      clang::StringRef /*file*/) override
	{
		auto &sources = compiler.getSourceManager();
		auto &preprocessor = compiler.getPreprocessor();
		preprocessor.addPPCallbacks(
			std::make_unique<MacroArguments>(sources, preprocessed_.arguments));
		preprocessor.addPPCallbacks(
			std::make_unique<IncludedHeaders>(sources, preprocessed_.headers));
		return std::make_unique<Consumer>(run_, preprocessed_);
	}

private:
	Run &run_;
	Preprocessed preprocessed_;
};

} // namespace

} // namespace kcxx::convert

int main(int argc, char **argv)
{
	using namespace kcxx::convert;
	if (argc < 4) {
		std::fprintf(stderr,
			     "usage: kcxx-convert SOURCE OUTPUT NAME [CLANG ARGUMENT]...\n");
		return 2;
	}
	Run run = {.source = argv[1], .output = argv[2], .shown = argv[3]};
	std::vector<std::string> arguments = {"clang"};
	arguments.insert(arguments.end(), argv + 4, argv + argc);
	arguments.insert(arguments.end(), {"-w", "-fsyntax-only", run.source});
	const llvm::IntrusiveRefCntPtr files(new clang::FileManager(clang::FileSystemOptions()));
	clang::tooling::ToolInvocation invocation(arguments, std::make_unique<Action>(run),
						  files.get());
	invocation.run();
	return run.status;
}
