// The certificate library is built on decorators and asks for this before it is loaded.
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { makeRsaKey, rs256 } from './rsa-key.ts'

/** A certificate with which a program says who it is. PEM. */
export interface ClientCertificate {
  certificate: string
  /** The private key followed by the certificate: the file that ClientCertificateCredential and az take. */
  pem: string
}

const day = 24 * 60 * 60 * 1000

/** Makes a self-signed certificate with an RSA key, which is the only kind that Entra takes, valid for 30 days. */
export async function createClientCertificate(
  name: string,
  keyPair = makeRsaKey(),
  now = new Date(),
): Promise<ClientCertificate> {
  x509.cryptoProvider.set(webcrypto as Crypto)
  const keys = await keyPair
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + 30 * day),
    name: [{ CN: [name] }],
    keys,
    signingAlgorithm: rs256,
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
    ],
  })
  const certificate = made.toString('pem') + '\n'
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY') + '\n'
  return { certificate, pem: key + certificate }
}
