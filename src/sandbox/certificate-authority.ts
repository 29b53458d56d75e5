import { generateKeyPairSync } from 'node:crypto'
import {
  alternativeNames,
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  keyUsage,
  makeCertificate,
  subjectKeyIdentifier,
  validFrom,
} from './certificate.ts'

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

const name = 'Verbatim sandbox certificate authority'

/**
 * Makes a certificate authority (EC P-256) and a certificate for `localhost`, `127.0.0.1` and `::1`, valid for 30 days.
 * The extensions are those that strict clients such as Python 3.13 ask for (azure-facts.md §2.5).
 */
export function createCertificateAuthority(now = new Date()): CertificateAuthority {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signed = {
    issuer: name,
    signingKey: authority.privateKey,
    ...validFrom(now),
  }
  const certificate = makeCertificate({
    ...signed,
    subject: name,
    publicKey: authority.publicKey,
    extensions: [basicConstraints(true), keyUsage('keyCertSign', 'cRLSign'), subjectKeyIdentifier(authority.publicKey)],
  })
  const leaf = makeCertificate({
    ...signed,
    subject: 'localhost',
    publicKey: server.publicKey,
    extensions: [
      basicConstraints(false),
      keyUsage('digitalSignature'),
      extendedKeyUsage('serverAuth'),
      alternativeNames(['localhost'], [Buffer.from([127, 0, 0, 1]), Buffer.from([...Array<number>(15).fill(0), 1])]),
      subjectKeyIdentifier(server.publicKey),
      authorityKeyIdentifier(authority.publicKey),
    ],
  })
  return {
    certificate,
    server: { chain: leaf + certificate, key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
  }
}
