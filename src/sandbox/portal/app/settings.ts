/** What the pages know of the cloud they belong to. The server writes it into the shell's page; frames get it from the shell. */
export interface Settings {
  portalOrigin: string
  frameOrigin: string
  resourceManagerOrigin: string
  tenant: string
  tenantName: string
  tenantDomain: string
  subscription: string
  era: Era
  seed: number
  pace: 'fast' | 'realistic'
  user: { userName: string; name: string }
}

export type Era = '2024' | '2026'
