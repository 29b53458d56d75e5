import type { Rule } from '../rule.ts'
import { placeIn } from './place-in.ts'

/** A file that the operating system doesn't give, or that holds no text. Found by the command, before there is an article. */
export const unreadableFile: Rule = {
  severity: 'error',
  summary: 'A file can’t be read, or is no text in UTF-8.',
  why: 'Nothing can be said about it. The other files are checked all the same.',
  examples: [
    {
      wrong: '# Create a vault\n\n1. Select **Cr\uFFFDate**.\n',
      right: '# Create a vault\n\n1. Select **Create**.\n',
    },
  ],
  check({ article, files }) {
    const at = files.text(article.path)?.indexOf('\uFFFD') ?? -1
    if (at < 0) return []
    const { path } = article
    const text = files.text(path) ?? ''
    return [
      {
        message: 'Unexpected character U+FFFD, expected text in UTF-8: a character was lost when the file was saved.',
        place: placeIn(path, text, at, at + 1),
      },
    ]
  },
}
