/** A new RSA key pair: the private key as PEM, the public one in the format of OpenSSH (RFC 4253 §6.6). */
export async function createKeyPair(comment: string): Promise<{ privateKey: string; publicKey: string }> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 3072,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  }
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const secret = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  const { n = '', e = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const blob = [new TextEncoder().encode('ssh-rsa'), unsigned(e), unsigned(n)].flatMap(part => [
    ...lengthOf(part),
    ...part,
  ])
  const lines = base64(secret).match(/.{1,64}/g) ?? []
  return {
    privateKey: ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n'),
    publicKey: `ssh-rsa ${base64(Uint8Array.from(blob))} ${comment}`,
  }
}

function base64(bytes: Uint8Array) {
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
}

/** A number of a JSON Web Key as SSH writes it: with a zero in front where it would look negative. */
function unsigned(text: string): number[] {
  const bytes = Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0))
  return (bytes[0] ?? 0) > 127 ? [0, ...bytes] : bytes
}

function lengthOf({ length }: ArrayLike<number>): number[] {
  return [length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255]
}
