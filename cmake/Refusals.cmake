# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Errors of the calls that a project writes: each prints what was found, what is needed and what to type.

# Records the call of a command: @synopsis and @example are the arguments after its first one, where <name> is that one
function(_kcxx_describe_command command synopsis example)
  _kcxx_set_record("command.synopsis ${command}" "${synopsis}")
  _kcxx_set_record("command.example ${command}" "${example}")
endfunction()

# Sets @result to the @part (synopsis or example) of the call of @command for @name
function(_kcxx_call_of command name part result)
  _kcxx_get_record(arguments "command.${part} ${command}")
  string(REPLACE "<name>" "${name}" arguments "${arguments}")
  set(${result} "${command}(${name} ${arguments})" PARENT_SCOPE)
endfunction()

# Ends with an error of the call of @command for @name. ARGN: what to type, if it is not the synopsis.
function(_kcxx_refuse_call command name what found needed)
  set(type "${ARGN}")
  if(type STREQUAL "")
    _kcxx_call_of("${command}" "${name}" synopsis type)
  endif()
  message(FATAL_ERROR "kcxx: ${command}(${name}): ${what}.\n"
    "  found:  ${found}\n  needed: ${needed}\n  type:   ${type}")
endfunction()

# Ends with an error if cmake_parse_arguments() found words that it does not know, @unparsed, or keywords without a
# value, @missing
function(_kcxx_refuse_wrong_words command name unparsed missing)
  foreach(words IN ITEMS "${unparsed}" "${missing}")
    if(NOT words STREQUAL "")
      _kcxx_refuse_call("${command}" "${name}" "wrong call" "${words}" "known keywords, each with a value")
    endif()
  endforeach()
endfunction()
