/** What stands where a secret stood. */
export const masked = '***'

/**
 * A function that takes secrets out of any text: as they are, as they look in JSON, in an address, in base64; and
 * whatever looks like a token.
 */
export function maskWith(secrets: Iterable<string>): (text: string) => string {
  const forms = [...secrets].filter(secret => secret.length >= 4).flatMap(formsOf)
  const known = [...new Set(forms)].sort((a, b) => b.length - a.length)
  return text => known.reduce((masking, form) => masking.replaceAll(form, masked), text).replace(token, masked)
}

/** A copy of plain data with every text in it masked; keys, numbers and the rest stay as they are. */
export function maskedCopy<Data>(data: Data, mask: (text: string) => string): Data {
  if (typeof data === 'string') return mask(data) as Data
  if (Array.isArray(data)) return data.map(each => maskedCopy<unknown>(each, mask)) as Data
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, maskedCopy<unknown>(value, mask)])) as Data
}

/** JSON Web Tokens: three parts of base64url, the first two JSON objects. */
const token = /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?/g

function formsOf(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1)
  const inAddress = encodeURIComponent(secret)
  return [
    secret,
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    inAddress,
    inAddress.replaceAll('%20', '+'),
    // Forms escape more than addresses do: `!` is `%21`.
    new URLSearchParams([['', secret]]).toString().slice(1),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
  ].filter(form => form.length >= 4)
}
