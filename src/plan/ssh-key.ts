import { generateKeyPairSync } from 'node:crypto'

/** The name of the secret that holds a run's public key. */
export const sshKeySecret = 'ssh-public-key'

/**
 * A public key for SSH in the format of OpenSSH, made once in a run. Only the public half is kept: nobody signs in to what a
 * run makes.
 */
export function sshKeyOf(secrets: Record<string, string>): string {
  return (secrets[sshKeySecret] ??= publicKey())
}

/** RFC 8709: a field is its length in four bytes and its content. */
function publicKey(): string {
  const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
  const field = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes])
  const blob = Buffer.concat([field(Buffer.from('ssh-ed25519')), field(Buffer.from(x, 'base64url'))])
  return `ssh-ed25519 ${blob.toString('base64')} verbatim`
}
