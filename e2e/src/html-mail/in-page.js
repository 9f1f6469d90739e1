/* Runs in the browser, on the page around the frames (watch-frames.ts). */
let alarms = 0
addEventListener('message', () => (alarms += 1))

function putFrames({ documents, sandbox }) {
  const frames = document.querySelector('#frames')
  return Promise.all(
    documents.map(
      (html) =>
        new Promise((resolve) => {
          const frame = document.createElement('iframe')
          frame.setAttribute('sandbox', sandbox)
          frame.srcdoc = html
          frame.addEventListener('load', () => resolve(null), { once: true })
          frames.append(frame)
        }),
    ),
  )
}

const EVENTS = ['click', 'error', 'load', 'mouseover', 'focus', 'animationstart', 'toggle', 'pointerenter', 'begin', 'wheel', 'scroll', 'paste', 'message']

/** Fires every event at every element, and says what could lead, load, hide or clobber. */
function provoke() {
  const found = []
  for (const frame of document.querySelectorAll('iframe'))
    for (const element of frame.contentDocument.querySelectorAll('*')) {
      const link = element.getAttribute('href')
      if (link !== null && !/^(?:https?|mailto|tel):$/.test(new URL(link, 'relative:/').protocol)) found.push(`link ${link}`)
      if (element.id !== '' || element.hasAttribute('name')) found.push(`a name of its own: ${element.outerHTML.slice(0, 100)}`)
      const { position, backgroundImage } = frame.contentWindow.getComputedStyle(element)
      if (position !== 'static' || backgroundImage !== 'none') found.push(`style ${element.outerHTML.slice(0, 100)}`)
      for (const type of link === null ? EVENTS : EVENTS.slice(1)) element.dispatchEvent(new Event(type, { cancelable: true }))
    }
  return found
}

function lookAround() {
  const isWhole =
    document.title === 'host' &&
    document.body.tagName === 'BODY' &&
    document.querySelector('#app')?.outerHTML === '<div id="app">the app</div>' &&
    typeof document.getElementById === 'function' &&
    [...document.querySelectorAll('iframe')].every((frame) => frame.parentElement.id === 'frames')
  return { runs: alarms, damage: isWhole ? [] : ['the page around the frames was changed'] }
}

Object.assign(window, { putFrames, provoke, lookAround })
