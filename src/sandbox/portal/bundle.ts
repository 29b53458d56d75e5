import { existsSync, readFileSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context } from 'hono'

const mediaTypes: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** Answers `/Content/:file` from `dist/portal`, the folder that the build writes. */
export async function serveBundle(context: Context): Promise<Response> {
  const name = context.req.param('file') ?? ''
  const mediaType = mediaTypes[extname(name)]
  if (!mediaType || !/^[\w.-]+$/.test(name)) return context.notFound()
  const path = join(packageRoot(), 'dist', 'portal', name)
  const about = await stat(path).catch(() => undefined)
  if (!about) return missing(name, mediaType)
  const tag = `"${about.size.toString(36)}-${Math.floor(about.mtimeMs).toString(36)}"`
  // Only a chunk's name tells what is in it.
  const caching = /^chunk-/.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache'
  const headers = { etag: tag, 'cache-control': caching, vary: 'accept-encoding' }
  if (context.req.header('if-none-match') === tag) return context.body(null, 304, headers)
  if (!/\bgzip\b/.test(context.req.header('accept-encoding') ?? ''))
    return context.body(await readFile(path), 200, { ...headers, 'content-type': mediaType })
  const packed = compressed.get(path + tag) ?? readFile(path).then(bytes => promisify(gzip)(bytes))
  compressed.set(path + tag, packed)
  const body = Uint8Array.from(await packed)
  return context.body(body, 200, { ...headers, 'content-type': mediaType, 'content-encoding': 'gzip' })
}

/** By path and tag: to pack the bundle takes longer than to send it. */
const compressed = new Map<string, Promise<Buffer>>()

/** The sandbox runs from its sources and from one bundled file, which lie at different depths. */
function packageRoot() {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!isRoot(folder)) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('Found no package.json of @verbatim-docs/verbatim above the sandbox.')
    folder = parent
  }
  return folder
}

function isRoot(folder: string) {
  const manifest = join(folder, 'package.json')
  if (!existsSync(manifest)) return false
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === '@verbatim-docs/verbatim'
}

/** The page itself tells what to do; a script that is merely absent would leave a blank window. */
function missing(name: string, mediaType: string) {
  const message = `The sandbox's portal is not built: dist/portal/${name} is missing. Run "npm run build".`
  const body = mediaType.startsWith('text/css')
    ? `/* ${message} */`
    : `document.body.textContent = ${JSON.stringify(message)}`
  return new Response(body, { headers: { 'content-type': mediaType, 'cache-control': 'no-store' } })
}
