import { KeyObject } from 'node:crypto'
import { extendedKeyUsage, keyUsage, makeCertificate, validFrom } from '../certificate.ts'
import { makeRsaKey } from './rsa-key.ts'

/** A certificate with which a program says who it is. PEM. */
export interface ClientCertificate {
  certificate: string
  /** The private key followed by the certificate: the file that ClientCertificateCredential and az take. */
  pem: string
}

/** Makes a self-signed certificate with an RSA key, which is the only kind that Entra takes, valid for 30 days. */
export async function createClientCertificate(
  name: string,
  keyPair = makeRsaKey(),
  now = new Date(),
): Promise<ClientCertificate> {
  const keys = await keyPair
  const privateKey = KeyObject.from(keys.privateKey)
  const certificate = makeCertificate({
    subject: name,
    issuer: name,
    publicKey: KeyObject.from(keys.publicKey),
    signingKey: privateKey,
    ...validFrom(now),
    extensions: [keyUsage('digitalSignature'), extendedKeyUsage('clientAuth')],
  })
  return { certificate, pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() + certificate }
}
