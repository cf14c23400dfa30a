const NOTES = [660, 880];
const NOTE_S = 0.12;
const LOUD = 0.06;

let context: AudioContext | undefined;

/** Two short notes. Browsers keep pages silent that nobody has touched yet. */
export function chime(): void {
  try {
    context ??= new AudioContext();
    const { currentTime, destination } = context;
    for (const [i, frequency] of NOTES.entries()) {
      const begin = currentTime + i * NOTE_S;
      const note = new OscillatorNode(context, { frequency });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(0, begin);
      volume.gain.linearRampToValueAtTime(LOUD, begin + 0.02);
      volume.gain.linearRampToValueAtTime(0, begin + NOTE_S);
      note.connect(volume).connect(destination);
      note.start(begin);
      note.stop(begin + NOTE_S);
    }
  } catch {
    // Then without.
  }
}
