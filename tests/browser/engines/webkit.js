// WebKitGTK: its own MiniBrowser, driven by WebKitWebDriver, on a screen that nobody sees. Of the engine of iPhones it is the
// nearest thing to be had on Linux; what it lacks, the tests say.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { writeFileSync } from 'node:fs';

const folder = '/usr/lib';
const miniBrowser = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `${folder}/${name}/webkit2gtk-4.1/MiniBrowser`)
  .find((path) => existsSync(path));
const driver = '/usr/bin/WebKitWebDriver';

export const missing = !existsSync(driver) || !miniBrowser ? 'no WebKitGTK (package webkit2gtk-driver)' : existsSync('/usr/bin/Xvfb') ? '' : 'no Xvfb (package xvfb)';

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Tries until it works. */
async function until(work, tries = 100) {
  for (let i = 0; ; ++i) {
    try {
      return await work();
    } catch (error) {
      if (i === tries) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

export class WebKit {
  name = 'WebKitGTK';
  faults = [];

  constructor(server) {
    this.server = server;
  }

  async start() {
    // Off by default in this port of WebKit, on in Safari.
    const features = ['StorageAPI', 'StorageAPIEstimate', 'FileSystem', 'AccessHandle'];
    const display = `:${90 + Math.floor(Math.random() * 400)}`;
    this.screen = spawn('Xvfb', [display, '-screen', '0', '1024x1200x24', '-nolisten', 'tcp'], { stdio: 'ignore' });
    this.port = await freePort();
    this.driver = spawn(driver, [`--port=${this.port}`], { env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_COMPOSITING_MODE: '1' }, stdio: 'ignore' });
    await until(() => this.ask('GET', '/status'));
    const options = { binary: miniBrowser, args: ['--automation', `--features=${features.join(',')}`] };
    const session = await until(() => this.ask('POST', '/session', { capabilities: { alwaysMatch: { acceptInsecureCerts: true, 'webkitgtk:browserOptions': options } } }), 20);
    this.session = `/session/${session.sessionId}`;
    await this.ask('POST', `${this.session}/timeouts`, { script: 60_000 });
    await this.ask('POST', `${this.session}/window/rect`, { width: 390, height: 844 });
    await this.goto();
  }

  goto = () => this.ask('POST', `${this.session}/url`, { url: `${this.server.address}/app/` });
  reload = () => this.ask('POST', `${this.session}/refresh`, {});
  /** A function with what it is given, or a whole script. */
  evaluate = (work, ...given) =>
    this.ask('POST', `${this.session}/execute/async`, {
      script:
        'const given = [...arguments], done = given.pop(); ' +
        (typeof work === 'string'
          ? `${work}\ndone({});`
          : `Promise.resolve((${work})(...given)).then((value) => done({ value }), (error) => done({ error: String(error) }));`),
      args: given,
    }).then((answer) => {
      if (answer?.error) throw new Error(answer.error);
      return answer?.value;
    });
  screenshot = async (path) => writeFileSync(path, Buffer.from(await this.ask('GET', `${this.session}/screenshot`), 'base64'));

  async stop() {
    if (this.session) await this.ask('DELETE', this.session).catch(() => undefined);
    this.driver?.kill();
    this.screen?.kill();
  }

  async ask(method, path, body) {
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const { value } = await answer.json();
    if (value?.error) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  }

  static version = () => `WebKitGTK ${spawnSync('dpkg-query', ['-W', '-f=${Version}', 'libwebkit2gtk-4.1-0']).stdout}`;
}
