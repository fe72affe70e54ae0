# ncclient on a netconfd: edit + validate + commit over one session, as often as told.
# usage: contender.py PORT KEYFILE COUNT TICK   (TICK in seconds; ncclient's default is 0.1)
import resource
import sys
import time

import ncclient.transport.ssh
from ncclient import manager

port, key, count, tick = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
ncclient.transport.ssh.TICK = tick
URN = "urn:ietf:params:xml:ns:yang:ietf"


def config(index):
    return (
        f'<config><routing xmlns="{URN}-routing"><segment-routing xmlns="{URN}-segment-routing">'
        f'<sr-mpls xmlns="{URN}-segment-routing-mpls"><bindings><connected-prefix-sid-map><connected-prefix-sid>'
        f"<prefix>10.254.0.1/32</prefix>"
        f'<algorithm xmlns:c="{URN}-segment-routing-common">c:prefix-sid-algorithm-shortest-path</algorithm>'
        f"<start-sid>{index}</start-sid></connected-prefix-sid></connected-prefix-sid-map></bindings></sr-mpls>"
        f"</segment-routing></routing></config>"
    )


with manager.connect(
    host="127.0.0.1", port=port, username="root", key_filename=key, hostkey_verify=False, allow_agent=False, look_for_keys=False
) as session:


    def transaction(index):
        session.edit_config(target="candidate", config=config(index))
        session.validate(source="candidate")
        session.commit()

    for index in range(min(50, count)):
        transaction(4000 + index)
    cpu = time.process_time()
    started = time.perf_counter()
    for index in range(count):
        transaction(5000 + index)
    seconds = time.perf_counter() - started
    print(seconds / count * 1000, (time.process_time() - cpu) / count * 1000)
