import type { Image } from '../../article/article.ts'
import type { Files, Problem, Rule } from '../rule.ts'
import { localTarget } from './local-target.ts'
import { placeIn } from './place-in.ts'

/** An image file that isn't there. */
export const imageMissing: Rule = {
  severity: 'warning',
  summary: 'An image names a file that does not exist.',
  why: 'Readers see a broken image. A run doesn’t need it, and goes on.',
  examples: [
    {
      wrong: '# Create a vault\n\n1. Select **Create**.\n\n   ![The command bar.](media/crate.png)\n',
      right: '# Create a vault\n\n1. Select **Create**.\n\n   ![The command bar.](media/create.png)\n',
      files: { 'media/create.png': '' },
    },
    {
      wrong:
        '# Create a vault\n\n1. Select **Create**.\n\n   :::image type="content" source="media/create.png" alt-text="The command bar." lightbox="media/larger.png":::\n',
      right:
        '# Create a vault\n\n1. Select **Create**.\n\n   :::image type="content" source="media/create.png" alt-text="The command bar." lightbox="media/create.png":::\n',
      files: { 'media/create.png': '' },
    },
  ],
  check: ({ article, files }) =>
    article.images.flatMap(image =>
      [...new Set([image.source, image.lightbox ?? image.source])].flatMap(target => {
        const path = localTarget(target, image.place.path, files.docsRoot)
        if (path === undefined || files.exists(path)) return []
        const message = `Unexpected image \`${target}\`: there is no such file.`
        return [{ message, place: placeOfTarget(target, image, files) }]
      }),
    ),
}

/** Just the address, where the source has it as it is. */
function placeOfTarget(target: string, { place }: Image, files: Files): Problem['place'] {
  const text = files.text(place.path) ?? ''
  const at = text.indexOf(target, place.start.offset)
  return at < 0 || at + target.length > place.end.offset ? place : placeIn(place.path, text, at, at + target.length)
}
