import { resolve } from 'node:path'
import type { StepReading } from '../action/action.ts'
import type { Message } from '../article/article.ts'
import { docsRootFor, findArticles, understand, type Understood } from './articles.ts'
import type { CheckOptions } from './check.ts'
import { readConfiguration } from './configuration.ts'
import { coloursFor, type Environment } from './environment.ts'

/** Runs `verbatim check`. @returns 0, or 1 where an article has an error. */
export async function checkCommand(
  names: readonly string[],
  options: CheckOptions,
  environment: Environment,
): Promise<number> {
  const { cwd, stdout } = environment
  const { configuration, folder } = await readConfiguration(
    cwd,
    options.config === undefined ? undefined : resolve(cwd, options.config),
  )
  const { jobs } = await findArticles(names, cwd)
  const understood = jobs.map(job =>
    understand(job, {
      cwd,
      docsRoot: docsRootFor(job.path, configuration.docsRoot && resolve(folder, configuration.docsRoot), cwd),
    }),
  )
  if (options.format === 'json')
    stdout.write(`${JSON.stringify({ articles: understood.map(describeAsData) }, null, 2)}\n`)
  else stdout.write(understood.map(each => describe(each, coloursFor(environment))).join('\n'))
  return understood.some(each => messagesOf(each).some(message => message.severity === 'error')) ? 1 : 0
}

function describeAsData(understood: Understood) {
  const { article } = understood
  return {
    path: article.path,
    title: article.title,
    steps: readingsOf(understood).map(({ step, actions, unread }) => ({
      line: step.place.start.line,
      text: step.text,
      actions: actions.map(({ place, ...action }) => ({
        ...action,
        line: place.start.line,
        column: place.start.column,
      })),
      ...(unread.length > 0
        ? {
            unread: unread.map(({ status, text, place }) => ({
              status,
              text,
              line: place.start.line,
              column: place.start.column,
            })),
          }
        : {}),
    })),
    messages: messagesOf(understood),
  }
}

function describe(understood: Understood, colours: ReturnType<typeof coloursFor>): string {
  const { article, procedures } = understood
  const lines = [`${colours.bold(article.title)}  ${colours.dim(article.path)}`]
  for (const { procedure, readings } of procedures) {
    lines.push('', `  ${colours.bold(procedure.title)}`)
    for (const { step, actions } of readings) {
      lines.push(
        `  ${step.number.padStart(4)}  ${step.text.replace(/\s+/g, ' ').slice(0, 110)}  ${colours.dim(`:${step.place.start.line}`)}`,
      )
      for (const action of actions) {
        const value = 'value' in action && action.value !== undefined ? ` = “${action.value}”` : ''
        lines.push(
          `          ${colours.cyan(action.do)}${action.target === undefined ? '' : ` “${action.target}”`}${value}${action.where.length > 0 ? colours.dim(` in ${action.where.join(' > ')}`) : ''}`,
        )
      }
    }
  }
  const messages = messagesOf(understood)
  if (messages.length > 0) lines.push('')
  for (const { severity, rule, message, place } of messages) {
    const colour = severity === 'error' ? colours.red : severity === 'warning' ? colours.yellow : colours.cyan
    lines.push(
      `  ${colour(severity)}  ${place.path}:${place.start.line}:${place.start.column}  ${message}  ${colours.dim(rule)}`,
    )
  }
  return `${lines.join('\n')}\n`
}

function readingsOf({ procedures }: Understood): readonly StepReading[] {
  return procedures.flatMap(({ readings }) => readings)
}

function messagesOf(understood: Understood): Message[] {
  const unread = readingsOf(understood).flatMap(reading =>
    reading.unread.map(({ status, text, place, hints }): Message => ({
      rule: status === 'unknown' ? 'unknown-step' : 'ambiguous-step',
      severity: 'error',
      message: `${status === 'unknown' ? 'Unknown' : 'Ambiguous'} instruction: “${text}”.${hints[0] ? ` Write it like “${hints[0]}”.` : ''}`,
      place,
    })),
  )
  const empty: Message[] =
    understood.procedures.length > 0
      ? []
      : [
          {
            rule: 'no-procedure',
            severity: 'info',
            message: 'The article has no procedure.',
            place: understood.article.place,
          },
        ]
  return [...understood.article.messages, ...unread, ...empty].sort((a, b) => a.place.start.line - b.place.start.line)
}
