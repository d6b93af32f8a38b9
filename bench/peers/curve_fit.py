# SPDX-License-Identifier: MIT
"""What `ogive-fit FILE` does, by SciPy: reads a table, fits the logistic, prints estimates with standard errors and intervals.

The start is the one that the other peers get (peer.h); without it curve_fit starts at all ones and fails on many a curve.
"""
import sys

import numpy
from scipy.optimize import curve_fit
from scipy.special import stdtrit  # not scipy.stats, whose import alone takes longer than all the rest


def logistic(x, L, x0, k, b):
    return b + L / (1 + numpy.exp(-k * (x - x0)))


x, y = numpy.loadtxt(sys.argv[1], delimiter=",", skiprows=1, unpack=True)
middle = (y.min() + y.max()) / 2
sign = 1 if numpy.corrcoef(x, y)[0, 1] >= 0 else -1
start = [y.max() - y.min(), x[numpy.argmin(abs(y - middle))], sign * 10 / (x.max() - x.min()), y.min()]
estimate, covariance = curve_fit(logistic, x, y, p0=start)
se = numpy.sqrt(numpy.diag(covariance))
half = stdtrit(len(x) - 4, 0.975) * se
for name, value, error, width in zip(("L", "x0", "k", "b"), estimate, se, half):
    print(f"{name:4} {value:12.6g} {error:12.3g} {value - width:12.6g} {value + width:12.6g}")
print(f"rss  {((y - logistic(x, *estimate)) ** 2).sum():12.6g}")
