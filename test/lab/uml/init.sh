#!/bin/bash
# The first process inside User-Mode Linux; its root is the Debian folder, /lab is the exchange folder of the host.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
for folder in /run /tmp /etc/frr /dev/shm; do mkdir -p $folder; mount -t tmpfs tmp $folder; done
mkdir -p /dev/pts /run/frr
mount -t devpts pts /dev/pts
chown frr:frr /run/frr /etc/frr
modules=/usr/lib/uml/modules
mkdir -p /run/x/lib
ln -s $modules /run/x/lib/modules
for module in ipv6 veth bridge mpls_router mpls_iptunnel; do modprobe -d /run/x $module || echo "lab: no module $module"; done
ip link set lo up
hostname lab
bash /lab/job.sh >/lab/job.log 2>&1
echo $? >/lab/job.rc
sync
echo o >/proc/sysrq-trigger
sleep 10
