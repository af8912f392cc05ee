// Draws the graphs of a router's health with uPlot, from the numbers that the page names. Without this script each graph
// is the small drawing the server made, and there is a table below. Sizes and colours are set through the object model,
// which the content security policy allows; no style element is added.
(() => {
  'use strict';
  const HEIGHT = 170;
  const PERCENT = new Set(['reachable', 'cpu', 'memory']);
  const UNITS = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'];
  const tongue = document.documentElement.lang;

  // A canvas knows no custom properties, and not light-dark() either: ask an element what they come to.
  const probe = document.createElement('span');
  function colour(name) {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  }

  function rate(value) {
    let unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) { value /= 1000; unit += 1; }
    return `${value >= 100 || unit === 0 ? value.toFixed(0) : value.toFixed(1)} ${UNITS[unit]}`;
  }

  function say(kind, value) {
    if (value === null || value === undefined) return '–';
    if (PERCENT.has(kind)) return `${(value * 100).toFixed(0)} %`;
    if (kind === 'clock') return Math.abs(value) < 5e-5 ? '0 ms' : `${value > 0 ? '+' : ''}${(value * 1000).toFixed(1)} ms`;
    if (kind === 'traffic') return rate(value);
    return value.toFixed(0);
  }

  function bounds(kind, low, high) {
    if (PERCENT.has(kind)) return [0, 1];
    if (kind !== 'clock') return [0, (high ?? 0) * 1.1 || 1];
    const most = Math.max(Math.abs(low ?? 0), Math.abs(high ?? 0), 0.001) * 1.2;
    return [-most, most];
  }

  function options(frame, figure, width, days) {
    const kind = figure.dataset.kind;
    const zone = { timeZone: frame.dataset.zone };
    const whole = new Intl.DateTimeFormat(tongue, { ...zone, dateStyle: 'medium', timeStyle: 'medium' });
    const short = new Intl.DateTimeFormat(tongue, days > 2
      ? { ...zone, month: 'numeric', day: 'numeric' }
      : { ...zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const text = colour('--text-soft');
    const grid = { stroke: colour('--line'), width: 1 };
    const font = '12px sans-serif';
    const traces = [...figure.querySelectorAll('[data-metric]')].map((each, place) => ({
      label: each.dataset.name, stroke: colour(place ? '--warn' : '--accent'), dash: place ? [6, 3] : [], width: 1.75,
      spanGaps: false, points: { show: false }, value: (_plot, value) => say(kind, value),
    }));
    return {
      width, height: HEIGHT,
      tzDate: (at) => window.uPlot.tzDate(new Date(at * 1000), frame.dataset.zone),
      cursor: { y: false, sync: { key: 'health' } },
      scales: { x: { time: true }, y: { range: (_plot, low, high) => bounds(kind, low, high) } },
      axes: [
        { stroke: text, grid, ticks: grid, font, values: (_plot, ticks) => ticks.map((each) => short.format(each * 1000)) },
        { stroke: text, grid, ticks: grid, font, size: 80, values: (_plot, ticks) => ticks.map((each) => say(kind, each)) },
      ],
      series: [{ label: frame.dataset.at, value: (_plot, at) => (at === null ? '–' : whole.format(at * 1000)) }, ...traces],
    };
  }

  async function draw(frame) {
    const answer = await fetch(frame.dataset.plots, { headers: { 'X-Netctl-Fragment': '1' }, credentials: 'same-origin' });
    if (!answer.ok) return;
    const { moments, metrics } = await answer.json();
    if (moments.length < 2) return;
    const days = (moments[moments.length - 1] - moments[0]) / 86400;
    frame.append(probe);
    for (const figure of frame.querySelectorAll('[data-kind]')) {
      const place = figure.querySelector('.drawn');
      const values = [...figure.querySelectorAll('[data-metric]')].map((each) => metrics[each.dataset.metric]);
      figure.classList.add('is-drawn');
      place.hidden = false;
      place.setAttribute('aria-hidden', 'true');  // the small drawing stays for those who hear the page
      const plot = new window.uPlot(options(frame, figure, place.clientWidth || 300, days), [moments, ...values], place);
      new ResizeObserver(() => { if (place.clientWidth) plot.setSize({ width: place.clientWidth, height: HEIGHT }); }).observe(place);
    }
    probe.remove();
  }

  document.addEventListener('DOMContentLoaded', () => {
    if (!window.uPlot) return;
    for (const frame of document.querySelectorAll('[data-plots]')) draw(frame).catch(() => {});
  });
})();
