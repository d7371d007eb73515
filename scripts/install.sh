#!/usr/bin/env bash
# Installs the system libraries that strata links with, as far as they are missing.
# With no root rights it names them and stops.
set -euo pipefail

if ! command -v swift > /dev/null; then
    echo "strata needs Swift 6.3 or newer (https://www.swift.org/install/linux/), and there is no swift on the PATH." >&2
    exit 1
fi

missing=()
for package in libopenblas-dev liblapacke-dev libisal-dev libssl-dev libphonenumber-dev; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
command -v pkg-config > /dev/null || missing+=(pkg-config)

[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ]; then
    echo "strata needs packages that are not installed; as root, run: apt-get install ${missing[*]}" >&2
    exit 1
fi

export DEBIAN_FRONTEND=noninteractive
echo "Installing ${missing[*]}" >&2
apt-get update -qq >&2
apt-get install -qq -y --no-install-recommends "${missing[@]}" >&2
