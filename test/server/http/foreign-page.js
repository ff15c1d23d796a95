// Tries whatever a page can to reach a server that isn't its own, and keeps what it could read.
// Its address says: target, the server; query, which costs; mutation, which writes.
const { target, query, mutation } = Object.fromEntries(new URLSearchParams(location.search));
const read = [];

const at = (from, text = query) => `${target}/graphql?${new URLSearchParams({ from, query: text })}`;
const socketAt = (from) => at(from).replace('http', 'ws');
const json = JSON.stringify({ query: mutation });
const asJson = { 'content-type': 'application/json' };

/** Adds an element to the page. Resolves when it has loaded or failed; without events, at once. */
const put = (tag, attributes, events = ['load', 'error']) =>
  new Promise((resolve) => {
    const element = document.createElement(tag);
    for (const name of events) element.addEventListener(name, resolve);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.body.append(element);
    if (events.length === 0) resolve();
  });
/** Sends a form into a frame, and reads what it can of that. */
const submit = async (from, method, enctype, more = {}) => {
  const name = `frame of ${from}`;
  const frame = Object.assign(document.createElement('iframe'), { name });
  const form = document.createElement('form');
  for (const [key, value] of Object.entries({ action: at(from), method, enctype, target: name, ...more }))
    form.setAttribute(key, value);
  const values = { from, query: method === 'get' ? query : mutation, [json]: '' };
  for (const [key, value] of Object.entries(values))
    form.append(Object.assign(document.createElement('input'), { name: key, value }));
  document.body.append(frame, form);
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  form.submit();
  await loaded;
  look(from, frame);
};
const look = (from, frame) => {
  try {
    const text = frame.contentDocument?.body?.textContent;
    if (text) read.push(`${from}: ${text}`);
  } catch {}
};
const ask = async (from, options, text) => {
  try {
    const said = await (await fetch(at(from, text), options)).text();
    if (said) read.push(`${from}: ${said}`);
  } catch {}
};
/** Listens until a message arrives, or none can. */
const listen = (from, source) =>
  new Promise((resolve) => {
    const end = () => {
      source.close();
      resolve();
    };
    source.onopen = () => {
      read.push(`${from}: opened`);
      if (source instanceof EventSource) end();
      else source.send(JSON.stringify({ type: 'connection_init' }));
    };
    source.onmessage = ({ data }) => {
      read.push(`${from}: ${data}`);
      end();
    };
    source.onerror = end;
  });
/** Runs in a frame without an origin, which sends what it read to this page alone. */
const asNobody = (from, code) =>
  new Promise((resolve) => {
    addEventListener('message', function heard({ data }) {
      if (data?.from !== from) return;
      removeEventListener('message', heard);
      if (data.text) read.push(`${from}: ${data.text}`);
      resolve();
    });
    const script = `<script>{
      const tell = (text) => parent.postMessage({ from: ${JSON.stringify(from)}, text }, '*');
      ${code}
    }</script>`;
    put('iframe', { sandbox: 'allow-scripts allow-forms', srcdoc: script });
  });
const text = (value) => JSON.stringify(value).replaceAll('<', '\\u003c');

