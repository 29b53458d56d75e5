import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import * as z from 'zod'

/** What of a Playwright storage state tells who is signed in, and until when. `expires` in seconds since 1970, or -1. */
const StorageState = z.looseObject({
  cookies: z.array(z.looseObject({ name: z.string(), value: z.string(), domain: z.string(), expires: z.number() })),
})

/** A stored session: when it was stored, and until when it holds. Milliseconds since 1970. */
export interface PortalSession {
  storedAt: number
  /** Undefined where no cookie says so: the session then ends when the directory's policy ends it. */
  expires: number | undefined
}

/** What became of a stored session's file. */
export type StoredSession =
  ({ status: 'present' | 'expired' } & PortalSession) | { status: 'missing' } | { status: 'unreadable'; why: string }

/**
 * Where `verbatim login` keeps the session of a cloud: `$XDG_CONFIG_HOME/verbatim/sessions/`, by default below `~/.config`;
 * one file for each portal and tenant.
 */
export function sessionFile(
  { name, portal, tenant }: { name: string; portal: string; tenant?: string | undefined },
  env: Readonly<Record<string, string | undefined>>,
): string {
  const { XDG_CONFIG_HOME: config } = env
  const base = config && isAbsolute(config) ? config : join(env['HOME'] ?? homedir(), '.config')
  const place = createHash('sha256')
    .update(`${new URL(portal).origin} ${tenant ?? ''}`)
    .digest('hex')
    .slice(0, 12)
  return join(base, 'verbatim', 'sessions', `${name.replace(/[^\w.-]+/g, '-')}-${place}.json`)
}

/**
 * What a stored session's cookies say of it. Entra signs in by ESTSAUTHPERSISTENT (after "Stay signed in?" Yes), else by
 * ESTSAUTH, which has no end of its own (`portal-facts.md` §9).
 */
export function readSession(path: string, entra: string, now = Date.now()): StoredSession {
  if (!existsSync(path)) return { status: 'missing' }
  const cookies = cookiesOf(path)
  if (typeof cookies === 'string') return { status: 'unreadable', why: cookies }
  const { hostname } = new URL(entra)
  const own = cookies.filter(({ domain }) => hostname === domain.replace(/^\./, '') || hostname.endsWith(domain))
  const kept = own.filter(({ name }) => /^ESTSAUTH/.test(name))
  if (kept.length === 0) return { status: 'unreadable', why: 'it holds no cookie of somebody who has signed in' }
  const ends = kept.filter(({ expires }) => expires > 0).map(({ expires }) => expires * 1000)
  const session = { storedAt: statSync(path).mtimeMs, expires: ends.length > 0 ? Math.max(...ends) : undefined }
  const over = session.expires !== undefined && session.expires <= now && kept.every(({ expires }) => expires > 0)
  return { status: over ? 'expired' : 'present', ...session }
}

/** Cookies whose values sign somebody in; short ones are settings. None where there is no such file. */
export function secretsOfSession(path: string): string[] {
  const cookies = existsSync(path) ? cookiesOf(path) : []
  return typeof cookies === 'string' ? [] : cookies.map(({ value }) => value).filter(value => value.length >= 16)
}

function cookiesOf(path: string): z.infer<typeof StorageState>['cookies'] | string {
  try {
    const read = StorageState.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return read.success ? read.data.cookies : 'it is not a storage state of Playwright'
  } catch (error) {
    return error instanceof SyntaxError ? 'it is not JSON' : error instanceof Error ? error.message : String(error)
  }
}
