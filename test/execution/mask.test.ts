import { expect, test } from '@playwright/test'
import { maskWith, maskedCopy } from '../../src/execution/mask.ts'

const secret = 'Vb1! ca"nary\\74/31+ä?&=~'

const forms: [what: string, text: string][] = [
  ['as it is', secret],
  ['in JSON', JSON.stringify(secret).slice(1, -1)],
  ['in JSON inside of JSON', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
  ['in an address', encodeURIComponent(secret)],
  ['in a form that a browser sends', new URLSearchParams({ passwd: secret }).toString().slice('passwd='.length)],
  ['in base64', Buffer.from(secret).toString('base64')],
  ['in base64 without its end', Buffer.from(secret).toString('base64').replace(/=+$/, '')],
  ['in base64 for addresses', Buffer.from(secret).toString('base64url')],
  ['in HTML', secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
]

for (const [what, text] of forms)
  test(`masks a secret ${what}`, () => {
    expect(maskWith([secret])(`before ${text} after`)).toMatch(/^before \*\*\*=* after$/)
  })

test('masks every occurrence, and the longer of two secrets whole', () => {
  const mask = maskWith(['copper', 'copperplate'])
  expect(mask('copperplate copper copperplated')).toBe('*** *** ***d')
})

test('masks a secret that holds what patterns are made of', () => {
  expect(maskWith(['a.*b$1'])('x a.*b$1 y axxb y')).toBe('x *** y axxb y')
})

const head = Buffer.from('{"alg":"RS256","typ":"JWT"}').toString('base64url')
const body = Buffer.from('{"aud":"https://localhost","sub":"x"}').toString('base64url')

test('masks whatever looks like a token, though nobody named it', () => {
  expect(maskWith([])(`Bearer ${head}.${body}.c2lnbmF0dXJl, ok`)).toBe('Bearer ***, ok')
  expect(maskWith([])(`?id_token=${head}.${body}.&state=1`)).toBe('?id_token=***&state=1')
})

const harmless = [
  'eyJhbG is no token',
  'The vault copperVault was made.',
  `${head}`,
  'sk-123',
  '/subscriptions/6f2b5c1e-0d7c-4b6c-9c39-5a7a3b1f0d11',
]

for (const text of harmless)
  test(`leaves “${text.slice(0, 40)}” as it is`, () => {
    expect(maskWith(['canary-7431', '', 'x', 'ok'])(text)).toBe(text)
  })

test('takes secrets out of the texts of any data, and touches nothing else of it', () => {
  const data = {
    'key 1234': 'pin 1234',
    duration: 12_345,
    list: ['1234', 5, null, true, { inner: 'x1234x' }],
    nothing: undefined,
  }
  expect(maskedCopy(data, maskWith(['1234']))).toEqual({
    'key 1234': 'pin ***',
    duration: 12_345,
    list: ['***', 5, null, true, { inner: 'x***x' }],
    nothing: undefined,
  })
  expect(data.list[0]).toBe('1234')
})
