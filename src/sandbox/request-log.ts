import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

export const serverNames = ['portal', 'frame', 'entra', 'resource-manager', 'managed-identity'] as const
export type ServerName = (typeof serverNames)[number]

/** What one request looked like from the server's side. Bodies and tokens are not kept. */
export interface RecordedRequest {
  server: ServerName
  method: string
  /** As the client wrote it, without the query. */
  path: string
  query: string
  /** 0 while there is no answer, and for good when the connection was dropped. */
  status: number
  /** `x-ms-client-request-id` of the request: the same on the retries of one call (azure-facts.md §6). */
  clientRequestId: string | undefined
  /** `x-ms-correlation-request-id` of the answer. */
  correlationRequestId: string | undefined
  /** `x-ms-request-id` of the answer. */
  requestId: string | undefined
  /** ISO 8601. */
  at: string
}

/** What a server hands on beside its answer. To read an answer's headers costs more than to make the answer. */
export interface Bindings extends HttpBindings {
  identifiers?: Pick<RecordedRequest, 'correlationRequestId' | 'requestId'>
}

/** Notes every request in order of arrival, and its status once it is answered. */
export function recordRequests(server: ServerName, log: RecordedRequest[]): MiddlewareHandler {
  return async (context, next) => {
    const { url } = context.req
    const query = url.indexOf('?')
    const record: RecordedRequest = {
      server,
      method: context.req.method,
      path: url.slice(url.indexOf('/', 'https://'.length), query < 0 ? undefined : query),
      query: query < 0 ? '' : url.slice(query),
      status: 0,
      clientRequestId: context.req.header('x-ms-client-request-id'),
      correlationRequestId: undefined,
      requestId: undefined,
      at: new Date().toISOString(),
    }
    log.push(record)
    await next()
    const { incoming, identifiers } = context.env as Bindings
    if (incoming.socket.destroyed) return
    record.status = context.res.status
    const given = (name: string) => context.res.headers.get(name) ?? undefined
    record.correlationRequestId = identifiers ? identifiers.correlationRequestId : given('x-ms-correlation-request-id')
    record.requestId = identifiers ? identifiers.requestId : given('x-ms-request-id')
  }
}
