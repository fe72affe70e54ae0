"""ExaBGP's own parser and JSON writer, in process, over the UPDATEs of a file: a line of JSON each on stdout.

python3 exabgp_parse.py FILE [CAPTURE-LIKE UPDATEs, one after the other, with their BGP headers]
What it cannot parse it counts, and says so on stderr. It keeps no table; the bgpls-collector does.
"""
import sys

from exabgp.configuration.setup import environment

environment.setup('')

from exabgp.bgp.message import Open, Update  # noqa: E402
from exabgp.bgp.message.direction import Direction  # noqa: E402
from exabgp.bgp.message.open import ASN, HoldTime, RouterID, Version  # noqa: E402
from exabgp.bgp.message.open.capability import Capabilities, Capability, Negotiated  # noqa: E402
from exabgp.configuration.configuration import Configuration  # noqa: E402
from exabgp.reactor.api.response import Response  # noqa: E402
from exabgp.version import json as json_version  # noqa: E402

CONFIGURATION = """
neighbor 127.0.0.1 {
  router-id 10.0.0.1;
  local-address 127.0.0.1;
  local-as 65000;
  peer-as 65000;
  family { bgp-ls bgp-ls; }
}
"""


def main(path):
    configuration = Configuration([CONFIGURATION], text=True)
    if not configuration.reload():
        sys.exit('ExaBGP does not take its configuration: %s' % configuration.error)
    neighbor = next(iter(configuration.neighbors.values()))
    capabilities = Capabilities().new(neighbor, False)
    capabilities[Capability.CODE.MULTIPROTOCOL] = neighbor.families()
    negotiated = Negotiated(neighbor)
    for router_id, role in (('10.0.0.1', negotiated.sent), ('10.0.0.2', negotiated.received)):
        role(Open(Version(4), ASN(65000), HoldTime(180), RouterID(router_id), capabilities))
    response = Response.JSON(json_version)
    with open(path, 'rb') as file:
        raw = file.read()
    at = failed = 0
    while at < len(raw):
        size = (raw[at + 16] << 8) + raw[at + 17]
        body = raw[at + 19 : at + size]
        at += size
        try:
            update = Update.unpack_message(body, Direction.IN, negotiated)
            print(response.update(neighbor, 'in', update, None, '', ''))
        except Exception:
            failed += 1
    print('%d UPDATEs could not be parsed' % failed, file=sys.stderr)


main(sys.argv[1])
