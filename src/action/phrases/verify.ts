import { readObjects } from '../objects.ts'
import { verbs, type Draft, type Phrase } from '../phrase.ts'
import { textOf, type Token } from '../tokens.ts'
import { bareLabel, readPlacePhrase } from '../places.ts'
import { supplied, stated } from '../supplied.ts'
import { claims, isState } from './review.ts'
import { namesOf } from '../where.ts'

/** Checking that something holds. */
export const verify: Phrase = {
  examples: {
    'Ensure that **Public access** is set to **Disabled**.': [
      { do: 'verify', target: 'Public access', value: 'Disabled' },
    ],
    'Ensure **Backup** is not checked.': [{ do: 'verify', target: 'Backup', value: 'not checked' }],
    'Verify that the status is **Running**.': [{ do: 'verify', target: 'status', value: 'Running' }],
    'Make sure that the machine is listed.': [{ do: 'verify', target: 'the machine is listed' }],
  },
  verbs: verbs(
    'verify, confirm, ensure, make sure, check that, check if, check whether, check for, check, validate, check to see, check to make sure, be sure, notice, note, see, observe',
  ),
  read(clause) {
    const noticing = ['notice', 'note', 'see', 'observe'].includes(clause.verb)
    const lead = readPlacePhrase(clause.objects, 0)
    const where = namesOf(lead?.places ?? [])
    const objects = lead ? clause.objects.slice(lead.next) : clause.objects
    const holds = ['that', 'if', 'whether'].includes(objects[0]?.lower ?? '')
    if (noticing && (!claims(objects) || clause.verb === 'see')) return undefined
    const stated = withoutOpening(holds ? objects.slice(1) : objects)
    if (noticing && ['you', 'how'].includes(stated[0]?.lower ?? '')) return []
    if (clause.verb === 'check' && !holds && (isCheckBox(stated) || isState(stated))) return undefined
    if (stated.length === 0) return undefined
    const compared = readTagged(stated) ?? readEquation(stated, clause.row)
    if (compared) return compared.map(draft => ({ ...draft, where: [...where, ...(draft.where ?? [])] }))
    if (clause.row !== undefined) return [{ do: 'verify', target: clause.row, value: textOf(stated) }]
    return [
      {
        do: 'verify',
        target: textOf(stated).replace(/, (?:as|because|since) (?:it|this|the|that|you|your) .*$/i, ''),
        where,
      },
    ]
  },
}

// > | Verify that this time the validation passed
//                 ^
function withoutOpening(tokens: Token[]): Token[] {
  return textOf(tokens.slice(0, 2)).toLowerCase() === 'this time' ? tokens.slice(2) : tokens
}

function isCheckBox(tokens: Token[]): boolean {
  return readObjects(tokens).things.some(({ kind, text }) => kind === 'label' || /\bbox|checkbox\b/.test(text))
}

const copula = /^(?:is|are|was|shows?|has|equals|says|reads|displays?)$/
const states = new Set(
  'selected checked enabled disabled unchecked unselected on off running stopped available'.split(' '),
)

// > | Ensure that **X** is set to **Y**
//                 ^
function readEquation(tokens: Token[], row: string | undefined): Draft[] | undefined {
  const drafts: Draft[] = []
  for (const part of splitAt(tokens)) {
    const at = part.findIndex(({ kind, lower }) => kind === 'word' && copula.test(lower))
    if (at <= 0) return undefined
    const subject = part.slice(0, at)
    if (subject.some(({ lower }, index) => index > 1 && lower === 'and' && subject[index + 1]?.lower === 'the'))
      return undefined
    const chosen = chosenFor(part, at)
    if (chosen) {
      drafts.push(chosen)
      continue
    }
    const value = valueOf(part.slice(at + 1))
    if (value === undefined) return undefined
    const { things, places } = readObjects(subject)
    const [thing] = things
    if (!thing) return undefined
    if (row !== undefined && states.has(value.toLowerCase()))
      drafts.push({ do: 'verify', target: row, value: thing.text })
    else if (row?.toLowerCase().includes(thing.text.toLowerCase().replace(/^the /, '')))
      drafts.push({ do: 'verify', target: row, value })
    else if (/^(?:the|your) /i.test(thing.noun) && value === 'selected')
      drafts.push({ do: 'verify', target: thing.noun.replace(/^(?:the|your) /i, ''), value: thing.text })
    else
      drafts.push({
        do: 'verify',
        target: bareLabel(thing.text.replace(/^the /i, '')),
        value,
        where: namesOf(places),
      })
  }
  return drafts
}

