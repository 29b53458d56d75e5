import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'

/** Lets the portal's pages call Resource Manager from the browser and read the headers that matter to a client. */
export function crossOrigin(origins: string[]): MiddlewareHandler {
  const answer = cors({
    origin: origins,
    allowMethods: ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'],
    exposeHeaders: [
      'azure-asyncoperation',
      'location',
      'retry-after',
      'www-authenticate',
      'x-ms-client-request-id',
      'x-ms-correlation-request-id',
      'x-ms-failure-cause',
      'x-ms-ratelimit-remaining-subscription-deletes',
      'x-ms-ratelimit-remaining-subscription-global-deletes',
      'x-ms-ratelimit-remaining-subscription-global-reads',
      'x-ms-ratelimit-remaining-subscription-global-writes',
      'x-ms-ratelimit-remaining-subscription-reads',
      'x-ms-ratelimit-remaining-subscription-writes',
      'x-ms-ratelimit-remaining-tenant-reads',
      'x-ms-ratelimit-remaining-tenant-writes',
      'x-ms-request-id',
      'x-ms-retry-after-ms',
    ],
    maxAge: 600,
  })
  // Clients that are no browser send no origin, and needn't wait for this.
  return (context, next) => (context.req.header('origin') === undefined ? next() : answer(context, next))
}
