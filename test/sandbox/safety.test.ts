import { execFile, spawn } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect as connectTo, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose'
import type { JSONWebKeySet } from 'jose'
import { createCertificateAuthority } from '../../src/sandbox/certificate-authority.ts'
import { listen } from '../../src/sandbox/listener.ts'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import type { SandboxDefinition } from '../../src/sandbox/sandbox.ts'
import { browserOptions } from './browser.ts'
import { program } from '../command/verbatim-fixture.ts'
import { connect, send } from './clients.ts'
import { expect, test } from './sandbox-fixture.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))

test.use({ launchOptions: browserOptions() })

test('listens on 127.0.0.1 and nowhere else', async () => {
  const frame = await freePort()
  const sandbox = await startSandbox({ ports: { frame } })
  const { portal, entra, resourceManager, managedIdentity } = sandbox.definition
  const ports = [portal, entra, resourceManager, managedIdentity.endpoint].map(url => Number(new URL(url).port))
  const outside = Object.values(networkInterfaces())
    .flatMap(addresses => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
  try {
    for (const port of [...ports, frame]) {
      expect(await opens('127.0.0.1', port)).toBe(true)
      // The whole of 127.0.0.0/8 is this machine: whoever listens everywhere answers there too.
      for (const address of ['127.0.0.2', ...outside])
        expect([address, await opens(address, port)]).toEqual([address, false])
    }
  } finally {
    await sandbox.stop()
  }
})

/** One that was free a moment ago. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function opens(host: string, port: number) {
  return new Promise<boolean>(resolve => {
    const socket = connectTo({ host, port, timeout: 2000 })
    const end = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false))
  })
}

test('keeps the keys of its authority and its servers to itself', ({ sandbox: { definition } }) => {
  const { certificateCredential, ...rest } = definition
  expect(JSON.stringify(rest)).not.toContain('PRIVATE KEY')
  const key = createPrivateKey(certificateCredential.pem)
  expect(new X509Certificate(definition.certificateAuthority).checkPrivateKey(key)).toBe(false)
})

test('writes the certificate of its authority to a folder of its own, no key to anywhere, and leaves nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-safety-'))
  const [home, temporary] = ['home', 'tmp'].map(name => join(folder, name)) as [string, string]
  ;[home, temporary].forEach(path => mkdirSync(path))
  try {
    const child = spawn(process.execPath, [program, 'sandbox'], {
      env: { PATH: process.env['PATH'], HOME: home, TMPDIR: temporary },
    })
    const ended = new Promise<number | null>(resolve => child.once('close', resolve))
    await new Promise<void>((resolve, reject) => {
      let said = ''
      child.stdout.on('data', (data: Buffer) => {
        said += data.toString()
        if (said.includes('Ctrl+C')) resolve()
      })
      child.once('close', () => reject(new Error(`It ended before it was up:\n${said}`)))
    })
    const files = filesIn(folder)
    expect(files.map(file => file.replace(/.*\//, ''))).toEqual(['authority.pem'])
    for (const file of files) {
      expect(readFileSync(file, 'utf8')).not.toContain('PRIVATE KEY')
      expect(statSync(file).mode & 0o077).toBe(0)
    }
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    expect(filesIn(folder)).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}

test('is trusted by nobody who was not given its authority', async ({ sandbox: { definition }, page }) => {
  const { portal, entra, resourceManager } = definition
  for (const address of [portal, entra, resourceManager])
    await expect(fetch(address)).rejects.toMatchObject({ cause: { code: 'SELF_SIGNED_CERT_IN_CHAIN' } })
  await expect(page.goto(portal)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID')
})

test('vouches for this machine only', async () => {
  const { server } = createCertificateAuthority()
  const certificate = new X509Certificate(server.chain)
  expect(certificate.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
  expect(certificate.ca).toBe(false)
  expect(certificate.checkHost('management.azure.com')).toBeUndefined()
})

test('gives tokens that say where they come from, and are worth nothing elsewhere', async ({
  sandbox: { definition },
}) => {
  const other = await startSandbox()
  try {
    for (const scope of [`${definition.audience}/.default`, 'https://management.azure.com/.default']) {
      const { token } = await connect(definition).credential.getToken(scope)
      const { iss = '', tid } = decodeJwt(token)
      expect(new URL(iss).hostname).toBe('localhost')
      expect(tid).toBe(definition.tenant)
      await jwtVerify(token, createLocalJWKSet(await keysOf(definition)))
      await expect(jwtVerify(token, createLocalJWKSet(await keysOf(other.definition)))).rejects.toThrow()
      const refused = await send(
        other.definition,
        `${other.definition.resourceManager}/subscriptions?api-version=2022-12-01`,
        {
          headers: { authorization: `Bearer ${token}` },
        },
      )
      expect([refused.status, refused.json()]).toMatchObject([401, { error: { code: 'InvalidAuthenticationToken' } }])
    }
  } finally {
    await other.stop()
  }
})

async function keysOf(definition: SandboxDefinition) {
  const { text } = await send(definition, `${definition.entra}/${definition.tenant}/discovery/v2.0/keys`)
  return JSON.parse(text) as JSONWebKeySet
}

test('a client that was given its authority reaches nothing else, whatever the machine trusts', async ({
  sandbox: { definition },
}) => {
  // Stands for Azure: its authority is one that Node trusts of itself.
  const authority = createCertificateAuthority()
  const azure = await listen(authority.server)
  let asked = 0
  azure.serve(() => {
    asked += 1
    return new Response('{}')
  })
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-safety-'))
  writeFileSync(join(folder, 'trusted.pem'), authority.certificate)
  const code = `
    import { ResourceManagementClient } from '@azure/arm-resources'
    import { ClientSecretCredential } from '@azure/identity'
    const [address, ca] = process.argv.slice(1)
    const tlsOptions = { ca }
    const id = '00000000-0000-0000-0000-000000000000'
    const token = { getToken: async () => ({ token: 'secret', expiresOnTimestamp: Date.now() + 3600e3 }) }
    const client = new ResourceManagementClient(token, id, { endpoint: address, tlsOptions, retryOptions: { maxRetries: 0 } })
    const credential = new ClientSecretCredential(id, id, 'secret', { authorityHost: address, disableInstanceDiscovery: true, tlsOptions })
    const ends = [fetch(address), client.resourceGroups.get('rg1'), credential.getToken(address + '/.default')]
    const settled = await Promise.allSettled(ends)
    process.stdout.write(JSON.stringify(settled.map(({ status, reason }) => [status, reason?.code ?? reason?.name])))`
  try {
    const args = ['--input-type=module', '--eval', code, `https://localhost:${azure.port}`]
    const printed = await new Promise<string>((resolve, reject) =>
      execFile(
        process.execPath,
        [...args, definition.certificateAuthority],
        { cwd: project, env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: join(folder, 'trusted.pem') } },
        (error, stdout) => (error ? reject(error) : resolve(stdout)),
      ),
    )
    const [plain, manager, entra] = JSON.parse(printed) as [string, string?][]
    expect(plain).toEqual(['fulfilled', null])
    expect(manager).toEqual(['rejected', 'SELF_SIGNED_CERT_IN_CHAIN'])
    expect(entra?.[0]).toBe('rejected')
    expect(asked).toBe(1)
  } finally {
    await azure.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
