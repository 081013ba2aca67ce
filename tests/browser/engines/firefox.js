// Firefox, driven by WebDriver BiDi, with a profile that lasts and trusts the test server's authority.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

const home = process.env.ANKETA_BROWSER_HOME;
const program = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));

export const missing = program ? '' : 'no Firefox (package firefox-esr)';

export class Firefox {
  name = 'Firefox';
  profile = mkdtempSync(join(home, 'firefox-'));
  faults = [];

  constructor(server) {
    this.server = server;
    execFileSync('certutil', ['-N', '-d', `sql:${this.profile}`, '--empty-password']);
    execFileSync('certutil', ['-A', '-d', `sql:${this.profile}`, '-t', 'C,,', '-n', 'anketa', '-i', server.caFile]);
  }

  async start() {
    this.browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: program,
      headless: true,
      userDataDir: this.profile,
      env: { ...process.env, HOME: home },
      defaultViewport: { width: 390, height: 844 },
      // Nothing of its own is asked of the network.
      extraPrefsFirefox: { 'app.update.enabled': false, 'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false },
    });
    this.page = await this.browser.newPage();
    this.page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type())) this.faults.push(`console: ${message.text()}`);
    });
    this.page.on('pageerror', (error) => this.faults.push(`exception: ${error.message}`));
    await this.goto();
  }

  goto = () => this.page.goto(`${this.server.address}/app/`);
  reload = () => this.page.reload();
  evaluate = (work, ...given) => this.page.evaluate(work, ...given);
  screenshot = (path) => this.page.screenshot({ path });

  /** As the system kills an app. */
  async kill() {
    const process = this.browser.process();
    const ended = new Promise((resolve) => process.once('exit', resolve));
    process.kill('SIGKILL');
    await ended;
    // What a killed Firefox leaves behind.
    for (const name of ['lock', '.parentlock']) rmSync(join(this.profile, name), { force: true });
  }

  async stop() {
    await this.browser?.close().catch(() => undefined);
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  static version = () => spawnSync(program, ['--version']).stdout.toString().trim();
}
