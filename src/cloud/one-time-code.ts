import { createHmac } from 'node:crypto'
import { CloudError } from './cloud-error.ts'

/** How long a code lasts, in milliseconds. Entra takes each once. */
const period = 30_000

/** The number of the half minute at a time. */
export function windowAt(time = Date.now()): number {
  return Math.floor(time / period)
}

/** When a half minute begins, in milliseconds since 1970. */
export function beginningOf(window: number): number {
  return window * period
}

/**
 * What an authenticator app shows in a half minute: six digits by RFC 6238, with HMAC-SHA-1.
 *
 * @throws CloudError where the secret is not base32.
 */
export function oneTimeCode(secret: string, window = windowAt()): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(window))
  const digest = createHmac('sha1', keyOf(secret)).update(counter).digest()
  // RFC 4226 §5.3: the low four bits of the last byte say which four bytes count.
  const at = digest.readUInt8(digest.length - 1) % 16
  return String((digest.readUInt32BE(at) % 2 ** 31) % 1_000_000).padStart(6, '0')
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Secrets are shown in groups, in small letters, and sometimes with padding. */
function keyOf(secret: string): Buffer {
  const digits = [...secret.toUpperCase().replace(/[\s=-]/g, '')].map(letter => base32.indexOf(letter))
  if (digits.length === 0 || digits.includes(-1))
    throw new CloudError(
      'The TOTP secret of the portal’s person is not base32.',
      'Copy the secret key that Entra shows for an authenticator app: letters and the digits 2 to 7.',
    )
  const bits = digits.map(digit => digit.toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g)?.map(byte => Number.parseInt(byte, 2)) ?? [])
}