// > | the tag **A** with the value **B** is assigned
//                        ^
function readTagged(tokens: Token[]): Draft[] | undefined {
  const at = tokens.findIndex(
    ({ lower }, index) =>
      lower === 'value' &&
      ['label', 'literal'].includes(tokens[index + 1]?.kind ?? '') &&
      tokens.slice(index - 2, index).some(token => token.lower === 'with'),
  )
  if (at < 2) return undefined
  const subject = tokens.slice(
    0,
    tokens.findLastIndex(({ lower }, index) => lower === 'with' && index < at),
  )
  return [{ do: 'verify', target: textOf(subject).replace(/^the /i, ''), value: stated(tokens[at + 1]?.text ?? '') }]
}

// > | Ensure **Visual** is selected for **Editor type**
//                                        ^ the field
function chosenFor(tokens: Token[], copulaAt: number): Draft | undefined {
  const [value] = tokens
  const field = tokens[copulaAt + 3]
  if (
    copulaAt !== 1 ||
    !value ||
    tokens[2]?.lower !== 'selected' ||
    !/^(?:for|as|in|under)$/.test(tokens[3]?.lower ?? '')
  )
    return undefined
  const labelled = value.kind === 'label' || value.kind === 'literal'
  return labelled && field?.kind === 'label'
    ? { do: 'verify', target: bareLabel(field.text), value: stated(bareLabel(value.text)) }
    : undefined
}

function splitAt(tokens: Token[]): Token[][] {
  const parts: Token[][] = [[]]
  for (const [index, token] of tokens.entries()) {
    if (token.lower === 'that' && ['and', ','].includes(tokens[index - 1]?.lower ?? '')) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts.map(part => {
    let end = part.length
    while (end > 0 && ['and', ','].includes(part[end - 1]?.lower ?? '')) end--
    return part.slice(0, end)
  })
}

export const units = /^(?:days?|days?\(s\)|hours?|minutes?|seconds?|months?|years?|weeks?|gb|gib|mb|mib|tb|%)$/

// > | is set to **Yes**    is **Running**    is selected
//        ^
function valueOf(tokens: Token[]): string | undefined {
  const [no, state] = tokens
  if (no?.lower === 'not' && tokens.length === 2 && state && states.has(state.lower)) return `not ${state.lower}`
  const at =
    ['set', 'configured', 'reported', 'shown', 'listed', 'marked', 'displayed'].includes(tokens[0]?.lower ?? '') &&
    ['to', 'as', 'with'].includes(tokens[1]?.lower ?? '')
      ? 2
      : 0
  const rest = tokens.slice(at)
  const token = rest[0]?.lower === 'the' ? rest[1] : rest[0]
  if (token && (token.kind === 'label' || token.kind === 'literal')) {
    const unit = rest[rest.indexOf(token) + 1]
    return stated(bareLabel(token.text)) + (unit && units.test(unit.lower) ? ` ${unit.text}` : '')
  }
  if (rest.length === 1 && token && states.has(token.lower)) return token.lower
  if (at > 0 && rest.length === 1 && token?.kind === 'word') return token.text
  return at > 0 && rest.length > 0 ? supplied(textOf(rest)) : undefined
}
