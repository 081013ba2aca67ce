// Measures the phone app: what a phone downloads, how long it takes to be usable, to commit an answer, to search.
//   node measure.js [clients ...]   (through ./run app --measure); 500 and 10,000 without
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { high, importClients, kb, median, ms, say } from './many.js';
import { Phone, pin } from './phone.js';
import { people, startServer } from './server.js';

const dist = fileURLToPath(new URL('../../client-core/app/dist', import.meta.url));
const slower = 4;
const rounds = 60;

function payload() {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((file) => file.isFile() && !/^icon-/.test(file.name));
  const contents = files.map((file) => readFileSync(join(file.parentPath ?? file.path, file.name)));
  const sum = (pack) => contents.reduce((total, content) => total + pack(content).length, 0);
  say('all that is needed offline, gzip', kb(sum((content) => gzipSync(content, { level: 9 }))));
  say('the same, brotli', kb(sum((content) => brotliCompressSync(content))));
}

/** Milliseconds from an input to the list that answers it. */
async function searchTimes(page, words) {
  return page.evaluate(async (words) => {
    const field = document.querySelector('input[type=search]');
    const times = [];
    for (const word of words) {
      const list = document.querySelector('main');
      const changed = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          resolve(performance.now());
        });
        observer.observe(list, { childList: true, subtree: true, characterData: true });
      });
      const from = performance.now();
      field.value = word;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      times.push((await changed) - from);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    return times;
  }, words);
}

/** Milliseconds from a tap to the mark that the core has committed the answer. */
async function answerTimes(page) {
  return page.evaluate(async (rounds) => {
    const times = [];
    for (let i = 0; i < rounds; ++i) {
      const input = document.querySelectorAll('.scale input')[i % 11];
      const from = performance.now();
      input.click();
      while (!input.parentElement.classList.contains('selected')) await new Promise((resolve) => setTimeout(resolve, 0));
      times.push(performance.now() - from);
    }
    return times;
  }, rounds);
}

/** In every page from its first moment on: notes when the PIN can be typed, when it was sent and when the day stood there, by
 *  the page's own clock, so that what drives the browser is not measured with it. */
function noteStart() {
  const marks = (globalThis.marks = {});
  const whenPainted = (name, selector) => {
    if (marks[name] !== undefined || !document.querySelector(selector)) return;
    marks[name] = 0;
    requestAnimationFrame(() => setTimeout(() => (marks[name] = performance.now())));
  };
  new MutationObserver(() => {
    whenPainted('pin', 'input[name=pin]');
    whenPainted('day', '.norm');
  }).observe(document, { childList: true, subtree: true });
  addEventListener('click', (event) => (marks.sent = event.timeStamp), { capture: true });
}

/** Milliseconds from the beginning of the navigation to the PIN, and from its button to a day that can be used. */
async function warmStarts(phone, page) {
  const toPin = [], fromPin = [];
  for (let i = 0; i < 7; ++i) {
    await phone.go('today');
    await page.reload({ waitUntil: 'commit' });
    await page.waitForFunction(() => globalThis.marks?.pin > 0);
    await page.fill('input[name=pin]', pin);
    // What is got ready while a PIN is typed is ready by then: a person takes longer than this.
    await page.waitForTimeout(1_000);
    await page.tap('button.main');
    await page.waitForFunction(() => globalThis.marks.day > 0);
    const marks = await page.evaluate(() => globalThis.marks);
    toPin.push(marks.pin);
    fromPin.push(marks.day - marks.sent);
  }
  return { toPin, fromPin };
}

async function measure(clients) {
  const server = await startServer((data) => importClients(data, clients));
  const phone = new Phone(server);
  try {
    const page = await phone.start();
    await page.waitForSelector('input[name=login]');
    const from = Date.now();
    await phone.setUp(people.rep);
    say(`${clients} clients: log-in, PIN and first sync`, `${((Date.now() - from) / 1000).toFixed(1)} s`);

    await phone.installed();
    await page.addInitScript(noteStart);
    const session = await phone.context.newCDPSession(page);
    for (const rate of [1, slower]) {
      await session.send('Emulation.setCPUThrottlingRate', { rate });
      const { toPin, fromPin } = await warmStarts(phone, page);
      say(`  warm start to the PIN, page slowed ${rate} times`, ms(median(toPin)));
      say('  from the PIN to a usable Today', ms(median(fromPin)));
      say('  together', ms(median(toPin.map((one, i) => one + fromPin[i]))));
    }
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });

    await phone.go('clients');
    await page.waitForSelector('.list a');
    const words = ['се', 'сев', 'север', 'север 1', 'иванов', 'банк орион', 'садовая 77', 'вект', 'заря 123', 'торг'];
    const times = [...(await searchTimes(page, words)), ...(await searchTimes(page, words))];
    say('  search as one types, median and 95 %', `${ms(median(times))}, ${ms(high(times))}`);

    await page.fill('input[type=search]', '');
    await page.locator('.list a').nth(1).tap();
    await page.locator('main .button.main').tap();
    await page.waitForSelector('footer');
    const questionnaire = (await page.evaluate(() => location.hash)).split('/')[2];
    await phone.go('fill', questionnaire, encodeURIComponent('s5:nps'));
    await page.waitForSelector('.scale');
    const answers = await answerTimes(page);
    say('  an answer committed and shown, median and 95 %', `${ms(median(answers))}, ${ms(high(answers))}`);
  } finally {
    await phone.throwAway();
    await server.stop();
  }
}

payload();
const counts = process.argv.slice(2).map(Number);
for (const clients of counts.length ? counts : [500, 10_000]) await measure(clients);
