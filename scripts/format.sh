#!/usr/bin/env bash
# Formats all Swift in place.
set -euo pipefail
cd "$(dirname "$0")/.."

swift format format --in-place --recursive --parallel Sources Tests Package.swift
