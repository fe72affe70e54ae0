#!/bin/sh
# setup.sh ROOT: a folder with Debian sid, FRR and User-Mode Linux in it. Needs root and debootstrap; takes some minutes.
# The mirror is the one that this machine's apt uses (or DEBIAN_MIRROR). Nothing is installed on the machine itself.
set -eu
ROOT=$1
if [ -e "$ROOT/.segchain-lab" ]; then exit 0; fi
command -v debootstrap >/dev/null || { echo "lab: debootstrap is not installed: apt-get install debootstrap" >&2; exit 2; }
[ "$(id -u)" -eq 0 ] || { echo "lab: debootstrap needs root" >&2; exit 2; }
mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(SITE) $(ORIGIN) $(LABEL)' 'Identifier: Packages' |
  awk '$2 == "Debian" && $3 == "Debian" { print $1; exit }')}
[ -n "$mirror" ] || { echo "lab: apt names no Debian mirror: set DEBIAN_MIRROR" >&2; exit 2; }
proxy=$(apt-config shell p Acquire::http::Proxy)
eval "$proxy"
[ -z "${p:-}" ] || { http_proxy=$p; export http_proxy; }
rm -rf --one-file-system "$ROOT"
mkdir -p "$ROOT"
echo "lab: making $ROOT (Debian sid, about 640 MB) …" >&2
debootstrap --variant=minbase sid "$ROOT" "$mirror" /usr/share/debootstrap/scripts/sid >"$ROOT.log" 2>&1 ||
  { tail -5 "$ROOT.log" >&2; exit 1; }
# No daemon may start in there by itself.
printf '#!/bin/sh\nexit 101\n' >"$ROOT/usr/sbin/policy-rc.d"
chmod +x "$ROOT/usr/sbin/policy-rc.d"
chroot "$ROOT" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
  frr user-mode-linux iproute2 iputils-ping tcpdump kmod procps >>"$ROOT.log" 2>&1 || { tail -5 "$ROOT.log" >&2; exit 1; }
touch "$ROOT/.segchain-lab"
