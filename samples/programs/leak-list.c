/* leak-list: loses a list and a single block, for LeakSanitizer.
 *
 * By construction: direct leaks of 24 bytes in 1 block (the head of the list)
 * and of 100 bytes in 1 block (in lose_block); an indirect leak of 72 bytes in
 * 3 blocks (the other nodes of the list).
 */
#include <stdlib.h>

struct node {
	struct node *next;
	long value[2];
};

static void lose_list(void)
{
	struct node *head = NULL;
	for (int i = 0; i < 4; i++) {
		struct node *n = malloc(sizeof *n); /* the list */
		n->next = head;
		n->value[0] = n->value[1] = i;
		head = n;
	}
}

static void lose_block(void)
{
	char *lost = malloc(100); /* the block */
	lost[0] = 1;
}

/* Overwrites the stack of the calls before, so that no stale pointer there
 * makes a lost block look reachable. */
static void clear_stack(void)
{
	volatile char stale[4096];
	for (size_t i = 0; i < sizeof stale; i++)
		stale[i] = 0;
}

int main(void)
{
	lose_list();
	lose_block();
	clear_stack();
	return 0;
}
