// Minutes spent on each section, while the questionnaire is in sight. Kept beside the database: they are a help for the
// hour, not an answer.
const tickEvery = 5_000;

export class Timer {
  section = '';
  private readonly storage: string;
  private seconds = $state<Record<string, number>>({});
  private readonly ticking: ReturnType<typeof setInterval>;

  constructor(questionnaire: string) {
    this.storage = `anketa.time.${questionnaire}`;
    try {
      this.seconds = JSON.parse(localStorage.getItem(this.storage) ?? '{}') as Record<string, number>;
    } catch {
      this.seconds = {};
    }
    this.ticking = setInterval(() => this.tick(), tickEvery);
  }

  get minutes(): number {
    return Math.floor((this.seconds[this.section] ?? 0) / 60);
  }
  get total(): number {
    return Math.floor(Object.values(this.seconds).reduce((sum, one) => sum + one, 0) / 60);
  }

  stop(): void {
    clearInterval(this.ticking);
  }

  private tick(): void {
    if (!this.section || document.hidden) return;
    this.seconds[this.section] = (this.seconds[this.section] ?? 0) + tickEvery / 1000;
    localStorage.setItem(this.storage, JSON.stringify(this.seconds));
  }
}
