import type { Article, Place } from '../../article/article.ts'
import { headingAnchors, linksIn } from '../anchors.ts'
import type { Files, Problem, Rule } from '../rule.ts'
import { localTarget } from './local-target.ts'
import { placeIn } from './place-in.ts'

/** A link whose section isn't there. */
export const linkToMissingSection: Rule = {
  severity: 'warning',
  summary: 'A link leads to a section that does not exist, in the article or in a file beside it.',
  why: 'The link opens the page at its top, and readers search for what it promised. Anchors change when headings are reworded.',
  examples: [
    {
      wrong:
        '# Create a vault\n\nTo delete it, see [Clean up](#clean-up).\n\n1. Select **Create**.\n\n## Clean up resources\n',
      right:
        '# Create a vault\n\nTo delete it, see [Clean up](#clean-up-resources).\n\n1. Select **Create**.\n\n## Clean up resources\n',
    },
    {
      wrong: '# Create a vault\n\nYou need a [group](groups.md#make-a-group).\n\n1. Select **Create**.\n',
      right: '# Create a vault\n\nYou need a [group](groups.md#create-a-group).\n\n1. Select **Create**.\n',
      files: { 'groups.md': '# Groups\n\n## Create a group\n' },
    },
  ],
  check({ article, files }) {
    const own = ownAnchors(article, files)
    return [article.path, ...article.includes.filter(path => path.endsWith('.md'))].flatMap(path => {
      const text = files.text(path) ?? ''
      return linksIn(text).flatMap(({ target, start, end }) =>
        problemOf(target, { own, files, place: () => placeIn(path, text, start, end), path }),
      )
    })
  },
}

function ownAnchors(article: Article, files: Files): Set<string> {
  const anchors = new Set(article.sections.map(({ slug }) => slug))
  for (const path of [article.path, ...article.includes])
    for (const anchor of headingAnchors(files.text(path) ?? '')) anchors.add(anchor)
  return anchors
}

interface Around {
  own: Set<string>
  files: Files
  path: string
  place(): Place
}

function problemOf(target: string, { own, files, path, place }: Around): Problem[] {
  const at = target.indexOf('#')
  const anchor = anchorOf(target.slice(at + 1))
  if (at < 0 || anchor === '' || anchor.startsWith('tab/') || anchor === 'top' || anchor.startsWith(':~:')) return []
  if (at === 0)
    return own.has(anchor)
      ? []
      : [{ message: `Unexpected link to \`#${anchor}\`: the article has no such section.`, place: place() }]
  const file = localTarget(target, path, files.docsRoot)
  if (file === undefined || !/\.md$/i.test(file) || !isInside(files.docsRoot, file)) return []
  const text = files.text(file)
  if (text === undefined || text.includes('[!INCLUDE') || headingAnchors(text).has(anchor)) return []
  return [{ message: `Unexpected link to \`${target}\`: the file has no such section.`, place: place() }]
}

function anchorOf(text: string): string {
  try {
    return decodeURIComponent(text).toLowerCase()
  } catch {
    return text.toLowerCase()
  }
}

function isInside(folder: string, path: string): boolean {
  return folder === '.' ? !path.startsWith('../') && !path.startsWith('/') : path.startsWith(`${folder}/`)
}
