// The address: "#/client/<id>/brief". Each screen is an entry of the history, so the phone's Back goes back.
/** How long a screen may take to be long enough again. */
const patience = 1_000;

class Router {
  /** How far down the entries of the history were scrolled. */
  private depths: Record<string, number> = {};
  private entry = '';
  /** ["client", "<id>", "brief"] */
  path = $state<string[]>([]);

  constructor() {
    history.scrollRestoration = 'manual';
    this.read();
    this.stand();
    window.addEventListener('hashchange', () => {
      this.read();
      this.stand();
    });
    window.addEventListener('scroll', () => (this.depths[this.entry] = window.scrollY), { passive: true });
  }

  get screen(): string {
    return this.path[0] ?? 'today';
  }
  get id(): string {
    return this.path[1] ?? '';
  }

  go(...path: string[]) {
    location.hash = `/${path.map(encodeURIComponent).join('/')}`;
    this.read();
    this.stand();
  }

  /** In place of the present screen: Back does not return to it. */
  replace(...path: string[]) {
    location.replace(`#/${path.map(encodeURIComponent).join('/')}`);
  }

  /** One step back; where there is none, to a screen that makes sense. */
  back(...otherwise: string[]) {
    if (history.length > 1) history.back();
    else this.replace(...otherwise);
  }

  private read() {
    const path = location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent);
    const known = path.length > 0 ? path : ['today'];
    if (known.join('/') !== this.path.join('/')) this.path = known;
  }

  /** A new screen begins at its top; one that Back leads to is as far down as it was left, once it is read again. */
  private stand() {
    const { entry: known } = (history.state ?? {}) as { entry?: string };
    this.entry = known ?? crypto.randomUUID();
    if (!known) history.replaceState({ entry: this.entry }, '');
    const { entry } = this;
    const depth = this.depths[entry] ?? 0;
    const until = performance.now() + patience;
    const step = () => {
      if (this.entry !== entry) return;
      window.scrollTo(0, depth);
      if (Math.abs(window.scrollY - depth) > 1 && performance.now() < until) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }
}

export const router = new Router();
export const link = (...path: string[]) => `#/${path.map(encodeURIComponent).join('/')}`;
