import type { HonoRequest } from 'hono'

/** The headers of every answer of Resource Manager, besides what is left of a budget (azure-facts.md §4.4). */
export function commonHeaders(request: HonoRequest, correlationId: string, requestId: string): Record<string, string> {
  const clientRequestId = request.header('x-ms-client-request-id')
  const echo = request.header('x-ms-return-client-request-id')?.toLowerCase() === 'true'
  return {
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-ms-request-id': requestId,
    'x-ms-correlation-request-id': correlationId,
    'x-ms-routing-request-id': `SANDBOX:${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}:${requestId}`,
    ...(echo && clientRequestId ? { 'x-ms-client-request-id': clientRequestId } : {}),
  }
}
