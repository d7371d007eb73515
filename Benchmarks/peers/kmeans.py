"""Lloyd's k-means from a given start: kmeans.py sklearn|sklearnex|faiss POINTS.npy START.npy ITERATIONS

Prints one line of JSON: the seconds of the fit alone, the iterations, and the inertia, summed in double from the
differences to the final centres.
"""

import json
import sys
import time

import numpy as np


def inertia(points, centres):
    """Sum of squared distances to the nearest centre, in double and from differences, in parts that need little memory."""
    centres = centres.astype(np.float64)
    total = 0.0
    for first in range(0, len(points), 10_000):
        part = points[first : first + 10_000].astype(np.float64)
        scores = (centres**2).sum(1) / 2 - part @ centres.T
        total += ((part - centres[scores.argmin(1)]) ** 2).sum()
    return total


library, iterations = sys.argv[1], int(sys.argv[4])
points, start = np.load(sys.argv[2]), np.load(sys.argv[3])
if library == "faiss":
    import faiss

    # All rows and no checks, as the others do.
    model = faiss.Kmeans(
        points.shape[1], len(start), niter=iterations, nredo=1, seed=1, max_points_per_centroid=10**9,
        min_points_per_centroid=1,
    )
    begin = time.perf_counter()
    model.train(points, init_centroids=start)
    seconds = time.perf_counter() - begin
    centres, done = model.centroids, len(model.obj)
else:
    if library == "sklearnex":
        from sklearnex import patch_sklearn

        patch_sklearn(verbose=False)
    from sklearn.cluster import KMeans

    model = KMeans(len(start), init=start, n_init=1, max_iter=iterations, tol=0, algorithm="lloyd")
    begin = time.perf_counter()
    model.fit(points)
    seconds = time.perf_counter() - begin
    centres, done = model.cluster_centers_, int(model.n_iter_)
print(json.dumps({"seconds": seconds, "inertia": inertia(points, centres), "iterations": done}))
