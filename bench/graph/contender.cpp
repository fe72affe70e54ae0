// All-roots shortest paths, distance and one predecessor, over compressed sparse rows with std::push_heap: what a
// careful C++ programmer writes in ten minutes. Prints median seconds and a checksum.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <utility>
#include <vector>

int main(int argc, char **argv) {
  FILE *file = argc > 2 ? std::fopen(argv[1], "r") : nullptr;
  int rounds = argc > 2 ? std::atoi(argv[2]) : 0, nodes = 0, count = 0;
  if (!file || std::fscanf(file, "%d %d", &nodes, &count) != 2) return 1;
  struct Edge { int from, to, weight; };
  std::vector<Edge> edges;
  for (int i = 0; i < count; i++) {
    Edge e;
    if (std::fscanf(file, "%d %d %d", &e.from, &e.to, &e.weight) != 3) return 1;
    edges.push_back(e);
    edges.push_back({e.to, e.from, e.weight});
  }
  std::vector<int> start(nodes + 1), to(edges.size()), weight(edges.size());
  for (auto &e : edges) start[e.from + 1]++;
  for (int i = 0; i < nodes; i++) start[i + 1] += start[i];
  auto next = start;
  for (auto &e : edges) { int at = next[e.from]++; to[at] = e.to; weight[at] = e.weight; }
  const int64_t far = INT64_MAX;
  std::vector<int64_t> distance(nodes);
  std::vector<int> parent(nodes);
  std::vector<std::pair<int64_t, int>> heap;
  std::vector<double> times;
  double sum = 0;
  for (int round = 0; round < rounds; round++) {
    auto begin = std::chrono::steady_clock::now();
    sum = 0;
    for (int root = 0; root < nodes; root++) {
      std::fill(distance.begin(), distance.end(), far);
      distance[root] = 0;
      heap.assign(1, {0, root});
      while (!heap.empty()) {
        std::pop_heap(heap.begin(), heap.end(), std::greater<>());
        auto [base, node] = heap.back();
        heap.pop_back();
        if (base > distance[node]) continue;
        for (int at = start[node]; at < start[node + 1]; at++) {
          int64_t reached = base + weight[at];
          if (reached < distance[to[at]]) {
            distance[to[at]] = reached;
            parent[to[at]] = node;
            heap.push_back({reached, to[at]});
            std::push_heap(heap.begin(), heap.end(), std::greater<>());
          }
        }
      }
      for (auto d : distance) if (d != far) sum += d;
    }
    times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  std::sort(times.begin(), times.end());
  std::printf("{\"seconds\":%f,\"checksum\":%.0f}\n", times[times.size() / 2], sum);
}
