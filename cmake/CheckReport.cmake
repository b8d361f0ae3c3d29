# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads the report of cxxavailable.sh --format json; docs/check-report.schema.json describes it.

# Sets @result to a text for each requirement of @report whose status matches @statuses, joined by @glue: @template with
# the values of @problem@, @found@, @needed@ and @fix@. "" for a report that is no JSON.
function(_kcxx_requirements report statuses template glue result)
  set(text)
  set(between)
  string(JSON count ERROR_VARIABLE no_report LENGTH "${report}" requirements)
  if(no_report)
    set(count 0)
  endif()
  set(index 0)
  while(index LESS count)
    string(JSON status GET "${report}" requirements ${index} status)
    if(status MATCHES "${statuses}")
      foreach(part IN ITEMS problem found needed fix)
        string(JSON ${part} GET "${report}" requirements ${index} ${part})
      endforeach()
      string(CONFIGURE "${template}" one @ONLY)
      string(APPEND text "${between}${one}")
      set(between "${glue}")
    endif()
    math(EXPR index "${index} + 1")
  endwhile()
  set(${result} "${text}" PARENT_SCOPE)
endfunction()
