#include "scan/corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/words.h"   /* the tests' own, not core's */

bool corpus_read(const char *name, wz_text *out)
{
    char  path[512];
    char *top = getenv("WZ_TOP");

    snprintf(path, sizeof path, "%s/build/compat/%s", top != NULL ? top : ".", name);
    if (test_read_any(path, out))
        return true;
    printf("build/compat/%s is not there: make build/compat.stamp\n", name);
    return false;
}

bool corpus_read_any(const char *path, wz_text *out)
{
    return test_read_any(path, out);
}

char *corpus_label(const wz_text *map, uint32_t rva)
{
    const char *at = wz_text_at(map), *label = "";
    size_t      length = 0;

    while (*at != '\0') {
        char         *end;
        unsigned long begin = strtoul(at, &end, 10);
        size_t        name;

        if (end == at || *end != ' ' || begin > rva)
            break;
        name = strcspn(end + 1, "\r\n");
        label = end + 1;
        length = name;
        at = label + name;
        at += strspn(at, "\r\n");
    }
    return wz_copy_part(label, length);
}
