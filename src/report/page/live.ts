/**
 * What a page does while an article is watched: it hears which version of it is the newest, and shows that one. A browser
 * keeps the place on a page that it loads again.
 */
export const liveScript = `
(() => {
  const events = new EventSource('/events')
  events.addEventListener('message', event => {
    if (event.data !== document.body.dataset.version) location.reload()
  })
  events.addEventListener('end', () => events.close())
})()
`.trim()
