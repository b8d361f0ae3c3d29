#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: sign-module.sh <kernel build directory> <key> <certificate> <module.ko> <signed.ko>
#
# Makes a signed copy of a module by the kernel's own scripts/sign-file, with the hash the kernel is
# configured for. The key is a file, or the pkcs11: URI of a key in a token; its passphrase or PIN is
# KBUILD_SIGN_PIN in the environment, as for Kbuild. Leaves no copy that is not signed.

set -e

kernel=$1
key=$2
certificate=$3
module=$4
signed=$5
tool=$kernel/scripts/sign-file

# refuse <what> <found> <needed> <type>; <found> may have several lines
refuse() {
	rm -f "$signed" "$signed.p7s"
	{
		echo "kcxx: $1."
		printf '%s\n' "$2" | sed -e '1s/^/  found:  /' -e '1!s/^/          /'
		echo "  needed: $3"
		echo "  type:   $4"
	} >&2
	exit 1
}

# Every user may read the command lines of others.
case "$key" in
pkcs11:*[Pp][Ii][Nn]-[Vv][Aa][Ll][Uu][Ee]*)
	refuse 'the signing key is given with its PIN' "${key%%[Pp][Ii][Nn]-[Vv][Aa][Ll][Uu][Ee]*}pin-value=…" \
		'a pkcs11: URI without pin-value: build files and command lines would show the PIN' \
		'KBUILD_SIGN_PIN=<PIN>, exported for cmake and for the build, or pin-source=file:<file> in the URI' ;;
esac

# Kernels before 6.12 have quotes around the value
hash=$(sed -n 's/^CONFIG_MODULE_SIG_HASH="*\([^"]*\)"*$/\1/p' "$kernel/include/config/auto.conf")
if [ -z "$hash" ]; then
	refuse 'this kernel knows no signatures of modules' "no CONFIG_MODULE_SIG in $kernel" \
		'a kernel with CONFIG_MODULE_SIG, or modules that are not signed' \
		'REQUIRES CONFIG_MODULE_SIG in CMakeLists.txt, or cmake -UKCXX_SIGNING_KEY -UKCXX_SIGNING_CERTIFICATE'
fi
if ! [ -x "$tool" ]; then
	refuse 'the sign tool of the kernel is missing' "no $tool that can be run" \
		'scripts/sign-file in the kernel build directory; in Debian linux-kbuild has it' \
		"apt-get install --reinstall the headers of the kernel, or make scripts in $kernel"
fi
case "$key" in
pkcs11:*) ;;
*)
	if ! [ -f "$key" ]; then
		refuse 'the signing key is missing' "no file $key" \
			'a private key as PEM file, or a pkcs11: URI' \
			'its path, as KCXX_SIGNING_KEY of cmake or after SIGN'
	fi
	;;
esac
if ! [ -f "$certificate" ]; then
	refuse 'the signing certificate is missing' "no file $certificate" \
		'the X.509 certificate of the key, as PEM or DER file' \
		'its path, as KCXX_SIGNING_CERTIFICATE of cmake or after SIGN'
fi

# openssl(1) signs with a key in a token, and sign-file appends the message: sign-file passes no PIN to
# OpenSSL's pkcs11 provider, and Debian 12 has only the older engine, which new kernels do not use.
sign_by_token() {
	if openssl list -providers -provider pkcs11 >/dev/null 2>&1; then
		set -- -provider pkcs11 -provider default
	else
		set -- -engine pkcs11 -keyform engine
	fi
	KBUILD_SIGN_PIN=${KBUILD_SIGN_PIN-} openssl cms -sign -binary -nocerts -noattr -nosmimecap \
		-md "$hash" -outform DER "$@" -passin env:KBUILD_SIGN_PIN \
		-inkey "$key" -signer "$certificate" -in "$module" -out "$signed.p7s" </dev/null &&
		"$tool" -s "$signed.p7s" "$hash" "$certificate" "$module" "$signed" &&
		rm "$signed.p7s"
}

rm -f "$signed"
status=0
case "$key" in
pkcs11:*) output=$(sign_by_token 2>&1) || status=$? ;;
*) output=$("$tool" "$hash" "$key" "$certificate" "$module" "$signed" 2>&1 </dev/null) || status=$? ;;
esac

# OpenSSL 3.0 prints "Could not read", and 3.5 "Could not find", of a key or a certificate.
case "$status $output" in
"0 "*) ;;
*'key values mismatch'* | *'key does not match certificate'*)
	refuse 'the signing key does not belong to the certificate' \
		"the key $key
and the certificate $certificate, of another" \
		'a private key, and the certificate of its public key' \
		"openssl x509 -noout -subject -in $certificate, to see whose it is" ;;
*': openssl: '*'not found'* | *'nvalid engine "pkcs11"'*)
	refuse 'OpenSSL cannot use keys in PKCS#11 tokens here' "$output" \
		'its pkcs11 provider (Debian 13) or engine (Debian 12)' \
		'apt-get install openssl pkcs11-provider, or openssl libengine-pkcs11-openssl' ;;
*"sign-file: $certificate" | *'Could not '*'signer certificate from '*)
	refuse 'the signing certificate cannot be read' "$certificate:
$output" 'an X.509 certificate as PEM or DER file' "openssl x509 -noout -text -in $certificate" ;;
*"sign-file: $key" | *'Could not '*'signing key from '*)
	refuse 'the signing key cannot be read' "$key:
$output" 'a private key as PEM file or in a token, and its passphrase or PIN, if it has one' \
		'KBUILD_SIGN_PIN=<passphrase or PIN>, exported for cmake and for the build' ;;
esac
if [ "$status" -ne 0 ]; then
	refuse 'the sign tool failed' "$tool ended with $status:
$output" 'a sign tool that works' "$tool $hash $key $certificate $module"
elif [ "$(tail -c 28 "$signed" 2>/dev/null)" != '~Module signature appended~' ]; then
	refuse 'the sign tool did not sign' "$tool ended with 0, and left no signature" \
		'a sign tool that works' "$tool $hash $key $certificate $module"
fi
