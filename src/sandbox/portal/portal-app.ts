import { Hono } from 'hono'
import type { PortalSurroundings } from './server.ts'

/** The shell's web application. */
export function createPortalApp(surroundings: PortalSurroundings): Hono {
  const app = new Hono()
  app.get('/', context => context.text(surroundings.portalOrigin))
  return app
}
