/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_NAME_H
#define SR_NAME_H
/* Longest prefix of a ServiceID: the whole name, then one component less each time, at last the default. */
SR_INLINE struct sr_service *sr_find_service(struct sr_config *settings, struct sr_service_name *name) {
  struct sr_service_key key = {.generation = settings->generation};
  __u32 depth = name->depth;
  if (depth > SR_MAX_DEPTH) return 0;
  for (__u32 i = 0; i < SR_MAX_DEPTH; i++) key.components[i] = i < depth ? name->components[i] : 0;
  for (__u32 less = 0; less <= SR_MAX_DEPTH; less++) {
    key.depth = depth;
    struct sr_service *service = sr_lookup(services, &key);
    if (service || !depth) return service;
    depth--;
    key.components[depth & (SR_MAX_DEPTH - 1)] = 0;
  }
  return 0;
}
#endif
