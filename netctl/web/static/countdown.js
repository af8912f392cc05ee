// Counts down to the moments marked `data-countdown`, by the server's clock: the nearest `data-now` above says what it
// was when the page, or the piece of it, was made. Without this script the moment itself stands there.
(() => {
  'use strict';
  const ahead = new WeakMap(); // element with data-now → how far its server is ahead of this browser, in ms

  function learn() {
    for (const each of document.querySelectorAll('[data-now]')) {
      if (!ahead.has(each)) ahead.set(each, Date.parse(each.dataset.now) - Date.now());
    }
  }

  function count() {
    for (const each of document.querySelectorAll('time[data-countdown]')) {
      const clock = each.closest('[data-now]');
      const left = Math.max(0, Date.parse(each.dateTime) - Date.now() - (ahead.get(clock) || 0));
      const seconds = Math.ceil(left / 1000);
      each.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
      each.classList.toggle('soon', seconds <= 20);
    }
  }

  const both = () => { learn(); count(); };
  document.addEventListener('netctl:swapped', both);
  both();
  setInterval(count, 250);
})();
