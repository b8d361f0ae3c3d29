# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads objdump -t, or nm, of the objects of a module, and prints why its operator new is refused; nothing, if it is not.

$NF ~ /^kcxx_operator_new_/ {
	word = substr($NF, length("kcxx_operator_new_") + 1)
	if (!has[word]++)
		words = words (words ? ", " : "") word
	own = own || word == "own"
}

$NF ~ /^_Zn[wa][jm]/ {
	if (/\*UND\*/ || $(NF - 1) == "U")
		called[$NF]
	else
		defined[$NF] = 1
}

function refuse(problem, found, needed, type) {
	print "*** kcxx: the module " module " " problem
	print "***   found:  " found
	print "***   needed: " needed
	print "***   type:   " type
	exit
}

END {
	if (index(words, ","))
		refuse("has two kinds of operator new", "KCXX_OPERATOR_NEW=" words,
		       "one word for all sources of the module, and those of its libraries",
		       "-DKCXX_OPERATOR_NEW=GFP_KERNEL, or another of these, for all")
	for (name in called)
		if (own && !(name in defined))
			refuse("lacks a form of operator new that it calls", "KCXX_OPERATOR_NEW=own, and no " name,
			       "each form that it calls, in one of its sources",
			       "that operator, which may call another; or -DKCXX_OPERATOR_NEW=GFP_KERNEL, without any of your own")
	for (name in defined)
		if (words && !own)
			refuse("has an operator new of its own, and kcxx\047s as well", name " and KCXX_OPERATOR_NEW=" words,
			       "one operator new", "-DKCXX_OPERATOR_NEW=own; or that word, without one of your own")
}
