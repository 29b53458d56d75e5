import { posix } from 'node:path'

/**
 * The path of an article's image from the working directory. Sources count from the folder of the file that holds them;
 * undefined for addresses and for paths of the site (`/azure/...`, `~/...`), which stand in no folder that is known here.
 */
export function imagePath(source: string, file: string): string | undefined {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/|~|#)/i.test(source) || source === '') return undefined
  const [path = ''] = source.split(/[?#]/)
  return posix.normalize(posix.join(posix.dirname(file), decoded(path)))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
