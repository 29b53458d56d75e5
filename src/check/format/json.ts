import type { CheckedFile } from '../checked-file.ts'
import type { Format } from './format.ts'

/** `{articles: [{path, title, steps: [{line, text, actions, unread?}], messages, coverage}], coverage, files, …}`, an article per line. */
export function jsonFormat(): Format {
  let first = true
  return {
    start: () => '{"articles": [\n',
    file(file) {
      const separator = first ? '' : ',\n'
      first = false
      return separator + article(file)
    },
    end: ({ coverage, ...counts }) =>
      `\n],\n"coverage": ${JSON.stringify(coverage)},\n"total": ${JSON.stringify(counts)}}\n`,
  }
}

function article({ path, title, steps, messages, coverage }: CheckedFile): string {
  const told = messages.map(({ rule, severity, message, place }) => ({ rule, severity, message, place }))
  return `{"path":${JSON.stringify(path)},"title":${JSON.stringify(title)},"steps":${steps},"messages":${JSON.stringify(told)},"coverage":${JSON.stringify(coverage)}}`
}
