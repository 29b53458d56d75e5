import { looksLikeInterfaceInstruction } from './imperative.ts'
import type { Directive } from './learn-directives.ts'
import { beginsAsInterfaceStep } from './recognize-steps.ts'

/** The body of a section. Offsets are UTF-16 units. */
export interface SectionBody {
  /** Where its heading begins. */
  heading: number
  start: number
  end: number
}

/**
 * The bodies of sections, from behind one heading to the next, that leave no trace in an `Article`: they hold no steps,
 * no image, no directive, no heading of another kind and no definition, and what is open at their end (a paragraph, a
 * list, a quote) ends with the next heading. Half of what Learn's articles say is such prose and code: it isn't parsed.
 *
 * Each is right only if its heading is one: who leaves them out must find it so in what was parsed.
 */
export function sectionsWithoutSteps(masked: string, directives: readonly Directive[]): SectionBody[] {
  const found: SectionBody[] = []
  const first = frontMatter.exec(masked)?.[0].length ?? 0
  const tabs = masked.includes('#tab/')
  let section: Section | undefined
  let fence: { start: number; marks: string } | undefined
  let next = 0
  const close = (end: number) => {
    if (!section || end - section.start < shortest) return
    while ((directives[next]?.start ?? Infinity) < section.start) next++
    if ((directives[next]?.start ?? Infinity) < end) return
    const { heading, start, code } = section
    if (!isWithoutTrace(without(code, masked, start, end), tabs)) return
    found.push({ heading, start, end })
  }
  for (const { index, 0: line, groups = {} } of masked.matchAll(turningLines)) {
    const { indent = '', marks = '', info = '' } = groups
    const end = index + line.length
    if (index < first) continue
    if (fence) {
      if (!marks.startsWith(fence.marks) || info.trim() !== '') continue
      section?.code.push({ start: fence.start, end })
      fence = undefined
    } else if (marks === '') {
      close(index)
      section = { heading: index, start: end, code: [] }
    } else if (indent === '' && !(marks.startsWith('`') && info.includes('`'))) fence = { start: index, marks }
  }
  close(masked.length)
  return found
}

interface Section {
  heading: number
  start: number
  /** Fenced code that isn't indented. */
  code: { start: number; end: number }[]
}

/**
 * Whether text may hold something that is read as a step: a numbered list, a bullet with an instruction and a label in
 * bold, or a sentence that signs in. False only when it can't; includes aren't followed.
 */
export function mayHoldSteps(text: string): boolean {
  return numbered.test(text) || signsIn(text) || someBulletInstructs(text)
}

/** UTF-16 units. Less isn't worth the trouble. */
const shortest = 60

/** Its comments look like headings. */
const frontMatter = /^---[ \t]*(?:\r\n|\n|\r)(?:[^]*?[\r\n])??---[ \t]*(?![^\r\n])/

/** Headings, and what opens or closes fenced code. (`^` would also find what follows U+2028, which ends no line.) */
const turningLines =
  /(?<![^\r\n])(?:#{1,6}(?![^ \t\r\n])[^\r\n]*|(?<indent> {0,3})(?<marks>`{3,}|~{3,})(?<info>[^\r\n]*))(?:\r\n|\n|\r|$)/g

function without(code: Section['code'], text: string, start: number, end: number): string {
  const kept = code.map((part, index) => text.slice(code[index - 1]?.end ?? start, part.start))
  return [...kept, text.slice(code.at(-1)?.end ?? start, end)].join('\n')
}

function isWithoutTrace(text: string, tabs: boolean): boolean {
  return !traces.test(text) && !otherHeadings.test(text) && !(tabs && breaks.test(text)) && !mayHoldSteps(text)
}

/** Code in a list or never closed, an image, a definition, HTML that may go on behind the next heading. */
const traces = /```|~~~|!\[|<img|\]:|(?<![^\r\n])[ \t>*+.)\d-]*</i
/** Those that are indented or underlined. */
const otherHeadings = /(?<![^\r\n])[ \t]+#|[^ \t\r\n][ \t]*(?:\r\n|\n|\r)[ \t]*(?:=+|-+)[ \t]*(?![^\r\n])/
const breaks = /(?<![^\r\n])[ \t]*[-*_][-*_ \t]*(?![^\r\n])/

const numbered = /(?:^\uFEFF?|[\r\n])[ \t>]*(?:[-*+][ \t]+)*\d{1,9}[.)](?:\s|$)/
const signingIn = /(?:sign|log)\W{1,8}in\W{1,8}to\b/gi
const unread = /<[^>]*>|:::.*?:::|!\[[^\]]*\]\([^)]*\)|&\w+;|first, /gi
const bullets = /(?:^\uFEFF?|[\r\n])[ \t>]*[-*+](?:[ \t]*[\r\n][ \t>]*|[ \t]+)/g

// > | > First, sign in to the portal.
//       ^ no other word before it
function signsIn(text: string): boolean {
  return [...text.matchAll(signingIn)].some(({ index }) => {
    const before = text.slice(Math.max(0, index - 1000), index).replace(/^[^]*[\r\n]/, '')
    return !/^\s*#|\p{L}/u.test(before.replace(unread, ''))
  })
}

// > | - In the menu, select **Networking**.
function someBulletInstructs(text: string): boolean {
  const starts = [...text.matchAll(bullets)].map(({ index, 0: marker }) => index + marker.length)
  return starts.some((start, at) => {
    const item = text.slice(start, Math.min(starts[at + 1] ?? text.length, start + 2000))
    const blank = item.search(/(?:\n|\r(?!\n))[ \t>]*[\r\n]/)
    // Spaces of other kinds don't count at the start of what is read either.
    const words = (blank < 0 ? item : item.slice(0, blank)).trimStart()
    if (!/\*\*|__/.test(words) || named.test(words)) return false
    return /[&<\\]|!\[|\[!|:::|\]:/.test(words) ? looksLikeInterfaceInstruction(words) : beginsAsInterfaceStep(words)
  })
}

// > | - **Inventory:** Provides ...      - [Manage customers](a.md) by ...
//       ^ what begins with a name is no instruction
const named =
  /^(?:\*\*(?!\s)[^*_`<\\[\]&\n]*(?:[A-Za-z0-9]\*\*(?!\*)|[.:?)]\*\*(?=\s))|\[[^*_`<\\[\]&\n]+\]\([^\s()<\\]+\))/
