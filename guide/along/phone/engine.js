"use strict";
/* A session over a plan, as guide/core/session.py has it: a cursor that time and commands move. Times are whole microseconds of the
   session's own clock. `advance` and `command` hand back what happened, each with the moment when it was due. */

const SECOND = 1e6, BACK_WITHIN = 5 * SECOND, ONE_MORE = 60 * SECOND, LONGEST_SUCTION = 1800 * SECOND, CLOSE_AFTER = 4 * SECOND;

const endsStep = (moment) => moment.effect === "advance";

class Session {
  constructor(plan) {
    this.plan = plan;
    this.state = "ready";
    this.hurts = false; // whether it is paused because something hurts
    this.trail = [];
  }

  get segment() { return this.plan.steps[this.index]; }
  get latest() { return this.segment.latest === null ? null : this.segment.latest + this.extra; }

  /* Where the step ends as things stand, from its start; null for a step that waits. */
  get end() {
    if (this.latest === null || this.slowed === null) return this.latest;
    const lingers = this.segment.linger + (this.extra - this.slowedExtra);
    return Math.min(this.latest, Math.max(this.segment.earliest, this.slowed) + lingers);
  }

  start(now) {
    this.state = "running";
    return [...this.enter(0, now), ...this.advance(now)];
  }

  enter(index, at) {
    const before = this.suction;
    this.index = index;
    Object.assign(this, { origin: at, arrived: at, reached: -1, extra: 0, slowed: null, slowedExtra: 0 });
    this.suction = this.segment.suction ? before || { since: at, reminded: false } : null;
    return [{ at, effect: "entered", index }];
  }

  /* The moments that come once, by time from the step's start. */
  fixedMoments() {
    const { segment, latest, end, slowed } = this;
    const placed = [];
    for (const { offset, anchor, effect, text } of segment.moments) {
      if (anchor === "start") placed.push({ offset, effect, text });
      else if (anchor === "mark") {
        const at = segment.earliest + offset;
        if (slowed === null || at <= slowed) placed.push({ offset: at, effect, text });
      } else if (anchor === "latest" && latest !== null) placed.push({ offset: latest + offset, effect, text });
      else if (anchor === "end" && end !== null) placed.push({ offset: end + offset, effect, text });
    }
    placed.forEach((moment, order) => { moment.order = order; }); // not every engine sorts equals stably
    placed.sort((a, b) => a.offset - b.offset || endsStep(a) - endsStep(b) || a.order - b.order);
    return placed.filter(({ offset }) => end === null || offset <= end);
  }

  nextBatch() {
    const end = this.end;
    let nearest = null, batch = [];
    const offer = (offset, moment) => {
      if (nearest === null || offset < nearest) { nearest = offset; batch = []; }
      if (offset === nearest) batch.push(moment);
    };
    for (const moment of this.fixedMoments())
      if (endsStep(moment) || moment.offset > this.reached) offer(moment.offset, moment);
    for (const { every, first, actions } of this.segment.recurring) {
      const turn = Math.max(Math.floor((this.reached - first) / every) + 1, 0);
      const offset = first + turn * every;
      if (end === null || offset < end) offer(offset, actions[turn % actions.length]);
    }
    if (this.suction && !this.suction.reminded) {
      const offset = this.suction.since + LONGEST_SUCTION - this.origin;
      if (offset > this.reached && (end === null || offset < end)) offer(offset, { effect: "suction" });
    }
    if (nearest === null) return null;
    return { offset: nearest, batch: [...batch.filter((moment) => !endsStep(moment)), ...batch.filter(endsStep)] };
  }

  due() {
    const next = this.state === "running" ? this.nextBatch() : null;
    return next && this.origin + next.offset;
  }

  /* When the next chime is due, the next step's included. */
  nextChime() {
    if (this.state !== "running") return Infinity;
    const times = this.fixedMoments().filter((m) => m.effect === "chime" && m.offset > this.reached)
      .map((m) => m.offset);
    for (const { every, first, actions } of this.segment.recurring)
      if (actions[0].effect === "chime") times.push(first + Math.max(Math.floor((this.reached - first) / every) + 1, 0) * every);
    if (this.end !== null) times.push(this.end);
    return this.origin + Math.min(Infinity, ...times);
  }

  /* Everything due by `now`, in order, each at its own moment. */
  advance(now) {
    const happened = [];
    for (let next; this.state === "running" && (next = this.nextBatch()) && this.origin + next.offset <= now;) {
      const at = this.origin + next.offset;
      let movesOn = false;
      for (const { effect, text } of next.batch) {
        if (effect === "advance") movesOn = true;
        else if (effect === "suction") {
          this.suction.reminded = true;
          happened.push({ at, effect: "say", text: this.plan.longSuction });
        } else happened.push({ at, effect, text });
      }
      if (movesOn) happened.push(...this.leave(at, this.end === this.latest ? "time" : "milk slowed"));
      else this.reached = next.offset;
    }
    return happened;
  }

