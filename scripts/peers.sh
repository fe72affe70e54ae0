#!/bin/sh
# Installs the real peers that the tests talk to, from Debian's packages. Tests whose peer is missing are left out.
# What Debian 12 lacks comes only when asked for: --suricata (suricata.sh, some minutes and 600 MB), --gobgp (gobgp.sh, 40 MB).
set -eu
case "${1:-}" in
  --suricata | --gobgp)
    sh "$0"
    exec sh "$(dirname "$0")/${1#--}.sh"
    ;;
esac
packages="clang-14 lld-14 llvm-14 libclang-rt-14-dev libbpf-dev bpftool nftables ethtool clang lld gobgpd exabgp netconfd openssh-server openssh-client tshark tcpdump libyang2-tools frr frr-pythontools iproute2 python3-ncclient debootstrap"
if [ "$(id -u)" -eq 0 ]; then sudo=; else sudo=sudo; fi
missing=
for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || { echo "all peers are installed"; exit 0; }
echo "installing:$missing"
$sudo apt-get update -qq
# Debian would start the daemons; the tests start their own.
if [ ! -e /usr/sbin/policy-rc.d ]; then
  printf '#!/bin/sh\nexit 101\n' | $sudo tee /usr/sbin/policy-rc.d >/dev/null
  $sudo chmod +x /usr/sbin/policy-rc.d
  trap '$sudo rm -f /usr/sbin/policy-rc.d' EXIT
fi
# shellcheck disable=SC2086
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
