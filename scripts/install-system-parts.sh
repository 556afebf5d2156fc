#!/usr/bin/env bash
# Installs the Debian packages of scripts/system-parts.txt whose commands are missing. Does nothing when all are there.
set -euo pipefail
cd "$(dirname "$0")"

packages=()
while read -r command package; do
  case "$command" in '' | '#'*) continue ;; esac
  command -v "$command" > /dev/null || packages+=("$package")
done < system-parts.txt

if [ "${#packages[@]}" -eq 0 ]; then
  echo 'system parts: all there'
  exit 0
fi

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}"
