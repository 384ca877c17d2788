/* Any bytes in pieces of any size: the reader's laws hold. The first byte says
 * how large the pieces are. */
#include "tests/unit/tiny_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str input = {(const char *)bytes, n};
	const char *law;

	if (n == 0)
		return 0;
	law = tiny_laws(str_from(input, 1), 1 + bytes[0] % 80u);
	if (law) {
		fprintf(stderr, "does not hold: %s\n", law);
		abort();
	}
	return 0;
}
