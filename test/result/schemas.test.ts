import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { format, resolveConfig } from 'prettier'
import * as z from 'zod'
import { CloudFile } from '../../src/cloud/definition.ts'
import { Configuration } from '../../src/command/configuration.ts'
import { Runbook } from '../../src/plan/runbook.ts'
import { RunResult } from '../../src/result/result.ts'
import { resultOf } from './result-of.ts'

const folder = fileURLToPath(new URL('../../docs/schemas/', import.meta.url))

/** What is read may leave out what has a default; what is written has everything. */
const schemas: [name: string, schema: z.ZodType, io: 'input' | 'output'][] = [
  ['result', RunResult, 'output'],
  ['runbook', Runbook, 'input'],
  ['configuration', Configuration, 'input'],
  ['cloud', CloudFile, 'input'],
]

for (const [name, schema, io] of schemas)
  test(`publishes the schema of ${name} as the program reads it (UPDATE=1 writes it)`, async () => {
    const file = `${folder}${name}.schema.json`
    const json = JSON.stringify(z.toJSONSchema(schema, { io }))
    const told = await format(json, { ...(await resolveConfig(file)), filepath: file })
    if (process.env['UPDATE'] === '1') {
      mkdirSync(folder, { recursive: true })
      writeFileSync(file, told)
    }
    expect(told).toBe(existsSync(file) ? readFileSync(file, 'utf8') : 'missing: run with UPDATE=1')
  })

test('describes the keys that people write', () => {
  for (const schema of [Runbook, Configuration])
    for (const [key, value] of Object.entries(z.toJSONSchema(schema).properties ?? {}))
      expect(typeof value === 'object' && value.description, key).toBeTruthy()
})

test('takes what runs leave for a result', () => {
  expect(RunResult.parse(resultOf({ state: 'finished', exitCode: 0 }))).toEqual(
    resultOf({ state: 'finished', exitCode: 0 }),
  )
  expect(RunResult.safeParse({ ...resultOf({}), schemaVersion: 2 }).success).toBe(false)
})
