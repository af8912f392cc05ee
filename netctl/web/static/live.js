// Keeps what is marked `data-live="TOPIC…" data-live-url="/…"` as the server has it now. One event stream a page tells
// which topics moved; where the server has no stream to give, the page asks every ten seconds. Without this script the
// page is as of when it was loaded, and says so.
(() => {
  'use strict';
  const POLL = 10000;
  const AGES = 5000;
  const DOUBT = 6000;
  const SPREAD = 1500; // a round of watching moves every open page: they do not all ask in the same instant
  const light = document.getElementById('live');
  const sections = () => [...document.querySelectorAll('[data-live][data-live-url]')];
  const topicsOf = (section) => section.dataset.live.split(/[\s,]+/).filter(Boolean);
  let seen = {};
  let timer = 0;
  let doubt = 0;
  let source = null;

  const show = (state) => { if (light) light.dataset.state = state; };

  // Somebody who is typing or choosing is not interrupted: the section waits until they have left it.
  const busy = (section) => section.contains(document.activeElement)
    && document.activeElement.matches('input:not([type=submit]), textarea, select');

  const focusable = 'a[href], button, input, select, textarea, summary, [tabindex]';

  async function swap(section) {
    if (busy(section)) {
      section.addEventListener('focusout', () => setTimeout(() => swap(section), 200), { once: true });
      return;
    }
    const answer = await fetch(section.dataset.liveUrl, { headers: { 'X-Netctl-Fragment': '1' }, credentials: 'same-origin' });
    if (answer.status === 401) { location.reload(); return; }
    if (!answer.ok || answer.redirected) return;
    const text = await answer.text();
    const held = section.contains(document.activeElement) ? document.activeElement : null;
    const place = held ? [...section.querySelectorAll(focusable)].indexOf(held) : -1;
    const open = [...section.querySelectorAll('details[id][open]')].map((each) => each.id);
    section.innerHTML = text;
    open.forEach((id) => { const found = document.getElementById(id); if (found) found.open = true; });
    if (held) ((held.id && document.getElementById(held.id)) || section.querySelectorAll(focusable)[place])?.focus({ preventScroll: true });
    if (window.htmx) window.htmx.process(section);
    section.dispatchEvent(new CustomEvent('netctl:swapped', { bubbles: true }));
    ages();
  }

  function moved(marks) {
    // What moved between the page and its first marks would be missed; where a change is pushed, that may be its end.
    const changed = Object.keys(marks).filter((topic) => (topic in seen ? seen[topic] !== marks[topic] : topic.startsWith('change:')));
    seen = { ...seen, ...marks };
    const delay = changed.every((topic) => topic === 'watch' || topic === 'problems') ? Math.random() * SPREAD : 0;
    for (const section of sections()) {
      if (topicsOf(section).some((topic) => changed.includes(topic))) setTimeout(() => swap(section).catch(() => {}), delay);
    }
  }

  const address = (path) => `${path}?topics=${encodeURIComponent([...new Set(sections().flatMap(topicsOf))].join(','))}`;

  async function poll() {
    try {
      const answer = await fetch(address('/live/marks'), { headers: { 'X-Netctl-Fragment': '1' }, credentials: 'same-origin' });
      if (answer.status === 401) { location.reload(); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      moved(await answer.json());
      show('polling');
    } catch {
      show('offline');
    }
  }

  function startPolling() {
    if (timer) return;
    poll();
    timer = setInterval(poll, POLL);
  }

  function stop() {
    clearInterval(timer);
    clearTimeout(doubt);
    timer = doubt = 0;
    if (source) source.close();
    source = null;
  }

  function start() {
    stop();
    if (!('EventSource' in window)) { startPolling(); return; }
    source = new EventSource(address('/live'));
    source.addEventListener('marks', (event) => {
      clearTimeout(doubt);
      doubt = 0;
      show('on');
      moved(JSON.parse(event.data));
    });
    source.onerror = () => {
      // CLOSED: the server said no (no free stream). Otherwise the browser tries again by itself, as it does every few
      // minutes when a stream has lived long enough: only a connection that stays away is worth a word.
      if (source && source.readyState === EventSource.CLOSED) { clearTimeout(doubt); startPolling(); }
      else doubt = doubt || setTimeout(() => show('offline'), DOUBT);
    };
  }

  // A tab nobody sees holds no stream: browsers allow six connections to one server, for all tabs together.
  const follow = () => { if (document.visibilityState === 'hidden') stop(); else start(); };

  // "3 分前" goes on being true while the page is open.
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'always', style: 'narrow' });
  function ages() {
    for (const each of document.querySelectorAll('time[data-age]')) {
      const seconds = (Date.parse(each.dateTime) - Date.now()) / 1000;
      const size = Math.abs(seconds);
      const [unit, length] = size >= 86400 ? ['day', 86400] : size >= 3600 ? ['hour', 3600] : size >= 60 ? ['minute', 60] : ['second', 1];
      each.textContent = words.format(Math.trunc(seconds / length), unit);
    }
  }

  if (sections().length) {
    follow();
    document.addEventListener('visibilitychange', follow);
    window.addEventListener('pagehide', stop);
    window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
  }
  setInterval(ages, AGES);
})();
