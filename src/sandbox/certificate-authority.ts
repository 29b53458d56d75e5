// The certificate library is built on decorators and asks for this before it is loaded.
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

/** A certificate authority of one sandbox, and the one server certificate it issued. All PEM. */
export interface CertificateAuthority {
  /** The authority's own certificate: what clients have to trust. */
  certificate: string
  server: {
    /** The leaf followed by the authority's certificate. */
    chain: string
    key: string
  }
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const day = 24 * 60 * 60 * 1000

/**
 * Makes a certificate authority (EC P-256) and a certificate for `localhost`, `127.0.0.1` and `::1`, valid for 30 days.
 * The extensions are those that strict clients such as Python 3.13 ask for (azure-facts.md §2.5).
 */
export async function createCertificateAuthority(now = new Date()): Promise<CertificateAuthority> {
  x509.cryptoProvider.set(webcrypto as Crypto)
  const [authorityKeys, serverKeys] = await Promise.all([generateKeys(), generateKeys()])
  const validity = { notBefore: new Date(now.getTime() - day), notAfter: new Date(now.getTime() + 30 * day) }
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: randomSerialNumber(),
    name: 'CN=Verbatim sandbox certificate authority',
    keys: authorityKeys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  })
  const server = await x509.X509CertificateGenerator.create({
    ...validity,
    serialNumber: randomSerialNumber(),
    subject: 'CN=localhost',
    issuer: authority.subject,
    publicKey: serverKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
      await x509.SubjectKeyIdentifierExtension.create(serverKeys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  })
  const certificate = authority.toString('pem') + '\n'
  return {
    certificate,
    server: { chain: server.toString('pem') + '\n' + certificate, key: await exportKey(serverKeys.privateKey) },
  }
}

function generateKeys() {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>
}

/** Positive, as X.509 wants it: the first bit is zero. */
function randomSerialNumber() {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16))
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x01
  return Buffer.from(bytes).toString('hex')
}

async function exportKey(key: CryptoKey) {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY') + '\n'
}
