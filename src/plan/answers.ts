import type { Action } from '../action/action.ts'
import type { ValueSource } from './plan.ts'
import { foldLabel } from './label.ts'
import { ownName } from './own-names.ts'
import { sshKeyOf, sshKeySecret } from './ssh-key.ts'
import type { Answer, Runbook } from './runbook.ts'

/** A value that the article leaves to the reader, supplied. A secret's `value` is only its name. */
export interface Supplied {
  value: string
  source: ValueSource
  secret?: string
  /** The value is a name that the run made up itself. */
  own?: true
}

/** What the reader's answers come from. */
export interface Answering {
  runbook: Runbook
  /** The subscription's display name, where a cloud is known. */
  subscription?: string | undefined
  run: string
  env: Record<string, string | undefined>
  /** Collects secrets by name; never written to a file. */
  secrets: Record<string, string>
  /** What a name in this field must be like. */
  ruleFor?(field: string): { maxLength: number; separator: string } | undefined
}

/**
 * Supplies the value of `?a complex password`, or of a target like `your virtual machine`: from the runbook (by field
 * or by phrase), else, for what has only one sensible answer, from the cloud (the subscription) or made up (a unique
 * name, a password, an administrator's user name, a public key).
 *
 * @returns undefined where nobody can tell.
 */
export function supply(field: string | undefined, phrase: string, answering: Answering): Supplied | undefined {
  const said = answerOf(answering.runbook, [phrase, field])
  if (said !== undefined) return fromRunbook(said, field ?? phrase, answering)
  const about = `${field ?? ''} ${phrase}`
  if (/\bpassword\b/i.test(about)) return password(answering)
  if (/\bpublic key\b(?! source)/i.test(about)) return sshKey(answering)
  if (/\bsubscription\b/i.test(about))
    return answering.subscription === undefined ? undefined : { value: answering.subscription, source: 'cloud' }
  if (/\buser ?name\b/i.test(about)) return { value: 'azureuser', source: 'generated' }
  if (/\bname\b/i.test(phrase) && !/\bexisting\b/i.test(phrase))
    return { value: nameFor(field ?? phrase, answering), source: 'generated', own: true }
  return undefined
}

/** The value that the runbook gives in place of the article's own, for a field that the article names a value for. */
export function parameterFor(action: Action, answering: Answering): Supplied | undefined {
  const { parameters } = answering.runbook
  if (action.do !== 'set' || action.value.startsWith('?') || !parameters) return undefined
  const said = answerOf({ answers: parameters }, [action.target, action.where.at(-1)])
  return said === undefined ? undefined : fromRunbook(said, action.target ?? action.value, answering)
}

/** The keys of a runbook's parameters that no field of these actions bears. */
export function unusedParameters({ parameters = {} }: Runbook, actions: readonly Action[]): string[] {
  const fields = new Set(
    actions
      .flatMap(action => (action.do === 'set' ? [action.target, action.where.at(-1)] : []))
      .flatMap(label => (label === undefined ? [] : [foldKey(label)])),
  )
  return Object.keys(parameters).filter(key => !fields.has(foldKey(key)))
}

/** The phrase that the reader is to replace, where an action has one. */
export function placeholderOf(action: Action): { field: string | undefined; phrase: string } | undefined {
  if ('value' in action && action.value?.startsWith('?')) return { field: action.target, phrase: action.value.slice(1) }
  if (action.do === 'select' && readersThing.test(action.target)) return { field: undefined, phrase: action.target }
  return undefined
}

/** The keys of a runbook's answers that answer nothing among these actions. */
export function unusedAnswers({ answers = {} }: Runbook, actions: readonly Action[]): string[] {
  const asked = new Set(
    actions.flatMap(action => {
      const { field, phrase } = placeholderOf(action) ?? {}
      return [field, phrase].flatMap(key => (key === undefined ? [] : [foldKey(key)]))
    }),
  )
  return Object.keys(answers).filter(key => !asked.has(foldKey(key)))
}

/** The variable that an answer was to come from. */
export function variableOf(runbook: Runbook, keys: readonly (string | undefined)[]): string | undefined {
  const answer = answerOf(runbook, keys)
  return typeof answer === 'object' && 'env' in answer ? answer.env : undefined
}

/** "your virtual machine", "the vault that you created", "a region": nothing that is on screen by this name. */
const readersThing = /^(?:your|the .*\byou(?:'ve|’ve)? |an? |one of |any )/

function answerOf({ answers = {} }: Runbook, keys: readonly (string | undefined)[]): Answer | undefined {
  const wanted = keys.flatMap(key => (key === undefined ? [] : [foldKey(key)]))
  return Object.entries(answers).find(([key]) => wanted.includes(foldKey(key)))?.[1]
}

function foldKey(key: string): string {
  return foldLabel(key.replace(/^\?/, ''))
}

function fromRunbook(answer: Answer, about: string, answering: Answering): Supplied | undefined {
  if (typeof answer !== 'object') return { value: String(answer), source: 'runbook' }
  if ('generate' in answer) {
    if (answer.generate === 'password') return password(answering)
    if (answer.generate === 'ssh-key') return sshKey(answering)
    return { value: nameFor(about, answering), source: 'generated', own: true }
  }
  const value = answering.env[answer.env]
  if (value === undefined) return undefined
  if (answer.secret !== true) return { value, source: 'environment' }
  answering.secrets[answer.env] = value
  return { value: answer.env, source: 'environment', secret: answer.env }
}

function password({ secrets }: Answering): Supplied {
  secrets.password ??= generatedPassword()
  return { value: 'password', source: 'generated', secret: 'password' }
}

function sshKey({ secrets }: Answering): Supplied {
  sshKeyOf(secrets)
  return { value: sshKeySecret, source: 'generated', secret: sshKeySecret }
}

/** 24 characters of four kinds, as Azure's rules for administrators ask. */
function generatedPassword(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `Vb1!${Buffer.from(bytes).toString('base64url').slice(0, 20)}`
}

/** A name within the rules of its field: storage accounts have neither hyphens nor capitals. */
function nameFor(about: string, { run, ruleFor }: Answering): string {
  const { maxLength = 64, separator = '-' } = ruleFor?.(about) ?? {}
  const word =
    /\b(vault|vm|virtual machine|storage|registry|network|group|site|dashboard)\b/i.exec(about)?.[1] ?? 'verbatim'
  return ownName(word.replace(/\W/g, '').toLowerCase(), run, { maxLength, separator })
}
