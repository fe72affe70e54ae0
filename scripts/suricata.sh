#!/bin/sh
# Puts a Debian 13 with Suricata into a folder of its own (about 600 MB), because Debian 12 has no Suricata: an
# unmodified IPS for the tests of sr-proxy. Needs root and debootstrap.
set -eu
root=${1:-/opt/segchain/suricata}
[ ! -x "$root/usr/bin/suricata" ] || { echo "$root has it"; exit 0; }
mkdir -p "$root"
debootstrap --variant=minbase --include=suricata trixie "$root"
"$(command -v chroot)" "$root" suricata -V
