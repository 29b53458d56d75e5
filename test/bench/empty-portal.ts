import { writeFileSync } from 'node:fs'
import { test } from '@playwright/test'

/** An empty test with a page: says when its body is reached. */
test('empty', ({ page: _ }) => {
  writeFileSync(process.env.BENCH_TIMES ?? '/dev/null', JSON.stringify({ body: Date.now() }))
})
