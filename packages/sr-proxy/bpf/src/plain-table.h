/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_PLAIN_TABLE_H
#define SR_PLAIN_TABLE_H
/* Tables in memory, with the kernel's meaning of each kind (the least recently used goes when an LRU table is full). */
enum { SR_TABLE_ARRAY, SR_TABLE_HASH, SR_TABLE_LRU };
#define SR_KIND_OF_ARRAY SR_TABLE_ARRAY
#define SR_KIND_OF_PERCPU_ARRAY SR_TABLE_ARRAY
#define SR_KIND_OF_HASH SR_TABLE_HASH
#define SR_KIND_OF_LRU_HASH SR_TABLE_LRU

struct sr_entry;

struct sr_table {
  const char *title;
  __u32 kind;
  __u32 limit; /* entries */
  __u32 key_size;
  __u32 value_size;
  __u32 used;
  __u32 mask; /* of the buckets */
  __u8 *memory;
  struct sr_entry **buckets;
  struct sr_entry *unused;
  struct sr_entry *newest;
  struct sr_entry *oldest;
};

void *sr_table_lookup(struct sr_table *table, const void *key);
/* 0, or -1: a hash table is full, or an array has no such index. */
int sr_table_update(struct sr_table *table, const void *key, const void *value);
int sr_table_delete(struct sr_table *table, const void *key);
/* The n-th place of a table: its entry's value, or null where there is none; the key through `key`. */
void *sr_table_at(struct sr_table *table, __u32 place, void **key);
/* Empties it; the memory stays. */
void sr_table_clear(struct sr_table *table);

#endif
