import { createHmac, randomBytes } from 'node:crypto'

/** How long a code is shown, in milliseconds. */
const period = 30_000

/** The code that an authenticator app shows: RFC 6238 with SHA-1, 30 seconds and a secret in base32. */
export function totp(secret: string, at = Date.now(), digits = 6): string {
  return hotp(decodeBase32(secret), Math.floor(at / period), digits)
}

/**
 * The number of the half minute whose code this is, or undefined. The one before and the one after count too, because
 * clocks differ (RFC 6238 §5.2); whoever asks has to see that no number is used twice.
 */
export function findTotpWindow(secret: string, code: string, at = Date.now()): number | undefined {
  const now = Math.floor(at / period)
  const key = decodeBase32(secret)
  return [now, now - 1, now + 1].find(window => hotp(key, window, 6) === code)
}

/** A new secret of 160 bits, as long as RFC 4226 §4 recommends. */
export function createTotpSecret(): string {
  return Array.from(randomBytes(32), byte => alphabet[byte & 31]).join('')
}

/** RFC 4226 §5.3: the last four bits say where to cut 31 bits out of the hash. */
function hotp(key: Buffer, counter: number, digits: number) {
  const message = Buffer.alloc(8)
  message.writeBigUInt64BE(BigInt(counter))
  const hash = createHmac('sha1', key).update(message).digest()
  const offset = (hash.at(-1) ?? 0) & 0xf
  const number = hash.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** RFC 4648 §6. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Spaces, small letters and padding are as people copy them. Throws a RangeError for anything else. */
function decodeBase32(text: string) {
  const bytes: number[] = []
  let bits = 0
  let value = 0
  for (const letter of text.toUpperCase().replaceAll(/[\s=]/g, '')) {
    const digit = alphabet.indexOf(letter)
    if (digit < 0) throw new RangeError(`'${letter}' is no letter of base32.`)
    value = (value << 5) | digit
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((value >> bits) & 0xff)
    value &= (1 << bits) - 1
  }
  return Buffer.from(bytes)
}