  leave(at, reason) {
    const left = { at, effect: "left", index: this.index, reason };
    if (this.index + 1 < this.plan.steps.length) return [left, ...this.enter(this.index + 1, at)];
    this.state = "finished";
    return [left, { at, effect: "ended", complete: true }, { at, effect: "chime", text: "end" },
      { at: at + CLOSE_AFTER, effect: "say", text: this.plan.closing }];
  }

  /* The place as it is now, held as a pause holds it. */
  place(now) {
    const { index, origin, reached, extra, slowed, slowedExtra, arrived, suction } = this;
    return { index, origin, reached, extra, slowed, slowedExtra, arrived, suction: suction && Object.assign({}, suction), at: now };
  }

  remember(now) { this.trail = [...this.trail, this.place(now)].slice(-20); }

  carryOn(now) {
    const gap = now - this.pausedAt;
    this.hurts = false;
    this.origin += gap;
    this.arrived += gap;
    if (this.suction) this.suction.since += gap;
    this.state = "running";
    return [{ at: now, effect: "resumed" }];
  }

  command(name, now) {
    const happened = this.advance(now);
    if (this.state !== "running" && this.state !== "paused") return happened;
    const went = { pause: () => this.pause(now), resume: () => this.resume(now), next: () => this.next(now),
      back: () => this.back(now), hurts: () => this.itHurts(now), more: () => this.more(now), slowed: () => this.milkSlowed(now) }[name]();
    return [...happened, ...went];
  }

  pause(now) {
    if (this.state === "paused") return [];
    this.state = "paused";
    this.pausedAt = now;
    return [{ at: now, effect: "paused" }];
  }

  itHurts(now) {
    const paused = this.pause(now);
    this.hurts = true;
    return [...paused, { at: now, effect: "say", text: this.segment.hurts }];
  }

  resume(now) { return this.state === "paused" ? [...this.carryOn(now), ...this.advance(now)] : []; }

  underWay(now) { return this.state === "paused" ? this.carryOn(now) : []; }

  next(now) {
    const begun = this.underWay(now);
    this.remember(now);
    return [...begun, ...this.leave(now, "next"), ...this.advance(now)];
  }

  /* While it hurts the only ways on are to carry on and to leave the step out. */
  back(now) {
    if (this.hurts) return [];
    const begun = this.underWay(now);
    const early = now - this.arrived <= BACK_WITHIN;
    let number = early ? this.trail.length - 1 : -1;
    while (number >= 0 && this.trail[number].index >= this.index) number -= 1;
    const left = { at: now, effect: "left", index: this.index, reason: "back" };
    if (number >= 0) return [...begun, ...this.returnTo(number, now, left)];
    const target = early ? Math.max(this.index - 1, 0) : this.index;
    this.remember(now);
    return [...begun, left, ...this.enter(target, now), ...this.advance(now)];
  }

  returnTo(number, now, left) {
    const place = this.trail[number], gap = now - place.at, wasAt = this.index, pulled = this.suction;
    Object.assign(this, place, { origin: place.origin + gap, arrived: now });
    this.suction = place.suction && (pulled || { since: place.suction.since + gap, reminded: place.suction.reminded });
    this.trail = this.trail.slice(0, number);
    const moved = this.index === wasAt ? [] : [left, { at: now, effect: "entered", index: this.index }];
    return [...moved, ...this.advance(now)];
  }

  /* What an end moved by a person leaves behind has passed; it does not happen late. */
  fromHere(now) { this.reached = Math.max(this.reached, now - this.origin); }

  more(now) {
    if (this.latest === null) return [];
    const at = this.state === "paused" ? this.pausedAt : now;
    this.remember(at);
    this.extra += ONE_MORE;
    this.fromHere(at);
    return [];
  }

  milkSlowed(now) {
    if (this.state !== "running" || this.slowed !== null) return [];
    const { range, untilMilkSlows, firstMilk, latest } = this.segment;
    if (latest === null) return [];
    if (!range) {
      if (!untilMilkSlows && !firstMilk) return [];
      this.remember(now);
      return [...this.leave(now, untilMilkSlows ? "milk slowed" : "next"), ...this.advance(now)];
    }
    this.remember(now);
    this.slowed = now - this.origin;
    this.slowedExtra = this.extra;
    this.fromHere(now);
    return this.advance(now);
  }
}

if (typeof module !== "undefined") module.exports = { Session };
