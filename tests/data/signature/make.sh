#!/usr/bin/env bash
# Make the cabinets beside this script anew: unsigned.cab, signed.cab and changed.cab.
#
# signed.cab is signed by a certificate that says it is Microsoft's, under a root that says the same: names anybody can
# write. changed.cab is signed.cab with one byte of its content changed. Needs gcab, openssl and osslsigncode. The keys
# are thrown away.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo 'Signature test' > content.txt
gcab -c -n unsigned.cab content.txt > /dev/null
openssl req -x509 -newkey rsa:2048 -nodes -days 7300 -keyout root.key -out root.pem \
    -subj '/DC=com/DC=microsoft/CN=Microsoft Root Certificate Authority' 2> /dev/null
openssl req -newkey rsa:2048 -nodes -keyout leaf.key -out leaf.csr \
    -subj '/C=US/O=Microsoft Corporation/CN=Microsoft Corporation' 2> /dev/null
printf 'extendedKeyUsage=codeSigning\nbasicConstraints=CA:FALSE\n' > leaf.ext
openssl x509 -req -in leaf.csr -CA root.pem -CAkey root.key -CAcreateserial -days 7300 -extfile leaf.ext \
    -out leaf.pem 2> /dev/null
cat leaf.pem root.pem > chain.pem
osslsigncode sign -certs chain.pem -key leaf.key -h sha256 -in unsigned.cab -out signed.cab > /dev/null
python3 - << 'PY'
data = bytearray(open('signed.cab', 'rb').read())
at = data.index(b'Signature test')
data[at] ^= 0x20
open('changed.cab', 'wb').write(data)
PY
cp unsigned.cab signed.cab changed.cab "$here"
