/* What core/text.h leaves to the program, for the fuzz programs. */
#include <stdio.h>
#include <stdlib.h>

#include "core/text.h"

void wz_out_of_memory(void)
{
    fputs("out of memory\n", stderr);
    abort();
}