const TRIES = {
  // What a page shows
  image: (from) => put('img', { src: at(from) }),
  'image without a referrer': (from) => put('img', { src: at(from), referrerpolicy: 'no-referrer' }),
  'image that would write': (from) => put('img', { src: at(from, mutation) }),
  'image to be read': (from) => put('img', { src: at(from), crossorigin: 'use-credentials' }),
  'image of a set': (from) => put('img', { srcset: `${at(from).replaceAll(' ', '%20')} 1x` }),
  'image of a form': (from) => put('input', { type: 'image', src: at(from) }),
  'image of a drawing': (from) =>
    new Promise((resolve) => {
      const svg = new DOMParser().parseFromString(
        `<svg xmlns="http://www.w3.org/2000/svg"><image/></svg>`,
        'image/svg+xml',
      );
      const image = svg.querySelector('image');
      image.addEventListener('load', resolve);
      image.addEventListener('error', resolve);
      image.setAttribute('href', at(from));
      document.body.append(svg.documentElement);
    }),
  audio: (from) => put('audio', { src: at(from), preload: 'auto' }, ['error', 'loadeddata']),
  video: (from) => put('video', { src: at(from), preload: 'auto' }, ['error', 'loadeddata']),
  poster: (from) => put('video', { poster: at(from) }, []),
  object: (from) => put('object', { data: at(from), type: 'image/png' }),
  embed: (from) => put('embed', { src: at(from), type: 'image/png' }, []),
  frame: (from) => put('iframe', { src: at(from) }).then(({ target: frame }) => look(from, frame)),
  'frame in a sandbox': (from) => put('iframe', { src: at(from), sandbox: 'allow-scripts' }),
  // What a page is made of
  script: (from) => put('script', { src: at(from) }),
  module: (from) => put('script', { src: at(from), type: 'module' }),
  style: (from) => put('link', { rel: 'stylesheet', href: at(from) }),
  'import of a style': (from) => {
    document.head.append(
      Object.assign(document.createElement('style'), { textContent: `@import url(${JSON.stringify(at(from))})` }),
    );
  },
  background: (from) => put('div', { style: `background: url(${JSON.stringify(at(from))}); height: 1px` }, []),
  font: (from) => new FontFace('foreign', `url(${JSON.stringify(at(from))})`).load().catch(() => {}),
  prefetch: (from) => put('link', { rel: 'prefetch', href: at(from) }),
  preload: (from) => put('link', { rel: 'preload', as: 'image', href: at(from) }),
  'preload of a module': (from) => put('link', { rel: 'modulepreload', href: at(from) }),
  'script of a worker': (from) =>
    new Promise((resolve) => {
      const code = `try { importScripts(${JSON.stringify(at(from))}) } catch {} postMessage(0)`;
      new Worker(URL.createObjectURL(new Blob([code]))).onmessage = resolve;
    }),
  // What a page sends
  'form by GET': (from) => submit(from, 'get', 'application/x-www-form-urlencoded'),
  'form by POST': (from) => submit(from, 'post', 'application/x-www-form-urlencoded'),
  'form as text': (from) => submit(from, 'post', 'text/plain'),
  'form in parts': (from) => submit(from, 'post', 'multipart/form-data'),
  'form of nobody': (from) =>
    asNobody(
      from,
      `document.write('<form method="post" enctype="text/plain"><input name="x"></form>');
      document.forms[0].action = ${text(at(from))}; document.forms[0].submit(); tell('')`,
    ),
  beacon: (from) => navigator.sendBeacon(at(from), json),
  'beacon of JSON': (from) => navigator.sendBeacon(at(from), new Blob([json], { type: 'application/json' })),
  'beacon of a form': (from) => navigator.sendBeacon(at(from), new URLSearchParams({ query: mutation })),
  ping: (from) => {
    const link = Object.assign(document.createElement('a'), { href: '#', ping: at(from) });
    document.body.append(link);
    link.click();
  },
  // What a page asks for
  fetch: (from) => ask(from),
  'fetch with credentials': (from) => ask(from, { credentials: 'include' }),
  'fetch, unread': (from) => ask(from, { mode: 'no-cors' }),
  'fetch, unread, with credentials': (from) => ask(from, { mode: 'no-cors', credentials: 'include' }),
  'fetch, unread, without a referrer': (from) => ask(from, { mode: 'no-cors', referrerPolicy: 'no-referrer' }),
  'fetch, unread, that would write': (from) => ask(from, { mode: 'no-cors' }, mutation),
  'fetch by HEAD': (from) => ask(from, { method: 'HEAD', mode: 'no-cors' }),
  'fetch of events': (from) => ask(from, { headers: { accept: 'text/event-stream' } }),
  'fetch of JSON': (from) => ask(from, { method: 'POST', headers: asJson, body: json }),
  'fetch of JSON with credentials': (from) =>
    ask(from, { method: 'POST', headers: asJson, body: json, credentials: 'include' }),
  'fetch of JSON, unread': (from) => ask(from, { method: 'POST', headers: asJson, body: json, mode: 'no-cors' }),
  'fetch of text': (from) => ask(from, { method: 'POST', body: json }),
  'fetch of bytes': (from) => ask(from, { method: 'POST', body: new TextEncoder().encode(json), mode: 'no-cors' }),
  'fetch of a form': (from) => ask(from, { method: 'POST', body: new URLSearchParams({ query: mutation }) }),
  'fetch of parts': (from) => {
    const body = new FormData();
    body.append('operations', json);
    return ask(from, { method: 'POST', body });
  },
  'fetch, kept alive': (from) => ask(from, { method: 'POST', body: json, mode: 'no-cors', keepalive: true }),
  'fetch by PUT': (from) => ask(from, { method: 'PUT', body: json }),
  'fetch with a header': (from) => ask(from, { headers: { 'mooring-actor': 'somebody' } }),
  'fetch of nobody': (from) =>
    asNobody(from, `fetch(${text(at(from))}).then((answer) => answer.text()).then(tell, () => tell(''))`),
  'fetch of JSON of nobody': (from) =>
    asNobody(
      from,
      `fetch(${text(at(from))}, { method: 'POST', headers: ${text(asJson)}, body: ${text(json)} })
      .then((answer) => answer.text()).then(tell, () => tell(''))`,
    ),
  XMLHttpRequest: (from) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.onloadend = () => {
        if (request.responseText) read.push(`${from}: ${request.responseText}`);
        resolve();
      };
      request.open('GET', at(from));
      request.send();
    }),
  // What a page follows
  'event source': (from) => listen(from, new EventSource(at(from))),
  'event source with credentials': (from) => listen(from, new EventSource(at(from), { withCredentials: true })),
  socket: (from) => listen(from, new WebSocket(socketAt(from), 'graphql-transport-ws')),
  'socket of nobody': (from) =>
    asNobody(
      from,
      `const socket = new WebSocket(${text(socketAt(from))}, 'graphql-transport-ws');
      socket.onopen = () => tell('opened'); socket.onerror = () => tell('')`,
    ),
};

/** Resolves when all attempts have ended; those without an end are only started. */
globalThis.done = Promise.all(Object.entries(TRIES).map(([from, attempt]) => attempt(from)));
