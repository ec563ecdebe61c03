/* memory-errors: one of each kind of finding of memcheck.
 *
 * By construction:
 *   invalid read of 4 bytes, 4 bytes after a block of 40 bytes
 *   invalid write of 4 bytes, 0 bytes after the same block
 *   a conditional jump that depends on an uninitialised value
 *   definitely lost: 100 bytes in 1 block, and 24 bytes in 1 block, the head
 *     of a list of 4 nodes
 *   indirectly lost: 72 bytes in 3 blocks, the other nodes of the list
 *   possibly lost: 500 bytes in 1 block, of which only an address in the
 *     middle is kept
 *   still reachable: 1000 bytes in 1 block, kept in a global variable
 */
#include <stdlib.h>
#include <unistd.h>

struct node {
	struct node *next;
	long value[2];
};

static char *interior;
static char *reachable;
static volatile int sink;

static void invalid_accesses(void)
{
	int *numbers = malloc(10 * sizeof *numbers);
	for (int i = 0; i < 10; i++)
		numbers[i] = i;
	sink = numbers[11]; /* invalid read */
	numbers[10] = 10; /* invalid write */
	free(numbers);
}

static void uninitialised_jump(void)
{
	volatile int *flag = malloc(sizeof *flag);
	if (*flag) /* uninitialised */
		sink = 1;
	free((void *)flag);
}

static void lose_block(void)
{
	char *lost = malloc(100); /* definitely lost */
	lost[0] = 1;
}

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

static void keep_interior(void)
{
	interior = (char *)malloc(500) + 250; /* possibly lost */
}

static void keep_start(void)
{
	reachable = malloc(1000); /* still reachable */
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
	invalid_accesses();
	uninitialised_jump();
	lose_block();
	lose_list();
	keep_interior();
	keep_start();
	clear_stack();
	return 0;
}
