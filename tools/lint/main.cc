// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx-lint: kcxx's own checks of one C++ source. lint-cxx.sh runs it in builds, and for kcxx lint.
//
// Usage: kcxx-lint [--json] <kcxx's headers> <Clang's arguments>…
//
// Status: 0 no finding; 1 findings; 2 Clang refuses the source, and nothing was checked.
#include "lint/lint.hpp"
#include "lint/marks.hpp"
#include "lint/output.hpp"
#include "lint/visitor.hpp"

#include <clang/AST/ASTConsumer.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendActions.h>
#include <clang/Tooling/Tooling.h>
#include <cstdio>
#include <cstring>

namespace kcxx::lint
{

namespace
{

struct Run {
	std::string library;
	Results results;
	bool checked = false;
};

class Consumer : public clang::ASTConsumer
{
public:
	Consumer(Run &run, clang::CompilerInstance &compiler)
	    : run_(run), files_(compiler.getSourceManager(), run.library)
	{
		auto &preprocessor = compiler.getPreprocessor();
		preprocessor.addPPCallbacks(
			std::make_unique<Marks>(preprocessor, files_, reasons_));
	}

	void HandleTranslationUnit(clang::ASTContext &ast) override
	{
		if (ast.getDiagnostics().hasErrorOccurred())
			return;
		Lint lint(ast, files_, reasons_);
		visit(lint);
		run_.results = std::move(lint).results();
		run_.checked = true;
	}

private:
	Run &run_;
	SourceFiles files_;
	Reasons reasons_;
};

class Action : public clang::ASTFrontendAction
{
public:
	explicit Action(Run &run) : run_(run) {}

	std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &compiler,
							      clang::StringRef /*file*/) override
	{
		return std::make_unique<Consumer>(run_, compiler);
	}

private:
	Run &run_;
};

/** Clang's own command for what the build's compiler is given: it makes no object, and no warning.
 */
std::vector<std::string> reading(char **begin, char **end)
{
	std::vector<std::string> arguments = {"clang++", "-resource-dir", KCXX_CLANG_RESOURCES};
	for (; begin != end; begin++) {
		const std::string_view argument = *begin;
		if (argument == "-o" || argument == "-MF" || argument == "-MT" || argument == "-MQ")
			begin++;
		else if (argument != "-c" && argument != "-MD" && argument != "-MMD" &&
			 !argument.starts_with("-g") &&
			 !(argument.starts_with("-W") && !argument.starts_with("-Wp,")))
			arguments.emplace_back(argument);
	}
	arguments.insert(arguments.end(), {"-DKCXX_READ_BY_LINT", "-fsyntax-only", "-w",
					   "-Wno-narrowing", "-ferror-limit=5"});
	return arguments;
}

} // namespace

} // namespace kcxx::lint

int main(int argc, char **argv)
{
	using namespace kcxx::lint;
	const bool json = argc > 1 && std::strcmp(argv[1], "--json") == 0;
	const int first = json ? 2 : 1;
	if (argc < first + 2) {
		std::fprintf(stderr, "usage: kcxx-lint [--json] HEADERS CLANG-ARGUMENT...\n");
		return 2;
	}
	Run run = {.library = argv[first], .results = {}};
	const llvm::IntrusiveRefCntPtr files(new clang::FileManager(clang::FileSystemOptions()));
	clang::tooling::ToolInvocation invocation(reading(argv + first + 1, argv + argc),
						  std::make_unique<Action>(run), files.get());
	invocation.run();
	if (!run.checked)
		return 2;
	if (json)
		print_lines(run.results);
	else
		print(run.results.findings);
	return run.results.findings.empty() ? 0 : 1;
}
