/*
 * signature: who signed a file, as this Windows sees it, without network and without questions.
 *
 * "Microsoft" means: the signature verifies, the signer's certificate is issued to Microsoft Corporation for its own
 * code, and the chain ends in one of Microsoft's own roots. Wine verifies neither chain nor digest. Any thread.
 */
#ifndef WZ_PLATFORM_SIGNATURE_H
#define WZ_PLATFORM_SIGNATURE_H

#include "core/media.h"
#include "platform/win32.h"

/* file: the open handle that was hashed; path only names it. Sets signature, signature_code and signer;
   WZ_SIGNATURE_NOT_CHECKED when this Windows has no such functions. */
void wz_signature_check(const wchar_t *path, HANDLE file, wz_file *out);

/* The same; and where the file itself is not signed, by the catalogues of Windows, which sign its own files. */
void wz_signature_check_windows(const wchar_t *path, HANDLE file, wz_file *out);

/* The rule on its own: root is the SHA-1 of the chain's last certificate in lower-case hex. */
bool wz_signature_is_microsoft(const char *root_sha1, const char *organization, const char *common_name);

#endif
