import { randomUUID } from 'node:crypto'
import type { HonoRequest } from 'hono'

const budgets = { reads: 11999, writes: 1199, deletes: 14999 }

/** The headers of every answer of Resource Manager (azure-facts.md §4.4). What remains of a budget only counts down. */
export function createHeaders() {
  const remaining = { ...budgets }
  return (request: HonoRequest, correlationId: string): Record<string, string> => {
    const budget = budgetOf(request.method)
    remaining[budget] = Math.max(0, remaining[budget] - 1)
    const requestId = randomUUID()
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
      [`x-ms-ratelimit-remaining-subscription-${budget}`]: String(remaining[budget]),
      ...(echo && clientRequestId ? { 'x-ms-client-request-id': clientRequestId } : {}),
    }
  }
}

function budgetOf(method: string): keyof typeof budgets {
  if (method === 'GET' || method === 'HEAD') return 'reads'
  return method === 'DELETE' ? 'deletes' : 'writes'
}
