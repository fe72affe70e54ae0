/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#include "../include/types.h"
#define SR_INLINE static inline __attribute__((always_inline))
#include "plain-memory.h"
#include "plain-table.h"

struct sr_entry {
  struct sr_entry *next;  /* in the bucket, or unused */
  struct sr_entry *newer; /* in the order of use */
  struct sr_entry *older;
  __u32 hash;
  __u32 live;
};

static __u32 rounded(__u32 bytes) { return (bytes + 7) & ~7u; }
static __u32 stride(struct sr_table *table) {
  return rounded(sizeof(struct sr_entry)) + rounded(table->key_size) + rounded(table->value_size);
}
static __u8 *key_of(struct sr_entry *entry) { return (__u8 *)entry + rounded(sizeof(*entry)); }
static __u8 *value_of(struct sr_table *table, struct sr_entry *entry) { return key_of(entry) + rounded(table->key_size); }
static struct sr_entry *entry_at(struct sr_table *table, __u32 place) {
  return (struct sr_entry *)(table->memory + (unsigned long)place * stride(table));
}

static __u32 hash_of(const __u8 *key, __u32 bytes) {
  __u32 hash = 0x811c9dc5u;
  for (__u32 i = 0; i < bytes; i++) hash = (hash ^ key[i]) * 0x01000193u;
  return hash ^ hash >> 15;
}

static int equal(const __u8 *one, const __u8 *other, __u32 bytes) {
  for (__u32 i = 0; i < bytes; i++)
    if (one[i] != other[i]) return 0;
  return 1;
}

static void link_all(struct sr_table *table) {
  table->unused = 0;
  for (__u32 i = table->limit; i > 0; i--) {
    struct sr_entry *entry = entry_at(table, i - 1);
    entry->live = 0;
    entry->next = table->unused;
    table->unused = entry;
  }
}

static int prepared(struct sr_table *table) {
  if (table->memory) return 1;
  if (table->kind == SR_TABLE_ARRAY) {
    table->memory = sr_memory((unsigned long)table->limit * rounded(table->value_size));
    return table->memory != 0;
  }
  __u32 buckets = 1;
  while (buckets < table->limit) buckets *= 2;
  table->mask = buckets - 1;
  table->buckets = sr_memory((unsigned long)buckets * sizeof(void *));
  table->memory = sr_memory((unsigned long)table->limit * stride(table));
  if (!table->buckets || !table->memory) return 0;
  link_all(table);
  return 1;
}

static void *array_at(struct sr_table *table, const void *key) {
  __u32 index;
  __builtin_memcpy(&index, key, sizeof(index));
  if (index >= table->limit || !prepared(table)) return 0;
  return table->memory + (unsigned long)index * rounded(table->value_size);
}

static void leave_order(struct sr_table *table, struct sr_entry *entry) {
  if (entry->newer) entry->newer->older = entry->older;
  else table->newest = entry->older;
  if (entry->older) entry->older->newer = entry->newer;
  else table->oldest = entry->newer;
}

static void become_newest(struct sr_table *table, struct sr_entry *entry) {
  entry->newer = 0;
  entry->older = table->newest;
  if (table->newest) table->newest->newer = entry;
  else table->oldest = entry;
  table->newest = entry;
}

static struct sr_entry *find(struct sr_table *table, const void *key, __u32 hash) {
  struct sr_entry *entry = table->buckets[hash & table->mask];
  while (entry && !(entry->hash == hash && equal(key_of(entry), key, table->key_size))) entry = entry->next;
  return entry;
}

static void drop_entry(struct sr_table *table, struct sr_entry *entry) {
  struct sr_entry **place = &table->buckets[entry->hash & table->mask];
  while (*place != entry) place = &(*place)->next;
  *place = entry->next;
  leave_order(table, entry);
  entry->live = 0;
  entry->next = table->unused;
  table->unused = entry;
  table->used--;
}

void *sr_table_lookup(struct sr_table *table, const void *key) {
  if (table->kind == SR_TABLE_ARRAY) return array_at(table, key);
  if (!table->used) return 0;
  struct sr_entry *entry = find(table, key, hash_of(key, table->key_size));
  if (!entry) return 0;
  if (table->kind == SR_TABLE_LRU && entry != table->newest) {
    leave_order(table, entry);
    become_newest(table, entry);
  }
  return value_of(table, entry);
}

int sr_table_update(struct sr_table *table, const void *key, const void *value) {
  if (table->kind == SR_TABLE_ARRAY) {
    void *place = array_at(table, key);
    if (!place) return -1;
    __builtin_memcpy(place, value, table->value_size);
    return 0;
  }
  if (!prepared(table)) return -1;
  __u32 hash = hash_of(key, table->key_size);
  struct sr_entry *entry = find(table, key, hash);
  if (!entry) {
    if (!table->unused && table->kind == SR_TABLE_LRU && table->oldest) drop_entry(table, table->oldest);
    entry = table->unused;
    if (!entry) return -1;
    table->unused = entry->next;
    __builtin_memcpy(key_of(entry), key, table->key_size);
    entry->hash = hash;
    entry->live = 1;
    entry->next = table->buckets[hash & table->mask];
    table->buckets[hash & table->mask] = entry;
    become_newest(table, entry);
    table->used++;
  }
  __builtin_memcpy(value_of(table, entry), value, table->value_size);
  return 0;
}

int sr_table_delete(struct sr_table *table, const void *key) {
  if (table->kind == SR_TABLE_ARRAY || !table->used) return -1;
  struct sr_entry *entry = find(table, key, hash_of(key, table->key_size));
  if (!entry) return -1;
  drop_entry(table, entry);
  return 0;
}

void *sr_table_at(struct sr_table *table, __u32 place, void **key) {
  if (place >= table->limit || !table->memory) return 0;
  if (table->kind == SR_TABLE_ARRAY) return table->memory + (unsigned long)place * rounded(table->value_size);
  struct sr_entry *entry = entry_at(table, place);
  if (!entry->live) return 0;
  *key = key_of(entry);
  return value_of(table, entry);
}

void sr_table_clear(struct sr_table *table) {
  if (!table->memory) return;
  if (table->kind == SR_TABLE_ARRAY) {
    __builtin_memset(table->memory, 0, (unsigned long)table->limit * rounded(table->value_size));
    return;
  }
  __builtin_memset(table->buckets, 0, ((unsigned long)table->mask + 1) * sizeof(void *));
  table->used = 0;
  table->newest = table->oldest = 0;
  link_all(table);
}
