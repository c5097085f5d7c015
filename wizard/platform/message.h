/* message: what Windows' own tables say of a code. See core/platform.h, system_text. Any thread. */
#ifndef WZ_PLATFORM_MESSAGE_H
#define WZ_PLATFORM_MESSAGE_H

#include "core/text.h"
#include "platform/win32.h"

void wz_message_text(uint32_t code, wz_text *out);

#endif
