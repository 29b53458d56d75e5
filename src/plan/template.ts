/** What a placeholder stands for; undefined where nobody can tell. */
export type Lookup = (key: string) => string | undefined

/**
 * Fills the `{placeholders}` of a text. `{subscription}` and `{secret:NAME}` stay: only a run knows them.
 *
 * @returns undefined where one of them can't be told.
 */
export function fillTemplate(text: string, lookup: Lookup): string | undefined {
  let known = true
  const filled = text.replace(/\{([^{}]+)\}/g, (whole, key: string) => {
    if (isForTheRun(key)) return whole
    const value = lookup(key)
    known &&= value !== undefined
    return value ?? ''
  })
  return known ? filled : undefined
}

/** Fills every text in plain data; what can't be told is left out. */
export function fillData(data: unknown, lookup: Lookup): unknown {
  if (typeof data === 'string') return fillTemplate(data, lookup)
  if (Array.isArray(data)) return data.map(each => fillData(each, lookup)).filter(each => each !== undefined)
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) => {
      const filled = fillData(value, lookup)
      return filled === undefined ? [] : [[key, filled]]
    }),
  )
}

/** Puts in what only a run knows. */
export function fillForRun(data: unknown, run: { subscription: string; secrets: Record<string, string> }): unknown {
  if (typeof data === 'string')
    return data.replace(/\{(subscription|secret:([^{}]+))\}/g, (_whole, _key: string, secret?: string) =>
      secret === undefined ? run.subscription : (run.secrets[secret] ?? ''),
    )
  if (Array.isArray(data)) return data.map(each => fillForRun(each, run))
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, fillForRun(value, run)]))
}

/** The keys of a path: `properties.subnets.0.name`. A dot that belongs to a key is written `\.`. */
export function keysOf(path: string): string[] {
  return path.split(/(?<!\\)\./).map(key => key.replaceAll('\\.', '.'))
}

/** Puts a value where a path says, making what lies between; null takes away what is there. */
export function putAt(body: Record<string, unknown>, path: string, value: unknown): void {
  const keys = keysOf(path)
  const last = keys.pop() ?? ''
  let at = body
  for (const [index, key] of keys.entries()) {
    const next = keys[index + 1] ?? last
    if (at[key] === undefined && value === null) return
    at[key] ??= /^\d+$/.test(next) ? [] : {}
    at = at[key] as Record<string, unknown>
  }
  if (value === null) delete at[last]
  else at[last] = value
}

function isForTheRun(key: string): boolean {
  return key === 'subscription' || key.startsWith('secret:')
}
