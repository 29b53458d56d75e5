import { expect, test } from '@playwright/test'
import { phrases } from '../../src/action/phrases/index.ts'
import { plain, readingOf } from './step-of.ts'

for (const [name, { examples }] of Object.entries(phrases)) {
  test.describe(`the phrases of ${name}`, () => {
    for (const [sentence, actions] of Object.entries(examples)) {
      test(`read "${sentence}"`, () => {
        const reading = readingOf(sentence)
        expect(plain(reading.actions)).toEqual(actions)
        expect(reading.unread).toEqual([])
      })
    }
  })
}

test('every family has an example', () => {
  for (const [name, { examples }] of Object.entries(phrases)) expect(Object.keys(examples), name).not.toEqual([])
})
