import { duplicateTag, invalidTagCharacters, invalidTagName, invalidTagValue, tooManyTags } from './failures.ts'

/** JSON as it comes from a client and goes back to one. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/** Whoever sent a request, as its token says. */
export interface Principal {
  /** The application id, or the person's user name: what AuthorizationFailed calls the client. */
  client: string
  objectId: string
}

/** A request that has passed the front door. */
export interface ArmRequest {
  method: string
  /** Scheme, host and port that the client used. */
  origin: string
  /** Without empty segments and trailing slash, in the client's case. */
  path: string
  parameters: Readonly<Record<string, string>>
  /** A query value by name in any case; `$filter` also matches when it came as `%24filter`. */
  query(name: string): string | undefined
  /** By name in any case. */
  header(name: string): string | undefined
  apiVersion: string
  body: JsonObject
  principal: Principal
  correlationId: string
}

export interface ArmAnswer {
  status: number
  body?: Json
  headers?: Record<string, string>
}

/** The object under a key, or an empty one. */
export function objectAt(body: JsonObject, key: string): JsonObject {
  const value = body[key]
  return isObject(value) ? value : {}
}

/** The text under a key, or nothing. */
export function textAt(body: JsonObject, key: string): string | undefined {
  const value = body[key]
  return typeof value === 'string' ? value : undefined
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Tags with every value as text; nothing when the body has none. Throws an ArmFailure for tags that Azure refuses. */
export function readTags(body: JsonObject): Record<string, string> | undefined {
  const tags = body['tags']
  if (!isObject(tags)) return undefined
  const read = Object.entries(tags).map(([name, value]) => [name, String(value ?? '')] as const)
  checkTags(read)
  return Object.fromEntries(read)
}

/** The limits are Learn's ("Use tags to organize your Azure resources"). */
function checkTags(tags: readonly (readonly [name: string, value: string])[]) {
  if (tags.length > 50) throw tooManyTags(tags.length)
  const names = new Set<string>()
  for (const [name, value] of tags) {
    if (/[<>%&\\?/]/.test(name)) throw invalidTagCharacters(name)
    if (name === '' || name.length > 512) throw invalidTagName(name)
    if (value.length > 256) throw invalidTagValue(name)
    if (names.has(name.toLowerCase())) throw duplicateTag(name)
    names.add(name.toLowerCase())
  }
}

/** The value of a tag. Names of tags are the same in any case, their values aren't. */
export function tagOf(tags: Record<string, string> | undefined, name: string): string | undefined {
  const wanted = name.toLowerCase()
  return Object.entries(tags ?? {}).find(([own]) => own.toLowerCase() === wanted)?.[1]
}
