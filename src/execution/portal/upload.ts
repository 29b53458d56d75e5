import { setTimeout as sleep } from 'node:timers/promises'
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, resolve, sep } from 'node:path'
import type { FileChooser, Locator } from '@playwright/test'
import type { PlannedAction } from '../../plan/plan.ts'
import type { Remark } from '../../result/result.ts'
import { StepFailure } from '../step-failure.ts'
import { passed, type Outcome } from '../surface.ts'
import { findOne, use, type Driver } from './driver.ts'
import { findControl, findField, type Finding } from './find.ts'
import { takeScreen, type Screen } from './screen.ts'

/** What buttons say that open the chooser of files. */
const openers =
  /^(?:browse|upload|load|choose|select|add|open|attach)\b.*\b(?:files?|template|image|photo|document)\b|^(?:browse(?: for)?|upload|choose files?)/i

/**
 * Hands a file over: one that lies beside the article, or a small one of that name, which is told. It goes into the chooser
 * that an earlier action has opened, else into the page's only field for files, else into what a button opens.
 *
 * @throws StepFailure `upload-not-found`, `upload-ambiguous`, `no-effect` where the page doesn't hold the file then.
 */
export async function upload({ action, said }: PlannedAction, driver: Driver): Promise<Outcome> {
  const target = action.target ?? ''
  const file = fileFor(driver, target)
  const remarks: Remark[] = file.generated
    ? [
        {
          rule: 'file-generated',
          message: `There is no file “${file.name}” beside the article: a small one of that name was uploaded.`,
        },
      ]
    : []
  const { fileChooser } = driver
  driver.fileChooser = undefined
  const input = fileChooser ? undefined : await onlyInput(driver, action.where)
  if (fileChooser) await fileChooser.setFiles(file.path)
  else if (input) await input.setInputFiles(file.path)
  else await (await openChooser(driver, { action, said })).setFiles(file.path)
  if (!(await isHeld(driver, file.name, input)))
    throw new StepFailure(
      {
        rule: 'no-effect',
        message: `The page does not hold the file “${file.name}” after it was chosen.`,
        remedy: 'Look at the screenshot: the page may accept other kinds of files only.',
        place: said.place,
      },
      { verdict: 'product' },
    )
  return passed(`${file.name} was handed over`, remarks)
}

interface File {
  name: string
  path: string
  generated: boolean
}

/** An article is untrusted: its files are those in its own folder and below, wherever links may lead. */
function fileFor({ surroundings: { plan, output } }: Driver, target: string): File {
  const [named] = /[^\s"'“”]+\.[A-Za-z0-9]{1,8}\b/.exec(target) ?? []
  const name = basename(named ?? 'sample.txt')
  const folder = dirname(resolve(plan.article.path))
  const path = named === undefined ? undefined : resolve(folder, named)
  if (path !== undefined && existsSync(path) && realpathSync(path).startsWith(`${realpathSync(folder)}${sep}`))
    return { name, path, generated: false }
  const generated = join(output, 'uploads', plan.id, name)
  mkdirSync(dirname(generated), { recursive: true })
  writeFileSync(generated, contents[extname(name).toLowerCase()] ?? 'A sample file.\n')
  return { name, path: generated, generated: true }
}

/** The smallest thing that is a file of that kind. */
const contents: Record<string, string> = {
  '.json': '{}\n',
  '.yaml': '{}\n',
  '.yml': '{}\n',
  '.csv': 'name,value\nsample,1\n',
  '.xml': '<sample/>\n',
  '.html': '<!doctype html><title>Sample</title>\n',
}

/** Fields for files are often hidden behind a button. */
async function onlyInput({ page }: Driver, where: readonly string[]): Promise<Locator | undefined> {
  const screen = await takeScreen(page)
  const inWindow = new Set(
    screen.nodes.filter(node => node.role === 'iframe').length > 0 ? page.frames() : [page.mainFrame()],
  )
  const found: Locator[] = []
  for (const frame of inWindow) {
    const inputs = frame.locator('input[type=file]:not([disabled])')
    for (const input of await inputs.all().catch(() => [])) found.push(input)
  }
  const visible: Locator[] = []
  for (const input of found) if (await input.isVisible().catch(() => false)) visible.push(input)
  if (found.length === 1) return found[0]
  if (visible.length === 1) return visible[0]
  const innermost = where.at(-1)
  const [field, ...others] =
    innermost === undefined ? [] : findControl(screen, { label: innermost, where: where.slice(0, -1) }).best
  return field && others.length === 0 && field.node.ref !== undefined && found.length > 0
    ? page.locator(`aria-ref=${field.node.ref}`)
    : undefined
}

async function openChooser(
  driver: Driver,
  { action, said }: Pick<PlannedAction, 'action' | 'said'>,
): Promise<FileChooser> {
  const { where } = action
  const find = (screen: Screen): Finding => {
    const labels = screen.nodes.filter(node => node.role === 'button' && openers.test(node.name)).map(node => node.name)
    const [only, ...others] = [...new Set(labels)]
    if (only !== undefined && others.length === 0) return findControl(screen, { label: only, where })
    const best = labels.flatMap(label => findControl(screen, { label, where }).best)
    return best.length > 0 ? { best, near: labels } : findField(screen, { label: action.target ?? '', where })
  }
  const { node } = await findOne(driver, find, { what: 'upload', said: action.target ?? 'file', place: said.place })
  driver.lastBox = node.box
  await driver.beforeUse?.()
  const coming = driver.page.waitForEvent('filechooser', { timeout: driver.surroundings.plan.limits.action })
  coming.catch(() => undefined)
  await use(driver, node, (locator, timeout) => locator.click({ timeout }))
  return coming
}

/** The field holds it, or the page says its name; a page may take it over at once and empty the field. */
async function isHeld(driver: Driver, name: string, input: Locator | undefined): Promise<boolean> {
  for (const deadline = Date.now() + 5_000; ;) {
    const { nodes } = await takeScreen(driver.page)
    if (nodes.some(node => node.name.includes(name) || node.text.includes(name))) return true
    const held = await input
      ?.evaluate(element => element instanceof HTMLInputElement && (element.files?.length ?? 0) > 0, undefined, {
        timeout: 1_000,
      })
      .catch(() => undefined)
    if (held === true) return true
    // Without a field to ask there is only what the page says.
    if (Date.now() > deadline) return false
    await sleep(100)
  }
}
