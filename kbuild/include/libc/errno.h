/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The numbers of errors, the same on all architectures of kcxx. Constants, so that kernel::EINVAL stays a name
 * beside them; and macros, which #ifdef sees. There is no errno: the kernel's functions return their errors.
 */
#ifndef KCXX_ERRNO_H
#define KCXX_ERRNO_H

#pragma GCC system_header

constexpr int EPERM = 1;
constexpr int ENOENT = 2;
constexpr int ESRCH = 3;
constexpr int EINTR = 4;
constexpr int EIO = 5;
constexpr int ENXIO = 6;
constexpr int E2BIG = 7;
constexpr int ENOEXEC = 8;
constexpr int EBADF = 9;
constexpr int ECHILD = 10;
constexpr int EAGAIN = 11;
constexpr int ENOMEM = 12;
constexpr int EACCES = 13;
constexpr int EFAULT = 14;
constexpr int ENOTBLK = 15;
constexpr int EBUSY = 16;
constexpr int EEXIST = 17;
constexpr int EXDEV = 18;
constexpr int ENODEV = 19;
constexpr int ENOTDIR = 20;
constexpr int EISDIR = 21;
constexpr int EINVAL = 22;
constexpr int ENFILE = 23;
constexpr int EMFILE = 24;
constexpr int ENOTTY = 25;
constexpr int ETXTBSY = 26;
constexpr int EFBIG = 27;
constexpr int ENOSPC = 28;
constexpr int ESPIPE = 29;
constexpr int EROFS = 30;
constexpr int EMLINK = 31;
constexpr int EPIPE = 32;
constexpr int EDOM = 33;
constexpr int ERANGE = 34;
constexpr int EDEADLK = 35;
constexpr int ENAMETOOLONG = 36;
constexpr int ENOLCK = 37;
constexpr int ENOSYS = 38;
constexpr int ENOTEMPTY = 39;
constexpr int ELOOP = 40;
constexpr int ENOMSG = 42;
constexpr int EIDRM = 43;
constexpr int ECHRNG = 44;
constexpr int EL2NSYNC = 45;
constexpr int EL3HLT = 46;
constexpr int EL3RST = 47;
constexpr int ELNRNG = 48;
constexpr int EUNATCH = 49;
constexpr int ENOCSI = 50;
constexpr int EL2HLT = 51;
constexpr int EBADE = 52;
constexpr int EBADR = 53;
constexpr int EXFULL = 54;
constexpr int ENOANO = 55;
constexpr int EBADRQC = 56;
constexpr int EBADSLT = 57;
constexpr int EBFONT = 59;
constexpr int ENOSTR = 60;
constexpr int ENODATA = 61;
constexpr int ETIME = 62;
constexpr int ENOSR = 63;
constexpr int ENONET = 64;
constexpr int ENOPKG = 65;
constexpr int EREMOTE = 66;
constexpr int ENOLINK = 67;
constexpr int EADV = 68;
constexpr int ESRMNT = 69;
constexpr int ECOMM = 70;
constexpr int EPROTO = 71;
constexpr int EMULTIHOP = 72;
constexpr int EDOTDOT = 73;
constexpr int EBADMSG = 74;
constexpr int EOVERFLOW = 75;
constexpr int ENOTUNIQ = 76;
constexpr int EBADFD = 77;
constexpr int EREMCHG = 78;
constexpr int ELIBACC = 79;
constexpr int ELIBBAD = 80;
constexpr int ELIBSCN = 81;
constexpr int ELIBMAX = 82;
constexpr int ELIBEXEC = 83;
constexpr int EILSEQ = 84;
constexpr int ERESTART = 85;
constexpr int ESTRPIPE = 86;
constexpr int EUSERS = 87;
constexpr int ENOTSOCK = 88;
constexpr int EDESTADDRREQ = 89;
constexpr int EMSGSIZE = 90;
constexpr int EPROTOTYPE = 91;
constexpr int ENOPROTOOPT = 92;
constexpr int EPROTONOSUPPORT = 93;
constexpr int ESOCKTNOSUPPORT = 94;
constexpr int EOPNOTSUPP = 95;
constexpr int EPFNOSUPPORT = 96;
constexpr int EAFNOSUPPORT = 97;
constexpr int EADDRINUSE = 98;
constexpr int EADDRNOTAVAIL = 99;
constexpr int ENETDOWN = 100;
constexpr int ENETUNREACH = 101;
constexpr int ENETRESET = 102;
constexpr int ECONNABORTED = 103;
constexpr int ECONNRESET = 104;
constexpr int ENOBUFS = 105;
constexpr int EISCONN = 106;
constexpr int ENOTCONN = 107;
constexpr int ESHUTDOWN = 108;
constexpr int ETOOMANYREFS = 109;
constexpr int ETIMEDOUT = 110;
constexpr int ECONNREFUSED = 111;
constexpr int EHOSTDOWN = 112;
constexpr int EHOSTUNREACH = 113;
constexpr int EALREADY = 114;
constexpr int EINPROGRESS = 115;
constexpr int ESTALE = 116;
constexpr int EUCLEAN = 117;
constexpr int ENOTNAM = 118;
constexpr int ENAVAIL = 119;
constexpr int EISNAM = 120;
constexpr int EREMOTEIO = 121;
constexpr int EDQUOT = 122;
constexpr int ENOMEDIUM = 123;
constexpr int EMEDIUMTYPE = 124;
constexpr int ECANCELED = 125;
constexpr int ENOKEY = 126;
constexpr int EKEYEXPIRED = 127;
constexpr int EKEYREVOKED = 128;
constexpr int EKEYREJECTED = 129;
constexpr int EOWNERDEAD = 130;
constexpr int ENOTRECOVERABLE = 131;
constexpr int ERFKILL = 132;
constexpr int EHWPOISON = 133;
constexpr int EWOULDBLOCK = EAGAIN;
constexpr int EDEADLOCK = EDEADLK;
constexpr int ENOTSUP = EOPNOTSUPP;

