/*
 * text: memory and UTF-8 text.
 *
 * wz_text is owned and grows; wz_view is borrowed. Everything is UTF-8. Allocation never returns NULL: when memory is
 * gone wz_out_of_memory, supplied by the program, says so and does not return. That is safe because every untrusted
 * input has a limit that is checked before memory is taken. Plain values, any thread (one writer at a time).
 */
#ifndef WZ_CORE_TEXT_H
#define WZ_CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define wz_new(type)          ((type *)wz_alloc_array(1, sizeof(type)))
#define wz_new_array(n, type) ((type *)wz_alloc_array((n), sizeof(type)))
#define WZ_COUNT(array)       (sizeof(array) / sizeof((array)[0]))

void *wz_alloc_array(size_t count, size_t size);               /* zeroed; free() it */
void *wz_realloc_array(void *block, size_t count, size_t size);   /* new part is not zeroed */
_Noreturn void wz_out_of_memory(void);                        /* the program's */
char *wz_copy(const char *text);                               /* owned copy; NULL stays NULL */
char *wz_copy_part(const char *text, size_t length);

/* Make room for one more element in an array of *room: items = wz_grow(items, count, &room, sizeof *items). */
void *wz_grow(void *items, size_t count, size_t *room, size_t size);

typedef struct wz_view { const char *at; size_t length; } wz_view;   /* borrowed, not terminated */
typedef struct wz_text { char *at; size_t length, room; } wz_text;   /* owned, terminated; {0} is empty, at NULL */

void        wz_text_clear(wz_text *text);
void        wz_text_append(wz_text *text, const char *bytes, size_t length);
void        wz_text_add(wz_text *text, const char *terminated);
void        wz_text_add_number(wz_text *text, uint64_t number);
void        wz_text_add_hex(wz_text *text, uint64_t number, unsigned digits);  /* lower case, at least that many */
/* Everything that may stand between tags and inside double quotes; control characters XML 1.0 forbids become U+FFFD. */
void        wz_text_add_xml(wz_text *text, const char *terminated);
/* An XML attribute with a space before it; nothing when value is NULL. */
void        wz_text_add_attribute(wz_text *text, const char *name, const char *value);
const char *wz_text_at(const wz_text *text);                    /* "" when empty; valid until the next change */
char       *wz_text_take(wz_text *text);                        /* owned string, never NULL; text becomes empty */

/* Replace %1 … %9 in pattern by args; a slot without an argument stays as it is. Appends. */
void wz_text_fill(wz_text *out, const char *pattern, const char *const args[], size_t count);

bool wz_is_utf8(const char *bytes, size_t length);              /* strict: no overlong forms, surrogates or NUL */
int  wz_compare_nocase(const char *a, const char *b);           /* ASCII letters only: keys, switches, file names */
bool wz_equal_nocase(const char *a, const char *b);
bool wz_starts_nocase(const char *text, const char *prefix);

/* Digits only, whole text, no overflow; false leaves out untouched. */
bool wz_parse_number(const char *text, uint64_t *out);

/* CRC-32 (ISO-HDLC, as in PNG and ZIP): tells a torn or edited journal from a whole one, not from a forged one. */
uint32_t wz_crc32(const void *bytes, size_t length);

#endif
