import type { Element } from 'hast'
import type { ListItem, Parent, PhrasingContent, Root, RootContent, TableRow } from 'mdast'
import { SKIP, visit } from 'unist-util-visit'
import type { ArticleResult, Status, StepResult, Verdict } from '../../result/result.ts'
import type { Markup } from '../markup.ts'
import { statusWords, verdictWords } from '../wording.ts'
import { box, decorate, type Decorations } from './box.ts'
import { addClass, append, insertBefore, prepend } from './element.ts'
import { hidden, icon, lookOf } from './icon.ts'
import { overlap, sentences, wrapSpan, type Span } from './spans.ts'

/** What marking an article needs to know beside its tree. */
export interface MarkContext {
  article: ArticleResult
  decorations: Decorations
  /** What stands beside a step. */
  evidence(step: StepResult): Markup
  /** The steps that were found in the text; filled here. */
  placed: Set<StepResult>
}

/**
 * Marks what happened in the tree of one file: the steps with their evidence, their sentences, table rows and code,
 * and within a sentence the very words that a problem is about. Only what was carried out is marked as passed.
 */
export function mark(root: Root, path: string, text: string, context: MarkContext): void {
  const claims = claimsOf(context.article, path)
  const steps = context.article.steps.filter(step => step.place.path === path)
  const owners = new Map<RootContent, StepResult[]>()
  for (const step of steps) {
    const node = nodeOf(root, step)
    if (node) owners.set(node, [...(owners.get(node) ?? []), step])
  }
  markSentences(root, text, claims, context.decorations)
  for (const [node, [...found]] of owners) {
    for (const step of found) context.placed.add(step)
    if (node.type === 'listItem') markItem(node, found, context)
    else standAlone(root, node, found, context)
  }
}

/** A span of the article and what is known about it. */
interface Claim extends Span {
  status: Status
  verdict?: Verdict
  /** The words themselves are in question, not only the sentence. */
  spot: boolean
}

const worst: Status[] = ['failed', 'drifted', 'not-run', 'skipped', 'assumed', 'passed']

/** A step's own status speaks for its sentences only where no action does, and never as passed. */
function claimsOf(article: ArticleResult, path: string): { firm: Claim[]; weak: Claim[] } {
  const spanOf = ({ start, end }: StepResult['place']): Span => ({ start: start.offset, end: end.offset })
  const steps = article.steps.filter(step => step.place.path === path)
  const actions = article.steps.flatMap(step =>
    step.actions
      .filter(action => action.place.path === path)
      .map(({ place, status }) => ({
        ...spanOf(place),
        status,
        ...verdictOf(step),
        spot: status === 'failed' || status === 'drifted',
      })),
  )
  const errors = steps
    .filter(step => step.error?.place.path === path && step.status === 'failed')
    .filter(step => !step.actions.some(action => action.status === 'failed'))
    .map(step => ({
      ...spanOf(step.error?.place ?? step.place),
      status: 'failed' as const,
      ...verdictOf(step),
      spot: false,
    }))
  const differences = article.resources
    .flatMap(resource => resource.differences)
    .filter(({ place }) => place.path === path)
    .map(({ place }) => ({ ...spanOf(place), status: 'failed' as const, verdict: 'doc' as const, spot: true }))
  const refusals = article.refusals
    .filter(({ place }) => place.path === path)
    .map(({ place }) => ({ ...spanOf(place), status: 'failed' as const, verdict: 'doc' as const, spot: true }))
  const weak = steps
    .filter(({ status }) => status === 'skipped' || status === 'assumed' || status === 'not-run')
    .map(step => ({ ...spanOf(step.place), status: step.status, spot: false }))
  return { firm: [...actions, ...errors, ...differences, ...refusals], weak }
}

function verdictOf({ verdict }: StepResult): { verdict?: Verdict } {
  return verdict ? { verdict } : {}
}

