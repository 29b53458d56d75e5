import { makeRsaKey } from './entra/rsa-key.ts'

/** The keys that a sandbox takes longest to make. */
export interface SandboxKeys {
  /** Entra's own. */
  tokens: Promise<CryptoKeyPair>
  /** With which the sandbox's program says who it is: by its certificate, or by a token of another issuer. */
  program: Promise<CryptoKeyPair>
}

/**
 * Begins to make the keys of a sandbox, while the sandbox itself is still being loaded. Luck decides how long one takes, ten
 * times as long or not: the one that is ready first is the program's, which is told at the start, and the other is needed
 * only once somebody asks for a token.
 */
export function makeKeys(): SandboxKeys {
  const [one, other] = [makeRsaKey(), makeRsaKey()]
  const program = Promise.race([one, other])
  const tokens = Promise.all([program, one, other]).then(([first, ...both]) => (first === both[0] ? both[1] : both[0]))
  return { program, tokens }
}
