"use strict";
/* Joins the session, the sound and the screen. Nothing here asks for anything outside this file. */

const data = JSON.parse(document.getElementById("data").textContent);
const { words, plan } = data;
const el = (id) => document.getElementById(id);
const speed = Number(/(?:^|[#&])speed=(\d+)/.exec(location.hash)?.[1] || 1);
const NAP = 3 * SECOND; // a longer silence of our own timer was a phone asleep

const session = new Session(plan);
const performer = new Performer(data.clips, speed);
const trace = [];
let zero = 0, last = 0, alarm = 0, shown = -1, shownText = "", beat = "", partner = "", partnerUntil = 0, lock = null;

const now = () => Math.round((performance.now() - zero) * 1000 * speed);
const fill = (sentence, places) => sentence.replace(/\{(\w+)\}/g, (_, name) => places[name]);

function clock(time) {
  const whole = Math.max(0, Math.ceil(time / SECOND));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function take(happened, at) {
  for (const one of happened) {
    trace.push({ ...one, index: session.index });
    if (one.effect === "show") shownText = one.text;
    if (one.effect === "beat") beat = one.text;
    if (one.effect === "partner") { partner = one.text; partnerUntil = one.at + 20 * SECOND; }
    if (one.effect === "entered") { shownText = ""; beat = ""; partner = ""; }
  }
  performer.perform(happened, at, session.nextChime());
  draw(at);
  const times = [session.due(), performer.due()].filter((time) => time !== null);
  clearTimeout(alarm);
  if (times.length) alarm = setTimeout(wake, Math.max(0, (Math.min(...times) - now()) / speed / 1000));
}

function wake() {
  const at = now();
  last = at;
  take(session.advance(at), at);
  performer.wake(at, session.nextChime());
}

function look() {
  const at = now();
  if (session.state === "running" && at - last > NAP * speed) {
    take(session.command("pause", last), at);
    el("notice").textContent = words.slept;
  }
  last = at;
  if (session.state === "running") draw(at);
}

function command(name) {
  const at = now();
  last = at;
  el("notice").textContent = "";
  take(session.command(name, at), at);
}

/* Whether the step waits for her: Space then goes on, as pause_means in guide/core/asked.py decides. */
function waits() { return session.state === "running" && session.latest === null; }

function draw(at) {
  if (session.state === "finished") return finish();
  const { segment } = session, paused = session.state === "paused";
  el("care-here").hidden = !(session.hurts || (plan.suitsSore && segment.kind === "prepare"));
  const here = (paused ? session.pausedAt : at) - session.origin;
  document.body.classList.toggle("paused", paused);
  el("back").disabled = session.hurts;
  el("pause").textContent = paused ? words.carryOn : words.pause;
  const beforeMark = segment.range && session.slowed === null && here < segment.earliest;
  const end = session.end;
  const goal = beforeMark ? segment.earliest : end;
  el("clock").textContent = goal === null ? "" : clock(goal - here);
  el("caption").textContent = goal === null ? words.untilYouGoOn : beforeMark ? words.atLeast : segment.range ? words.thenItMovesOn : words.left;
  const share = end ? Math.min(Math.max(1 - here / end, 0), 1) : 1;
  document.querySelector(".left").style.strokeDashoffset = 1 - share;
  const mark = document.querySelector(".mark");
  mark.style.display = beforeMark ? "" : "none";
  mark.style.strokeDashoffset = segment.range ? -(1 - segment.earliest / session.latest) : 0;
  el("beat").textContent = paused ? "" : beat;
  el("partner").textContent = at < partnerUntil ? partner : "";
  el("show").textContent = paused ? words.placeKept : shownText || (segment.range && !beforeMark ? words.whenMilkSlows : segment.show);
  el("slowed").disabled = !(segment.range || segment.untilMilkSlows || segment.firstMilk) || session.slowed !== null || paused;
  el("more").disabled = session.latest === null;
  el("next").classList.toggle("primary", Boolean(segment.range && !beforeMark) || waits());
  if (shown === session.index) return;
  shown = session.index;
  const following = plan.steps[shown + 1];
  el("step").textContent = fill(words.stepOf, { number: shown + 1, of: plan.steps.length });
  el("kind").textContent = segment.kindWord;
  el("side").textContent = segment.sideWord;
  el("title").textContent = segment.title;
  el("suction").textContent = segment.suctionText;
  el("following").textContent = following ? fill(words.next, { title: following.name, length: following.length }) : words.lastStep;
  el("drawing").innerHTML = data.drawings[segment.drawing] || "";
  el("drawing").setAttribute("aria-label", segment.show);
  document.documentElement.style.setProperty("--kind", `var(--${segment.kind})`);
  document.documentElement.style.setProperty("--kind-ink", `var(--${segment.kind}-ink)`);
  el("announce").textContent = `${segment.title}. ${segment.show}`;
}

function finish() {
  clearInterval(finish.timer);
  for (const button of document.querySelectorAll("nav button")) button.disabled = true;
  for (const id of ["clock", "caption", "kind", "side", "show", "suction", "beat", "partner", "following", "drawing"]) el(id).textContent = "";
  el("title").textContent = words.allDone;
  el("show").textContent = words.noteIt;
  el("announce").textContent = words.allDone;
  el("ring").hidden = true;
  el("care-here").hidden = true;
  lock?.release();
}

async function begin() {
  el("ready").hidden = true;
  el("session").hidden = false;
  el("pause").focus();
  await performer.unlock();
  try { lock = await navigator.wakeLock.request("screen"); } catch { el("notice").textContent = words.keepScreenOn; }
  zero = performance.now();
  take(session.start(0), 0);
  finish.timer = setInterval(look, 250);
}

/* As guide/core/check.py decides: asked before hands-on work, and with a sore breast only what suits it begins. */
function askOrBegin() {
  const { answer } = el("check").dataset;
  if (!plan.handsOn || answer === "no" || (answer === "yes" && plan.suitsSore)) return void begin();
  el("check").hidden = false;
  el("start").hidden = true;
  el("question").focus();
}

function sore() {
  el("check").dataset.answer = "yes";
  el("check").hidden = true;
  el("rest").hidden = false;
  el("care").open = true;
  el("start").hidden = !plan.suitsSore;
  el("rest").focus();
}

function better() {
  el("check").dataset.answer = "no";
  el("rest").hidden = true;
  el("start").hidden = false;
  el("start").focus();
}

/* The signs that do not wait, behind a line that opens. */
function showCare(details) {
  const add = (parent, name, text) => parent.appendChild(Object.assign(document.createElement(name), { textContent: text }));
  details.querySelector("summary").textContent = words.care;
  for (const { heading, lead, signs } of data.signs) {
    add(details, "h2", heading);
    add(details, "p", lead);
    const list = add(details, "ul", "");
    for (const sign of signs) add(list, "li", sign);
  }
}

function hurts() {
  command("hurts");
  if (session.state === "paused") el("notice").textContent = session.segment.hurts;
}

document.addEventListener("visibilitychange", async () => {
  if (document.visibilityState !== "visible" || el("session").hidden || session.state === "finished") return;
  look();
  try { lock = await navigator.wakeLock.request("screen"); } catch { el("notice").textContent ||= words.keepScreenOn; }
});
document.addEventListener("keydown", (event) => {
  if (el("session").hidden || event.target.closest?.("input, summary") || event.ctrlKey || event.altKey || event.metaKey) return;
  const keys = { " ": () => el(waits() ? "next" : "pause").click(), ArrowRight: () => el("next").click(), PageDown: () => el("next").click(),
    ArrowLeft: () => el("back").click(), PageUp: () => el("back").click(), ArrowUp: () => el("more").click(), "+": () => el("more").click(),
    m: () => el("slowed").click(), r: () => el("again").click(), h: () => el("hurts").click() };
  const press = keys[event.key];
  if (session.hurts && ["ArrowRight", "PageDown"].includes(event.key)) return event.preventDefault(); // a pedal's key, or a slip
  if (press) { event.preventDefault(); press(); }
});

function dress() {
  document.title = plan.name;
  document.querySelector("#ready h1").textContent = plan.name;
  el("routine").textContent = plan.name;
  el("length").textContent = plan.length;
  for (const text of plan.atHand) el("at-hand").append(Object.assign(document.createElement("li"), { textContent: text }));
  for (const text of plan.safety) el("safety").append(Object.assign(document.createElement("p"), { textContent: text }));
  el("question").textContent = words.question;
  el("rest-words").textContent = plan.suitsSore ? words.suits : words.rest;
  for (const id of ["care", "care-here"]) showCare(el(id));
  const labels = { no: words.no, yes: words.yes, better: words.better, start: words.start, back: words.back, pause: words.pause, next: words.nextStep,
    more: words.oneMore, slowed: words.milkSlowed, again: words.sayAgain, hurts: words.itHurts };
  for (const [id, text] of Object.entries(labels)) el(id).textContent = text;
  document.querySelector("#voice + span").textContent = words.voice;
  document.querySelector("#light + span").textContent = words.light;
  el("light").checked = matchMedia("(prefers-color-scheme: light)").matches;
  el("light").onchange = () => { document.documentElement.className = el("light").checked ? "light" : "night"; };
  el("voice").onchange = () => { performer.voiceOn = el("voice").checked; };
  el("start").onclick = askOrBegin;
  el("no").onclick = () => { el("check").dataset.answer = "no"; void begin(); };
  el("yes").onclick = sore;
  el("better").onclick = better;
  el("pause").onclick = () => {
    const pauses = session.state === "running";
    command(session.state === "paused" ? "resume" : "pause");
    if (pauses && session.state === "paused") performer.sayAgain(plan.paused, now());
  };
  el("next").onclick = () => command("next");
  el("back").onclick = () => command("back");
  el("more").onclick = () => command("more");
  el("slowed").onclick = () => command("slowed");
  el("again").onclick = () => performer.sayAgain(session.segment.say, now());
  el("hurts").onclick = hurts;
}
dress();
