"""Writes noisy clusters and a start for k-means as .npy, float32: make_points.py ROWS COLUMNS CLUSTERS POINTS.npy START.npy

The start is a random choice of the points. The same arguments give the same files.
"""

import sys

import numpy as np

rows, columns, clusters = map(int, sys.argv[1:4])
random = np.random.default_rng(1)
centres = random.normal(0, 4, (clusters, columns))
points = (centres[random.integers(0, clusters, rows)] + random.normal(0, 2, (rows, columns))).astype(np.float32)
np.save(sys.argv[4], points)
np.save(sys.argv[5], points[random.choice(rows, clusters, replace=False)])
