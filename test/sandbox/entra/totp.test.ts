import { expect, test } from '@playwright/test'
import { createTotpSecret, findTotpWindow, totp } from '../../../src/sandbox/entra/totp.ts'

/** `12345678901234567890`, the secret of RFC 6238's appendix B for SHA-1, in base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

const vectors: [seconds: number, code: string][] = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
]

for (const [seconds, code] of vectors)
  test(`shows the code of RFC 6238 at ${seconds} seconds, in eight digits and in six`, () => {
    expect(totp(secret, seconds * 1000, 8)).toBe(code)
    expect(totp(secret, seconds * 1000)).toBe(code.slice(2))
  })

test('takes the code of the half minute before and after, and no other', () => {
  const now = 1_234_567_890_000
  const windows = [-2, -1, 0, 1, 2].map(step => findTotpWindow(secret, totp(secret, now + step * 30_000), now))
  expect(windows).toEqual([undefined, 41152262, 41152263, 41152264, undefined])
  for (const wrong of ['', '00592', '89005924', 'abcdef']) expect(findTotpWindow(secret, wrong, now)).toBeUndefined()
})

test('reads a secret as people copy it, and refuses what is none', () => {
  expect(totp('gezd gnbv gy3t qojq gezd gnbv gy3t qojq', 59_000)).toBe(totp(secret, 59_000))
  expect(() => totp('not base32!')).toThrow(RangeError)
})

test('makes another secret of 160 bits every time', () => {
  expect(createTotpSecret()).toMatch(/^[A-Z2-7]{32}$/)
  expect(createTotpSecret()).not.toBe(createTotpSecret())
})
