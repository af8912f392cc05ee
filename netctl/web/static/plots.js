// Draws the graphs of a router's health with uPlot, from the numbers that the page names. Without this script each graph
// is the small drawing the server made, and the table below it.
(() => {
  'use strict';
  const PERCENT = new Set(['reachable', 'cpu', 'memory']);
  const RATE = new Set(['received', 'sent']);
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const units = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'];

  function rate(value) {
    let unit = 0;
    while (value >= 999.5 && unit < units.length - 1) { value /= 1000; unit += 1; }
    return `${value >= 100 || unit === 0 ? value.toFixed(0) : value.toFixed(1)} ${units[unit]}`;
  }

  function say(kind, value) {
    if (value === null || value === undefined) return '–';
    if (PERCENT.has(kind)) return `${(value * 100).toFixed(value < 0.1 ? 1 : 0)} %`;
    if (kind === 'clock') return `${value >= 0 ? '+' : ''}${(value * 1000).toFixed(1)} ms`;
    if (RATE.has(kind)) return rate(value);
    return String(Math.round(value));
  }

  function options(figure, width) {
    const kind = figure.dataset.kind;
    const text = css('--text-soft');
    const grid = { stroke: css('--line'), width: 1 };
    const font = '12px sans-serif';
    const range = (_plot, low, high) => {
      if (PERCENT.has(kind)) return [0, 1];
      if (kind === 'clock') { const most = Math.max(Math.abs(low ?? 0), Math.abs(high ?? 0), 0.001); return [-most * 1.2, most * 1.2]; }
      return [0, (high ?? 0) * 1.1 || 1];
    };
    return {
      width, height: 160,
      cursor: { y: false, sync: { key: 'health' } },
      legend: { live: true },
      scales: { x: { time: true }, y: { range } },
      axes: [
        { stroke: text, grid, ticks: grid, font },
        { stroke: text, grid, ticks: grid, font, size: 76, values: (_plot, ticks) => ticks.map((each) => say(kind, each)) },
      ],
      series: [
        { label: figure.closest('[data-plots]').dataset.at, value: (_plot, at) => (at === null ? '–' : new Date(at * 1000).toLocaleString(document.documentElement.lang)) },
        { label: figure.dataset.title, stroke: css('--accent'), width: 1.5, spanGaps: false, points: { show: false }, value: (_plot, value) => say(kind, value) },
      ],
    };
  }

  // uPlot sets sizes through the style object, which the content security policy allows; it adds no style elements.
  async function draw(frame) {
    const answer = await fetch(frame.dataset.plots, { headers: { 'X-Netctl-Fragment': '1' }, credentials: 'same-origin' });
    if (!answer.ok) return;
    const data = await answer.json();
    for (const figure of frame.querySelectorAll('[data-plot]')) {
      const values = data.metrics[figure.dataset.plot];
      if (!values) continue;
      const place = document.createElement('div');
      place.className = 'drawn';
      place.setAttribute('aria-hidden', 'true');
      figure.querySelector('.spark').after(place);
      const plot = new window.uPlot(options(figure, place.clientWidth || 300), [data.moments, values], place);
      figure.classList.add('is-drawn');
      new ResizeObserver(() => { if (place.clientWidth) plot.setSize({ width: place.clientWidth, height: 160 }); }).observe(place);
    }
  }

  document.addEventListener('DOMContentLoaded', () => {
    if (!window.uPlot) return;
    for (const frame of document.querySelectorAll('[data-plots]')) draw(frame).catch(() => {});
  });
})();
