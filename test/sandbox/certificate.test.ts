import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { createCertificateAuthority } from '../../src/sandbox/certificate-authority.ts'
import { createClientCertificate } from '../../src/sandbox/entra/client-certificate.ts'
import { expect, test } from './sandbox-fixture.ts'

const keep = (name: string, text: string) => {
  const path = test.info().outputPath(name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}
const openssl = (...args: string[]) => execFileSync('openssl', args, { encoding: 'utf8' })

test('makes certificates that hold together, in each year', () => {
  for (const year of [2026, 2049, 2050, 2126]) {
    const now = new Date(Date.UTC(year, 11, 30, 23, 59, 59))
    const { certificate, server } = createCertificateAuthority(now)
    const [authority, leaf] = [new X509Certificate(certificate), new X509Certificate(server.chain)]
    expect(leaf.checkIssued(authority)).toBe(true)
    expect(leaf.verify(authority.publicKey)).toBe(true)
    expect(leaf.checkHost('localhost')).toBe('localhost')
    expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1')
    expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBe(31 * 24 * 60 * 60 * 1000)
    expect(new Date(leaf.validFrom).getUTCFullYear()).toBe(year)
  }
})

test('makes certificates that the strictest of checks accepts', async () => {
  test.skip(
    !hasOpenssl(),
    'There is no openssl here, whose strict check is what this is about: Node, Chromium and az accept them in other tests.',
  )
  const { certificate, server } = createCertificateAuthority()
  const [authority, leaf] = [keep('authority.pem', certificate), keep('server.pem', server.chain)]
  const strict = ['verify', '-x509_strict', '-CAfile', authority]
  expect(openssl(...strict, '-purpose', 'sslserver', '-verify_hostname', 'localhost', leaf)).toContain('OK')
  const text = openssl('x509', '-in', leaf, '-noout', '-text')
  for (const words of ['Digital Signature', 'TLS Web Server Authentication', 'IP Address:127.0.0.1'])
    expect(text).toContain(words)
  expect(openssl('x509', '-in', authority, '-noout', '-text')).toMatch(
    /CA:TRUE, pathlen:0[^]*Certificate Sign, CRL Sign/,
  )
  const { pem } = await createClientCertificate('Verbatim')
  const client = openssl('x509', '-in', keep('client.pem', pem), '-noout', '-text')
  expect(client).toMatch(/Issuer: CN ?= ?Verbatim[^]*Public-Key: \(2048 bit\)[^]*TLS Web Client Authentication/)
})

function hasOpenssl(): boolean {
  try {
    return openssl('version') !== ''
  } catch {
    return false
  }
}
