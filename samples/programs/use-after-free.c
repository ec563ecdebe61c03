/* use-after-free: reads from a block that another function has freed.
 *
 * By construction: 1 error, a read of 4 bytes at offset 8 of a block of 48
 * bytes. The block is taken in session_new, freed in session_drop and read in
 * session_score, each some calls below main. There is no leak.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct session {
	long id;
	int score;
	char name[36];
};

static struct session *session_new(long id, const char *name)
{
	struct session *s = malloc(sizeof *s);
	s->id = id;
	s->score = 7;
	strncpy(s->name, name, sizeof s->name - 1);
	s->name[sizeof s->name - 1] = '\0';
	return s;
}

static void session_drop(struct session *s)
{
	free(s);
}

static int session_score(const struct session *s)
{
	return s->score; /* the read after the free */
}

static struct session *login(const char *name)
{
	return session_new(42, name);
}

static void logout(struct session *s)
{
	session_drop(s);
}

static int report(const struct session *s)
{
	return session_score(s);
}

static int serve(void)
{
	struct session *s = login("guest");
	logout(s);
	return report(s);
}

int main(void)
{
	printf("score: %d\n", serve());
	return 0;
}
