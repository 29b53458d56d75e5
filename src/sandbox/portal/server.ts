import type { Hono } from 'hono'
import type { PortalPace } from './app/settings.ts'
import type { DriftName, Era } from './traits.ts'
import { createFrameApp } from './frame-app.ts'
import { createPortalApp } from './portal-app.ts'

/** What the replica of the Azure portal has to know of the cloud around it. Origins are `https://host:port` without a slash. */
export interface PortalSurroundings {
  /** Where the shell is served. */
  portalOrigin: string
  /** Where the React blades are served: another site than the portal, as in portal-facts.md §3. */
  frameOrigin: string
  entraOrigin: string
  resourceManagerOrigin: string
  /** The audience of access tokens for Resource Manager. */
  audience: string
  /** The tenant's id. */
  tenant: string
  tenantName: string
  tenantDomain: string
  /** The id of the subscription that forms preselect. */
  subscription: string
  /** The portal's own registration at Entra. */
  portalClient: { clientId: string; clientSecret: string; redirectPath: '/signin/index/' }
  /** PEM of the certificate authority behind Entra's certificate. */
  certificateAuthority: string
  /** Which year's portal is shown: names, entry points and generation of controls differ (portal-facts.md §6, §14). */
  era: Era
  /** In what it differs from its year. */
  drifts: readonly DriftName[]
  /** Drives every delay and interruption: the same number, the same run. */
  seed: number
  pace: PortalPace
}

/** Two web applications: the portal's shell, and the site that its frames are loaded from. */
export interface PortalApps {
  portal: Hono
  frame: Hono
}

/**
 * Builds the replica of the Azure portal after portal-facts.md. State is Resource Manager's alone; the portal keeps sessions only.
 * The pages come from `dist/portal`; while that folder isn't built, every page says so.
 */
export function createPortalApps(surroundings: PortalSurroundings): PortalApps {
  return { portal: createPortalApp(surroundings), frame: createFrameApp(surroundings) }
}
