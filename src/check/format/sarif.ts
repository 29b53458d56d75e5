import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import type { Message, Place } from '../../article/article.ts'
import type { ShownMessage } from '../checked-file.ts'
import { ruleAddress, rulePage } from '../rule-page.ts'
import { rules, type RuleName } from '../rules/index.ts'
import type { Format } from './format.ts'
import { onceEach } from './once-each.ts'

const names = Object.keys(rules) as RuleName[]
const levels = { error: 'error', warning: 'warning', info: 'note' } as const

/** SARIF 2.1.0 (OASIS standard; what code scanning takes in): every rule with its page, a result for every message. */
export function sarifFormat({ version }: { version: string }): Format {
  const isNew = onceEach()
  let first = true
  return {
    start() {
      const driver = {
        name: 'Verbatim',
        semanticVersion: version,
        informationUri: ruleAddress('index'),
        rules: names.map(describe),
      }
      return `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":${JSON.stringify({ driver })},"automationDetails":{"id":"verbatim-check/"},"columnKind":"utf16CodeUnits","results":[`
    },
    file({ messages }) {
      return messages
        .filter(isNew)
        .map(message => {
          const separator = first ? '\n' : ',\n'
          first = false
          return separator + JSON.stringify(resultOf(message))
        })
        .join('')
    },
    end: () => '\n]}]}\n',
  }
}

function describe(name: RuleName) {
  const { summary, why, severity } = rules[name]
  return {
    id: name,
    name: name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: plain(summary) },
    fullDescription: { text: plain(why) },
    help: { text: plain(`${summary} ${why}`), markdown: rulePage(name, rules[name]) },
    helpUri: ruleAddress(name),
    defaultConfiguration: { level: levels[severity] },
  }
}

function resultOf({ rule, severity, message, place, excerpt }: ShownMessage) {
  return {
    ruleId: rule,
    ruleIndex: names.indexOf(rule as RuleName),
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri: addressOf(place.path) }, region: regionOf(place) } }],
    partialFingerprints: { 'verbatim/v1': fingerprintOf(rule, place.path, excerpt?.text ?? message) },
  }
}

function addressOf(path: string): string {
  return path.startsWith('/') || /^[a-z]:\//i.test(path)
    ? pathToFileURL(path).href
    : encodeURI(path).replace(/[?#]/g, encodeURIComponent)
}

function regionOf({ start, end }: Place) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
}

/** The same for the same words in another line: code scanning follows a result by it. */
function fingerprintOf(rule: Message['rule'], path: string, text: string): string {
  return createHash('sha256').update(`${rule}\n${path}\n${text.trim()}`).digest('hex').slice(0, 32)
}

function plain(markdown: string): string {
  return markdown.replace(/[*`]/g, '')
}
