// A text on its way into the database: after a pause, on leaving the field, when the app is hidden or the screen goes.
const pause = 1_000;

export class Typing {
  typed = $state('');
  private committed = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `save` stores the text, and gives false where it could not. */
  constructor(
    value: string,
    private readonly save: (text: string) => Promise<boolean>,
  ) {
    this.typed = this.committed = value;
  }

  /** What stands in the database now: shown, but never over what is being typed. */
  stands(value: string): void {
    if (this.typed === this.committed && value !== this.committed) this.typed = this.committed = value;
  }

  soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.commit(), pause);
  }

  readonly commit = (): void => {
    clearTimeout(this.timer);
    if (this.typed === this.committed) return;
    const before = this.committed;
    this.committed = this.typed;
    void this.save(this.typed).then((done) => {
      // Not stored: leaving the field tries again.
      if (!done) this.committed = before;
    });
  };

  readonly whenHidden = (): void => {
    if (document.hidden) this.commit();
  };
}
