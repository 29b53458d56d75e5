import { createServer } from 'node:https'
import type { Server } from 'node:https'
import { createAdaptorServer } from '@hono/node-server'
import type { HttpBindings } from '@hono/node-server'

/** Answers a request. `env` is Node's own request and response, for those who end a connection. */
export type Answer = (request: Request, env: HttpBindings) => Response | Promise<Response>

/** A server whose address is known before what it serves is built. */
export interface Listener {
  port: number
  serve(answer: Answer): void
  /** Ends kept-alive and hung connections too. */
  close(): Promise<void>
}

/**
 * Listens on a loopback address over TLS; port 0 takes a free one. Until `serve` is called the answer is 503.
 * Throws Node's error with its `code` (`EADDRINUSE`) and `port` when the port is taken.
 */
export async function listen(certificate: { chain: string; key: string }, port = 0): Promise<Listener> {
  let current: Answer = () => new Response('The sandbox is starting.', { status: 503 })
  const server = createAdaptorServer({
    fetch: (request, env) => current(request, env as HttpBindings),
    overrideGlobalObjects: true,
    createServer,
    serverOptions: { cert: certificate.chain, key: certificate.key },
  }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.address() as { port: number }).port,
    serve(answer) {
      current = answer
    },
    close: () => close(server),
  }
}

function close(server: Server) {
  return new Promise<void>(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
