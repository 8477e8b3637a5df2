"use strict";
/* One voice at a time, nothing cut off, nothing late: the manners of guide/sound/performer.py. Times are microseconds. */

const LATE = 1.5e6, BREATH = 0.15e6, OPENING = 0, CUE = 1, TICK = 2;

class Performer {
  constructor(clips, speed) {
    this.clips = clips;
    this.speed = speed;
    this.waiting = [];
    this.free = 0;
    this.opening = new Set();
    this.voiceOn = true;
    this.muted = false;
  }

  /* Needs a press by a person, as every browser asks; a silent tone keeps the page awake with the screen off. */
  async unlock() {
    this.context ||= new AudioContext();
    await this.context.resume();
    if (this.buffers) return;
    this.buffers = {};
    const tone = this.context.createOscillator(), quiet = this.context.createGain();
    quiet.gain.value = 0;
    tone.connect(quiet).connect(this.context.destination);
    tone.start();
    for (const [name, data] of Object.entries(this.clips)) {
      const bytes = Uint8Array.from(atob(data.audio), (letter) => letter.charCodeAt(0));
      try { this.buffers[name] = await this.context.decodeAudioData(bytes.buffer); } catch { /* its words stay on the screen */ }
    }
  }

  perform(happened, now, boundary) {
    for (const { at, effect, text, reason } of happened) {
      if (effect === "left" && reason !== "time" && at >= now - LATE * this.speed) this.hush(now);
      else if (effect === "paused") this.hush(now);
      else if (effect === "entered" || effect === "ended") this.opening = new Set(["say", "chime"]);
      else if (effect === "say" || effect === "chime") {
        this.waiting.push({ due: at, rank: this.opening.has(effect) ? OPENING : CUE, effect, text });
        this.opening.delete(effect);
      } else if (effect === "beat") this.waiting.push({ due: at, rank: TICK, effect, text: "tick" });
    }
    this.wake(now, boundary);
  }

  wake(now, boundary) {
    for (;;) {
      const ready = this.waiting.filter(({ due }) => due <= now);
      if (!ready.length) return;
      const first = ready.reduce((a, b) => (b.rank - a.rank || b.due - a.due) < 0 ? b : a);
      const inTime = (one, at) => at - one.due <= LATE * this.speed;
      if (first.rank === TICK || this.free <= now) {
        this.waiting.splice(this.waiting.indexOf(first), 1);
        if (first.rank === TICK ? this.free <= now : inTime(first, now)) this.play(first, now, boundary);
      } else {
        this.waiting = this.waiting.filter((one) => inTime(one, this.free));
        return;
      }
    }
  }

  due() { return this.waiting.length ? Math.max(Math.min(...this.waiting.map(({ due }) => due)), this.free) : null; }

  sayAgain(text, now) {
    this.hush(now);
    this.play({ rank: OPENING, effect: "say", text }, now, Infinity);
  }

  play({ rank, effect, text }, now, boundary) {
    const name = (effect === "say" ? "say " : "chime ") + text, clip = this.clips[name];
    if (!clip || (effect === "say" && !this.voiceOn)) return;
    const over = now + clip.length * this.speed;
    if (rank !== OPENING && over > boundary) return;
    this.free = over + (effect === "beat" ? 0 : BREATH * this.speed);
    if (this.muted || !this.buffers || !this.buffers[name]) return;
    this.source = this.context.createBufferSource();
    this.source.buffer = this.buffers[name];
    this.source.connect(this.context.destination);
    this.source.start();
  }

  hush(now) {
    try { this.source?.stop(); } catch { /* it had not begun */ }
    this.waiting = [];
    this.free = now;
  }
}

if (typeof module !== "undefined") module.exports = { Performer };
