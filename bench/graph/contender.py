"""All-roots shortest distances by python-igraph and networkx; a library that is missing is left out."""
import json
import statistics
import sys
import time

path, rounds, roots_of_networkx = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(path) as file:
    nodes, count = map(int, file.readline().split())
    edges = [tuple(map(int, line.split())) for line in file]
result = {}
try:
    import igraph

    graph = igraph.Graph(n=nodes, edges=[(a, b) for a, b, _ in edges])
    weights = [w for _, _, w in edges]
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        checksum = 0
        for first in range(0, nodes, 500):
            rows = graph.distances(source=range(first, min(nodes, first + 500)), weights=weights)
            checksum += sum(map(sum, rows))
        times.append(time.perf_counter() - begin)
    result["igraph"] = {"seconds": statistics.median(times), "checksum": checksum}
except ImportError:
    pass
try:
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(range(nodes))
    for a, b, w in edges:
        if not graph.has_edge(a, b) or graph[a][b]["weight"] > w:
            graph.add_edge(a, b, weight=w)
    roots = min(nodes, roots_of_networkx)

    def all_roots(search):
        """Of some roots, for all; the median, as for the others."""
        times = []
        for _ in range(rounds):
            begin = time.perf_counter()
            for root in range(roots):
                search(graph, root)
            times.append((time.perf_counter() - begin) * nodes / roots)
        return {"seconds": statistics.median(times)}

    result["networkx"] = all_roots(networkx.single_source_dijkstra_path_length)
    # The equal-cost graph too, which is what segchain's column has.
    result["networkxEcmp"] = all_roots(networkx.dijkstra_predecessor_and_distance)
except ImportError:
    pass
print(json.dumps(result))
