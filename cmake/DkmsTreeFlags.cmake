# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The flags of an object, as the Kbuild file of the DKMS tree that WriteDkmsTree.cmake writes has them: paths in the
# project and in the kernel are those of the target.

# Options whose value is a path, in the same word or in the next one
set(options_with_a_path "I|iquote|isystem|idirafter|include|imacros|isysroot|iprefix")
# Options whose value is a prefix of paths: no file there is read
set(options_with_a_prefix "f(macro|debug|file|profile)-prefix-map=")

# Quotes a word for a recipe of make: for the shell, then for make
function(word_of text result)
  string(REPLACE "'" "'\\''" text "${text}")
  set(relocation "@KCXX_(src|srctree|objtree)@") # from relocated()
  string(REGEX REPLACE "${relocation}" "" others "${text}")
  if(NOT others MATCHES "^[A-Za-z0-9_=./+-]*$")
    set(text "'${text}'")
  endif()
  string(REPLACE "$" "$$" text "${text}")
  string(REPLACE "#" "\\#" text "${text}")
  string(REPLACE "@KCXX_src@" "$(src)" text "${text}")
  string(REGEX REPLACE "${relocation}" "$(abspath $(\\1))" text "${text}") # the kernel's, which may be . and ..
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# Copies the file or directory @path, which @option names, into the tree. Without @option, @path may be missing, because
# compilers accept that of an include directory.
function(take_path path option)
  if(IS_DIRECTORY "${path}")
    take_headers("${path}")
  elseif(EXISTS "${path}")
    take("${path}")
  elseif(NOT option STREQUAL "")
    refuse("a flag names a path that is not there" "${path} in ${option}"
      "a file or folder of the project: the tree brings it along" "the path of one that is there, or no such flag")
  endif()
endfunction()

# @text with paths in the project, and in the kernel, as the Kbuild file has to name them; @option has @text. The part
# after such a path is searched again, because there may be several.
function(relocated text option result)
  set(done)
  set(rest "${text}")
  while(TRUE)
    set(best)
    set(at_best -1)
    foreach(pair IN ITEMS "${binary_dir};src" "${source_dir};src" "${kernel};objtree" "${kernel_named};objtree"
        "${objtree};objtree" "${srctree};srctree")
      list(GET pair 0 root)
      string(FIND "${rest}" "${root}" at)
      string(LENGTH "${root}" length)
      string(LENGTH "${best}" longest)
      if(at GREATER_EQUAL 0 AND (at_best LESS 0 OR at LESS at_best OR (at EQUAL at_best AND length GREATER longest)))
        set(at_best ${at})
        set(best "${root}")
        list(GET pair 1 variable)
      endif()
    endforeach()
    if(at_best LESS 0)
      break()
    endif()
    string(SUBSTRING "${rest}" 0 ${at_best} before)
    string(SUBSTRING "${rest}" ${at_best} -1 rest)
    string(REGEX MATCH "^[^][ \t\"'\\\\:;,=<>(){}|&]+" path "${rest}")
    string(LENGTH "${path}" length)
    string(SUBSTRING "${rest}" ${length} -1 rest)
    string(APPEND done "${before}")
    cmake_path(IS_PREFIX best "${path}" NORMALIZE inside)
    if(NOT inside)
      string(APPEND done "${path}") # a neighbour whose name begins as the root's
    elseif(variable STREQUAL "src")
      place_of("${path}" place)
      string(APPEND done "@KCXX_src@/${place}")
      if(NOT option MATCHES "^-${options_with_a_prefix}")
        take_path("${path}" "${option}")
      endif()
    else()
      cmake_path(RELATIVE_PATH path BASE_DIRECTORY "${best}")
      string(APPEND done "@KCXX_${variable}@/${path}")
    endif()
  endwhile()
  set(${result} "${done}${rest}" PARENT_SCOPE)
endfunction()

# Sets @result to the flag for headers in @directory, for a Kbuild file
function(include_flag directory result)
  relocated("${directory}" "" place)
  if(IS_ABSOLUTE "${place}")
    place_of("${directory}" place) # refuses it
  endif()
  string(REGEX MATCH "^@KCXX_src@/?(.*)$" in_tree "${place}")
  if(in_tree)
    file(MAKE_DIRECTORY "${new}/${CMAKE_MATCH_1}") # paths that lead through it need it
  endif()
  word_of("-I${place}" word)
  set(${result} "${word}" PARENT_SCOPE)