function markSentences(root: Root, text: string, claims: ReturnType<typeof claimsOf>, decorations: Decorations): void {
  const decide = (span: Span): Claim | undefined => {
    const firm = claims.firm.filter(claim => overlap(claim, span))
    const all = firm.length > 0 ? firm : claims.weak.filter(claim => overlap(claim, span))
    return all.toSorted((a, b) => worst.indexOf(a.status) - worst.indexOf(b.status))[0]
  }
  const phrasing = (children: PhrasingContent[], whole: boolean): PhrasingContent[] => {
    let result = children
    for (const sentence of whole ? sentences(children, text) : []) {
      const claim = decide(sentence)
      if (claim) result = wrapSpan(result, sentence, text, inner => box('span', inner, decorations, said(claim)))
    }
    for (const claim of claims.firm.filter(claim => claim.spot)) {
      result = wrapSpan(result, claim, text, inner => box('span', inner, decorations, spot(claim)))
    }
    return result
  }
  visit(root, (node, index, parent) => {
    if (node.type === 'box' && node.included) return SKIP
    if (node.type === 'table') {
      for (const row of node.children.slice(1)) markRow(row, decide(spanOf(row)), decorations)
      for (const cell of node.children.slice(1).flatMap(row => row.children))
        cell.children = phrasing(cell.children, false)
      return SKIP
    }
    if (node.type === 'paragraph' || node.type === 'heading') {
      node.children = phrasing(node.children, true)
      return SKIP
    }
    if (node.type === 'code' && parent && index !== undefined) {
      const claim = decide(spanOf(node))
      const wrapped = claim ? box('div', [node], decorations, code(claim)) : node
      ;(parent as Parent).children[index] = claim
        ? { ...wrapped, ...(node.position ? { position: node.position } : {}) }
        : node
      return SKIP
    }
    return undefined
  })
}

function said(claim: Claim) {
  return (element: Element) => {
    element.properties = { className: ['said', `s-${lookOf(claim)}`] }
    if (claim.status === 'failed' || claim.status === 'drifted') prepend(element, hidden(`${wordsOf(claim)}: `))
  }
}

function spot(claim: Claim) {
  return (element: Element) => {
    element.tagName = 'mark'
    element.properties = { className: ['spot', `s-${lookOf(claim)}`] }
  }
}

function code(claim: Claim) {
  return (element: Element) => {
    element.properties = { className: ['code', `s-${lookOf(claim)}`] }
    prepend(element, hidden(`${wordsOf(claim)}: `))
  }
}

function markRow(row: TableRow, claim: Claim | undefined, decorations: Decorations): void {
  if (!claim) return
  decorate(row, decorations, element => addClass(element, 'row', `s-${lookOf(claim)}`))
  const [cell] = row.children
  if (cell) decorate(cell, decorations, element => prepend(element, icon(lookOf(claim), wordsOf(claim))))
}

function markItem(item: ListItem, steps: StepResult[], { decorations, evidence, article }: MarkContext): void {
  const [step] = steps
  if (!step) return
  decorate(item, decorations, element => {
    element.properties = { ...element.properties, id: stepAnchor(article, step) }
    addClass(element, 'step', `s-${lookOf(step)}`)
    prepend(element, icon(lookOf(step), wordsOf(step), 'badge'))
    for (const step of steps)
      insertBefore(element, evidence(step), child => child.type === 'element' && /^[ou]l$/.test(child.tagName))
  })
}

/** A step that is no list item: its evidence follows the block that it stands in. */
function standAlone(
  root: Root,
  node: RootContent,
  steps: StepResult[],
  { decorations, evidence, article }: MarkContext,
): void {
  visit(root, (child, index, parent) => {
    const inside = child === node || (child.type === 'box' && child.children.some(inner => inner === node))
    if (!inside || !parent || index === undefined) return undefined
    const [step] = steps
    const wrapped = box('div', [child as RootContent], decorations, element => {
      element.properties = { className: ['step', 'step-block'], id: step ? stepAnchor(article, step) : '' }
      if (step) prepend(element, icon(lookOf(step), wordsOf(step), 'badge'))
      for (const step of steps) append(element, evidence(step))
    })
    ;(parent as Parent).children[index] = wrapped
    return false
  })
}

/** Where a step stands on its article's page. */
export function stepAnchor(article: ArticleResult, step: StepResult): string {
  return `step-${article.steps.indexOf(step) + 1}`
}

/** The innermost list item that a step begins in; outside of lists the innermost block. */
function nodeOf(root: Root, step: StepResult): RootContent | undefined {
  let item: RootContent | undefined
  let other: RootContent | undefined
  visit(root, node => {
    if (node.type === 'box' && node.included) return SKIP
    const { start, end } = spanOf(node)
    if (node.type === 'root' || start > step.place.start.offset || end <= step.place.start.offset) return undefined
    if (node.type === 'listItem') item = node
    if (['paragraph', 'heading', 'table', 'code'].includes(node.type)) other = node as RootContent
    return undefined
  })
  return item ?? other
}

function wordsOf({ status, verdict }: { status: Status; verdict?: Verdict | undefined }): string {
  const fault = status === 'failed' && verdict && verdict !== 'doc' ? ` because of ${verdictWords[verdict]}` : ''
  return `${statusWords[status]}${fault}`
}

function spanOf({ position }: { position?: RootContent['position'] }): Span {
  return { start: position?.start.offset ?? -1, end: position?.end.offset ?? -1 }
}
