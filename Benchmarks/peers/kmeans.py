"""Lloyd's k-means from a given start: kmeans.py sklearn|sklearnex POINTS.npy START.npy ITERATIONS

Prints one line of JSON: the seconds of the fit alone, the inertia and the iterations.
"""

import json
import sys
import time

import numpy as np

if sys.argv[1] == "sklearnex":
    from sklearnex import patch_sklearn

    patch_sklearn(verbose=False)
from sklearn.cluster import KMeans

points, start = np.load(sys.argv[2]), np.load(sys.argv[3])
model = KMeans(len(start), init=start, n_init=1, max_iter=int(sys.argv[4]), tol=0, algorithm="lloyd")
begin = time.perf_counter()
model.fit(points)
seconds = time.perf_counter() - begin
print(json.dumps({"seconds": seconds, "inertia": float(model.inertia_), "iterations": int(model.n_iter_)}))
