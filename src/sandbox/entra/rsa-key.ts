import { webcrypto } from 'node:crypto'

/** What Entra's tokens and certificates are signed with: RS256, the only kind that it takes and gives. */
export const rs256 = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
}

/** Makes an RSA key. It takes 30 to 300 ms in a thread of its own, so begin before there is anything else to wait for. */
export function makeRsaKey(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(rs256, true, ['sign', 'verify']) as Promise<CryptoKeyPair>
}
