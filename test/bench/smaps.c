/*
 * Parses every field of smaps into columns, one file after the other, and prints how many VMAs there were and the sum
 * of Pss: what a plain program in C does, for `npm run bench` to compare with.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 1 << 20, FIELDS = 64, ROWS = 1 << 16 };

struct header {
  uint64_t start, end, offset, inode;
  unsigned permissions, major, minor;
  char path[256];
};

static struct header headers[ROWS];
static char names[FIELDS][32];
static size_t lengths[FIELDS];
static uint64_t columns[FIELDS][ROWS];
static int fields;
static size_t row = ROWS - 1;
static uint64_t vmas, pss;

static int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

static const char *hexadecimal(const char *at, uint64_t *value) {
  *value = 0;
  for (int d; (d = digit(*at)) >= 0; at++) *value = *value * 16 + (uint64_t)d;
  return at;
}

static const char *decimal(const char *at, uint64_t *value) {
  *value = 0;
  for (; *at >= '0' && *at <= '9'; at++) *value = *value * 10 + (uint64_t)(*at - '0');
  return at;
}

/* The number of the field; kernels print them in one order, so the next is asked first. */
static int field(const char *name, size_t length) {
  static int next;
  for (int tried = 0; tried < fields; tried++) {
    int i = (next + tried) % fields;
    if (lengths[i] == length && memcmp(names[i], name, length) == 0) return next = i + 1, i;
  }
  if (fields == FIELDS || length >= sizeof names[0]) return -1;
  memcpy(names[fields], name, length);
  lengths[fields] = length;
  return next = fields + 1, fields++;
}

static int header(const char *line, const char *end) {
  struct header h = {0};
  uint64_t number;
  const char *at = hexadecimal(line, &h.start);
  if (at == line || *at++ != '-') return 0;
  at = hexadecimal(at, &h.end);
  if (*at++ != ' ') return 0;
  for (int i = 0; i < 4; i++) h.permissions = h.permissions * 2 + (at[i] != '-' && at[i] != 'p');
  at = hexadecimal(at + 5, &h.offset);
  at = hexadecimal(at + 1, &number);
  h.major = (unsigned)number;
  at = hexadecimal(at + 1, &number);
  h.minor = (unsigned)number;
  at = decimal(at + 1, &h.inode);
  while (at < end && *at == ' ') at++;
  size_t length = (size_t)(end - at);
  if (length >= sizeof h.path) length = sizeof h.path - 1;
  memcpy(h.path, at, length);
  row = (row + 1) % ROWS;
  headers[row] = h;
  vmas++;
  return 1;
}

static void take(const char *line, const char *end) {
  if (header(line, end)) return;
  const char *colon = memchr(line, ':', (size_t)(end - line));
  if (!colon) return;
  int which = field(line, (size_t)(colon - line));
  if (which < 0) return;
  const char *at = colon + 1;
  uint64_t value;
  while (at < end && (*at == ' ' || *at == '\t')) at++;
  if (decimal(at, &value) == at) return;
  columns[which][row] = value;
  if (strcmp(names[which], "Pss") == 0) pss += value;
}

int main(int count, char **paths) {
  static char buffer[2 * BLOCK + 1];
  for (int i = 1; i < count; i++) {
    int file = open(paths[i], O_RDONLY);
    if (file < 0) return perror(paths[i]), 1;
    size_t kept = 0;
    ssize_t got;
    while ((got = read(file, buffer + kept, BLOCK)) > 0) {
      char *end = buffer + kept + got, *line = buffer, *newline;
      for (; (newline = memchr(line, '\n', (size_t)(end - line))); line = newline + 1) {
        *newline = 0;
        take(line, newline);
      }
      kept = (size_t)(end - line);
      if (kept > BLOCK) kept = 0;
      memmove(buffer, line, kept);
    }
    close(file);
  }
  printf("%llu %llu\n", (unsigned long long)vmas, (unsigned long long)pss);
  return 0;
}
