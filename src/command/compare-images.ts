import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { captureFolder, focusIn, type Focus } from '../execution/captures.ts'
import { imagePath } from '../report/image-path.ts'
import type { ArticleResult, RunResult, StepResult } from '../result/result.ts'
import { mayRead } from './report-images.ts'
import {
  cropPicture,
  decodePicture,
  differenceOf,
  encodePicture,
  findPicture,
  isDark,
  pictureFormats,
  scalePicture,
  windowOf,
  type Box,
  type Pixels,
} from '../execution/picture.ts'

type Image = NonNullable<StepResult['images']>[number]
type Comparison = NonNullable<Image['comparison']>

export interface CompareOrders {
  output: string
  cwd: string
  /** Whether stale and missing images are written anew. */
  refresh: boolean
}

/**
 * Compares every image of an article's steps with what was on screen in its step. What the run kept for that is removed:
 * it has served.
 */
export function compareImages(run: RunResult, orders: CompareOrders): RunResult {
  const articles = run.articles.map(article => ({
    ...article,
    steps: article.steps.map(step => compareStep(step, article, run, orders)),
  }))
  rmSync(join(orders.output, 'captures'), { recursive: true, force: true })
  return { ...run, articles }
}

/** A picture of the portal in a step, and the element that was used then. */
interface Screen {
  pixels: Pixels
  dark: boolean
  focus: Focus | undefined
}

function compareStep(step: StepResult, article: ArticleResult, run: RunResult, orders: CompareOrders): StepResult {
  if (!step.images) return step
  const shown = step.status === 'passed' || step.status === 'drifted'
  const screens = shown ? screensOf(join(orders.output, captureFolder(article.id, step.id))) : []
  return {
    ...step,
    images: step.images.map(image => {
      const comparison = compare(image, screens, run, orders)
      return comparison ? { ...image, comparison } : image
    }),
  }
}

function compare(
  image: Image,
  screens: Screen[],
  run: RunResult,
  { cwd, refresh }: CompareOrders,
): Comparison | undefined {
  const path = imagePath(image.source, image.place.path)
  const extension = extname(image.source).toLowerCase()
  if (path === undefined) return { status: 'not-compared', reason: 'It is no file of the repository.' }
  const file = resolve(cwd, path)
  if (!mayRead(file, run, cwd)) return { status: 'not-compared', reason: 'It lies outside of the repository.' }
  const exists = existsSync(file)
  if (!exists && (!refresh || screens.length === 0)) return { status: 'missing' }
  if (screens.length === 0) return undefined
  if (!pictureFormats.includes(extension))
    return { status: 'not-compared', reason: `Pictures of the format ${extension.slice(1)} are not compared.` }
  if (!exists) {
    const screen = screens.findLast(({ dark }) => !dark) ?? screens.at(-1)
    if (!screen) return { status: 'missing' }
    write(file, screen.pixels, extension)
    return { status: 'refreshed' }
  }
  return compareFile(file, extension, screens, refresh)
}

/**
 * Measured on the sandbox: the same page, cut and made smaller, differs in 0; another page in 0.4 and more. Names that are a
 * run's own, and frames that authors draw, stay below.
 */
const tolerated = 0.2

/** Below this a picture is not found on a screen: it shows something else. */
const leastFit = 0.6

function compareFile(file: string, extension: string, screens: Screen[], refresh: boolean): Comparison {
  let picture: Pixels
  try {
    picture = decodePicture(readFileSync(file), extension)
  } catch {
    return { status: 'not-compared', reason: 'It can’t be read as a picture.' }
  }
  const dark = isDark(picture)
  const alike = screens.filter(screen => screen.dark === dark)
  const best = bestMatch(picture, alike)
  if (!best)
    return {
      status: 'not-compared',
      reason: dark
        ? 'It shows the portal in a dark theme, and the run saw a light one: the portal’s theme must be Auto.'
        : 'It shows the portal in a light theme, and the run saw a dark one: the portal’s theme must be Auto.',
    }
  const difference = Math.round(best.difference * 1000) / 1000
  if (best.found && difference <= tolerated) return { status: 'current', difference }
  if (!refresh) return { status: 'stale', difference }
  write(file, scalePicture(cropPicture(best.screen, best.box), picture.width, picture.height), extension)
  return { status: 'refreshed', difference }
}

interface Match {
  screen: Pixels
  box: Box
  found: boolean
  difference: number
}

/** To look for a picture takes half a second a screen: the first one where it is ends that, from the latest on. */
function bestMatch(picture: Pixels, screens: Screen[]): Match | undefined {
  const matches: Match[] = []
  for (const screen of screens.toReversed()) {
    const match = matchWhole(picture, screen) ?? matchPart(picture, screen)
    if (match.found && match.difference <= tolerated) return match
    matches.push(match)
  }
  return matches.toSorted((a, b) => a.difference - b.difference)[0]
}

/** The whole of a screen, where a picture shows just that. */
function matchWhole(picture: Pixels, { pixels: screen }: Screen): Match | undefined {
  const box = { x: 0, y: 0, width: screen.width, height: screen.height }
  if (Math.abs((picture.width * screen.height) / (picture.height * screen.width) - 1) > 0.01) return undefined
  const difference = differenceOf(picture, screen, box)
  return difference <= tolerated ? { screen, box, found: true, difference } : undefined
}

/** The part of a screen that a picture shows, or else one of its shape. */
function matchPart(picture: Pixels, { pixels: screen, focus }: Screen): Match {
  const { box, fit } = findPicture(picture, screen)
  const found = fit >= leastFit
  const part = found ? box : windowOf(picture, screen, focus)
  return { screen, box: part, found, difference: differenceOf(picture, screen, part) }
}

function screensOf(folder: string): Screen[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).sort((a, b) => parseInt(a, 10) - parseInt(b, 10))
  return names.map(name => {
    const pixels = decodePicture(readFileSync(join(folder, name)), '.png')
    return { pixels, dark: isDark(pixels), focus: focusIn(name) }
  })
}

function write(file: string, picture: Pixels, extension: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, encodePicture(picture, extension))
}
