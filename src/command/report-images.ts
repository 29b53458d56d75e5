import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { imagePath } from '../report/image-path.ts'
import type { Sources } from '../report/sources.ts'
import type { RunResult } from '../result/result.ts'
import { lighterPicture, pictureFormats } from '../execution/picture.ts'
import { repositoryTop } from './repository.ts'

/** Larger ones stay where they are: they take long to read. Bytes. */
const largest = 20_000_000
/** What is heavier is made lighter, for a hundred articles with pictures must not weigh more than 60 MB. Bytes. */
const heavy = 60_000
/** What can't be made lighter, like an animation, stays where it is from this size. Bytes. */
const heaviest = 1_000_000

const extensions = new Set(['.png', '.jpg', '.jpeg', '.gif', '.svg', '.webp'])

/**
 * Copies the images that a run's articles show into its output folder, as `images/<sha256>.<extension>` and made lighter
 * where they are heavy, so that the pages can be opened anywhere. An article is untrusted: only pictures inside its repository (or else its folder) are taken.
 *
 * @returns path from the working directory -> the copy.
 */
export function keepImages(
  run: RunResult,
  { output, cwd, sources }: { output: string; cwd: string; sources: Sources },
): Record<string, string> {
  const kept: Record<string, string> = { ...run.images }
  const roots = rootsOf(run, cwd)
  for (const path of imagesOf(run, sources)) {
    const copy = kept[path] === undefined ? copyImage(resolve(cwd, path), { output, roots }) : undefined
    if (copy !== undefined) kept[path] = copy
  }
  return kept
}

/** The paths, from the working directory, of all images that articles and includes of a run show. */
export function imagesOf(run: Pick<RunResult, 'sources'>, sources: Sources): string[] {
  const paths = Object.entries(run.sources).flatMap(([file, hash]) =>
    imageSources(sources(hash) ?? '').flatMap(source => imagePath(source, file) ?? []),
  )
  return [...new Set(paths)]
}

// > | :::image type="content" source="media/create.png" alt-text="The page.":::
// > | ![The page.](media/create.png)
function imageSources(text: string): string[] {
  const learn = [...text.matchAll(/:::\s*image\b[^\n]*?\bsource\s*=\s*"([^"]+)"/gi)]
  const plain = [...text.matchAll(/!\[[^\]\n]*\]\(\s*<?([^)>\s]+)/g)]
  const html = [...text.matchAll(/<img\b[^>]*?\bsrc\s*=\s*"([^"]+)"/gi)]
  return [...learn, ...plain, ...html].flatMap(([, source]) => source ?? [])
}

function copyImage(file: string, { output, roots }: { output: string; roots: readonly string[] }): string | undefined {
  const extension = extname(file).toLowerCase()
  if (!extensions.has(extension) || !existsSync(file) || !roots.some(root => isInside(root, realpathSync(file))))
    return undefined
  if (!statSync(file).isFile() || statSync(file).size > largest) return undefined
  const bytes = readFileSync(file)
  const hash = createHash('sha256').update(bytes).digest('hex')
  const copies = [`images/${hash}.jpg`, `images/${hash}${extension}`]
  const made = copies.find(copy => existsSync(join(output, copy)))
  if (made !== undefined) return made
  const lighter = bytes.length > heavy && pictureFormats.includes(extension) ? lighterOf(bytes, extension) : undefined
  if (!lighter && bytes.length > heaviest) return undefined
  const copy = `images/${hash}${lighter ? '.jpg' : extension}`
  mkdirSync(join(output, 'images'), { recursive: true })
  writeFileSync(join(output, copy), lighter ?? bytes)
  return copy
}

/** Undefined for what can't be read, and for what gets no lighter. */
function lighterOf(bytes: Buffer, extension: string): Buffer | undefined {
  try {
    const lighter = lighterPicture(bytes, extension)
    return lighter.length < bytes.length ? lighter : undefined
  } catch {
    return undefined
  }
}

/** The repositories (or else the folders) of a run's articles, after links in the file system were followed. */
function rootsOf(run: RunResult, cwd: string): string[] {
  const folders = new Set(run.articles.map(article => dirname(resolve(cwd, article.path))))
  return [...new Set([...folders].filter(existsSync).map(folder => realpathSync(repositoryTop(folder) ?? folder)))]
}

/** Whether an article of the run may speak of a file, be it there or not. */
export function mayRead(file: string, run: RunResult, cwd: string): boolean {
  let there = file
  while (!existsSync(there)) there = dirname(there)
  return rootsOf(run, cwd).some(root => isInside(root, realpathSync(there)) || root === realpathSync(there))
}

function isInside(root: string, file: string): boolean {
  const from = relative(root, file)
  return from !== '' && from.split(sep)[0] !== '..' && !isAbsolute(from)
}
