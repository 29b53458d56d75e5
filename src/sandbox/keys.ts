import { makeRsaKey } from './entra/rsa-key.ts'

/** The keys that a sandbox takes longest to make. */
export interface SandboxKeys {
  /** Entra's own. */
  tokens: Promise<CryptoKeyPair>
  /** With which the sandbox's program says who it is: by its certificate, or by a token of another issuer. */
  program: Promise<CryptoKeyPair>
}

/**
 * Begins to make the keys of a sandbox, while the sandbox itself is still being loaded. One after the other, as the second is
 * needed only once somebody asks for a token, and loading takes a processor too.
 */
export function makeKeys(): SandboxKeys {
  const program = makeRsaKey()
  return { program, tokens: program.then(makeRsaKey) }
}
