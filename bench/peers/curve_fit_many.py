# SPDX-License-Identifier: MIT
"""SciPy's curve_fit on the curves of a table (curve,x,y), one after the other: fits per second of processor time.

    curve_fit_many.py TABLE [CURVES]

It gets the start of the other peers (peer.h) and an analytic Jacobian. A fit that raises an error counts as done.
"""
import sys
import time

import numpy
from scipy.optimize import curve_fit


def logistic(x, L, x0, k, b):
    return b + L / (1 + numpy.exp(-k * (x - x0)))


def jacobian(x, L, x0, k, b):
    s = 1 / (1 + numpy.exp(-k * (x - x0)))
    slope = L * s * (1 - s)
    return numpy.stack([s, -slope * k, slope * (x - x0), numpy.ones_like(x)], axis=1)


def start(x, y):
    middle = (y.min() + y.max()) / 2
    sign = 1 if numpy.corrcoef(x, y)[0, 1] >= 0 else -1
    return [y.max() - y.min(), x[numpy.argmin(abs(y - middle))], sign * 10 / (x.max() - x.min()), y.min()]


table = numpy.loadtxt(sys.argv[1], delimiter=",", skiprows=1)
curves = numpy.split(table[:, 1:], numpy.flatnonzero(numpy.diff(table[:, 0])) + 1)
curves = curves[: int(sys.argv[2])] if len(sys.argv) > 2 else curves
numpy.seterr(all="ignore")
failed = 0
before = time.thread_time()
for points in curves:
    x, y = points.T
    try:
        curve_fit(logistic, x, y, start(x, y), jac=jacobian)
    except RuntimeError:
        failed += 1
seconds = time.thread_time() - before
print(f"  {'SciPy curve_fit':<24} {len(curves) / seconds:10.0f} fits/s; {failed} of {len(curves)} ended in an error")
