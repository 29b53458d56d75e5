import { expect, test } from '@playwright/test'
import { parseLenientJson } from '../../src/sandbox/resource-manager/lenient-json.ts'

for (const [text, value] of [
  ['{"a": 1, template:{"b": [1, 2,],},}', { a: 1, template: { b: [1, 2] } }],
  ['{"url": "https://a/b", // where: there\n "c": /* d: 1, */ "e, f: }"}', { url: 'https://a/b', c: 'e, f: }' }],
  ['{"text": "two\nlines \\" and a quote"}', { text: 'two\nlines " and a quote' }],
] as const) {
  test(`reads ${text.replaceAll('\n', ' ')}`, () => expect(parseLenientJson(text)).toEqual(value))
}

test('still refuses what is no JSON', () => {
  expect(() => parseLenientJson('{"a": }')).toThrow(SyntaxError)
})
