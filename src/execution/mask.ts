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

/** JSON Web Tokens: three parts of base64url, the first two JSON objects. */
const token = /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?/g

function formsOf(secret: string): string[] {
  const encoded = Buffer.from(secret).toString('base64')
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    encodeURIComponent(secret).replaceAll('%20', '+'),
    encoded.replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
  ].filter(form => form.length >= 4)
}