#define EPERM EPERM
#define ENOENT ENOENT
#define ESRCH ESRCH
#define EINTR EINTR
#define EIO EIO
#define ENXIO ENXIO
#define E2BIG E2BIG
#define ENOEXEC ENOEXEC
#define EBADF EBADF
#define ECHILD ECHILD
#define EAGAIN EAGAIN
#define ENOMEM ENOMEM
#define EACCES EACCES
#define EFAULT EFAULT
#define ENOTBLK ENOTBLK
#define EBUSY EBUSY
#define EEXIST EEXIST
#define EXDEV EXDEV
#define ENODEV ENODEV
#define ENOTDIR ENOTDIR
#define EISDIR EISDIR
#define EINVAL EINVAL
#define ENFILE ENFILE
#define EMFILE EMFILE
#define ENOTTY ENOTTY
#define ETXTBSY ETXTBSY
#define EFBIG EFBIG
#define ENOSPC ENOSPC
#define ESPIPE ESPIPE
#define EROFS EROFS
#define EMLINK EMLINK
#define EPIPE EPIPE
#define EDOM EDOM
#define ERANGE ERANGE
#define EDEADLK EDEADLK
#define ENAMETOOLONG ENAMETOOLONG
#define ENOLCK ENOLCK
#define ENOSYS ENOSYS
#define ENOTEMPTY ENOTEMPTY
#define ELOOP ELOOP
#define ENOMSG ENOMSG
#define EIDRM EIDRM
#define ECHRNG ECHRNG
#define EL2NSYNC EL2NSYNC
#define EL3HLT EL3HLT
#define EL3RST EL3RST
#define ELNRNG ELNRNG
#define EUNATCH EUNATCH
#define ENOCSI ENOCSI
#define EL2HLT EL2HLT
#define EBADE EBADE
#define EBADR EBADR
#define EXFULL EXFULL
#define ENOANO ENOANO
#define EBADRQC EBADRQC
#define EBADSLT EBADSLT
#define EBFONT EBFONT
#define ENOSTR ENOSTR
#define ENODATA ENODATA
#define ETIME ETIME
#define ENOSR ENOSR
#define ENONET ENONET
#define ENOPKG ENOPKG
#define EREMOTE EREMOTE
#define ENOLINK ENOLINK
#define EADV EADV
#define ESRMNT ESRMNT
#define ECOMM ECOMM
#define EPROTO EPROTO
#define EMULTIHOP EMULTIHOP
#define EDOTDOT EDOTDOT
#define EBADMSG EBADMSG
#define EOVERFLOW EOVERFLOW
#define ENOTUNIQ ENOTUNIQ
#define EBADFD EBADFD
#define EREMCHG EREMCHG
#define ELIBACC ELIBACC
#define ELIBBAD ELIBBAD
#define ELIBSCN ELIBSCN
#define ELIBMAX ELIBMAX
#define ELIBEXEC ELIBEXEC
#define EILSEQ EILSEQ
#define ERESTART ERESTART
#define ESTRPIPE ESTRPIPE
#define EUSERS EUSERS
#define ENOTSOCK ENOTSOCK
#define EDESTADDRREQ EDESTADDRREQ
#define EMSGSIZE EMSGSIZE
#define EPROTOTYPE EPROTOTYPE
#define ENOPROTOOPT ENOPROTOOPT
#define EPROTONOSUPPORT EPROTONOSUPPORT
#define ESOCKTNOSUPPORT ESOCKTNOSUPPORT
#define EOPNOTSUPP EOPNOTSUPP
#define EPFNOSUPPORT EPFNOSUPPORT
#define EAFNOSUPPORT EAFNOSUPPORT
#define EADDRINUSE EADDRINUSE
#define EADDRNOTAVAIL EADDRNOTAVAIL
#define ENETDOWN ENETDOWN
#define ENETUNREACH ENETUNREACH
#define ENETRESET ENETRESET
#define ECONNABORTED ECONNABORTED
#define ECONNRESET ECONNRESET
#define ENOBUFS ENOBUFS
#define EISCONN EISCONN
#define ENOTCONN ENOTCONN
#define ESHUTDOWN ESHUTDOWN
#define ETOOMANYREFS ETOOMANYREFS
#define ETIMEDOUT ETIMEDOUT
#define ECONNREFUSED ECONNREFUSED
#define EHOSTDOWN EHOSTDOWN
#define EHOSTUNREACH EHOSTUNREACH
#define EALREADY EALREADY
#define EINPROGRESS EINPROGRESS
#define ESTALE ESTALE
#define EUCLEAN EUCLEAN
#define ENOTNAM ENOTNAM
#define ENAVAIL ENAVAIL
#define EISNAM EISNAM
#define EREMOTEIO EREMOTEIO
#define EDQUOT EDQUOT
#define ENOMEDIUM ENOMEDIUM
#define EMEDIUMTYPE EMEDIUMTYPE
#define ECANCELED ECANCELED
#define ENOKEY ENOKEY
#define EKEYEXPIRED EKEYEXPIRED
#define EKEYREVOKED EKEYREVOKED
#define EKEYREJECTED EKEYREJECTED
#define EOWNERDEAD EOWNERDEAD
#define ENOTRECOVERABLE ENOTRECOVERABLE
#define ERFKILL ERFKILL
#define EHWPOISON EHWPOISON
#define EWOULDBLOCK EWOULDBLOCK
#define EDEADLOCK EDEADLOCK
#define ENOTSUP ENOTSUP

#endif
