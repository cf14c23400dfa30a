const NOTES = [660, 880];
const NOTE_S = 0.12;
const LOUD = 0.06;
/** What sounds later than this is not heard as a part of what it announces. */
const SOON_MS = 1_000;

let context: AudioContext | undefined;
let latest = 0;

/**
 * Two short notes. Browsers keep pages silent that nobody has touched yet, and there the notes are dropped: kept back,
 * they would all sound together at the first touch.
 */
export function chime(): void {
  try {
    context ??= new AudioContext();
    if (context.state === 'running') play(context);
    else if (context.state !== 'closed') void soon(context, ++latest);
  } catch {
    // Then without.
  }
}

/** Where sound is allowed it still takes a moment to begin. */
async function soon(sound: AudioContext, turn: number): Promise<void> {
  const asked = Date.now();
  try {
    await sound.resume();
    if (turn === latest && Date.now() - asked < SOON_MS) play(sound);
  } catch {
    // Then without.
  }
}

function play(sound: AudioContext): void {
  const { currentTime, destination } = sound;
  for (const [i, frequency] of NOTES.entries()) {
    const begin = currentTime + i * NOTE_S;
    const note = new OscillatorNode(sound, { frequency });
    const volume = new GainNode(sound, { gain: 0 });
    volume.gain.setValueAtTime(0, begin);
    volume.gain.linearRampToValueAtTime(LOUD, begin + 0.02);
    volume.gain.linearRampToValueAtTime(0, begin + NOTE_S);
    note.connect(volume).connect(destination);
    note.start(begin);
    note.stop(begin + NOTE_S);
  }
}
