import type { Era, Traits } from '../traits.ts'

/** What the pages know of the cloud they belong to. The server writes it into the shell's page; frames get it from the shell. */
export interface Settings {
  portalOrigin: string
  frameOrigin: string
  resourceManagerOrigin: string
  tenant: string
  tenantName: string
  tenantDomain: string
  subscription: string
  /** Display names by id, as soon as the shell has read them. */
  subscriptionNames?: Readonly<Record<string, string>>
  era: Era
  traits: Traits
  seed: number
  pace: PortalPace
  user: { userName: string; name: string }
}

/** `real` takes seconds as the live portal does, `brisk` fractions of them, `instant` waits for nothing. */
export type PortalPace = 'instant' | 'brisk' | 'real'
