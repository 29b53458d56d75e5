import type { ArmAnswer, ArmRequest, JsonObject } from './request.ts'

/** A page of a list: `$top` limits it, `nextLink` is absolute and carries the rest of the query along. */
export function page(request: ArmRequest, items: readonly JsonObject[]): ArmAnswer {
  const top = Number(request.query('$top') ?? NaN)
  const start = readToken(request.query('$skiptoken'))
  const end = Number.isInteger(top) && top > 0 ? start + top : items.length
  const value = items.slice(start, end)
  if (end >= items.length) return { status: 200, body: { value } }
  const filter = request.query('$filter')
  const query = new URLSearchParams({
    'api-version': request.apiVersion,
    ...(filter ? { $filter: filter } : {}),
    $top: String(top),
    $skiptoken: Buffer.from(String(end)).toString('base64url'),
  })
  return { status: 200, body: { value, nextLink: `${request.origin}${request.path}?${query.toString()}` } }
}

function readToken(token: string | undefined) {
  const start = Number(Buffer.from(token ?? '', 'base64url').toString())
  return Number.isInteger(start) ? start : 0
}
