#!/usr/bin/python3
# A Scapy proxy as in the paper, one pass: pop the label, keep the stack under the session's hash, send the IP packet on.
# contender.py IN OUT SECONDS
import hashlib, sys
from scapy.all import IP, TCP, UDP, Ether, conf, sniff
from scapy.contrib.mpls import MPLS

came_in, out, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
conf.verb = 0
sender = conf.L2socket(iface=out)
sessions = {}


def handle(frame):
    if MPLS not in frame:
        return
    labels, inner = [], frame[MPLS].payload
    while isinstance(inner, MPLS):
        labels.append((inner.label, inner.cos, inner.ttl))
        inner = inner.payload
    if not isinstance(inner, IP):
        return
    ports = inner.payload
    ports = (ports.sport, ports.dport) if isinstance(ports, (UDP, TCP)) else (0, 0)
    key = hashlib.md5(repr((inner.src, inner.dst, inner.proto, ports)).encode()).hexdigest()
    sessions[key] = labels
    sender.send(Ether(src='02:00:00:00:01:02', dst='02:00:00:00:02:01', type=0x800) / inner)


print('ready', flush=True)
sniff(iface=came_in, prn=handle, store=0, timeout=seconds)
