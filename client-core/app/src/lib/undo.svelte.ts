// What was just done and can be taken back with a tap, for a few seconds.
const offered = 5_000;

class Undo {
  text = $state('');
  private work: (() => Promise<void>) | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  offer(text: string, work: () => Promise<void>): void {
    clearTimeout(this.timer);
    this.text = text;
    this.work = work;
    this.timer = setTimeout(() => this.forget(), offered);
  }

  async take(): Promise<void> {
    const { work } = this;
    this.forget();
    await work?.();
  }

  forget(): void {
    clearTimeout(this.timer);
    this.text = '';
    this.work = null;
  }
}

export const undo = new Undo();
