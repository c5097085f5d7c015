#include "core/smbios.h"

#include <string.h>

#define HEADER_BYTES     4u      /* type, length of the formatted part, handle */
#define TYPE_CHASSIS     3u
#define TYPE_END         127u
#define OFFSET_ASSET_TAG 8u

typedef struct structure {
    const unsigned char *formatted;
    size_t               length;     /* of the formatted part */
    const char          *strings;    /* each ended by a zero; one more zero behind the last */
    size_t               room;       /* of the strings, with that zero */
} structure;

/* Takes the next whole structure off the front of the table; false when there is none. */
static bool structure_next(wz_view *table, structure *out)
{
    const unsigned char *bytes = (const unsigned char *)table->at;
    size_t               end;

    if (table->length < HEADER_BYTES || bytes[1] < HEADER_BYTES || table->length < (size_t)bytes[1] + 2)
        return false;
    end = bytes[1];
    while (end + 1 < table->length && (bytes[end] != 0 || bytes[end + 1] != 0))
        end++;
    if (end + 1 >= table->length)
        return false;
    *out = (structure){ bytes, bytes[1], table->at + bytes[1], end + 1 - bytes[1] };
    table->at += end + 2;
    table->length -= end + 2;
    return true;
}

/* The string of this number, which counts from 1; NULL when there is none. */
static const char *structure_string(const structure *one, unsigned number)
{
    const char *at = one->strings;
    const char *end = one->strings + one->room;

    for (; number > 1 && at < end; number--)
        at += strlen(at) + 1;
    return number == 1 && at < end ? at : NULL;
}

bool wz_smbios_chassis_tag(wz_view table, wz_text *out)
{
    structure   one;
    const char *tag = NULL;
    size_t      length;

    while (tag == NULL && structure_next(&table, &one) && one.formatted[0] != TYPE_END)
        if (one.formatted[0] == TYPE_CHASSIS && one.length > OFFSET_ASSET_TAG)
            tag = structure_string(&one, one.formatted[OFFSET_ASSET_TAG]);
    if (tag == NULL)
        return false;
    tag += strspn(tag, " ");
    length = strlen(tag);
    while (length > 0 && tag[length - 1] == ' ')
        length--;
    for (size_t i = 0; i < length; i++)
        wz_text_append(out, tag[i] >= ' ' && tag[i] <= '~' ? tag + i : "?", 1);
    return length > 0;
}
