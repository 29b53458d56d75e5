import { Hono } from 'hono'
import type { PortalSurroundings } from './server.ts'

/** The frames’ web application. */
export function createFrameApp(surroundings: PortalSurroundings): Hono {
  const app = new Hono()
  app.get('/', context => context.text(surroundings.frameOrigin))
  return app
}
