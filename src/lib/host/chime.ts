/** The end of the group timer, to be heard over a talking room. */

const NOTES_HZ = [660, 880];
const NOTE_S = 0.35;

/** Two soft notes; silence where the browser allows no sound. */
export function chime(): void {
  try {
    const audio = new AudioContext();
    const gain = audio.createGain();
    gain.gain.value = 0.25;
    gain.connect(audio.destination);
    const starts = NOTES_HZ.map((frequency, index) => {
      const note = new OscillatorNode(audio, { type: 'sine', frequency });
      const at = audio.currentTime + index * NOTE_S;
      note.connect(gain);
      note.start(at);
      note.stop(at + NOTE_S);
      return note;
    });
    starts.at(-1)?.addEventListener('ended', () => void audio.close());
  } catch {
    return;
  }
}
