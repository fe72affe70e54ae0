#!/bin/sh
# Puts GoBGP 4.8 into a folder of its own (40 MB): the GoBGP of Debian 12 takes no link state from its command line, that of
# Debian unstable does. Downloaded and checked by apt, unpacked, not installed. No root needed.
set -eu
root=${1:-/opt/segchain/gobgp}
[ ! -x "$root/usr/bin/gobgpd" ] || { echo "$root has it"; exit 0; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# apt downloads as somebody else than root.
[ "$(id -u)" -ne 0 ] || chown _apt "$scratch"
mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial"
archive=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' | grep -v security | head -n 1)
keys=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [signed-by=$keys] $archive sid main" > "$scratch/sources.list"
apt() {
  apt-get -qq -o "Dir::Etc::SourceList=$scratch/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o "Dir::State::Lists=$scratch/lists" -o "Dir::Cache=$scratch/cache" "$@"
}
apt update
(cd "$scratch" && apt download gobgpd)
# Under another name until it is whole: what was interrupted is begun again.
rm -rf "$root.part"
mkdir -p "$root.part"
dpkg-deb -x "$scratch"/gobgpd_*.deb "$root.part"
"$root.part/usr/bin/gobgpd" --version
mv "$root.part" "$root"
