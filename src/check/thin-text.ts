/**
 * An article's text with what can't matter to its procedures blanked out, so that parsing takes less time: of a paragraph
 * outside of lists that another paragraph or a heading follows only the first word stays, and code and tables that
 * follow such a paragraph or a heading go. Character for character as long as before: every place stays where it was.
 *
 * What matters stays: headings, lists and what is indented, HTML, directives, includes, images, definitions, alerts,
 * sentences that sign in, and the sentence before a list.
 */
export function thinText(text: string): string {
  const lines = linesOf(text)
  const pieces: string[] = []
  let copied = 0
  const blank = (start: number, end: number) => {
    if (end <= start) return
    pieces.push(
      text.slice(copied, start),
      text.slice(start, end).replace(/[^\n\r]+/g, run => ' '.repeat(run.length)),
    )
    copied = end
  }
  let outside = false
  for (let at = skipFrontMatter(text, lines); at < lines.length;) {
    const block = blockAt(text, lines, at)
    const first = lines[at]
    if (!first) break
    if (block.kind === 'blank') {
      at = block.next
      continue
    }
    const start = first.start
    const end = lines[block.next - 1]?.end ?? text.length
    if (
      block.kind === 'paragraph' &&
      outside &&
      isFollowedByProse(text, lines, block.next) &&
      saysNothing(text.slice(start, end))
    )
      blank(start + firstWord(text, start), end)
    else if ((block.kind === 'code' || block.kind === 'table') && outside) blank(start, end)
    if (block.kind === 'paragraph' || block.kind === 'heading') outside = true
    else if (block.kind === 'other') outside = false
    at = block.next
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(copied)
}
