#pragma once
#include "kmeans.h"
#include "scan.h"
