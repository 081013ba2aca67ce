// Measures the console: what a browser downloads first, how soon the overview can be used on a slow machine, and how a
// table of ten thousand clients scrolls.
//   node measure.console.js [clients ...]   (through ./run console --measure); the demo and 10,000 without
import { execFileSync } from 'node:child_process';
import { logIn, openPage, startBrowser, visit } from './browser.js';
import { clientsFile, high, kb, median, ms, say } from './many.js';
import { people, password, startServer } from './server.js';

const slower = 4;
const rounds = 5;

async function slowedDown(page, rate) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** Bytes over the wire until the overview stands, and what they are. */
async function firstLoad(browser, server) {
  const { page, close } = await openPage(browser, server.address);
  const session = await page.context().newCDPSession(page);
  const sizes = new Map(), kinds = new Map();
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.reload();
  await logIn(page, people.lead);
  const byKind = {};
  let all = 0;
  for (const [id, size] of sizes) {
    all += size;
    byKind[kinds.get(id)] = (byKind[kinds.get(id)] ?? 0) + size;
  }
  say('first load: log-in and overview', kb(all));
  for (const [kind, size] of Object.entries(byKind).sort((a, b) => b[1] - a[1])) say(`  ${kind}`, kb(size));
  await close();
}

/** Milliseconds until the page answers: from opening to the log-in, from the log-in to the overview with its figures. */
async function start(browser, server) {
  const doors = [], overviews = [], anew = [];
  for (let i = 0; i < rounds; ++i) {
    const { page, close } = await openPage(browser, server.address);
    await slowedDown(page, slower);
    let begun = Date.now();
    await page.reload();
    await page.waitForSelector('input[name=login]');
    await idle(page);
    doors.push(Date.now() - begun);
    await page.fill('input[name=login]', people.lead);
    await page.fill('input[name=password]', password);
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/v1/login'));
    await page.keyboard.press('Enter');
    await answered;
    // From here on it is the page that is measured; before, the server's password hash.
    begun = Date.now();
    await page.waitForSelector('main .figures .figure');
    await page.waitForSelector('dl[aria-busy=false] dd');
    await idle(page);
    overviews.push(Date.now() - begun);
    await visit(page, '#/backup', 'section.card');
    begun = Date.now();
    await page.evaluate(() => (location.hash = '#/overview'));
    await page.waitForSelector('dl[aria-busy=false] dd');
    await idle(page);
    anew.push(Date.now() - begun);
    await close();
  }
  say(`log-in page usable (page slowed ${slower} times)`, ms(median(doors)));
  say('overview usable after the log-in was answered', ms(median(overviews)));
  say('overview usable when come back to', ms(median(anew)));
}

/** When the page has nothing more to do at once: two frames in a row without a long one between. */
const idle = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(done)))));

/** Scrolls the table by wheel and keys for some seconds and tells how frames and input fared. */
async function scroll(browser, server) {
  const { page, close } = await openPage(browser, server.address);
  await logIn(page, people.lead);
  const begun = Date.now();
  await visit(page, '#/clients', 'tbody tr th a');
  say('  the table of clients shown', ms(Date.now() - begun));
  await page.evaluate(() => {
    const seen = { frames: [], inputs: [] };
    globalThis.seen = seen;
    new PerformanceObserver((list) => seen.inputs.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'event', durationThreshold: 16 });
    let last = performance.now();
    requestAnimationFrame(function frame(now) {
      seen.frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    });
  });
  const place = await page.locator('.frame').boundingBox();
  await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2);
  let wheels = 0;
  for (const until = Date.now() + 5_000; Date.now() < until; ++wheels) {
    await page.mouse.wheel(0, 900);
    await page.waitForTimeout(16);
  }
  await page.focus('.frame');
  for (let i = 0; i < 40; ++i) await page.keyboard.press('PageDown');
  await page.keyboard.press('End');
  await page.waitForFunction(() => {
    const rows = document.querySelectorAll('tbody tr[aria-rowindex]');
    const total = document.querySelector('table').getAttribute('aria-rowcount');
    return rows[rows.length - 1]?.getAttribute('aria-rowindex') === total && rows[rows.length - 1].querySelector('a');
  });
  const { frames, inputs } = await page.evaluate(() => globalThis.seen);
  const slow = frames.filter((frame) => frame > 50).length;
  say(`  frames while scrolling (${wheels} wheel steps): median, 95 %`, `${ms(median(frames))}, ${ms(high(frames))}`);
  say('  frames longer than 50 ms', `${slow} of ${frames.length}`);
  say('  longest time from an input to its picture', inputs.length ? ms(Math.max(...inputs)) : 'under 16 ms');
  await close();
}

async function measure(clients) {
  const server = await startServer((data) => {
    if (clients > 0) execFileSync(process.env.ANKETA_SERVER_PROGRAM, ['import', 'clients', clientsFile(data, clients), '--data', data]);
  });
  const browser = await startBrowser(server.caFile);
  try {
    await server.api.logIn(people.lead);
    const { total } = await server.api.get('/v1/clients?limit=1');
    console.log(`${total} clients`);
    if (clients === 0) await firstLoad(browser, server);
    await start(browser, server);
    await scroll(browser, server);
  } finally {
    await browser.close();
    await server.stop();
  }
}

const counts = process.argv.slice(2).map(Number);
for (const clients of counts.length ? counts : [0, 10_000]) await measure(clients);
