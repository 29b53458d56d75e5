/** A range of IPv4 addresses, both ends included. */
export interface AddressRange {
  first: number
  last: number
}

/** Reads `10.0.0.0/16`; undefined for anything else, and where bits behind the prefix are set. */
export function parseRange(text: string): AddressRange | undefined {
  const [, address = '', length = ''] = /^((?:\d{1,3}\.){3}\d{1,3})\/(\d{1,2})$/.exec(text.trim()) ?? []
  const parts = address.split('.').map(Number)
  if (address === '' || parts.some(part => part > 255) || Number(length) > 32) return undefined
  const first = parts.reduce((sum, part) => sum * 256 + part, 0)
  const size = 2 ** (32 - Number(length))
  return first % size === 0 ? { first, last: first + size - 1 } : undefined
}

export const contains = (whole: AddressRange, part: AddressRange) =>
  whole.first <= part.first && part.last <= whole.last

export const overlap = (one: AddressRange, other: AddressRange | undefined) =>
  other !== undefined && one.first <= other.last && other.first <= one.last

/** How many addresses; none without a range. */
export const sizeOf = (range: AddressRange | undefined) => (range ? range.last - range.first + 1 : 0)

export const formatAddress = (address: number) =>
  [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.')

/** The first `/24` of the spaces that none of the ranges meets, if there is one. */
export function proposeRange(spaces: string[], taken: string[]): string | undefined {
  const used = taken.map(parseRange)
  for (const space of spaces.map(parseRange)) {
    for (let first = space?.first ?? 1; space && first + 255 <= space.last; first += 256) {
      const range = { first, last: first + 255 }
      if (!used.some(other => overlap(range, other))) return `${formatAddress(first)}/24`
    }
  }
  return undefined
}
