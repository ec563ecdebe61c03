/* all-freed: takes 10 blocks of 1000 bytes and frees them all.
 *
 * By construction: no error, no leak.
 */
#include <stdlib.h>

int main(void)
{
	char *block[10];
	for (int i = 0; i < 10; i++)
		block[i] = malloc(1000);
	for (int i = 0; i < 10; i++)
		free(block[i]);
	return 0;
}
