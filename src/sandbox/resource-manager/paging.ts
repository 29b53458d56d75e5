import type { ArmAnswer, ArmRequest, JsonObject } from './request.ts'

/** A page of a list: `$top` limits it, `nextLink` is absolute and carries the rest of the query along. */
export function page(request: ArmRequest, items: readonly JsonObject[]): ArmAnswer {
  const top = Number(request.query('$top') ?? NaN)
  const start = readToken(request.query('$skiptoken'))
  const end = start + (Number.isInteger(top) && top > 0 ? Math.min(top, largest) : largest)
  const value = items.slice(start, end)
  if (end >= items.length) return { status: 200, body: { value } }
  const kept = ['$filter', '$expand'].flatMap(name => {
    const value = request.query(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const query = new URLSearchParams({
    'api-version': request.apiVersion,
    ...Object.fromEntries(kept),
    ...(Number.isInteger(top) && top > 0 ? { $top: String(top) } : {}),
    $skiptoken: Buffer.from(String(end)).toString('base64url'),
  })
  return { status: 200, body: { value, nextLink: `${request.origin}${request.path}?${query.toString()}` } }
}

/** ARM's lists end a page here, whatever `$top` says. */
const largest = 1000

function readToken(token: string | undefined) {
  const start = Number(Buffer.from(token ?? '', 'base64url').toString())
  return Number.isInteger(start) ? start : 0
}
