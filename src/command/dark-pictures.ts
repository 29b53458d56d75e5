import { existsSync, readFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { decodePicture, isDark, pictureFormats } from '../execution/picture.ts'
import type { Plan } from '../plan/plan.ts'
import { imagePath } from '../report/image-path.ts'
import type { RunResult } from '../result/result.ts'
import { mayRead } from './report-images.ts'

/** Marks the steps of a plan whose own pictures show a dark theme: there the screen is looked at in that theme too. */
export function markDarkPictures(plan: Plan, run: RunResult, cwd: string): Plan {
  if (plan.surface !== 'portal') return plan
  const shown = ({ source, place }: Plan['steps'][number]['images'][number]) => {
    const path = imagePath(source, place.path)
    return path !== undefined && isDarkFile(resolve(cwd, path), run, cwd)
  }
  return { ...plan, steps: plan.steps.map(step => (step.images.some(shown) ? { ...step, dark: true } : step)) }
}

function isDarkFile(file: string, run: RunResult, cwd: string): boolean {
  const extension = extname(file).toLowerCase()
  if (!pictureFormats.includes(extension) || !mayRead(file, run, cwd) || !existsSync(file)) return false
  try {
    return isDark(decodePicture(readFileSync(file), extension))
  } catch {
    // Whoever compares it says that it is no picture.
    return false
  }
}
