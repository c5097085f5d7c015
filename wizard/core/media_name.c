#include "core/media.h"

#include <string.h>

/*
 * Names on the Update Catalog and in a technician's folder:
 *
 *   windows6.0-kb4493730-x64_5cb91f4e9000383f061b80f88feffdf228c2443c.msu
 *   Windows6.0-KB4474419-v4-x86.msu        ie9-windows6.0-kb4534251-x64.msu        …-x64 (1).msu
 */

static bool name_is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Where "windows6.0-kb" ends: at the beginning of the name or after a product's own prefix and a hyphen; NULL. */
static const char *name_after_system(const char *name)
{
    static const char system[] = "windows6.0-kb";

    for (const char *at = name;; at++) {
        if (wz_starts_nocase(at, system))
            return at + sizeof system - 1;
        at = strchr(at, '-');                          /* the prefix is letters and digits: ie9, ie9-de */
        if (at == NULL)
            return NULL;
        for (const char *c = name; c < at; c++)
            if (!name_is_alnum(*c) && *c != '-')
                return NULL;
    }
}

/* "-v4" before the architecture: the revision of a re-released update. */
static const char *name_skip_revision(const char *at)
{
    const char *digit = at + 2;

    if (at[0] != '-' || (at[1] != 'v' && at[1] != 'V') || *digit < '0' || *digit > '9')
        return at;
    while (*digit >= '0' && *digit <= '9')
        digit++;
    return digit;
}

static const char *name_architecture(const char *at, wz_architecture *architecture)
{
    static const struct { const char *text; wz_architecture architecture; } rows[] = {
        { "-x64",   WZ_ARCH_X64  },
        { "-amd64", WZ_ARCH_X64  },
        { "-x86",   WZ_ARCH_X86  },
        { "-ia64",  WZ_ARCH_IA64 },
    };

    for (size_t i = 0; i < WZ_COUNT(rows); i++)
        if (wz_starts_nocase(at, rows[i].text)) {
            *architecture = rows[i].architecture;
            return at + strlen(rows[i].text);
        }
    return NULL;
}

static bool name_has_ending(const char *name)
{
    size_t length = strlen(name);

    return length > 4 && (wz_equal_nocase(name + length - 4, ".msu") || wz_equal_nocase(name + length - 4, ".cab")
                          || wz_equal_nocase(name + length - 4, ".exe"));
}

bool wz_file_name_parse(const char *name, unsigned *kb, wz_architecture *architecture)
{
    const char     *at = name_after_system(name);
    wz_architecture found = WZ_ARCH_UNKNOWN;
    unsigned        number = 0;
    unsigned        digits = 0;

    if (at == NULL || *at == '0' || !name_has_ending(name))
        return false;
    for (; *at >= '0' && *at <= '9'; at++) {
        if (++digits > 8)                              /* KB numbers have six or seven */
            return false;
        number = number * 10 + (unsigned)(*at - '0');
    }
    at = name_architecture(name_skip_revision(at), &found);
    /* what may follow: ".msu", "_<hash>", " (1)"; not "-express" and not a longer word */
    if (digits < 6 || at == NULL || (*at != '.' && *at != '_' && *at != ' ' && *at != '('))
        return false;
    *kb = number;
    *architecture = found;
    return true;
}