endfunction()

# The directories in which a C source finds headers before the kernel's:
# target_include_directories(BEFORE) has placed them there.
function(directories_before_kernel source result)
  set(flags)
  foreach(directory IN LISTS INCLUDE_DIRECTORIES)
    if(directory IN_LIST kernel_include)
      set(${result} "${flags}" PARENT_SCOPE)
      return()
    endif()
    include_flag("${directory}" flag)
    list(APPEND flags "${flag}")
  endforeach()
  set(${result} "" PARENT_SCOPE) # a C++ source
endfunction()

# Sets @result to the words of the options in @variables; an option with SHELL: has several
function(words_of_options variables result)
  set(words)
  foreach(option IN LISTS ${variables})
    if(option MATCHES "^SHELL:(.*)$")
      separate_arguments(parts UNIX_COMMAND "${CMAKE_MATCH_1}")
      list(APPEND words ${parts})
    else()
      list(APPEND words "${option}")
    endif()
  endforeach()
  set(${result} "${words}" PARENT_SCOPE)
endfunction()

# @word of the options as the Kbuild file has it. @previous is the word before it, and @shown is what a refusal shows.
function(option_word word previous shown result)
  relocated("${word}" "${shown}" text)
  set(path)
  if(previous MATCHES "^-(${options_with_a_path})$")
    set(path "${text}")
  elseif(text MATCHES "^-(${options_with_a_path})(.+)$")
    set(path "${CMAKE_MATCH_2}")
  elseif(text MATCHES "^-[A-Za-z][A-Za-z_-]*=(/.*)$" AND NOT text MATCHES "^-(D|${options_with_a_prefix})")
    set(path "${CMAKE_MATCH_1}")
  endif()
  if(path MATCHES "^/")
    refuse("an option names a path that the target does not have" "${shown}"
      "files and folders in ${source_dir}, or generated by the build: the tree brings those along"
      "cp -r ${path} to the project, and its path there")
  elseif(path AND "${previous} ${shown}" MATCHES "(^| )-(I|iquote|isystem|idirafter)" AND NOT path MATCHES "^@KCXX_")
    refuse("an option names a path that depends on where the compiler runs" "${shown}"
      "an absolute path, which the tree has as its own"
      "target_include_directories(… PRIVATE ${path}), or \${CMAKE_CURRENT_SOURCE_DIR}/${path}")
  endif()
  word_of("${text}" quoted)
  set(${result} "${quoted}" PARENT_SCOPE)
endfunction()

# Definitions, include directories and options that one object is compiled with
function(flags_of source result)
  set(flags)
  foreach(definition IN LISTS COMPILE_DEFINITIONS "COMPILE_DEFINITIONS ${source}")
    if(NOT definition MATCHES "^(__)?KBUILD_(MODNAME|BASENAME)=|^KCXX_FPU$") # Kbuild's own, and kcxx's
      string(REGEX REPLACE "^-D" "" definition "${definition}")
      relocated("-D${definition}" "-D${definition}" definition)
      word_of("${definition}" word)
      list(APPEND flags "${word}")
    endif()
  endforeach()
  foreach(directory IN LISTS INCLUDE_DIRECTORIES "INCLUDE_DIRECTORIES ${source}")
    if(NOT directory IN_LIST kernel_include)
      include_flag("${directory}" flag)
      list(APPEND flags "${flag}")
    endif()
  endforeach()
  words_of_options("COMPILE_OPTIONS;COMPILE_OPTIONS ${source}" words)
  set(previous)
  foreach(word IN LISTS words)
    set(shown "${word}")
    if(previous MATCHES "^-(${options_with_a_path})$")
      set(shown "${previous} ${word}")
    endif()
    option_word("${word}" "${previous}" "${shown}" quoted)
    list(APPEND flags "${quoted}")
    set(previous "${word}")
  endforeach()
  list(JOIN flags " " text)
  set(${result} "${text}" PARENT_SCOPE)
endfunction()
