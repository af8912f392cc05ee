// What the server refuses while a piece of a change is fetched or sent is shown as it would be without scripts: as a page.
(() => {
  'use strict';
  document.addEventListener('htmx:beforeSwap', (event) => {
    const answer = event.detail.xhr;
    const path = answer.responseURL ? new URL(answer.responseURL).pathname : '';
    if (path.startsWith('/signin')) {
      event.detail.shouldSwap = false;
      location.assign(answer.responseURL);
    } else if (answer.status >= 400) {
      event.detail.shouldSwap = true;
      event.detail.target = document.getElementById('main');
      event.detail.selectOverride = '#main > *';
      event.detail.swapOverride = 'innerHTML show:window:top';
    }
  });
})();
