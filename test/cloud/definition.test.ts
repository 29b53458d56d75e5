import { expect, test } from '@playwright/test'
import { CloudError } from '../../src/cloud/cloud-error.ts'
import {
  CloudDefinition,
  certificateOrigins,
  cloudNames,
  isPortalHost,
  namedCloud,
  readCloud,
  secretsOf,
  type Settings,
} from '../../src/cloud/definition.ts'

const settings = { AZURE_TENANT_ID: 'tenant-1', AZURE_SUBSCRIPTION_ID: 'subscription-1' }
const person = { VERBATIM_PORTAL_USER: 'avery@contoso.example', VERBATIM_PORTAL_PASSWORD: 'canary-7431' }

const definition = CloudDefinition.parse({
  name: 'lab',
  portal: 'https://localhost:1/',
  portalHosts: ['localhost'],
  entra: 'https://localhost:2/',
  resourceManager: 'https://localhost:3/',
  audience: 'https://localhost:3/',
})

const hosts: [name: string, portal: string, resourceManager: string, entra: string][] = [
  ['azure', 'https://portal.azure.com', 'https://management.azure.com', 'https://login.microsoftonline.com'],
  [
    'azure-us-government',
    'https://portal.azure.us',
    'https://management.usgovcloudapi.net',
    'https://login.microsoftonline.us',
  ],
  ['azure-china', 'https://portal.azure.cn', 'https://management.chinacloudapi.cn', 'https://login.chinacloudapi.cn'],
]

for (const [name, portal, resourceManager, entra] of hosts)
  test(`knows the hosts of ${name}, and takes the rest from the environment`, () => {
    const cloud = namedCloud(name, { ...settings, ...person }, { portal: true })
    expect(cloud).toMatchObject({
      name,
      rehearsal: false,
      portal,
      resourceManager,
      audience: resourceManager,
      entra,
      tenant: 'tenant-1',
      subscription: 'subscription-1',
      credential: { kind: 'default' },
      person: { userName: 'avery@contoso.example', password: 'canary-7431' },
    })
    expect(cloud).not.toHaveProperty('certificateAuthority')
    expect(CloudDefinition.safeParse(cloud).success).toBe(true)
    const certificates = certificateOrigins({
      ...cloud,
      person: { userName: 'avery@contoso.example', clientCertificate: { pfx: 'avery.pfx' } },
    })
    expect(certificates).toEqual([entra.replace('//', '//certauth.'), entra.replace('//', '//ttenant-1.certauth.')])
    for (const address of [portal, entra]) expect(isPortalHost(cloud, new URL(address).hostname)).toBe(true)
  })

test('names every cloud that it knows', () => {
  expect(cloudNames).toEqual(['sandbox', ...hosts.map(([name]) => name)])
})

const missing: [what: string, settings: Settings, portal: boolean, lacks: string[]][] = [
  ['nothing is set', {}, false, ['AZURE_TENANT_ID', 'AZURE_SUBSCRIPTION_ID']],
  ['the subscription is empty', { ...settings, AZURE_SUBSCRIPTION_ID: '' }, false, ['AZURE_SUBSCRIPTION_ID']],
  ['a portal is to be driven by nobody', settings, true, ['VERBATIM_STORAGE_STATE', 'VERBATIM_PORTAL_USER']],
  [
    'a person has no password',
    { ...settings, VERBATIM_PORTAL_USER: 'avery@contoso.example' },
    true,
    ['VERBATIM_PORTAL_PASSWORD'],
  ],
]

for (const [what, given, portal, lacks] of missing)
  test(`names the settings that are missing where ${what}`, () => {
    const error = errorOf(() => namedCloud('azure', given, { portal }))
    for (const name of lacks) expect(error.message).toContain(name)
    for (const name of Object.keys(settings).filter(key => !lacks.includes(key)))
      expect(error.message).not.toContain(name)
    expect(error.remedy).not.toBe('')
  })

