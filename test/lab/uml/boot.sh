#!/bin/sh
# boot.sh ROOT WORK SECONDS: boots User-Mode Linux with the Debian folder ROOT as its root and WORK as its /lab.
# All mounts are in a mount namespace of our own: nothing is left behind on the host.
set -eu
ROOT=$1 WORK=$2 SECONDS_=$3
export ROOT WORK SECONDS_
exec unshare --mount sh -euc '
mkdir -p "$ROOT/lab"
mount --make-rprivate /
mount --bind /dev "$ROOT/dev"
mkdir -p /dev/shm
mount -t tmpfs tmp /dev/shm
mount --bind /dev/shm "$ROOT/dev/shm"
mount -t proc proc "$ROOT/proc"
mount --bind "$WORK" "$ROOT/lab"
exec timeout -s KILL "$SECONDS_" chroot "$ROOT" linux.uml mem=1G rootfstype=hostfs rootflags=/ rw \
  init=/lab/init.sh con=null con0=null,fd:1 seccomp=on ncpus=2 quiet loglevel=1 </dev/null
'
