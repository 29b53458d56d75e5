import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isUtf8 } from 'node:buffer'

/**
 * Takes secrets out of a Playwright trace, in place: typed passwords, cookies, tokens in headers and bodies. A trace that
 * can't be rewritten is not kept.
 *
 * @returns whether the trace is still there.
 */
export async function maskTrace(path: string, mask: (text: string) => string): Promise<boolean> {
  try {
    const { unzipSync, zipSync } = await import('fflate')
    const entries = Object.entries(unzipSync(readFileSync(path)))
    const masked = entries.map(([name, bytes]) => [
      mask(name),
      isUtf8(bytes) ? Buffer.from(maskHeaders(mask(Buffer.from(bytes).toString('utf8')))) : bytes,
    ])
    writeFileSync(path, zipSync(Object.fromEntries(masked) as Record<string, Uint8Array>, { level: 6 }))
    return true
  } catch {
    rmSync(path, { force: true })
    return false
  }
}

/** Takes secrets out of the texts that Playwright writes beside its traces: what was on the page when a test failed. */
export function maskTexts(folder: string, mask: (text: string) => string): void {
  if (!existsSync(folder)) return
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    /\.(?:md|txt|json)$/.test(name),
  )
  for (const path of files.map(name => join(folder, name))) writeFileSync(path, mask(readFileSync(path, 'utf8')))
}

/** Cookies sign somebody in as well as a password does. In the network log they stand as name and value. */
function maskHeaders(text: string): string {
  return text
    .replace(/("name":"(?:cookie|set-cookie|authorization)","value":")(?:[^"\\]|\\.)*"/gi, '$1***"')
    .replace(/("(?:cookie|set-cookie|authorization)":")(?:[^"\\]|\\.)*"/gi, '$1***"')
    .replace(/("name":"(?:ESTSAUTH\w*|[\w.-]*session[\w.-]*)","value":")(?:[^"\\]|\\.)*"/gi, '$1***"')
}
