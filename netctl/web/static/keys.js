// Keys as /help lists them, and small things that save a click. All of it works without this script, by links and buttons.
(() => {
  'use strict';
  const typing = (target) => target.closest('input, textarea, select, [contenteditable]');
  let began = 0;

  if (document.documentElement.dataset.keys === 'on') {
    document.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (event.key === '/') {
        const search = document.getElementById('search');
        if (search) { event.preventDefault(); search.focus(); search.select(); }
      } else if (event.key === '?') {
        location.href = '/help';
      } else if (event.key === 'g') {
        began = event.timeStamp;
      } else if (began && event.timeStamp - began < 1500) {
        began = 0;
        document.querySelector(`.menu a[data-key="${CSS.escape(event.key)}"]`)?.click();
      }
    });
  }

  // A choice in a table's filters counts at once; without this script there is the button.
  document.addEventListener('change', (event) => {
    if (event.target.matches('form[data-filters] select')) event.target.form.requestSubmit();
  });
})();
