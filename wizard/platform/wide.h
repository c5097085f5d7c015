/*
 * wide: between UTF-8, which all of core speaks, and UTF-16, which Windows speaks.
 *
 * Strict both ways: text that is not valid is refused, never replaced by another text (a path that cannot be
 * represented must not become a different file). Results are owned by the caller: free(). Any thread.
 */
#ifndef WZ_PLATFORM_WIDE_H
#define WZ_PLATFORM_WIDE_H

#include <stddef.h>
#include <wchar.h>

wchar_t *wz_wide_from_utf8(const char *utf8);                        /* NULL when not valid UTF-8 */
char    *wz_utf8_from_wide(const wchar_t *wide);                     /* NULL when a surrogate stands alone */
char    *wz_utf8_from_wide_part(const wchar_t *wide, size_t units);  /* also NULL when it holds a NUL */

/* For showing only: what is not valid becomes U+FFFD. Never NULL. */
char    *wz_utf8_for_display(const wchar_t *wide, size_t units);

/*
 * A path for file functions: full, with backslashes, and beyond 247 units in the form that has no length limit
 * ("\\?\C:\…", "\\?\UNC\server\…"). NULL when not valid UTF-8, empty, not a path, or a device: Windows takes
 * "E:\com1.msu" for a port, even when a stick holds a file of that name, and would wait for what comes through it.
 */
wchar_t *wz_wide_path(const char *utf8);

wchar_t *wz_wide_copy(const wchar_t *text);
wchar_t *wz_wide_join(const wchar_t *a, const wchar_t *b);           /* a followed by b */

#endif
