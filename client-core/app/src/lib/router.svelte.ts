// The address: "#/client/<id>/brief". Each screen is an entry of the history, so the phone's Back goes back.
class Router {
  /** ["client", "<id>", "brief"] */
  path = $state<string[]>([]);

  constructor() {
    this.read();
    window.addEventListener('hashchange', () => this.read());
  }

  get screen(): string {
    return this.path[0] ?? 'today';
  }
  get id(): string {
    return this.path[1] ?? '';
  }

  go(...path: string[]) {
    location.hash = `/${path.map(encodeURIComponent).join('/')}`;
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
    this.path = path.length > 0 ? path : ['today'];
  }
}

export const router = new Router();
export const link = (...path: string[]) => `#/${path.map(encodeURIComponent).join('/')}`;