test('needs nobody for the portal where no portal is driven', () => {
  expect(namedCloud('azure', settings, { portal: false })).not.toHaveProperty('person')
})

test('prefers a program’s own secret to whatever else is signed in, but only a whole one', () => {
  const program = { AZURE_CLIENT_ID: 'client-1', AZURE_CLIENT_SECRET: 'canary-7431' }
  expect(namedCloud('azure', { ...settings, ...program }, { portal: false }).credential).toEqual({
    kind: 'client-secret',
    clientId: 'client-1',
    clientSecret: 'canary-7431',
  })
  expect(namedCloud('azure', { ...settings, AZURE_CLIENT_ID: 'client-1' }, { portal: false }).credential).toEqual({
    kind: 'default',
  })
})

test('prefers a stored session to a password', () => {
  const stored = { ...settings, ...person, VERBATIM_STORAGE_STATE: 'state.json' }
  expect(namedCloud('azure', stored, { portal: true }).person).toEqual({ storageState: 'state.json' })
})

const programs: [what: string, given: Settings, credential: CloudDefinition['credential']][] = [
  [
    'a certificate',
    { AZURE_CLIENT_CERTIFICATE_PATH: 'program.pem', AZURE_CLIENT_CERTIFICATE_PASSWORD: 'canary-1' },
    { kind: 'client-certificate', clientId: 'client-1', certificate: 'program.pem', passphrase: 'canary-1' },
  ],
  [
    'a federated token',
    { AZURE_FEDERATED_TOKEN_FILE: 'token' },
    { kind: 'workload-identity', clientId: 'client-1', tokenFile: 'token' },
  ],
]

for (const [what, given, credential] of programs)
  test(`takes a program’s ${what} from the environment`, () => {
    const read = namedCloud('azure', { ...settings, AZURE_CLIENT_ID: 'client-1', ...given }, { portal: false })
    expect(read.credential).toEqual(credential)
  })

test('takes a stored session of its own where the environment names nobody', () => {
  expect(namedCloud('azure', settings, { portal: true, session: 'own.json' }).person).toEqual({
    storageState: 'own.json',
  })
  expect(namedCloud('azure', { ...settings, ...person }, { portal: true, session: 'own.json' }).person).toHaveProperty(
    'userName',
  )
})

test('takes the secret of an authenticator app, or a certificate, beside the user name', () => {
  const named = (more: Settings) => namedCloud('azure', { ...settings, ...person, ...more }, { portal: true }).person
  expect(named({ VERBATIM_PORTAL_TOTP_SECRET: 'JBSWY3DP' })).toMatchObject({ totpSecret: 'JBSWY3DP' })
  expect(named({ VERBATIM_PORTAL_CERTIFICATE: 'a.pem', VERBATIM_PORTAL_CERTIFICATE_KEY: 'a.key' })).toEqual({
    userName: 'avery@contoso.example',
    clientCertificate: { certificate: 'a.pem', key: 'a.key' },
  })
  expect(named({ VERBATIM_PORTAL_CERTIFICATE: 'a.pfx', VERBATIM_PORTAL_CERTIFICATE_PASSPHRASE: 'canary-2' })).toEqual({
    userName: 'avery@contoso.example',
    clientCertificate: { pfx: 'a.pfx', passphrase: 'canary-2' },
  })
})

const custom = {
  ...definition,
  credential: { kind: 'client-secret', clientId: 'client-1', clientSecret: { env: 'LAB_SECRET' } },
  person: { userName: 'avery@contoso.example', password: { env: 'LAB_PASSWORD' }, totpSecret: { env: 'LAB_TOTP' } },
}

test('takes the secrets of a file from the environment variables that it names', () => {
  const env = { LAB_SECRET: 'canary-1', LAB_PASSWORD: 'canary-2', LAB_TOTP: 'JBSWY3DP' }
  const read = readCloud('lab.json', JSON.stringify(custom), env)
  expect(read).toMatchObject({ credential: { clientSecret: 'canary-1' }, person: { password: 'canary-2' } })
  expect(secretsOf(read)).toEqual(['canary-1', 'canary-2', 'JBSWY3DP'])
  const error = errorOf(() => readCloud('lab.json', JSON.stringify(custom), { ...env, LAB_TOTP: '' }))
  expect(error.message).toContain('person.totpSecret')
  expect(error.message).toContain('LAB_TOTP')
})

