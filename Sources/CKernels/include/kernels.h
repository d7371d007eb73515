#pragma once
#include "cells.h"
#include "itemsets.h"
#include "kmeans.h"
#include "memory.h"
#include "scan.h"
#include "silhouette.h"
#include "squares.h"
