import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto'

/** Fields of a certificate (RFC 5280 §4.1) that the sandbox has a say in. */
export interface CertificateFields {
  /** Common names: `localhost`. */
  subject: string
  issuer: string
  publicKey: KeyObject
  /** EC P-256 or RSA. */
  signingKey: KeyObject
  notBefore: Date
  notAfter: Date
  extensions: readonly Extension[]
}

/** From the day before, as clocks differ, to thirty days after. */
export function validFrom(now: Date): Pick<CertificateFields, 'notBefore' | 'notAfter'> {
  const day = 24 * 60 * 60 * 1000
  return { notBefore: new Date(now.getTime() - day), notAfter: new Date(now.getTime() + 30 * day) }
}

/** One extension, encoded. */
export type Extension = Buffer

/**
 * A signed X.509 certificate as PEM. The library that was used for this was half of what the sandbox loaded at its start; what
 * is needed of the standard is this page.
 */
export function makeCertificate(fields: CertificateFields): string {
  const algorithm = fields.signingKey.asymmetricKeyType === 'rsa' ? rsaWithSha256 : ecdsaWithSha256
  const unsigned = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(serialNumber()),
    algorithm,
    nameOf(fields.issuer),
    sequence(time(fields.notBefore), time(fields.notAfter)),
    nameOf(fields.subject),
    fields.publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...fields.extensions)),
  )
  const signature = sign('sha256', unsigned, fields.signingKey)
  const whole = sequence(unsigned, algorithm, bits(signature)).toString('base64')
  return `-----BEGIN CERTIFICATE-----\n${whole.replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`
}

/** RFC 5280 §4.2.1.9: of an authority that signs no other one, or of no authority. */
export const basicConstraints = (isAuthority: boolean): Extension =>
  extension('2.5.29.19', isAuthority ? sequence(yes, integer(Buffer.from([0]))) : sequence(), { critical: true })

/** RFC 5280 §4.2.1.3. */
export const keyUsage = (...usages: (keyof typeof keyUsages)[]): Extension => {
  const set = usages.reduce((all, usage) => all | (0x80 >> keyUsages[usage]), 0)
  const unused = 7 - Math.max(...usages.map(usage => keyUsages[usage]))
  return extension('2.5.29.15', der(0x03, Buffer.from([unused, set])), { critical: true })
}

const keyUsages = { digitalSignature: 0, keyCertSign: 5, cRLSign: 6 }

/** RFC 5280 §4.2.1.12. */
export const extendedKeyUsage = (usage: 'serverAuth' | 'clientAuth'): Extension =>
  extension('2.5.29.37', sequence(identifier(`1.3.6.1.5.5.7.3.${usage === 'serverAuth' ? 1 : 2}`)))

/** RFC 5280 §4.2.1.6: names, and addresses as their bytes. */
export const alternativeNames = (names: readonly string[], addresses: readonly Buffer[]): Extension =>
  extension(
    '2.5.29.17',
    sequence(...names.map(name => der(0x82, Buffer.from(name))), ...addresses.map(bytes => der(0x87, bytes))),
  )

/** RFC 5280 §4.2.1.2. */
export const subjectKeyIdentifier = (key: KeyObject): Extension => extension('2.5.29.14', der(0x04, keyIdentifier(key)))

/** RFC 5280 §4.2.1.1. */
export const authorityKeyIdentifier = (key: KeyObject): Extension =>
  extension('2.5.29.35', sequence(der(0x80, keyIdentifier(key))))

function extension(name: string, value: Buffer, { critical = false } = {}): Extension {
  return sequence(identifier(name), ...(critical ? [yes] : []), der(0x04, value))
}

/** The first of RFC 5280's two ways: SHA-1 of the key's bits, which are all that follows its algorithm. */
function keyIdentifier(key: KeyObject): Buffer {
  const info = key.export({ type: 'spki', format: 'der' })
  const { content } = read(info)
  const algorithm = read(content)
  const bitString = read(content.subarray(algorithm.length))
  return createHash('sha1').update(bitString.content.subarray(1)).digest()
}

/** One value in DER: its content, and how many bytes it takes with its header. */
function read(bytes: Buffer): { content: Buffer; length: number } {
  const first = bytes[1] ?? 0
  const more = first < 0x80 ? 0 : first & 0x7f
  const size = more === 0 ? first : bytes.readUIntBE(2, more)
  return { content: bytes.subarray(2 + more, 2 + more + size), length: 2 + more + size }
}

/** Positive, as X.509 wants it: the first bit is zero, and the first byte isn't. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x01
  return bytes
}

const nameOf = (common: string) => sequence(der(0x31, sequence(identifier('2.5.4.3'), der(0x0c, Buffer.from(common)))))

/** Years before 2050 have two digits (RFC 5280 §4.1.2.5). */
function time(date: Date): Buffer {
  const digits = `${date.toISOString().replaceAll(/[-:T]|\..*/g, '')}Z`
  return date.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits))
}

/** > 2.5.29.15 */
function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second, ...rest].flatMap(number => {
    const groups = [number & 0x7f]
    for (let left = number >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80)
    return groups
  })
  return der(0x06, Buffer.from(bytes))
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts)
const explicit = (tag: number, part: Buffer) => der(0xa0 | tag, part)
const integer = (bytes: Buffer) => der(0x02, bytes)
const bits = (bytes: Buffer) => der(0x03, Buffer.from([0]), bytes)
const yes = der(0x01, Buffer.from([0xff]))
const ecdsaWithSha256 = sequence(identifier('1.2.840.10045.4.3.2'))
const rsaWithSha256 = sequence(identifier('1.2.840.113549.1.1.11'), der(0x05))

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const size = content.length.toString(16)
  const long = Buffer.from(size.length % 2 === 0 ? size : `0${size}`, 'hex')
  const header = content.length < 0x80 ? [tag, content.length] : [tag, 0x80 | long.length, ...long]
  return Buffer.concat([Buffer.from(header), content])
}
