import { posix } from 'node:path'

/**
 * The file that an image or a link names, as a path like the article's; undefined for addresses on the web and paths of
 * the published site. `~/` begins at the documentation's folder, as on Learn (portal-facts.md §16).
 */
export function localTarget(target: string, from: string, docsRoot: string): string | undefined {
  const bare = decode(target.split(/[?#]/, 1)[0] ?? '').trim()
  if (bare === '' || bare.startsWith('/') || bare.startsWith('\\') || /^[a-z][a-z0-9+.-]*:/i.test(bare))
    return undefined
  const slashes = bare.replaceAll('\\', '/')
  return slashes.startsWith('~/') ? posix.join(docsRoot, slashes.slice(2)) : posix.join(posix.dirname(from), slashes)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
