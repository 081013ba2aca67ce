// Where the app stands: whose tab, logged in, locked, open.
import { ask, call, Failure, stop } from '../core/client';
import type { VaultState } from '../core/types';
import { locale, t } from './i18n.svelte';
import { onTakenOver, takeOver, tryToOwn } from './owner';
import { forgetAll, goOn, readAhead } from './place';
import { router } from './router.svelte';

export type Phase =
  | 'starting'
  | 'elsewhere' // another tab has the database
  | 'moved' // another tab took it from this one
  | 'failed' // no storage here
  | 'log_in'
  | 'new_pin'
  | 'locked'
  | 'blocked' // too many wrong PINs
  | 'open';

/** Idle time after which the app locks itself; a talk has longer silences. */
const idleLimit = 10 * 60_000;
const idleLimitInTalk = 45 * 60_000;

export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new Failure({ code: 'app.unexpected', message: t('problem.unexpected.what'), remedy: t('problem.unexpected.do'), where: detail });
}

class Session {
  phase = $state<Phase>('starting');
  vault = $state<VaultState>({ state: 'none', login: '', name: '', attempts_left: 0 });
  failure = $state<Failure | null>(null);
  /** A questionnaire is being filled in. */
  inTalk = false;
  private active = Date.now();

  async start(): Promise<void> {
    onTakenOver(async () => {
      await ask({ kind: 'release' }).catch(() => undefined);
      stop();
      this.phase = 'moved';
    });
    for (const kind of ['pointerdown', 'keydown', 'input'] as const)
      window.addEventListener(kind, () => (this.active = Date.now()), { passive: true, capture: true });
    setInterval(() => this.lockWhenIdle(), 15_000);
    document.addEventListener('visibilitychange', () => this.lockWhenIdle());
    await this.boot(await tryToOwn());
  }

  async takeOver(): Promise<void> {
    this.phase = 'starting';
    await this.boot(await takeOver());
  }

  private async boot(owned: boolean): Promise<void> {
    if (!owned) {
      this.phase = 'elsewhere';
      return;
    }
    try {
      this.place(await ask<VaultState>({ kind: 'boot', language: locale.language }));
    } catch (error) {
      this.failure = failureOf(error);
      this.phase = this.failure.code === 'app.elsewhere' ? 'elsewhere' : 'failed';
    }
  }

  private place(vault: VaultState) {
    readAhead();
    this.vault = vault;
    this.phase = vault.state === 'none' ? 'log_in' : vault.state;
  }

  /** Throws Failure. */
  async logIn(login: string, password: string, device_name: string): Promise<void> {
    await ask({ kind: 'log_in', login, password, device_name });
    // Asked here, at a tap, where browsers grant it most willingly.
    void navigator.storage.persist?.();
    this.failure = null;
    this.phase = 'new_pin';
  }

  async setPin(pin: string): Promise<void> {
    this.vault = await ask<VaultState>({ kind: 'set_pin', pin });
    await this.enter();
  }

  async unlock(pin: string): Promise<void> {
    try {
      await ask({ kind: 'unlock', pin });
      await this.enter();
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === 'app.pin_wrong') this.vault.attempts_left = Number(failure.where);
      if (failure.code === 'app.pin_blocked') this.phase = 'blocked';
      throw failure;
    }
  }

  async unlockWithPassword(password: string): Promise<void> {
    await ask({ kind: 'unlock_with_password', password });
    this.phase = 'new_pin';
  }

  async lock(): Promise<void> {
    if (this.phase !== 'open') return;
    this.place(await ask<VaultState>({ kind: 'lock' }));
  }

  /** Forgets everything on this phone. */
  async wipe(): Promise<void> {
    await ask({ kind: 'wipe' });
    await forgetAll();
    router.replace('today');
    location.reload();
  }

  /** The lead has revoked this phone, and the core has handed its work over and forgotten everything: so do we. */
  async revoked(why: Failure): Promise<void> {
    await ask({ kind: 'wipe' });
    await forgetAll();
    this.place(await ask<VaultState>({ kind: 'boot', language: locale.language }));
    this.failure = why;
  }

  async chooseLanguage(language: 'ru' | 'en'): Promise<void> {
    locale.choose(language);
    if (this.phase === 'open') await call('language', { language });
  }

  private async enter(): Promise<void> {
    await goOn();
    this.active = Date.now();
    this.failure = null;
    this.phase = 'open';
  }

  private lockWhenIdle() {
    const limit = this.inTalk ? idleLimitInTalk : idleLimit;
    if (this.phase === 'open' && Date.now() - this.active > limit) void this.lock();
  }
}

export const session = new Session();
