#!/bin/sh
# Puts a Debian 13 with Suricata into a folder of its own (about 600 MB), because Debian 12 has no Suricata: an
# unmodified IPS for the tests of sr-proxy. Needs root and debootstrap.
set -eu
root=${1:-/opt/segchain/suricata}
[ ! -x "$root/usr/bin/suricata" ] || { echo "$root has it"; exit 0; }
# Under another name until it is whole: what was interrupted is begun again.
rm -rf --one-file-system "$root.part"
mkdir -p "$root.part"
debootstrap --variant=minbase --include=suricata trixie "$root.part"
"$(command -v chroot)" "$root.part" suricata -V
mv "$root.part" "$root"
