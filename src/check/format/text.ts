import type { CheckedFile, Excerpt, ShownMessage, UnderstoodStep } from '../checked-file.ts'
import type { Figures } from '../coverage.ts'
import type { Colours } from '../explain.ts'
import { tellAction } from '../tell-action.ts'
import type { Format, Total } from './format.ts'
import { onceEach } from './once-each.ts'

/**
 * For people: every message with its place, the line and a caret under the span, then how much of each article a run
 * would carry out. With `actions`, also what each step asks for.
 */
export function textFormat({ colours, actions }: { colours: Colours; actions: boolean }): Format {
  const isNew = onceEach()
  return {
    start: () => '',
    file(file) {
      const told = file.messages.filter(isNew).map(message => describe(message, colours))
      const steps = actions ? describeSteps(file, colours) : ''
      const covered = file.procedures > 0 ? `${colours.bold(visible(file.path))}: ${figures(file.coverage)}\n` : ''
      return [steps, ...told, covered].filter(Boolean).join('') + (covered ? '\n' : '')
    },
    end: total => summary(total, colours),
  }
}

function describe(
  { severity, rule, message, place: { path, start }, excerpt }: ShownMessage,
  colours: Colours,
): string {
  const at = `${path}:${start.line}:${start.column}`
  const head = `${colours.bold(visible(at))}: ${paint(severity, colours)}: ${visible(message)} ${colours.dim(`[${rule}]`)}\n`
  return excerpt ? head + frame(excerpt, start.line, colours) : head
}

// > |   12 | 1. Frobnicate the vault.
// > |      |    ^^^^^^^^^^^^^^^^^^^^
function frame({ text, from, length }: Excerpt, line: number, colours: Colours): string {
  const number = String(line).padStart(5)
  const before = widthOf(text.slice(0, from))
  const caret = '^'.repeat(Math.max(1, widthOf(text.slice(from, from + length))))
  return `${colours.dim(`${number} |`)} ${visible(text)}\n${colours.dim('      |')} ${' '.repeat(before)}${colours.yellow(caret)}\n`
}

function describeSteps({ title, steps }: CheckedFile, colours: Colours): string {
  const understood = JSON.parse(steps) as UnderstoodStep[]
  if (understood.length === 0) return ''
  const lines = understood.flatMap(({ line, text, actions, unread = [] }) => [
    `${colours.dim(`${String(line).padStart(5)} |`)} ${visible(clip(text))}`,
    ...actions.map(action => {
      const where = action.where.length > 0 ? colours.dim(` in ${visible(clip(action.where.join(' > ')))}`) : ''
      return `${colours.dim('      |')}   ${colours.cyan(visible(clip(tellAction(action))))}${where}`
    }),
    ...unread.map(each => `${colours.dim('      |')}   ${colours.red(each.status)} ${visible(clip(each.text))}`),
  ])
  return `${colours.bold(visible(title))}\n${lines.join('\n')}\n\n`
}

function paint(severity: ShownMessage['severity'], colours: Colours): string {
  return { error: colours.red, warning: colours.yellow, info: colours.cyan }[severity](severity)
}

function summary({ files, withoutProcedure, errors, warnings, infos, coverage }: Total, colours: Colours): string {
  const counts = [count(errors, 'error'), count(warnings, 'warning'), count(infos, 'remark')].join(', ')
  const without = withoutProcedure > 0 ? `, ${withoutProcedure} without a procedure` : ''
  const { portal, arm, shell } = coverage.surfaces
  const surfaces =
    coverage.steps.total === 0
      ? ''
      : `  portal ${ran(portal)}, arm ${ran(arm)}, shell ${ran(shell)} of the variant that each takes\n`
  return `${colours.bold(count(files, 'file'))}${without}: ${counts}\n${coverage.steps.total === 0 ? '' : `  ${figures(coverage)}\n`}${surfaces}`
}

function figures({ steps, actions }: Figures): string {
  const understood = steps.total === 0 ? 100 : Math.floor((100 * (steps.total - steps.notUnderstood)) / steps.total)
  return `${understood} % of ${count(steps.total, 'step')} understood (${parts(steps)}), ${count(actions.total, 'action')} (${parts(actions)})`
}

function parts({ run, observed, notRun, notUnderstood }: Figures['steps']): string {
  const named = [
    [run, 'run'],
    [observed, 'observed'],
    [notRun, 'not run'],
    [notUnderstood, 'not understood'],
  ] as const
  return (
    named
      .filter(([number]) => number > 0)
      .map(([number, name]) => `${number} ${name}`)
      .join(', ') || 'none'
  )
}

function ran({ actions }: Figures): string {
  return `runs ${actions.run} of ${actions.total} actions`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function clip(text: string): string {
  const one = text.replace(/\s+/g, ' ')
  return one.length > 110 ? `${one.slice(0, 109)}…` : one
}

/** An article is untrusted: what would move a terminal's cursor is not written to one. */
function visible(text: string): string {
  return text.replace(/\t/g, '  ').replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '·')
}

/** Columns of a terminal, near enough: East Asian wide characters and emoji take two, marks none. */
function widthOf(text: string): number {
  let width = 0
  for (const character of visible(text)) {
    if (/\p{Mn}|\u200d|\ufe0f/u.test(character)) continue
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1
  }
  return width
}
