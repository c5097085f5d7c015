/*
 * rights: what this process may do. Any thread.
 */
#ifndef WZ_PLATFORM_RIGHTS_H
#define WZ_PLATFORM_RIGHTS_H

#include <stdbool.h>

#include "platform/win32.h"

/* The administrators group is in force for this process. false with *code set when it could not be asked. */
bool wz_rights_is_administrator(unsigned *code);

/* A person who is an administrator behind User Account Control: asking for permission would work. */
bool wz_rights_can_elevate(unsigned *code);

bool wz_rights_enable(const wchar_t *privilege);      /* false: this process does not hold it */

#endif
