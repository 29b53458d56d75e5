import type { Resource } from './estate.ts'
import { preconditionFailed, preconditionNotMet } from './failures.ts'
import type { ArmRequest } from './request.ts'

/**
 * Throws PreconditionFailed when a write asks for a version of the resource that isn't there (`If-Match`), or for none and
 * there is one (`If-None-Match: *`). Weak and strong tags of the same text are the same (RFC 9110, 13.1).
 */
export function checkConditions({ header }: Pick<ArmRequest, 'header'>, resource: Resource | undefined): void {
  const match = header('if-match')
  if (
    match !== undefined &&
    !(resource && (match.trim() === '*' || tagsIn(match).includes(tagsIn(resource.etag)[0] ?? '')))
  )
    throw preconditionFailed(match)
  if (header('if-none-match')?.trim() === '*' && resource) throw preconditionNotMet(resource.id)
}

/** > W/"datetime'2026-01-01T00%3A00%3A00.000Z'", "other" */
function tagsIn(list: string): string[] {
  return [...list.matchAll(/"([^"]*)"/g)].map(([, tag = '']) => tag)
}
