/* cache: a cache that keeps all it ever met.
 *
 * Each tick meets 4 new keys and caches 4080 bytes for each, 4096 with the
 * header of malloc.
 *
 * Leaky: nothing is ever dropped: `[heap]` grows by 65536 bytes per second.
 * The list of entries still reaches them all, so that memcheck reports them
 * as still reachable, and LeakSanitizer nothing.
 * Repaired: at most 96 entries; the oldest is dropped. The heap grows for 24
 * ticks, by 384 KiB, then settles.
 */
#include "tick.h"

enum { KEYS = 4, SIZE = 4080, MOST = 96 };

struct entry {
	struct entry *next;
	char value[SIZE - sizeof(struct entry *)];
};

static struct entry *oldest, *newest;
static long entries;

static void drop_oldest(void)
{
	struct entry *dropped = oldest;

	oldest = dropped->next;
	entries--;
	free(dropped);
}

static void add_entry(void)
{
	struct entry *entry = malloc(sizeof(*entry));

	touch(entry->value, sizeof(entry->value));
	entry->next = NULL;
	if (oldest)
		newest->next = entry;
	else
		oldest = entry;
	newest = entry;
	entries++;
}

int main(int argc, char **argv)
{
	long ticks = ticks_of(argc, argv);

	for (long tick = 0; tick != ticks; tick++) {
		for (int i = 0; i < KEYS; i++) {
			if (!LEAK && entries == MOST)
				drop_oldest();
			add_entry();
		}
		next_tick();
	}
	return 0;
}
