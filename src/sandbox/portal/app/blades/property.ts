/** The text somewhere inside of what Resource Manager answered, or undefined. */
export function textIn(value: unknown, ...path: (string | number)[]): string | undefined {
  const found = valueIn(value, ...path)
  return typeof found === 'string' ? found : undefined
}

/** The list there, or an empty one. */
export function listIn(value: unknown, ...path: (string | number)[]): unknown[] {
  const found = valueIn(value, ...path)
  return Array.isArray(found) ? found : []
}

export function valueIn(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  )
}
