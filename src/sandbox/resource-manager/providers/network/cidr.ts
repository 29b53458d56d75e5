/** A range of IPv4 addresses. */
export interface Range {
  first: number
  last: number
}

/** Reads `10.0.0.0/16`. Undefined for what is no range, also for one that doesn't begin at its own first address. */
export function readRange(text: string): Range | undefined {
  const [, a, b, c, d, bits] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text) ?? []
  const octets = [a, b, c, d].map(Number)
  const size = Number(bits)
  if (bits === undefined || size > 32 || octets.some(octet => octet > 255)) return undefined
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0)
  const count = 2 ** (32 - size)
  return first % count === 0 ? { first, last: first + count - 1 } : undefined
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last
}

export function overlap(one: Range, other: Range): boolean {
  return one.first <= other.last && other.first <= one.last
}

/** The address at an offset: `10.0.0.4`. */
export function addressAt({ first }: Range, offset: number): string {
  const address = first + offset
  return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.')
}
