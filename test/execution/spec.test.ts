import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@playwright/test'
import { CloudDefinition } from '../../src/cloud/definition.ts'
import { ordersVariable } from '../../src/execution/orders.ts'
import { authorityFile, writeSpecs } from '../../src/execution/spec.ts'

interface Config {
  use: { clientCertificates?: unknown[]; viewport: unknown; storageState?: string }
}

const tenant = '8f4f2f3e-6f0f-4d39-9d2c-0c9f3d6b7a11'

async function configFor(
  more: Partial<CloudDefinition>,
  passphrase?: string,
): Promise<{ text: string; config: Config; output: string }> {
  const output = mkdtempSync(join(tmpdir(), 'verbatim-spec-'))
  const cloud = CloudDefinition.parse({
    name: 'lab',
    portal: 'https://portal.azure.com',
    portalHosts: ['portal.azure.com'],
    entra: 'https://login.microsoftonline.com',
    resourceManager: 'https://management.azure.com',
    audience: 'https://management.azure.com',
    tenant,
    ...more,
  })
  const path = writeSpecs({
    ...{ output, plans: [], cloud, browser: undefined, headed: false, workers: 1, trace: 'off', reporters: [] },
    window: { width: 1440, height: 900 },
  })
  process.env[ordersVariable] = JSON.stringify({ cloud: { person: { clientCertificate: { passphrase } } } })
  const { default: config } = (await import(pathToFileURL(path).href)) as { default: Config }
  delete process.env[ordersVariable]
  return { text: readFileSync(path, 'utf8'), config, output }
}

test('shows a person’s certificate at Entra’s two hosts for them, and nowhere else', async () => {
  const { text, config, output } = await configFor(
    { person: { userName: 'avery', clientCertificate: { pfx: '/keys/avery.pfx', passphrase: 'canary-7431' } } },
    'canary-7431',
  )
  expect(config.use.clientCertificates).toEqual([
    { origin: 'https://certauth.login.microsoftonline.com', pfxPath: '/keys/avery.pfx', passphrase: 'canary-7431' },
    {
      origin: `https://t${tenant}.certauth.login.microsoftonline.com`,
      pfxPath: '/keys/avery.pfx',
      passphrase: 'canary-7431',
    },
  ])
  expect(text).not.toContain('canary')
  rmSync(output, { recursive: true })
})

test('takes PEM files, and origins of its own', async () => {
  const { config, output } = await configFor({
    person: {
      userName: 'avery',
      clientCertificate: { certificate: '/keys/a.pem', key: '/keys/a.key', origins: ['https://certauth.lab.example/'] },
    },
  })
  expect(config.use.clientCertificates).toEqual([
    { origin: 'https://certauth.lab.example', certPath: '/keys/a.pem', keyPath: '/keys/a.key' },
  ])
  rmSync(output, { recursive: true })
})

test('takes a stored session, the window that was asked for, and no certificate otherwise', async () => {
  const { config, output } = await configFor({ person: { storageState: '/keys/session.json' } })
  expect(config.use).toMatchObject({ storageState: '/keys/session.json', viewport: { width: 1440, height: 900 } })
  expect(config.use).not.toHaveProperty('clientCertificates')
  expect(() => readFileSync(authorityFile(output))).toThrow()
  rmSync(output, { recursive: true })
})
