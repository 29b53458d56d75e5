import type { Message } from '../../article/article.ts'

/** Whether a message is told for the first time: what is wrong with an include is found in every article that has it. */
export function onceEach(): (message: Message) => boolean {
  const told = new Set<string>()
  return ({ rule, message, place: { path, start } }) => {
    const key = `${path}\n${start.offset}\n${rule}\n${message}`
    if (told.has(key)) return false
    told.add(key)
    return true
  }
}
