import { expect, test } from '@playwright/test'
import { CloudError } from '../../src/cloud/cloud-error.ts'
import { beginningOf, oneTimeCode, windowAt } from '../../src/cloud/one-time-code.ts'
import { createTotpSecret, totp } from '../../src/sandbox/entra/totp.ts'

/** RFC 6238, appendix B, for SHA-1: seconds since 1970, and the last six of eight digits. */
const published: [seconds: number, code: string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
]

for (const [seconds, code] of published)
  test(`shows ${code} at ${seconds} seconds, as the standard says`, () => {
    expect(oneTimeCode('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', windowAt(seconds * 1000))).toBe(code)
  })

test('shows what the sandbox’s Entra expects, half minute after half minute', () => {
  const secret = createTotpSecret()
  for (const window of [0, 1, 59_000_000, windowAt()])
    expect(oneTimeCode(secret, window)).toBe(totp(secret, beginningOf(window)))
})

test('takes a secret as people copy it', () => {
  const plain = oneTimeCode('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 7)
  expect(oneTimeCode('gezd gnbv gy3t qojq gezd gnbv gy3t qojq', 7)).toBe(plain)
  expect(oneTimeCode('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ====', 7)).toBe(plain)
})

for (const secret of ['', 'canary-1!', '0189'])
  test(`refuses “${secret}” as a secret without telling it`, () => {
    expect(() => oneTimeCode(secret)).toThrow(CloudError)
    expect(() => oneTimeCode(secret)).not.toThrow('canary')
  })