test('refuses a secret in the file of a real cloud', () => {
  const error = errorOf(() =>
    readCloud('lab.json', JSON.stringify({ ...custom, person: { userName: 'avery', password: 'canary-2' } }), {
      LAB_SECRET: 'canary-1',
    }),
  )
  expect(error.message).toContain('person.password is a secret')
  expect(error.message).not.toContain('canary')
})

test('counts the files that a definition names from its folder', () => {
  const files = {
    ...definition,
    credential: { kind: 'client-certificate', clientId: 'client-1', certificate: 'program.pem' },
    person: { userName: 'avery', clientCertificate: { certificate: 'a.pem', key: '/keys/a.key' } },
  }
  expect(readCloud('lab.json', JSON.stringify(files), {}, '/clouds')).toMatchObject({
    credential: { certificate: '/clouds/program.pem' },
    person: { clientCertificate: { certificate: '/clouds/a.pem', key: '/keys/a.key' } },
  })
})

for (const name of ['azur', '', 'toString', '__proto__'])
  test(`refuses a cloud named “${name}”, and lists those that there are`, () => {
    const error = errorOf(() => namedCloud(name, settings, { portal: false }))
    expect(error.message).toContain(`'${name}'`)
    for (const known of cloudNames) expect(error.remedy).toContain(known)
  })

test('reads a definition in JSON or YAML, and fills in what is left out', async () => {
  const json = JSON.stringify({ ...definition, facts: { portalEra: '2024', seed: 1 } })
  expect(readCloud('lab.json', json)).toEqual({ ...definition, facts: { portalEra: '2024', seed: 1 } })
  const yaml = Object.entries(definition)
    .filter(([, value]) => typeof value === 'string')
    .map(([key, value]) => `${key}: ${String(value)}`)
  expect(readCloud('lab.yaml', [...yaml, 'portalHosts: [localhost]'].join('\n'))).toEqual({
    ...definition,
    rehearsal: false,
    credential: { kind: 'default' },
    facts: {},
  })
})

const broken: [what: string, text: string, says: RegExp][] = [
  ['broken YAML', 'name: [', /lab\.yaml: .*line 1/],
  ['a missing key', JSON.stringify({ ...definition, entra: undefined }), /entra/],
  ['an unknown key', JSON.stringify({ ...definition, entry: 'x' }), /entry/],
  ['an address that is none', JSON.stringify({ ...definition, portal: 'portal' }), /portal/],
  [
    'a credential of a kind that does not exist',
    JSON.stringify({ ...definition, credential: { kind: 'magic' } }),
    /credential\.kind/,
  ],
  [
    'a person with half a certificate',
    JSON.stringify({ ...definition, person: { userName: 'avery', clientCertificate: { certificate: 'a.pem' } } }),
    /person\.clientCertificate: Name `certificate` and `key`, or `pfx`\.$/,
  ],
  ['an empty file', '', /the file/],
]

for (const [what, text, says] of broken)
  test(`names file and key of a definition with ${what}`, () => {
    const error = thrownBy(() => readCloud('lab.yaml', text))
    expect(error).toBeInstanceOf(CloudError)
    expect((error as CloudError).message).toContain('lab.yaml')
    expect((error as CloudError).message).toMatch(says)
    expect((error as CloudError).remedy).toContain('verbatim sandbox --json')
  })

