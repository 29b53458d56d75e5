import { randomUUID } from 'node:crypto'

/** Whether people who signed in still are. Programs don't sign in: their tokens go on. */
export interface SignIns {
  /** What people's tokens carry as `sid` now. */
  current(): string
  /** Ends everybody's, as Entra's revokeSignInSessions does: sessions, refresh tokens and access tokens. */
  endAll(): void
}

export function createSignIns(): SignIns {
  let id = randomUUID()
  return {
    current: () => id,
    endAll: () => void (id = randomUUID()),
  }
}
