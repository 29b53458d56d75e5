import { createHash } from 'node:crypto'
import { invalidTemplate } from '../failures.ts'
import type { Definition } from './arguments.ts'
import { asText } from './as-text.ts'
import { formatText } from './format.ts'

/** Functions on text (Learn, `azure-resource-manager/templates/template-functions-string`). */
export const strings: Readonly<Record<string, Definition>> = {
  base64: args => Buffer.from(args.text(0), 'utf8').toString('base64'),
  base64ToString: args => Buffer.from(args.text(0), 'base64').toString('utf8'),
  endsWith: args => args.text(0).toLowerCase().endsWith(args.text(1).toLowerCase()),
  startsWith: args => args.text(0).toLowerCase().startsWith(args.text(1).toLowerCase()),
  format: args => formatText(args.text(0), args.all.slice(1)),
  guid: args => guidOf(args.all.map(asText).join('-')),
  join: args => args.list(0).map(asText).join(args.text(1)),
  newGuid: () => onlyInDefaults('newGuid'),
  utcNow: () => onlyInDefaults('utcNow'),
  padLeft(args) {
    const width = args.number(1)
    if (width > 10_000) throw invalidTemplate("The template function 'padLeft' expects a smaller width.")
    return asText(args.any(0)).padStart(width, args.has(2) ? args.text(2) : ' ')
  },
  replace: args => args.text(0).replaceAll(args.text(1), () => args.text(2)),
  split: args => {
    const separators = args.has(1) && Array.isArray(args.any(1)) ? args.list(1).map(asText) : [args.text(1)]
    return separators.reduce<string[]>(
      (parts, separator) => parts.flatMap(part => part.split(separator)),
      [args.text(0)],
    )
  },
  string: args => asText(args.any(0)),
  substring(args) {
    const [text, start] = [args.text(0), args.number(1)]
    const length = args.has(2) ? args.number(2) : text.length - start
    if (start < 0 || length < 0 || start + length > text.length)
      throw invalidTemplate(
        `The template language function 'substring' parameters are not valid: start '${start}', length '${length}' of a string of ${text.length} characters.`,
      )
    return text.slice(start, start + length)
  },
  toLower: args => args.text(0).toLowerCase(),
  toUpper: args => args.text(0).toUpperCase(),
  trim: args => args.text(0).trim(),
  uniqueString: args => letters(createHash('sha256').update(args.all.map(asText).join('-')).digest(), 13),
  uri: args => joinUri(args.text(0), args.text(1)),
  uriComponent: args => encodeURIComponent(args.text(0)),
  uriComponentToString: args => decode(args.text(0)),
}

function onlyInDefaults(name: string): never {
  throw invalidTemplate(
    `The template function '${name}' is not expected at this location. It can be used only in the default value of a parameter.`,
  )
}

function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

/** Lower-case letters and digits, as many as a name of `uniqueString` has. */
function letters(hash: Buffer, count: number): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
  return Array.from(hash.subarray(0, count), byte => alphabet[byte % alphabet.length]).join('')
}

function joinUri(base: string, relative: string): string {
  try {
    return new URL(relative, base).toString()
  } catch {
    throw invalidTemplate(`The template function 'uri' expects an absolute address, and not '${base}'.`)
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw invalidTemplate(`The template function 'uriComponentToString' can't read '${text}'.`)
  }
}