/** Of every cloud: hosts of its pages, of its frames and of its sign-in; and hosts of another cloud. */
const ofClouds: [cloud: string, may: string[], mayNot: string[]][] = [
  [
    'azure',
    [
      'portal.azure.com',
      'preview.portal.azure.com',
      'hosting.portal.azure.net',
      'afd.hosting.portal.azure.net',
      'sandbox-7.reactblade.portal.azure.net',
      'main.iaas.ext.azure.com',
      'login.microsoftonline.com',
      'login.live.com',
      'login.windows.net',
      'certauth.login.microsoftonline.com',
      'tenant-1.certauth.login.microsoftonline.com',
    ],
    ['portal.azure.us', 'portal.azure.cn', 'login.microsoftonline.us', 'login.chinacloudapi.cn'],
  ],
  [
    'azure-us-government',
    [
      'portal.azure.us',
      'preview.portal.azure.us',
      'hosting.azureportal.usgovcloudapi.net',
      'sandbox-7.reactblade.azureportal.usgovcloudapi.net',
      'main.iaas.ext.azure.us',
      'login.microsoftonline.us',
      'certauth.login.microsoftonline.us',
      'tenant-1.certauth.login.microsoftonline.us',
    ],
    ['portal.azure.com', 'portal.azure.cn', 'login.microsoftonline.com', 'evil.usgovcloudapi.net', 'login.live.com'],
  ],
  [
    'azure-china',
    [
      'portal.azure.cn',
      'preview.portal.azure.cn',
      'hosting.azureportal.chinacloudapi.cn',
      'sandbox-7.reactblade.azureportal.chinacloudapi.cn',
      'main.iaas.ext.azure.cn',
      'login.chinacloudapi.cn',
      'login.partner.microsoftonline.cn',
      'certauth.login.partner.microsoftonline.cn',
      'tenant-1.certauth.login.partner.microsoftonline.cn',
      'login.live.com',
    ],
    ['portal.azure.com', 'portal.azure.us', 'login.microsoftonline.com', 'evil.chinacloudapi.cn'],
  ],
]

for (const [name, may, mayNot] of ofClouds)
  test(`keeps the browser to the hosts of ${name}`, () => {
    const cloud = namedCloud(name, settings, { portal: false })
    expect(may.filter(host => !isPortalHost(cloud, host))).toEqual([])
    expect(mayNot.filter(host => isPortalHost(cloud, host))).toEqual([])
    for (const host of cloud.portalHosts)
      expect(
        may.some(each => (host.startsWith('*.') ? each.endsWith(host.slice(1)) : each === host)),
        host,
      ).toBe(true)
  })

const allowed: [host: string, allowed: boolean][] = [
  ['portal.azure.com', true],
  ['ms.portal.azure.com', true],
  ['sandbox-1.reactblade.portal.azure.net', true],
  ['login.microsoftonline.com', true],
  ['portal.azure.com.evil.example', false],
  ['evilportal.azure.com', false],
  ['notportal.azure.net', false],
  ['portal.azure.net', false],
  ['learn.microsoft.com', false],
  ['localhost', false],
  ['', false],
]

for (const [host, may] of allowed)
  test(`${may ? 'lets the browser go' : 'never lets the browser go'} to ${host === '' ? 'no host' : host}`, () => {
    expect(isPortalHost(namedCloud('azure', settings, { portal: false }), host)).toBe(may)
  })

test('tells every secret of a definition, for masking', () => {
  const credential = { kind: 'client-secret' as const, clientId: 'client-1', clientSecret: 'canary-1' }
  const someone = { userName: 'avery@contoso.example', password: 'canary-2' }
  expect(secretsOf({ ...definition, credential, person: someone })).toEqual(['canary-1', 'canary-2'])
  expect(secretsOf({ ...definition, person: { storageState: 'state.json' } })).toEqual([])
  expect(secretsOf(definition)).toEqual([])
})

function errorOf(act: () => unknown): CloudError {
  try {
    act()
  } catch (error) {
    if (error instanceof CloudError) return error
    throw error
  }
  throw new Error('It did not refuse.')
}

function thrownBy(act: () => unknown): unknown {
  try {
    act()
    return undefined
  } catch (error) {
    return error
  }
}
