/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Names that <cmath> asks for, which <random> and <complex> include. No module has these functions: code that
 * calls one is refused, because the kernel saves no floating point registers.
 */
#ifndef KCXX_MATH_H
#define KCXX_MATH_H

#pragma GCC system_header

extern "C" {
double acos(double);
double asin(double);
double atan(double);
double ceil(double);
double cos(double);
double cosh(double);
double exp(double);
double fabs(double);
double floor(double);
double log(double);
double log10(double);
double sin(double);
double sinh(double);
double sqrt(double);
double tan(double);
double tanh(double);
double atan2(double, double);
double fmod(double, double);
double frexp(double, int *);
double ldexp(double, int);
double modf(double, double *);
double pow(double, double);
}

#define HUGE_VAL __builtin_huge_val()
#define HUGE_VALF __builtin_huge_valf()
#define HUGE_VALL __builtin_huge_vall()
#define FP_NAN 0
#define FP_INFINITE 1
#define FP_ZERO 2
#define FP_SUBNORMAL 3
#define FP_NORMAL 4

#endif
